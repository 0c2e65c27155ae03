"""What may be said on the socket. Nobody is anonymous there: the handshake refuses them."""

from tests.rights.table import SIGNED_IN, row
from tests.rights.votes import ballot

INSIDE, PAIR, DESK = "member mei", "blocked mei", "owner seller mei"
CROSSED = {"blocked": "forbidden", "mei": "forbidden"}
TEXT = {"client_id": "{new}", "text": "hello"}
ANY = "stranger former member owner seller staff mei"


def of(message: str, **more: str) -> dict[str, str]:
    return {"message_id": f"{{{message}}}", **more}


ROWS = [
    row("message.send", INSIDE, body={**TEXT, "room_id": "{group}"}, changes="chat_message"),
    row("message.send", body={**TEXT, "room_id": "{direct}"}, but=CROSSED),
    row("message.send", DESK, body={**TEXT, "room_id": "{shop_room}"}, changes="chat_message"),
    row(
        "message.edit",
        "mei",
        body=of("said", text="new"),
        but={"member": "forbidden"},
        changes="chat_message",
    ),
    row("message.edit", body=of("in_direct", text="new"), but=CROSSED),
    row(
        "message.delete",
        "mei",
        body=of("said"),
        but={"member": "forbidden"},
        changes="chat_message",
    ),
    row("message.delete", INSIDE, body=of("theirs"), changes="chat_message"),
    row(
        "message.delete",
        "mei",
        body=of("in_direct"),
        but={"blocked": "forbidden"},
        changes="chat_message",
    ),
    row("message.react", INSIDE, body=of("theirs", emoji="{thumb}"), changes="chat_reaction"),
    row("message.react", body=of("in_direct", emoji="{thumb}"), but=CROSSED),
    row("message.react", DESK, body=of("asked", emoji="{thumb}"), changes="chat_reaction"),
    row(
        "message.unreact",
        INSIDE,
        body=of("said", emoji="{thumb}"),
        changes="chat_reaction",
        for_="member",
    ),
    row("message.unreact", body=of("in_direct", emoji="{thumb}"), but=CROSSED),
    row("room.read", INSIDE, body={"room_id": "{group}", "ordinal": 2}),
    row(
        "room.read",
        DESK,
        body={"room_id": "{shop_room}", "ordinal": 1},
        changes="chat_membership",
        for_="owner seller",
    ),
    # Many rooms in one frame: those one is not in are passed over, and nothing is moved there.
    row(
        "room.delivered",
        SIGNED_IN,
        body={"marks": [{"room_id": "{shop_room}", "ordinal": 1}]},
        changes="chat_membership",
        for_="owner seller",
    ),
    row(
        "room.delivered",
        SIGNED_IN,
        body={"marks": [{"room_id": "{direct}", "ordinal": 1}]},
        changes="chat_membership",
        for_="blocked",
    ),
    row("typing", INSIDE, body={"room_id": "{group}", "on": True}),
    row("typing", body={"room_id": "{direct}", "on": True}, but=CROSSED),
    row("typing", DESK, body={"room_id": "{shop_room}", "on": True}),
    *(
        row("poll.vote", INSIDE, body=ballot(poll), changes="polls_ballot")
        for poll in ("poll", "secret", "feed_poll")
    ),
    *(
        row(
            "poll.withdraw",
            INSIDE,
            body={"poll_id": f"{{{poll}}}"},
            changes="polls_ballot",
            for_="member",
        )
        for poll in ("poll", "secret", "feed_poll")
    ),
    row("poll.vote", body=ballot("direct_poll"), but=CROSSED),
    row("poll.withdraw", body={"poll_id": "{direct_poll}"}, but=CROSSED),
    row(
        "poll.close",
        "mei",
        body={"poll_id": "{poll}"},
        but={"member": "forbidden"},
        changes="polls_poll",
    ),
    row(
        "poll.close",
        "mei",
        body={"poll_id": "{feed_poll}"},
        but={"member": "forbidden"},
        changes="polls_poll",
    ),
    row("post.like", INSIDE, body={"post_id": "{post}"}, changes="feed_like"),
    row("post.like", ANY, body={"post_id": "{open_post}"}, changes="feed_like"),
    row("post.unlike", INSIDE, body={"post_id": "{post}"}),
    row(
        "post.react",
        INSIDE,
        body={"post_id": "{post}", "emoji": "{thumb}", "on": True},
        changes="feed_reaction",
    ),
    row(
        "post.react",
        ANY,
        body={"post_id": "{open_post}", "emoji": "{thumb}", "on": True},
        changes="feed_reaction",
    ),
    row("comment.add", INSIDE, body={**TEXT, "post_id": "{post}"}, changes="feed_comment"),
    row("comment.add", ANY, body={**TEXT, "post_id": "{open_post}"}, changes="feed_comment"),
    row("comment.delete", INSIDE, body={"comment_id": "{comment}"}, changes="feed_comment"),
    row(
        "comment.delete",
        "mei",
        body={"comment_id": "{own_comment}"},
        but={"member": "forbidden"},
        changes="feed_comment",
    ),
    row(
        "comment.delete",
        "mei",
        "forbidden",
        body={"comment_id": "{open_comment}"},
        but={"blocked": "not_found"},
        changes="feed_comment",
    ),
    # The socket's own: they concern nothing but the socket.
    row("ping", SIGNED_IN),
    row("here", SIGNED_IN, body={"away": True}),
    row("leave", SIGNED_IN, body={"topics": ["room:{group}"]}),
    # Each topic of a join has an answer of its own: see watched.py.
    row("join", SIGNED_IN, body={"topics": [{"topic": "room:{group}"}]}),
]
