"""Bookmarks and folders: Mei has some; to everybody else it is as if there were none."""

from tests.rights.cast import FOLDER as NAME
from tests.rights.cast import KEPT
from tests.rights.table import SIGNED_IN, row

MEI = "mei"
FILL = "item_id=item"
FOLDER = "folder_id=folder"

ROWS = [
    row("GET /api/bookmarks", SIGNED_IN, shows={KEPT: MEI}),
    row("GET /api/bookmarks/index", SIGNED_IN, shows={NAME: MEI}),
    row("GET /api/bookmarks/{item_id}", MEI, fill=FILL, shows={KEPT: MEI}),
    row(
        "PUT /api/bookmarks/{item_id}",
        SIGNED_IN,
        fill=FILL,
        body={"note": "another"},
        changes="bookmarks_bookmark",
    ),
    row(
        "DELETE /api/bookmarks/{item_id}",
        SIGNED_IN,
        fill=FILL,
        changes="bookmarks_bookmark",
        for_=MEI,
    ),
    row(
        "POST /api/bookmarks/move",
        MEI,
        body={"item_ids": ["{item}"], "folder_id": "{folder}"},
        changes="bookmarks_bookmark",
    ),
    row(
        "POST /api/bookmarks/drop",
        SIGNED_IN,
        body={"item_ids": ["{item}"]},
        changes="bookmarks_bookmark",
        for_=MEI,
    ),
    row(
        "POST /api/bookmarks/folders",
        SIGNED_IN,
        body={"name": "a new one"},
        changes="bookmarks_folder",
    ),
    row(
        "PATCH /api/bookmarks/folders/{folder_id}",
        MEI,
        fill=FOLDER,
        body={"name": "renamed"},
        changes="bookmarks_folder",
    ),
    row(
        "DELETE /api/bookmarks/folders/{folder_id}",
        MEI,
        fill=FOLDER,
        changes="bookmarks_folder",
    ),
]
