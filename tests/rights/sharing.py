"""What is shared by itself: everybody says so for themselves."""

from tests.rights.cast import COMMENT, FOLLOWED, HELD, LISTED, OPEN, POST, WITHIN
from tests.rights.table import SIGNED_IN, row

THIS = "activity_id=activity"

ROWS = [
    row("GET /api/me/sharing", SIGNED_IN),
    row("GET /api/me/sharing/history", SIGNED_IN),
    row("GET /api/me/sharing/{kind}/example", SIGNED_IN, fill="kind=shared_kind"),
    row("GET /api/me/sharing/{kind}/example", SIGNED_IN, fill="kind=shared_vote"),
    row(
        "PUT /api/me/sharing/{kind}",
        SIGNED_IN,
        fill="kind=shared_vote",
        body={"audience": "friends", "text": 1},
        changes="sharing_consent",
    ),
    # What others would see of it is asked by everybody for themselves.
    row(
        "POST /api/me/sharing/{kind}/preview",
        SIGNED_IN,
        fill="kind=shared_kind",
        body={"reader": "stranger", "audience": "everyone"},
    ),
    row(
        "POST /api/me/sharing/{kind}/preview",
        "mei",
        fill="kind=shared_kind",
        body={"reader": "{as_list}", "audience": "friends"},
    ),
    row(
        "POST /api/me/sharing/{kind}/preview",
        "mei",
        "bad_field",
        fill="kind=shared_kind",
        body={"reader": "stranger", "audience": {"list_id": "{list}"}},
    ),
    row(
        "GET /api/me/activity/{activity_id}/seen-by/{reader}",
        "mei",
        fill=f"{THIS} reader=member_id",
    ),
    # Mei's list is for nobody else to show anything to.
    row(
        "PUT /api/me/sharing/{kind}",
        "mei",
        "bad_field",
        fill="kind=shared_vote",
        body={"audience": {"list_id": "{list}"}, "text": 1},
        changes="sharing_consent",
    ),
    # Whoever is shown something is written down.
    row("GET /api/activity", SIGNED_IN, changes="sharing_showing", for_="member"),
    row("GET /api/me/activity", SIGNED_IN),
    row(
        "GET /api/me/shared",
        SIGNED_IN,
        shows={
            **dict.fromkeys((POST, OPEN, LISTED, FOLLOWED, WITHIN), "mei"),
            COMMENT: "member mei",
            HELD: "owner",
        },
    ),
    row("GET /api/me/activity/{activity_id}/viewers", "mei", fill=THIS),
    row("DELETE /api/me/activity/{activity_id}", "mei", fill=THIS, changes="sharing_activity"),
]
