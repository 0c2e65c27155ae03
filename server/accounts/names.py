"""Names as people see them: any script, nothing that hides, reverses or breaks a line."""

import unicodedata

NAME_LENGTH = 40
_JOINERS = "\u200c\u200d"  # joined emoji, Persian and Indic words need them


ERASED = "~"
"""Begins the username of whoever was erased: nobody can choose such a one."""


def shown_name(name: str, username: str) -> str:
    """What others read: the name, else the username; nothing of whoever was erased, whom pages call
    a deleted user in the language of the reader."""
    return "" if username.startswith(ERASED) else name or username


def clean_name(text: str) -> str:
    """The name in NFC with single spaces. Raises ValueError with the reason in plain words.

    Control, format (bidirectional overrides, invisible spaces) and unassigned characters are
    refused: with them one person's name could be made to look like another's.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    for character in name:
        kind = unicodedata.category(character)
        if kind[0] == "C" and character not in _JOINERS:
            raise ValueError("contains a character that cannot be shown")
    if not any(unicodedata.category(character)[0] in "LNSP" for character in name):
        raise ValueError("needs at least one visible character")
    if len(name) > NAME_LENGTH:
        raise ValueError(f"is longer than {NAME_LENGTH} characters")
    return name


def clean_bio(text: str) -> str:
    """Free text over several lines: NFC, without control and direction-changing characters."""
    kept = (
        character
        for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        if character == "\n" or character in _JOINERS or unicodedata.category(character)[0] != "C"
    )
    return "".join(kept).strip()
