"""What is left of a vote whose message or post was deleted."""

from django.db import transaction
from django.db.models import Q

from server.media.services import discard
from server.polls.models import Option


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
