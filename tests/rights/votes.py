"""Votes over HTTP: in Mei's group (named and secret), in a post for friends, across her block."""

from tests.rights.cast import SECRET, VOTE
from tests.rights.table import SIGNED_IN, row

NEAR, PAIR = "member mei", "blocked mei"
CROSSED = {"blocked": "forbidden", "mei": "forbidden"}
DRAFT = {
    "client_id": "{new}",
    "question": "Which?",
    "options": [{"text": "this"}, {"text": "that"}],
}


def asked(room: str) -> dict[str, object]:
    return {**DRAFT, "place": {"kind": "room", "room_id": f"{{{room}}}"}}


def ballot(poll: str) -> dict[str, object]:
    return {"poll_id": f"{{{poll}}}", "choices": [f"{{{poll}_option}}"]}


IN_FEED = {**DRAFT, "place": {"kind": "feed", "audience": "everyone"}}
PICTURED = {**IN_FEED, "options": [{"text": "this"}, {"picture_id": "{unused_picture}"}]}

OTHERS = " ".join(set(SIGNED_IN.split()) - {"mei"})

ROWS = [
    row(
        "GET /api/polls/asked",
        SIGNED_IN,
        shows={'"ever":true': "mei", '"ever":false': OTHERS},
    ),
    row("POST /api/polls", NEAR, body=asked("group"), changes="polls_poll"),
    row(
        "POST /api/polls",
        "",
        body=asked("direct"),
        but=CROSSED,
    ),
    row("POST /api/polls", "owner seller mei", body=asked("shop_room"), changes="polls_poll"),
    row("POST /api/polls", SIGNED_IN, body=IN_FEED, changes="polls_poll"),
    row("POST /api/polls", "mei", "bad_field", body=PICTURED, changes="polls_poll"),
    # Asked for by id, what one may not see is left out: a list has no refusal.
    row(
        "GET /api/polls?ids={some}",
        SIGNED_IN,
        fill="some=three_polls",
        shows={VOTE: NEAR, SECRET: NEAR},
    ),
    row("GET /api/polls/open", SIGNED_IN, shows={VOTE: "member mei blocked", SECRET: NEAR}),
    row("GET /api/polls/{poll_id}", NEAR, fill="poll_id=poll", shows={VOTE: NEAR}),
    row("GET /api/polls/{poll_id}", NEAR, fill="poll_id=secret", shows={SECRET: NEAR}),
    row("GET /api/polls/{poll_id}", NEAR, fill="poll_id=feed_poll", shows={VOTE: NEAR}),
    row("GET /api/polls/{poll_id}", PAIR, fill="poll_id=direct_poll", shows={VOTE: PAIR}),
    *(
        row(
            "PUT /api/polls/{poll_id}/ballot",
            NEAR,
            fill=f"poll_id={poll}",
            body=ballot(poll),
            changes="polls_ballot",
        )
        for poll in ("poll", "secret", "feed_poll")
    ),
    *(
        row(
            "DELETE /api/polls/{poll_id}/ballot",
            NEAR,
            fill=f"poll_id={poll}",
            changes="polls_ballot",
            for_="member",
        )
        for poll in ("poll", "secret", "feed_poll")
    ),
    row(
        "PUT /api/polls/{poll_id}/ballot",
        fill="poll_id=direct_poll",
        body=ballot("direct_poll"),
        but=CROSSED,
    ),
    row("DELETE /api/polls/{poll_id}/ballot", fill="poll_id=direct_poll", but=CROSSED),
    row(
        "POST /api/polls/{poll_id}/close",
        "mei",
        fill="poll_id=poll",
        but={"member": "forbidden"},
        changes="polls_poll",
    ),
    row(
        "POST /api/polls/{poll_id}/close",
        "mei",
        fill="poll_id=feed_poll",
        but={"member": "forbidden"},
        changes="polls_poll",
    ),
    row(
        "POST /api/polls/{poll_id}/close",
        "mei",
        fill="poll_id=direct_poll",
        but={"blocked": "forbidden"},
        changes="polls_poll",
    ),
    row(
        "GET /api/polls/{poll_id}/ballots",
        NEAR,
        fill="poll_id=poll",
        shows={"name-of-member": NEAR},
    ),
    row(
        "GET /api/polls/{poll_id}/ballots",
        "",
        fill="poll_id=secret",
        but={"member": "forbidden", "mei": "forbidden"},
    ),
    row("GET /api/polls/{poll_id}/ballots", PAIR, fill="poll_id=direct_poll"),
]
