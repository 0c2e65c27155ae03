"""Notices: everybody has their own. Mei was told of a comment on her post, nobody else was."""

from tests.rights.cast import COMMENT
from tests.rights.table import SIGNED_IN, row

THIS = "kind=comment_kind subject=post"
MUTE = "/api/notices/mutes/{kind}/{subject}"

ROWS = [
    row("GET /api/notices", SIGNED_IN, shows={COMMENT: "mei", "other_x": SIGNED_IN}),
    row("GET /api/notices/unread", SIGNED_IN),
    row("POST /api/notices/read", SIGNED_IN, body={"number": 1}, changes="notices_box"),
    row("GET /api/notices/mutes", SIGNED_IN),
    row(f"PUT {MUTE}", "mei", fill=THIS, changes="notices_mute"),
    row(f"DELETE {MUTE}", SIGNED_IN, fill=THIS),
]
