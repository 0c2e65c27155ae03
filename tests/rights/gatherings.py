"""Gatherings over HTTP: one of the hidden group (Mei's, with the member in it), one of the listed.
Who is in neither finds nothing at all, whatever they guess."""

from tests.rights.cast import MET
from tests.rights.table import row

INSIDE = "member mei"
ONE = "gathering_id=gathering"
TABLE = "gatherings_gathering"
DRAFT = {
    "client_id": "{new}",
    "title": "New",
    "begins": "{ahead}",
    "zone": "UTC",
    "place": "The mill",
}
MEMBER_MAY_NOT = {"member": "forbidden"}

ROWS = [
    row(
        "GET /api/groups/{group_id}/gatherings",
        INSIDE,
        fill="group_id=hidden",
        shows={MET: INSIDE},
    ),
    row("GET /api/groups/{group_id}/gatherings", INSIDE, fill="group_id=listed"),
    row("GET /api/groups/{group_id}/gatherings?when=past", INSIDE, fill="group_id=hidden"),
    row(
        "POST /api/groups/{group_id}/gatherings",
        INSIDE,
        fill="group_id=hidden",
        body=DRAFT,
        changes=TABLE,
    ),
    row(
        "POST /api/groups/{group_id}/gatherings",
        INSIDE,
        fill="group_id=listed",
        body=DRAFT,
        changes=TABLE,
    ),
    row(
        "POST /api/groups/{group_id}/gatherings",
        "",
        fill="group_id=hidden",
        body={**DRAFT, "zone": "Nowhere"},
        but={"member": "bad_field", "mei": "bad_field"},
    ),
    row("GET /api/gatherings/{gathering_id}", INSIDE, fill=ONE, shows={MET: INSIDE}),
    row("GET /api/gatherings/{gathering_id}", fill="gathering_id=nobody"),
    row(
        "PATCH /api/gatherings/{gathering_id}",
        "mei",
        fill=ONE,
        body={"title": "Other"},
        changes=TABLE,
        but=MEMBER_MAY_NOT,
    ),
    row(
        "PATCH /api/gatherings/{gathering_id}",
        INSIDE,
        fill="gathering_id=members_gathering",
        body={"title": "Other"},
        changes=TABLE,
    ),
    row(
        "PUT /api/gatherings/{gathering_id}/cancelled",
        "mei",
        fill=ONE,
        changes=TABLE,
        but=MEMBER_MAY_NOT,
    ),
    row(
        "PUT /api/gatherings/{gathering_id}/answer",
        INSIDE,
        fill=ONE,
        body={"answer": "perhaps"},
        changes="gatherings_answer",
    ),
    row(
        "GET /api/gatherings/{gathering_id}/people",
        INSIDE,
        fill=ONE,
        shows={"name-of-member": INSIDE},
    ),
    row("GET /api/gatherings/{gathering_id}/people?answer=waiting", INSIDE, fill=ONE),
    row(
        "GET /api/gatherings/{gathering_id}/calendar.ics",
        INSIDE,
        fill=ONE,
        shows={MET: INSIDE},
    ),
]
