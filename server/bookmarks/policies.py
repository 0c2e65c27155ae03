"""Bookmarks and folders are their owner's, and nobody else can learn that there are any."""

from django.db.models import QuerySet

from server.bookmarks.models import Bookmark, Folder, Tag


def bookmarks_of(person_id: int) -> QuerySet[Bookmark]:
    """Those this person may see and change."""
    return Bookmark.objects.filter(person=person_id)


def folders_of(person_id: int) -> QuerySet[Folder]:
    """Those this person may see and change."""
    return Folder.objects.filter(person=person_id)


def tags_of(person_id: int) -> QuerySet[Tag]:
    """The words on those bookmarks."""
    return Tag.objects.filter(person=person_id)
