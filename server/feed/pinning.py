"""One post of mine that stands first on my page, for whoever may see it."""

from django.db import transaction

from server.errors import Refused
from server.feed import audience, policies
from server.feed.events import PinMoved
from server.feed.models import Pin, Post


def pin(person_id: int, post_id: int) -> None:
    """Put one's own post first; the one that stood there goes back to its place.

    Raises Refused: forbidden (somebody else's), not_found.
    """
    with transaction.atomic():
        audience.no_block(person_id)  # my pins one after the other, and whom each replaced is known
        before = Pin.objects.filter(person=person_id).values_list("post_id", flat=True).first()
        mine = Post.objects.select_for_update(no_key=True).filter(author=person_id)
        both = mine.filter(pk__in=[post_id, before or 0]).order_by("pk")
        old = next((row for row in both if row.pk != post_id), None)
        row = audience.locked_own(person_id, post_id)
        if row.deleted_at is not None:
            raise Refused("not_found")
        if before == post_id:
            return
        Pin.objects.update_or_create(person_id=person_id, defaults={"post": row})
        _tell(row)
        if old is not None:
            _tell(old)


def unpin(person_id: int, post_id: int) -> None:
    """Back to its place; one that does not stand first stays where it is.

    Raises Refused: forbidden (somebody else's), not_found.
    """
    audience.check_own(person_id, post_id)
    with transaction.atomic():
        row = audience.locked_own(person_id, post_id)
        gone, _ = Pin.objects.filter(person=person_id, post=post_id).delete()
        if gone:
            _tell(row)


def _tell(row: Post) -> None:
    """What is of a group stands on no person's page."""
    if row.group_id is None:
        audience.tell(row, policies.home(row), PinMoved(author_id=row.author_id))
