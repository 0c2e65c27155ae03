"""What others would see of a kind, before anybody consents to it."""

from collections.abc import Callable, Mapping

from server.bookmarks.policies import bookmarks_of
from server.catalogue.models import Item
from server.feed.policies import visible_posts
from server.groups.models import Member
from server.groups.policies import listed
from server.polls.models import Ballot
from server.polls.policies import standing
from server.realtime.clock import now
from server.sharing.kinds import Kind
from server.sharing.models import Activity
from server.sharing.schemas import SharingExample
from server.sharing.views import views


def example(person_id: int, kind: Kind) -> SharingExample:
    """Made by the code that makes the real ones."""
    subject = example_of(person_id, kind)
    if subject is None:
        return SharingExample(activity=None)
    row = Activity(
        author_id=person_id, kind=kind, subject=subject, audience="friends", due_at=now()
    )
    return SharingExample(activity=next(iter(views([row])), None))


def example_of(person_id: int, kind: Kind) -> int | None:
    """The last thing of mine, or else anybody's, with which a kind is shown; there may be none."""
    find = _FOUND.get(kind)
    return find(person_id) if find else None


def _item(person_id: int) -> int | None:
    mine = bookmarks_of(person_id).filter(folder=None).order_by("-pk")
    anybodys = Item.objects.filter(state="live").order_by("-pk")
    return (
        mine.values_list("item", flat=True).first() or anybodys.values_list("pk", flat=True).first()
    )


def _poll(person_id: int) -> int | None:
    open_to_all = visible_posts(person_id).filter(audience="everyone")
    polls = standing().filter(names="named", post__in=open_to_all)
    ballots = Ballot.objects.filter(voter=person_id, at__isnull=False, poll__in=polls)
    mine = ballots.order_by("-pk").values_list("poll", flat=True).first()
    return mine or polls.order_by("-pk").values_list("pk", flat=True).first()


def _group(person_id: int) -> int | None:
    groups = listed().filter(entry="open")
    mine = Member.objects.filter(person=person_id, state="member", group__in=groups)
    largest = groups.order_by("-member_count", "-pk").values_list("pk", flat=True)
    return mine.order_by("-since").values_list("group", flat=True).first() or largest.first()


_FOUND: Mapping[Kind, Callable[[int], int | None]] = {
    "bookmark": _item,
    "vote": _poll,
    "group": _group,
}
