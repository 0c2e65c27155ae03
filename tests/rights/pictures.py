"""Uploading pictures, and each place a picture can hang on. Their addresses are known here: it is
not the address that guards them."""

from tests.rights.cast import ROLES
from tests.rights.table import SIGNED_IN, Row, row

FILE = "GET /media/{token}/64.webp"
ANY = "stranger former member owner seller staff mei"


def picture(name: str, may: str, anonymous: str = "not_found") -> Row:
    return row(FILE, may, fill=f"token={name}_token", anonymous=anonymous)


ROWS = [
    row(
        "POST /api/pictures",
        SIGNED_IN,
        body={"client_id": "{new}", "file": "pixels"},
        changes="media_picture",
    ),
    picture("room", "member mei"),
    picture("direct", "blocked mei"),
    picture("shop", "owner seller mei"),
    picture("post", "member mei"),
    picture("open_post", ANY),
    picture("deleted", ""),
    picture("unused", "mei"),
    picture("face", " ".join(ROLES)),
]
