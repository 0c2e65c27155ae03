"""Records of what I share by itself."""

from server.schema import Shape


class ConsentRecord(Shape):
    """Whom a kind of sharing is for from then on. list: its name, while it is there.

    version: of the words that I was shown; 0: said by a switch elsewhere; -1: the list was deleted.
    """

    kind: str
    audience: str
    list: str | None
    version: int
    at: int


class ActivityRecord(Shape):
    """Something I did that was to be shown by itself, because of my consent. state: waiting, shown,
    undone (by me) or dropped (never shown). subject: the item, vote or group, by its number."""

    kind: str
    subject: int
    audience: str
    state: str
    at: int
    shown_at: int | None
