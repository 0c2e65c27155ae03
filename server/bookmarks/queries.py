"""Reading one's bookmarks."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count

from server.bookmarks.models import Bookmark, Tag
from server.bookmarks.policies import bookmarks_of, folders_of, tags_of
from server.bookmarks.schemas import (
    BookmarkIndex,
    BookmarkPage,
    BookmarkView,
    FolderView,
    TagCount,
)
from server.catalogue.queries import item_cards
from server.catalogue.schemas import Money
from server.errors import Refused
from server.http import from_cursor, to_cursor
from server.realtime.clock import millis
from server.realtime.log import head
from server.realtime.topics import user

A_PAGE = 30


def index(person_id: int) -> BookmarkIndex:
    """All but the bookmarks themselves. Four queries; the limits of services.py bound them.

    The head is read first: what is kept meanwhile is told once more, and never missed.
    """
    number = head(user(person_id))
    folders = folders_of(person_id).annotate(kept=Count("bookmarks")).order_by("name", "pk")
    words = tags_of(person_id).values_list("word").annotate(n=Count("pk")).order_by("-n", "word")
    return BookmarkIndex(
        item_ids=list(bookmarks_of(person_id).order_by("-pk").values_list("item_id", flat=True)),
        folders=[FolderView(id=row.pk, name=row.name, count=row.kept) for row in folders],
        tags=[TagCount(word=word, count=n) for word, n in words],
        head=number,
    )


def page(
    person_id: int,
    *,
    folder_id: int | None = None,
    word: str | None = None,
    cursor: str | None = None,
) -> BookmarkPage:
    """Newest first. Four queries at most. Raises Refused(bad_field) for a cursor of another list.

    folder_id: of a folder that is not mine, nothing is found.
    """
    rows = bookmarks_of(person_id)
    if folder_id is not None:
        rows = rows.filter(folder=folder_id)
    if word is not None:
        rows = rows.filter(tags__word=word)
    if after := from_cursor(cursor, int):
        rows = rows.filter(pk__lt=after[0])
    found = list(rows.order_by("-pk")[: A_PAGE + 1])
    more, found = len(found) > A_PAGE, found[:A_PAGE]
    return BookmarkPage(
        bookmarks=views(found), next=to_cursor(found[-1].pk) if more and found else None
    )


def one(person_id: int, item_id: int) -> BookmarkView:
    """My bookmark of an item. Raises Refused(not_found)."""
    row = bookmarks_of(person_id).filter(item=item_id).first()
    if row is None:
        raise Refused("not_found")
    return views([row])[0]


def views(rows: Sequence[Bookmark]) -> list[BookmarkView]:
    """As their owner sees them. Three queries, none for no rows."""
    if not rows:
        return []
    cards = item_cards([row.item_id for row in rows])
    words: dict[int, list[str]] = defaultdict(list)
    for tag in Tag.objects.filter(bookmark__in=rows).order_by("pk"):
        words[tag.bookmark_id].append(tag.word)
    return [
        BookmarkView(
            item=cards[row.item_id],
            folder_id=row.folder_id,
            note=row.note,
            tags=words[row.pk],
            desired_minor=row.desired_minor,
            then=Money(minor=row.price_minor, currency=row.currency),
            titled=row.title,
            other_thing=cards[row.item_id].title != row.title,
            made_at=millis(row.made_at),
        )
        for row in rows
    ]
