"""A download of everything of one's own. Mei has one; nobody else can so much as learn of it."""

from tests.rights.table import SIGNED_IN, row

MINE = "/api/me/takeout"
OTHERS = " ".join(set(SIGNED_IN.split()) - {"mei"})

ROWS = [
    row(f"GET {MINE}", SIGNED_IN, shows={'"state":"ready"': "mei", '"state":"none"': OTHERS}),
    row(f"GET {MINE}/file", "mei", shows={"data.json": "mei"}),
    # She has had one within the hour.
    row(
        f"POST {MINE}",
        OTHERS,
        "too_fast",
        body={"client_id": "{new}"},
        changes="takeout_takeout",
    ),
    row(f"DELETE {MINE}", SIGNED_IN, changes="takeout_takeout", for_="mei"),
]
