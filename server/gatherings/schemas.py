"""Gatherings as the wire shows them, and what a person may write."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from server.accounts.schemas import PersonCard
from server.schema import ClientId, Id, Milliseconds, Shape

TITLE_LENGTH, ABOUT_LENGTH, PLACE_LENGTH, LINK_LENGTH = 120, 2_000, 200, 500
MOST_PLACES = 50_000
COMING = 200
"""Gatherings of one group that are not over yet."""

FRIENDS_SHOWN = 5

Said = Literal["going", "perhaps", "not"]
Word = Literal["going", "perhaps", "not", "waiting"]
"""waiting: who said "going" when no place was free; they come in their order."""

Title = Annotated[str, StringConstraints(max_length=4 * TITLE_LENGTH)]
About = Annotated[str, StringConstraints(max_length=4 * ABOUT_LENGTH)]
Place = Annotated[str, StringConstraints(max_length=4 * PLACE_LENGTH)]
Link = Annotated[str, StringConstraints(max_length=4 * LINK_LENGTH)]
"""Lengths are code points, counted by the service after cleaning (see server/text.py)."""

Wall = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d$")]
"""What calendar and clock show in the gathering's own zone."""

Zone = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""An IANA name, as "Asia/Shanghai"."""

Places = Annotated[int, Field(ge=1, le=MOST_PLACES)]


class Gathering(Shape):
    """What everybody sees of it who may see it at all; version only grows.

    begins, ends: by the clocks in its zone; begins_at, ends_at: the same moments. places: how many
    may come; null: as many as like to. waiting: how many stand in line for a place.
    """

    id: Id
    version: int
    group_id: Id
    title: str
    about: str
    begins: Wall
    ends: Wall | None
    begins_at: Milliseconds
    ends_at: Milliseconds | None
    zone: str
    place: str
    link: str
    places: int | None
    going: int
    perhaps: int
    waiting: int
    cancelled: bool


class GatheringEntry(Shape):
    """A gathering as I see it. made_by: null where a block stands between. friends: of mine who
    come, the first few. may_change: I made it, or decide in its group."""

    gathering: Gathering
    made_by: PersonCard | None
    mine: Word | None
    friends: list[PersonCard]
    may_change: bool


class GatheringsPage(Shape):
    """Gatherings of a group; pass `next` back as `cursor` for more."""

    entries: list[GatheringEntry]
    next: str | None


class ComersPage(Shape):
    """Who answered so, in the order they did; pass `next` back as `cursor` for more."""

    people: list[PersonCard]
    next: str | None


class GatheringDraft(Shape):
    """A new gathering. It is somewhere: in a place, or at a link, or both."""

    client_id: ClientId
    title: Title
    about: About = ""
    begins: Wall
    ends: Wall | None = None
    zone: Zone
    place: Place = ""
    link: Link = ""
    places: Places | None = None


class GatheringChange(Shape):
    """What of it changes; absent fields stay. `ends: null`: it has no end any more; `places: null`:
    as many as like to."""

    title: Title | None = None
    about: About | None = None
    begins: Wall | None = None
    ends: Wall | None = None
    zone: Zone | None = None
    place: Place | None = None
    link: Link | None = None
    places: Places | None = None


class AnswerDraft(Shape):
    """Whether I come."""

    answer: Said
