"""What is left of a vote whose message or post was deleted, or whose author was erased."""

from django.db import transaction
from django.db.models import Q

from server.media.services import discard
from server.polls.models import Option, Poll

ERASED_AT_ONCE = 100


def forget_deleted(at_most: int = 200) -> int:
    """Discard the pictures of votes that were taken away. Returns how many.

    Nobody sees them from the deletion on; this is about the disk. Chats and the feed know nothing
    of votes, so it is a duty of ours and not a part of their deletion. Safe on many workers at
    once: rows that one of them holds are left to it.
    """
    gone = Q(poll__message__deleted_at__isnull=False) | Q(poll__post__deleted_at__isnull=False)
    with transaction.atomic():
        options = Option.objects.filter(gone, picture__isnull=False).order_by("pk")
        rows = list(options.select_for_update(of=("self",), skip_locked=True)[:at_most])
        Option.objects.filter(pk__in=[row.pk for row in rows]).update(picture=None)
        discard([row.picture_id for row in rows if row.picture_id is not None])
    return len(rows)


def erase_votes(person_id: int) -> bool:
    """Somebody leaves for good: the words of votes that went with their posts go too. Returns
    whether there were any. What they voted stays counted."""
    gone = Poll.objects.filter(author=person_id, post__deleted_at__isnull=False)
    ids = list(
        gone.exclude(question="").order_by("pk").values_list("pk", flat=True)[:ERASED_AT_ONCE]
    )
    Option.objects.filter(poll__in=ids).update(text="")
    Poll.objects.filter(pk__in=ids).update(question="")
    return bool(ids)
