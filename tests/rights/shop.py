"""Stores and items over HTTP: public to whoever is signed in, changed by those who work there."""

from tests.rights.table import SIGNED_IN, row

STAFF = "owner seller"
CHANGE = {"version": "{version}", "stock": 7}

ROWS = [
    row("GET /api/items", SIGNED_IN),
    row("GET /api/items/{item_id}", SIGNED_IN, fill="item_id=item"),
    row(
        "PATCH /api/items/{item_id}",
        STAFF,
        "forbidden",
        fill="item_id=item",
        body=CHANGE,
        changes="catalogue_item",
    ),
    row("GET /api/stores", SIGNED_IN),
    row("GET /api/stores/{store_id}", SIGNED_IN, fill="store_id=store"),
    row(
        "PUT /api/stores/{store_id}/follow",
        SIGNED_IN,
        fill="store_id=store",
        changes="catalogue_storefollow",
    ),
    row("DELETE /api/stores/{store_id}/follow", SIGNED_IN, fill="store_id=store"),
]
