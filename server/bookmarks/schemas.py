"""Bookmarks as the wire shows them."""

from typing import Annotated

from pydantic import Field

from server.catalogue.schemas import ItemCard, Money
from server.schema import Id, Milliseconds, Shape

NOTE_LENGTH, NAME_LENGTH, WORD_LENGTH = 500, 40, 24
TAGS = 10
"""Words on one bookmark."""

MANY = 200
"""Bookmarks in one request."""

Tags = Annotated[list[Annotated[str, Field(max_length=WORD_LENGTH)]], Field(max_length=TAGS)]
Ids = Annotated[list[Id], Field(min_length=1, max_length=MANY)]
Desired = Annotated[int, Field(gt=0, lt=10**13)]


class BookmarkView(Shape):
    """One bookmark. then: what the item cost when it was kept; other_thing: its title is another
    one since. desired_minor: the price I would buy at, in the currency of `then`."""

    item: ItemCard
    folder_id: Id | None
    note: str
    tags: list[str]
    desired_minor: int | None
    then: Money
    titled: str
    other_thing: bool
    made_at: Milliseconds


class BookmarkPage(Shape):
    """Newest first; pass `next` back as `cursor`."""

    bookmarks: list[BookmarkView]
    next: str | None


class FolderView(Shape):
    """A folder and how many bookmarks are in it."""

    id: Id
    name: str
    count: int


class TagCount(Shape):
    """A word and on how many bookmarks it stands."""

    word: str
    count: int


class BookmarkIndex(Shape):
    """Everything but the bookmarks themselves: which items I keep, my folders, my words. `head` is
    the number of my topic that this reflects."""

    item_ids: list[Id]
    folders: list[FolderView]
    tags: list[TagCount]
    head: int


class BookmarkDraft(Shape):
    """What to keep with an item. Absent fields stay (at first: empty), null takes away."""

    folder_id: Id | None = None
    note: Annotated[str, Field(max_length=NOTE_LENGTH)] | None = None
    desired_minor: Desired | None = None
    tags: Tags | None = None


class FolderDraft(Shape):
    """A folder's name."""

    name: Annotated[str, Field(min_length=1, max_length=NAME_LENGTH)]


class Moving(Shape):
    """Several bookmarks at once: into a folder, or (null) out of any."""

    item_ids: Ids
    folder_id: Id | None


class Dropping(Shape):
    """Several bookmarks to drop at once."""

    item_ids: Ids
