"""Posts and comments over HTTP: one post of Mei's for friends, one for everyone."""

from tests.rights.cast import ALONE, BEFORE, BEGUN, COMMENT, HELD, LISTED, OPEN, POST, TAKEN, WITHIN
from tests.rights.table import SIGNED_IN, row

NEAR = "member mei"
ANY = "stranger former member owner seller staff mei"
STRANGERS = "stranger former member owner seller staff"
DRAFT = {"client_id": "{new}", "text": "words", "audience": "everyone"}
SAY = {"client_id": "{new}", "text": "words"}
FRIENDS, EVERYONE = "post_id=post", "post_id=open_post"
WAITS = "comment_id=held_comment"
BEGUN_ONE = "client_id=begun"

ROWS = [
    row(
        "GET /api/feed",
        SIGNED_IN,
        shows={POST: NEAR, OPEN: NEAR, LISTED: NEAR, ALONE: "mei", WITHIN: NEAR, TAKEN: "mei"},
    ),
    row(
        "GET /api/feed/for-you",
        SIGNED_IN,
        shows={
            POST: "member",
            OPEN: "stranger former member owner staff",
            LISTED: "member",
            WITHIN: "member",
        },
    ),
    row("GET /api/feed/place", SIGNED_IN),
    row("PUT /api/feed/place", NEAR, body={"post_id": "{post}"}, changes="feed_place"),
    row("GET /api/feed/everyone", SIGNED_IN, shows={OPEN: ANY}),
    row(
        "GET /api/tags/{tag}",
        SIGNED_IN,
        fill="tag=tag",
        shows={POST: NEAR, OPEN: ANY, LISTED: NEAR, ALONE: "mei", WITHIN: NEAR, TAKEN: "mei"},
    ),
    row(
        "GET /api/people/{other_id}/posts",
        ANY,
        fill="other_id=mei_id",
        shows={POST: NEAR, OPEN: ANY, LISTED: NEAR, ALONE: "mei"},
    ),
    row("POST /api/posts", SIGNED_IN, body=DRAFT, changes="feed_post"),
    # A draft is its owner's: to everybody else it is as if there were none of that name.
    row("GET /api/drafts", SIGNED_IN, shows={BEGUN: "mei"}),
    row(
        "PUT /api/drafts/{client_id}",
        SIGNED_IN,
        fill="client_id=begun",
        body={"version": 0, "spare": "{new}", "text": "mine", "audience": "me"},
        changes="feed_draft",
    ),
    row(
        "PUT /api/drafts/{client_id}/plan",
        "mei",
        fill=BEGUN_ONE,
        body={"version": 1, "due_at": "{soon}"},
        changes="feed_draft",
    ),
    row("DELETE /api/drafts/{client_id}?version=1", "mei", fill=BEGUN_ONE, changes="feed_draft"),
    # What is shown in a group is its members'; what was hidden there, theirs who decide.
    row(
        "GET /api/groups/{group_id}/posts",
        NEAR,
        fill="group_id=hidden",
        shows={WITHIN: NEAR, TAKEN: "mei"},
    ),
    row(
        "POST /api/posts",
        NEAR,
        "bad_field",
        body={**DRAFT, "audience": {"group_id": "{hidden}"}},
        changes="feed_post",
    ),
    row("GET /api/posts/{post_id}", NEAR, fill="post_id=within", shows={WITHIN: NEAR}),
    row("GET /api/posts/{post_id}", "mei", fill="post_id=taken", shows={TAKEN: "mei"}),
    row(
        "PUT /api/posts/{post_id}/hold",
        "mei",
        fill="post_id=within",
        but={"member": "forbidden"},
        changes="feed_post",
    ),
    row("DELETE /api/posts/{post_id}/hold", "mei", fill="post_id=taken", changes="feed_post"),
    row(
        "POST /api/posts",
        "mei",
        "bad_field",
        body={**DRAFT, "picture_ids": ["{unused_picture}"]},
        changes="feed_post",
    ),
    row("POST /api/posts", "", "bad_field", body={**DRAFT, "picture_ids": ["{room_picture}"]}),
    # Nobody posts to a list that is not theirs.
    row(
        "POST /api/posts",
        "mei",
        "bad_field",
        body={**DRAFT, "audience": {"list_id": "{list}"}},
        changes="feed_post",
    ),
    row(
        "PUT /api/posts/{post_id}/audience",
        "mei",
        fill=FRIENDS,
        but={"member": "forbidden"},
        body={"audience": "me"},
        changes="feed_post",
    ),
    row(
        "PUT /api/posts/{post_id}/audience",
        "mei",
        "forbidden",
        fill=EVERYONE,
        but={"blocked": "not_found"},
        body={"audience": {"list_id": "{list}"}},
        changes="feed_post",
    ),
    row(
        "PUT /api/posts/{post_id}/text",
        "mei",
        fill=FRIENDS,
        but={"member": "forbidden"},
        body={"text": "said anew", "edition": 1},
        changes="feed_postedit",
    ),
    row(
        "PUT /api/posts/{post_id}/text",
        "mei",
        "forbidden",
        fill=EVERYONE,
        but={"blocked": "not_found"},
        body={"text": "said anew", "edition": 0},
        changes="feed_postedit",
    ),
    row("GET /api/posts/{post_id}/edits", NEAR, fill=FRIENDS, shows={BEFORE: NEAR}),
    row("GET /api/posts/{post_id}/edits", ANY, fill=EVERYONE),
    row(
        "GET /api/posts?ids={post},{open_post}",
        SIGNED_IN,
        fill="post=post open_post=open_post",
        shows={POST: NEAR, OPEN: ANY},
    ),
    *(
        row(
            "POST /api/posts/{post_id}/reshares",
            may,
            fill=fill,
            body={"client_id": "{new}", "text": "look", "audience": "friends"},
            changes="feed_post",
        )
        for may, fill in ((NEAR, FRIENDS), (ANY, EVERYONE))
    ),
    *(
        row(
            f"{method} /api/posts/{{post_id}}/pin",
            "mei",
            refused,
            fill=fill,
            but=but,
            changes="feed_pin" if method == "PUT" else "",
        )
        for method in ("PUT", "DELETE")
        for refused, fill, but in (
            ("not_found", FRIENDS, {"member": "forbidden"}),
            ("forbidden", EVERYONE, {"blocked": "not_found"}),
        )
    ),
    # What others will see of hers is hers to know.
    row(
        "GET /api/posts/{post_id}/seen-by/{reader}",
        "mei",
        fill=f"{FRIENDS} reader=member_id",
        but={"member": "forbidden"},
        shows={POST: "mei"},
    ),
    row(
        "GET /api/posts/{post_id}/seen-by/{reader}",
        "mei",
        "forbidden",
        fill=f"{EVERYONE} reader=other_id",
        but={"blocked": "not_found"},
        shows={OPEN: "mei"},
    ),
    row(
        "GET /api/me/posts/seen-by/{reader}",
        SIGNED_IN,
        fill="reader=member_id",
        shows={POST: "mei", LISTED: "mei"},
    ),
    row(
        "POST /api/posts/preview",
        SIGNED_IN,
        body={"reader": "{as_mei}", "post": DRAFT},
        but={"blocked": "not_found"},
    ),
    # Nobody looks as the friends in a list that is not theirs.
    row(
        "GET /api/posts/{post_id}/seen-by/{reader}",
        "mei",
        fill=f"{FRIENDS} reader=as_list",
        shows={POST: "mei"},
    ),
    row("GET /api/me/posts/seen-by/{reader}", "mei", fill="reader=as_list", shows={POST: "mei"}),
    row("POST /api/posts/preview", "mei", body={"reader": "{as_list}", "post": DRAFT}),
    row("GET /api/posts/{post_id}", NEAR, fill="post_id=listed_post", shows={LISTED: NEAR}),
    row("GET /api/posts/{post_id}", "mei", fill="post_id=kept_post", shows={ALONE: "mei"}),
    row("GET /api/posts/{post_id}", NEAR, fill=FRIENDS, shows={POST: NEAR}),
    row("GET /api/posts/{post_id}", ANY, fill=EVERYONE, shows={OPEN: ANY}),
    row(
        "DELETE /api/posts/{post_id}",
        "mei",
        fill=FRIENDS,
        but={"member": "forbidden"},
        changes="feed_post",
    ),
    row(
        "DELETE /api/posts/{post_id}",
        "mei",
        "forbidden",
        fill=EVERYONE,
        but={"blocked": "not_found"},
        changes="feed_post",
    ),
    row("PUT /api/posts/{post_id}/like", NEAR, fill=FRIENDS, changes="feed_like"),
    row("PUT /api/posts/{post_id}/like", ANY, fill=EVERYONE, changes="feed_like"),
    row("DELETE /api/posts/{post_id}/like", NEAR, fill=FRIENDS),
    row("DELETE /api/posts/{post_id}/like", ANY, fill=EVERYONE),
    *(
        row(
            "PUT /api/posts/{post_id}/reactions",
            may,
            fill=fill,
            body={"emoji": "{thumb}", "on": True},
            changes="feed_reaction",
        )
        for may, fill in ((NEAR, FRIENDS), (ANY, EVERYONE))
    ),
    row(
        "GET /api/posts/{post_id}/reactions?emoji={cheer}",
        NEAR,
        fill=f"{FRIENDS} cheer=cheer",
        shows={"name-of-member": NEAR},
    ),
    row("GET /api/posts/{post_id}/reactions?emoji={cheer}", ANY, fill=f"{EVERYONE} cheer=cheer"),
    row("GET /api/posts/{post_id}/comments", NEAR, fill=FRIENDS, shows={COMMENT: NEAR}),
    row("GET /api/posts/{post_id}/comments", ANY, fill=EVERYONE),
    row(
        "POST /api/posts/{post_id}/comments",
        NEAR,
        fill=FRIENDS,
        body={**SAY, "post_id": "{post}"},
        changes="feed_comment",
    ),
    row(
        "POST /api/posts/{post_id}/comments",
        ANY,
        fill=EVERYONE,
        body={**SAY, "post_id": "{open_post}"},
        changes="feed_comment",
    ),
    # The path must not lend its right to another post named in the body.
    row(
        "POST /api/posts/{post_id}/comments",
        "",
        "bad_field",
        fill=EVERYONE,
        body={**SAY, "post_id": "{post}"},
    ),
    # Nor does a comment that only its author and hers see, to whoever answers it, or one elsewhere.
    row(
        "POST /api/posts/{post_id}/comments",
        "owner",
        "bad_field",
        fill=EVERYONE,
        body={**SAY, "post_id": "{open_post}", "to_id": "{held_comment}"},
        but={"blocked": "not_found"},
        changes="feed_comment",
    ),
    row(
        "POST /api/posts/{post_id}/comments",
        "",
        "bad_field",
        fill=EVERYONE,
        body={**SAY, "post_id": "{open_post}", "to_id": "{comment}"},
        but={"blocked": "not_found"},
    ),
    row("GET /api/comments/{comment_id}", NEAR, fill="comment_id=comment", shows={COMMENT: NEAR}),
    row("GET /api/comments/{comment_id}", ANY, fill="comment_id=open_comment"),
    # Of whom she restricts, she alone lets others see it.
    row("GET /api/comments/{comment_id}", "owner mei", fill=WAITS, shows={HELD: "owner mei"}),
    row(
        "PUT /api/comments/{comment_id}/approval",
        "mei",
        fill=WAITS,
        but={"owner": "forbidden"},
        changes="feed_comment",
    ),
    row(
        "DELETE /api/comments/{comment_id}", NEAR, fill="comment_id=comment", changes="feed_comment"
    ),
    row(
        "DELETE /api/comments/{comment_id}",
        "mei",
        fill="comment_id=own_comment",
        but={"member": "forbidden"},
        changes="feed_comment",
    ),
    row(
        "DELETE /api/comments/{comment_id}",
        "mei",
        "forbidden",
        fill="comment_id=open_comment",
        but={"blocked": "not_found"},
        changes="feed_comment",
    ),
]
