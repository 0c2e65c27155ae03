"""One post of mine that stands first on my page, for whoever may see it."""

from django.db import transaction

from server.errors import Refused
from server.feed import audience
from server.feed.models import Pin


def pin(person_id: int, post_id: int) -> None:
    """Put one's own post first; the one that stood there goes back to its place.

    Raises Refused: forbidden (somebody else's), not_found.
    """
    with transaction.atomic():
        row = audience.locked_own(person_id, post_id)
        if row.deleted_at is not None:
            raise Refused("not_found")
        Pin.objects.update_or_create(person_id=person_id, defaults={"post": row})


def unpin(person_id: int, post_id: int) -> None:
    """Back to its place; one that does not stand first stays where it is.

    Raises Refused: forbidden (somebody else's), not_found.
    """
    audience.check_own(person_id, post_id)
    Pin.objects.filter(person=person_id, post=post_id).delete()
