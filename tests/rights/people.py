"""Accounts and ties over HTTP."""

from tests.rights.cast import LIST, PHONE
from tests.rights.table import SIGNED_IN, row

OTHERS = "stranger former blocked member owner seller staff"
UNTIED = "stranger former blocked owner seller staff"
HER = "other_id=mei_id"
HERS = "list_id=list"
IN_IT, NOT_YET = f"{HERS} other_id=member_id", f"{HERS} other_id=other_id"

WAYS = (
    ("mute", "accounts_muting", "seller"),
    ("restriction", "accounts_restriction", "owner"),
)
"""How Mei keeps somebody away, where that is written, and whom."""

ROWS = [
    row("GET /api/me", SIGNED_IN, shows={f"{who}_x": who for who in SIGNED_IN.split()}),
    row("PATCH /api/me", SIGNED_IN, body={"bio": "new words"}, changes="accounts_user"),
    # A face is an own, unused picture: nobody shows a picture of somebody else's to everybody.
    row(
        "PATCH /api/me",
        "mei",
        "bad_field",
        body={"face_id": "{unused_picture}"},
        changes="media_picture",
    ),
    row("PATCH /api/me", "", "bad_field", body={"face_id": "{room_picture}"}),
    row("PUT /api/me/checkup", SIGNED_IN, changes="accounts_user"),
    row("GET /api/me/sessions", SIGNED_IN),
    row("DELETE /api/me/sessions", SIGNED_IN, changes="accounts_session"),
    row(
        "DELETE /api/me/sessions/{session_id}",
        "mei",
        fill="session_id=session",
        changes="accounts_session",
    ),
    row(
        "GET /api/me/leaving",
        SIGNED_IN,
        shows={"Zongzi conspiracy": "mei", "Lantern & Lens": "owner"},
    ),
    row("GET /api/me/phone", SIGNED_IN, shows={PHONE: "mei", '"number":null': OTHERS}),
    row(
        "POST /api/me/phone",
        SIGNED_IN,
        body={"client_id": "{new}", "number": "+1 201 555 0123"},
        changes="accounts_phonecode",
    ),
    row(
        "POST /api/me/phone/code",
        "mei",
        body={"client_id": "{new}"},
        changes="accounts_phonecode",
    ),
    row("POST /api/me/phone/check", "mei", body={"code": "{phone_code}"}, changes="accounts_phone"),
    row("DELETE /api/me/phone/coming", SIGNED_IN, changes="accounts_phonecode", for_="mei"),
    row("DELETE /api/me/phone", SIGNED_IN, changes="accounts_phone", for_="mei"),
    row("GET /api/people", SIGNED_IN),
    row("GET /api/people/{other_id}", SIGNED_IN, fill=HER, but={"blocked": "not_found"}),
    row(
        "GET /api/names/{username}",
        SIGNED_IN,
        fill="username=mei_name",
        but={"blocked": "not_found"},
    ),
    row("GET /api/friends", SIGNED_IN),
    row("GET /api/suggestions", SIGNED_IN),
    # Whoever has her address finds her, as she wants, and the blocked do not.
    row(
        "POST /api/contacts/match",
        SIGNED_IN,
        body={"digests": ["{mei_digest}"]},
        shows={"mei_x": "stranger former member owner seller staff"},
        changes="accounts_contactpace",
    ),
    row(
        "DELETE /api/suggestions/{other_id}",
        OTHERS,
        "forbidden",
        fill=HER,
        but={"blocked": "not_found"},
        changes="accounts_dismissal",
    ),
    # Her lists are hers: who is in one learns as little of it as a stranger.
    row("GET /api/lists", SIGNED_IN, shows={LIST: "mei"}),
    row("POST /api/lists", SIGNED_IN, body={"name": "Tea"}, changes="accounts_friendlist"),
    row(
        "PATCH /api/lists/{list_id}",
        "mei",
        fill=HERS,
        body={"name": "Tea"},
        changes="accounts_friendlist",
    ),
    row("DELETE /api/lists/{list_id}", "mei", fill=HERS, changes="accounts_friendlist"),
    row(
        "PUT /api/lists/{list_id}/members/{other_id}",
        "mei",
        fill=NOT_YET,
        changes="accounts_listmember",
    ),
    # A list is of friends: nobody else can be put in.
    row("PUT /api/lists/{list_id}/members/{other_id}", fill=f"{HERS} other_id=former_id"),
    row(
        "DELETE /api/lists/{list_id}/members/{other_id}",
        "mei",
        fill=IN_IT,
        changes="accounts_listmember",
    ),
    # Her link is for whoever gets it; who is blocked learns no more than of one that never was.
    row("GET /api/invitations", SIGNED_IN, shows={'"left":9': "mei"}),
    row(
        "POST /api/invitations",
        SIGNED_IN,
        body={"days": 7, "uses": 5},
        changes="accounts_invitation",
    ),
    row(
        "DELETE /api/invitations/{invitation_id}",
        "mei",
        fill="invitation_id=invitation",
        changes="accounts_invitation",
    ),
    row(
        "POST /api/invite/open",
        SIGNED_IN,
        body={"token": "{invitation_token}"},
        but={"blocked": "not_found"},
        shows={"mei_x": SIGNED_IN},
    ),
    row(
        "POST /api/invite/accept",
        OTHERS,
        "forbidden",
        body={"token": "{invitation_token}"},
        but={"blocked": "not_found"},
        changes="accounts_friendship",
        for_=UNTIED,
    ),
    # Who is blocked is not told: their request waits for ever.
    row(
        "POST /api/people/{other_id}/friendship",
        OTHERS,
        "forbidden",
        fill=HER,
        changes="accounts_friendship",
        for_=UNTIED,
    ),
    row("POST /api/people/{other_id}/friendship", "", "forbidden", fill="other_id=self"),
    row("PUT /api/people/{other_id}/friendship", "member", fill=HER, but={"mei": "forbidden"}),
    row(
        "PUT /api/people/{other_id}/friendship",
        SIGNED_IN,
        fill="other_id=other_id",
        changes="accounts_friendship",
        for_=OTHERS,
    ),
    row(
        "DELETE /api/people/{other_id}/friendship",
        OTHERS,
        "forbidden",
        fill=HER,
        changes="accounts_friendship",
        for_="member",
    ),
    row("GET /api/follows", SIGNED_IN, shows={"mei_x": "seller owner"}),
    # She lets anyone follow her but those she blocked; others let nobody.
    row(
        "PUT /api/people/{other_id}/follow",
        OTHERS,
        "forbidden",
        fill=HER,
        but={"blocked": "not_found"},
        changes="accounts_follow",
        for_="stranger former member staff",
    ),
    row("PUT /api/people/{other_id}/follow", "", "forbidden", fill="other_id=other_id"),
    row(
        "DELETE /api/people/{other_id}/follow",
        SIGNED_IN,
        fill=HER,
        changes="accounts_follow",
        for_="seller owner",
    ),
    # Each for themselves; the blocked get no hold of her.
    *(
        row(
            f"PUT /api/people/{{other_id}}/{way}",
            OTHERS,
            "forbidden",
            fill=HER,
            but={"blocked": "not_found"},
            changes=table,
        )
        for way, table, _ in WAYS
    ),
    *(
        row(
            f"DELETE /api/people/{{other_id}}/{way}",
            SIGNED_IN,
            fill=f"other_id={kept}_id",
            but={kept: "forbidden"},
            changes=table,
            for_="mei",
        )
        for way, table, kept in WAYS
    ),
    row(
        "POST /api/people/{other_id}/block", OTHERS, "forbidden", fill=HER, changes="accounts_block"
    ),
    # Only she lifts her block.
    row(
        "DELETE /api/people/{other_id}/block",
        OTHERS,
        "forbidden",
        fill=HER,
        changes="accounts_block",
        for_="",
    ),
    row(
        "DELETE /api/people/{other_id}/block",
        SIGNED_IN,
        fill="other_id=blocked_id",
        but={"blocked": "forbidden"},
        changes="accounts_block",
        for_="mei",
    ),
]
