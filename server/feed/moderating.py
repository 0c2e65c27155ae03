"""What those who decide in a group do to the posts in it."""

from django.db import transaction

from server.errors import Refused
from server.feed import policies
from server.feed.audience import Addressed, no_block, readdress
from server.feed.models import Post
from server.groups import services as groups
from server.happenings import Happening, happened


def hold(person_id: int, post_id: int) -> None:
    """Hide a post in its group: its author sees that it is, and is told. Doing it again changes
    nothing.

    Raises Refused: not_found (also for a post of no group), forbidden (I do not decide there).
    """
    with transaction.atomic():
        row = _decided(person_id, post_id)
        if row.audience == "group":
            readdress(row, Addressed("held"))
            if row.author_id != person_id:  # who of them it was is not said
                happened(Happening("post.held", row.author_id, row.pk, row.turn, None))


def release(person_id: int, post_id: int) -> None:
    """Show a hidden post in its group again. Doing it again changes nothing. Raises Refused like
    hold()."""
    with transaction.atomic():
        row = _decided(person_id, post_id)
        if row.audience == "held":
            readdress(row, Addressed("group"))


def _decided(person_id: int, post_id: int) -> Post:
    """A post in a group that I decide in, held with its group until the transaction ends."""
    seen = policies.visible_posts(person_id).exclude(group=None).filter(pk=post_id)
    where = seen.values_list("author_id", "group_id").first()
    if where is None:
        raise Refused("not_found")
    author_id, group_id = where
    no_block(author_id)
    groups.decide(person_id, group_id or 0, archived=True)
    row = Post.objects.select_for_update(no_key=True).get(pk=post_id)
    if row.audience not in ("group", "held"):
        raise Refused("not_found")  # taken back while I waited
    return row
