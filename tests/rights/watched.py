"""What may be watched: each kind of topic, with its past and its present."""

from tests.rights.cast import (
    COMMENT,
    FOLLOWED,
    HIDDEN,
    LISTED,
    OPEN,
    POST,
    REWORDED,
    SECRET,
    SHOP,
    VOTE,
    WITHIN,
)
from tests.rights.table import SIGNED_IN, row

NEAR = "member mei"
ANY = "stranger former member owner seller staff mei"

ROWS = [
    row("user", "mei", fill="id=mei_id"),
    row("presence", "member", fill="id=mei_id"),
    row("author", NEAR, fill="id=mei_id", shows={POST: NEAR, OPEN: NEAR}),
    row("public", f"seller {NEAR}", fill="id=mei_id", shows={FOLLOWED: f"seller {NEAR}"}),
    row("post", f"seller {NEAR}", fill="id=followed_post"),
    row("list", NEAR, fill="id=list_topic", shows={LISTED: NEAR}),
    row("post", NEAR, fill="id=listed_post"),
    row("post", "mei", fill="id=kept_post"),
    row("post", NEAR, fill="id=post", shows={COMMENT: NEAR}),
    row("post", ANY, fill="id=open_post"),
    row("room", NEAR, fill="id=group", shows={REWORDED: NEAR}),
    row("room", "blocked mei", fill="id=direct"),
    row("room", "owner seller mei", fill="id=shop_room", shows={SHOP: "owner seller mei"}),
    row("group", SIGNED_IN, fill="id=listed"),
    row("group", NEAR, fill="id=hidden", shows={HIDDEN: NEAR}),
    row("members", NEAR, fill="id=hidden", shows={WITHIN: NEAR}),
    row("post", NEAR, fill="id=within"),
    row("post", "mei", fill="id=taken"),
    row("poll", NEAR, fill="id=poll", shows={VOTE: NEAR}),
    row("poll", NEAR, fill="id=secret", shows={SECRET: NEAR}),
    row("poll", NEAR, fill="id=feed_poll", shows={VOTE: NEAR}),
    row("poll", "blocked mei", fill="id=direct_poll", shows={VOTE: "blocked mei"}),
    row("item", SIGNED_IN, fill="id=item"),
]
