"""Notices: everybody has their own. Mei was told of a comment on her post, nobody else was."""

from tests.rights.cast import COMMENT, ROLES
from tests.rights.table import SIGNED_IN, row

THIS = "kind=comment_kind subject=post"
MUTE = "/api/notices/mutes/{kind}/{subject}"
REACH = {
    "mail": False,
    "zone": "Asia/Shanghai",
    "quiet_from": 60,
    "quiet_to": 120,
    "digest_at": None,
}

ROWS = [
    row("GET /api/notices", SIGNED_IN, shows={COMMENT: "mei", "other_x": SIGNED_IN}),
    row("GET /api/notices/unread", SIGNED_IN),
    row("POST /api/notices/read", SIGNED_IN, body={"number": 1}, changes="notices_box"),
    row("GET /api/notices/mutes", SIGNED_IN),
    row(f"PUT {MUTE}", "mei", fill=THIS, changes="notices_mute"),
    row(f"DELETE {MUTE}", SIGNED_IN, fill=THIS),
    row("GET /api/notices/settings", SIGNED_IN),
    row("PUT /api/notices/settings", SIGNED_IN, body=REACH, changes="notices_delivery"),
    row(
        "PUT /api/notices/settings/{kind}/{way}",
        SIGNED_IN,
        fill="kind=comment_kind way=mail",
        body={"wanted": False},
        changes="notices_wish",
    ),
    row(
        "POST /api/notices/push",
        SIGNED_IN,
        body={"endpoint": "{endpoint}", "key": "{push_key}", "secret": "{push_secret}"},
        changes="notices_pushtarget",
    ),
    row("POST /api/notices/push/end", SIGNED_IN, body={"endpoint": "{endpoint}"}),
    row("GET /sw.js", " ".join(ROLES)),
    # The page; what it does, and for whom, is asked in tests/notices/test_letters.py.
    row("GET /unsubscribe/{ticket}", " ".join(ROLES), fill="ticket=new"),
]
