"""Keeping items, and folders to keep them in. Every verb may be repeated.

The person's row is the lock: what one does on two devices at once happens one after the other, so
that limits are exact and the log tells it in the order in which it stands.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from server.accounts.models import User
from server.bookmarks.events import BookmarksChanged
from server.bookmarks.models import Bookmark, Folder, Tag
from server.bookmarks.policies import bookmarks_of, folders_of, tags_of
from server.bookmarks.queries import one
from server.bookmarks.schemas import (
    NAME_LENGTH,
    NOTE_LENGTH,
    WORD_LENGTH,
    BookmarkDraft,
    BookmarkView,
    FolderDraft,
    FolderView,
)
from server.catalogue.models import Item
from server.deeds import Deed, did, undid
from server.errors import Refused
from server.realtime.log import record
from server.realtime.topics import user
from server.text import clean_line, clean_words, visible

BOOKMARKS, FOLDERS = 2_000, 100
"""Of one person. The browser holds the numbers of all bookmarked items, to show them as such."""


def keep(person_id: int, item_id: int, draft: BookmarkDraft) -> BookmarkView:
    """Bookmark an item, or change what is kept with it.

    Raises Refused: not_found (no such item, or folder of mine), full, bad_field, signed_out.
    """
    with transaction.atomic():
        _lock(person_id)
        row = bookmarks_of(person_id).filter(item=item_id).first()
        new = row is None
        if row is None:
            row = _new(person_id, item_id)
        changed = _set(person_id, row, draft)
        _say_where(person_id, item_id, new)
        if new or changed:
            _tell(person_id, kept=[item_id] if new else [])
        return one(person_id, item_id)


def _say_where(person_id: int, item_id: int, new: bool) -> None:
    """What lies in a folder is nobody else's business."""
    deed = Deed("bookmark", person_id, item_id)
    loose = bookmarks_of(person_id).filter(item=item_id, folder=None)
    if not loose.exists():
        undid(deed)
    elif new:
        did(deed)


def _new(person_id: int, item_id: int) -> Bookmark:
    item = Item.objects.filter(pk=item_id).first()
    if item is None:
        raise Refused("not_found")
    if bookmarks_of(person_id).count() >= BOOKMARKS:
        raise Refused("full", f"You keep {BOOKMARKS} bookmarks already.")
    return Bookmark.objects.create(
        person_id=person_id,
        item=item,
        price_minor=item.price_minor,
        currency=item.currency,
        title=item.title,
    )


def _set(person_id: int, row: Bookmark, draft: BookmarkDraft) -> bool:
    """Whether anything is another now."""
    given = draft.model_fields_set
    wanted: dict[str, Any] = {}
    if "folder_id" in given:
        wanted["folder_id"] = _own_folder(person_id, draft.folder_id)
    if "note" in given:
        wanted["note"] = clean_words(draft.note or "", NOTE_LENGTH, field="note", optional=True)
    if "desired_minor" in given:
        wanted["desired_minor"] = draft.desired_minor
    differs = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    if differs:
        bookmarks_of(person_id).filter(pk=row.pk).update(**differs)
    return _set_words(row, draft.tags or []) or bool(differs) if "tags" in given else bool(differs)


def _set_words(row: Bookmark, tags: Collection[str]) -> bool:
    """Each word once, in its order; case and spaces make no other word."""
    words = dict.fromkeys(clean_line(tag).casefold()[:WORD_LENGTH] for tag in tags)
    wanted = [word for word in words if visible(word)]
    mine = tags_of(row.person_id).filter(bookmark=row)
    if list(mine.order_by("pk").values_list("word", flat=True)) == wanted:
        return False
    mine.delete()
    Tag.objects.bulk_create(Tag(bookmark=row, person_id=row.person_id, word=w) for w in wanted)
    return True


def drop(person_id: int, item_ids: Collection[int]) -> None:
    """Keep these no more; what is not kept is no error. Raises Refused(signed_out)."""
    with transaction.atomic():
        _lock(person_id)
        rows = bookmarks_of(person_id).filter(item__in=item_ids)
        dropped = sorted(rows.values_list("item_id", flat=True))
        if dropped:
            rows.delete()
            undid(*(Deed("bookmark", person_id, item_id) for item_id in dropped))
            _tell(person_id, dropped=dropped)


def move(person_id: int, item_ids: Collection[int], folder_id: int | None) -> None:
    """Put these bookmarks into a folder, or out of any; what is not kept is passed over.

    Raises Refused: not_found (no such folder of mine), signed_out.
    """
    with transaction.atomic():
        _lock(person_id)
        folder = _own_folder(person_id, folder_id)
        rows = bookmarks_of(person_id).filter(item__in=item_ids)
        if folder is not None:
            undid(*(Deed("bookmark", person_id, item_id) for item_id in item_ids))
        if rows.exclude(folder=folder).update(folder=folder) if folder else _take_out(rows):
            _tell(person_id)


def _take_out(rows: Any) -> int:
    count: int = rows.exclude(folder=None).update(folder=None)
    return count


# Folders -------------------------------------------------------------------------------------


def make_folder(person_id: int, draft: FolderDraft) -> FolderView:
    """A new folder, or the one of that name. Raises Refused: full, bad_field, signed_out."""
    name = _name(draft)
    with transaction.atomic():
        _lock(person_id)
        mine = folders_of(person_id)
        row = mine.filter(name=name).first()
        if row is None:
            if mine.count() >= FOLDERS:
                raise Refused("full", f"You have {FOLDERS} folders already.")
            row = Folder.objects.create(person_id=person_id, name=name)
            _tell(person_id)
        return _view(row)


def rename_folder(person_id: int, folder_id: int, draft: FolderDraft) -> FolderView:
    """Call it otherwise. Raises Refused: not_found, conflict (another has that name), bad_field,
    signed_out."""
    name = _name(draft)
    with transaction.atomic():
        _lock(person_id)
        mine = folders_of(person_id)
        row = mine.filter(pk=folder_id).first()
        if row is None:
            raise Refused("not_found")
        if mine.filter(name=name).exclude(pk=folder_id).exists():
            raise Refused("conflict", "Another of your folders has that name.")
        if row.name != name:
            mine.filter(pk=folder_id).update(name=name)
            row.name = name
            _tell(person_id)
        return _view(row)


def delete_folder(person_id: int, folder_id: int) -> None:
    """Its bookmarks stay, in no folder. Raises Refused: not_found, signed_out."""
    with transaction.atomic():
        _lock(person_id)
        _, deleted = folders_of(person_id).filter(pk=folder_id).delete()
        if not deleted.get(Folder._meta.label):
            raise Refused("not_found")
        _tell(person_id)


def _name(draft: FolderDraft) -> str:
    return clean_line(clean_words(draft.name, NAME_LENGTH, field="name"))


def _view(row: Folder) -> FolderView:
    return FolderView(id=row.pk, name=row.name, count=row.bookmarks.count())


def _own_folder(person_id: int, folder_id: int | None) -> int | None:
    if folder_id is not None and not folders_of(person_id).filter(pk=folder_id).exists():
        raise Refused("not_found")
    return folder_id


def _lock(person_id: int) -> None:
    rows = User.objects.select_for_update(no_key=True).filter(pk=person_id, is_active=True)
    if not rows.values_list("pk", flat=True).first():
        raise Refused("signed_out")


def _tell(person_id: int, kept: Collection[int] = (), dropped: Collection[int] = ()) -> None:
    record(user(person_id), BookmarksChanged(kept=list(kept), dropped=list(dropped)))
