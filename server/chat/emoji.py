"""Which emoji there are, and one spelling for each."""

from emoji import EMOJI_DATA, STATUS

_SELECTOR = "\ufe0f"

_SPELLING = {
    text.replace(_SELECTOR, ""): text
    for text, about in EMOJI_DATA.items()
    if about["status"] == STATUS["fully_qualified"]
}


def spelled(text: str) -> str | None:
    """The full spelling of one emoji, or None when the text is anything else.

    Keyboards leave variation selectors out: ❤ and ❤️ must not become two reactions.
    """
    return _SPELLING.get(text.replace(_SELECTOR, ""))
