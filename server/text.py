"""What people write, made safe to show: nothing in it hides, or reverses what stands around it."""

import re
import unicodedata

from server.errors import Refused

_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters but tab and new line
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates
    "\ufeff\ufff9-\ufffb\ud800-\udfff"  # byte-order mark, annotations, lone surrogates
    "\U000e0001"  # language tag
    "]"
)
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by their category, empty to the eye."""


def clean(text: str) -> str:
    """In NFC, with \\n for every kind of line end, without controls and bidi overrides, trimmed."""
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", text).strip()


def clean_line(text: str) -> str:
    """The same for a title: one line, single spaces."""
    return " ".join(clean(text).split())


def visible(text: str) -> bool:
    """Whether any of it can be seen: not only spaces, joiners, fillers and loose accents."""
    return any(
        unicodedata.category(character)[0] not in "ZCM" and character not in _BLANK
        for character in text
    )


def clean_words(text: str, length: int, *, field: str = "text", optional: bool = False) -> str:
    """Clean text of at most `length` characters (code points, counted after cleaning).

    Invisible text counts as none; optional: none is allowed. Raises Refused(bad_field), which
    names the count.
    """
    words = clean(text)
    if len(words) > length:
        problem = f"{len(words)} characters; at most {length}"
        raise Refused("bad_field", f"The text is too long: {problem}.", fields={field: problem})
    if visible(words):
        return words
    if not optional:
        raise Refused("bad_field", "Nothing of it can be seen.", fields={field: "is empty"})
    return ""
