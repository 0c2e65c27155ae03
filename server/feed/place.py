"""How far a person has read in their feed, the same on every device of theirs."""

from django.db.models.functions import Now

from server.errors import Refused
from server.feed import schemas
from server.feed.models import Place
from server.feed.policies import visible_posts
from server.realtime.clock import millis


def place(person_id: int) -> schemas.PlaceView:
    """How far I have read. One query, and none of the feed's own."""
    row = Place.objects.filter(person=person_id).first()
    return schemas.PlaceView(post_id=row.post if row else None, at=millis(row.at) if row else None)


def reach(person_id: int, post_id: int) -> None:
    """I have read as far as this post. It goes forward only: what an older page of mine says late,
    or another device at the same moment, takes nothing back. One statement writes,
    the first time two; none where nothing is new.
    Raises Refused(not_found) for a post that is not for me."""
    if not visible_posts(person_id).filter(pk=post_id).exists():
        raise Refused("not_found")
    mine = Place.objects.filter(person=person_id)
    before = mine.values_list("post", flat=True).first()
    if before is None:
        first = Place(person_id=person_id, post=post_id)
        Place.objects.bulk_create([first], ignore_conflicts=True)
    # Also after it was made: another device may have been first, and less far than this.
    if before is None or before < post_id:
        mine.filter(post__lt=post_id).update(post=post_id, at=Now())
