"""What I keep to come back to."""

from collections import defaultdict
from collections.abc import Iterator

from server.bookmarks.models import Tag
from server.bookmarks.policies import bookmarks_of, folders_of
from server.realtime.clock import millis
from server.takeout import records
from server.takeout.reading import item_lines, lots


def folders(person_id: int) -> Iterator[records.FolderRecord]:
    """My folders, the oldest first."""
    for rows in lots(folders_of(person_id)):
        for row in rows:
            yield records.FolderRecord(name=row.name, made_at=millis(row.made_at))


def bookmarks(person_id: int) -> Iterator[records.BookmarkRecord]:
    """My bookmarks, the oldest first."""
    names = dict(folders_of(person_id).values_list("pk", "name"))
    for rows in lots(bookmarks_of(person_id)):
        items = item_lines([row.item_id for row in rows])
        words: dict[int, list[str]] = defaultdict(list)
        for tag in Tag.objects.filter(bookmark__in=rows).order_by("pk"):
            words[tag.bookmark_id].append(tag.word)
        for row in rows:
            yield records.BookmarkRecord(
                item=items[row.item_id],
                folder=names.get(row.folder_id or 0),
                note=row.note,
                tags=words[row.pk],
                then_minor=row.price_minor,
                then_currency=row.currency,
                desired_minor=row.desired_minor,
                at=millis(row.made_at),
            )
