"""Which activities somebody sees: those for them by the one rule of the feed, of things that they
may see as well, and that are still so.

`still_so` and the filters say the same of a kind: for one that waits, and for all that are shown.
"""

from collections.abc import Callable, Collection, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet

from server.accounts.policies import separated_from
from server.bookmarks.policies import bookmarks_of
from server.feed.policies import (
    OF_PEOPLE,
    Shown,
    open_to,
    published,
    reached,
    visible_posts,
    watchable,
)
from server.groups.models import Member
from server.groups.policies import listed
from server.polls.models import Ballot, Poll
from server.polls.policies import standing
from server.sharing.models import Activity


def named_votes() -> QuerySet[Poll]:
    """Votes that name their voters and are for everyone: of no other is it told who took part."""
    return standing().filter(names="named", post__in=published().filter(audience="everyone"))


def visible(person_id: int) -> QuerySet[Activity]:
    """Every activity this person may see, asked anew each time."""
    about = Q(kind="bookmark")
    posts = visible_posts(person_id)
    votes = named_votes().filter(pk=OuterRef("subject"), post__in=posts)
    about |= Q(Exists(votes), kind="vote")
    inside = Member.objects.filter(
        group=OuterRef("subject"), person=OuterRef("author"), state="member"
    )
    groups = listed().filter(pk=OuterRef("subject"), entry="open")
    about |= Q(Exists(groups), Exists(inside), kind="group")
    rows = Activity.objects.filter(state="shown", author__is_active=True)
    return rows.filter(open_to(person_id, OF_PEOPLE), about)


def seers(people: Collection[int], row: Activity) -> set[int]:
    """Those of these friends of its author who may see it: the rule of visible(), for many people
    and one row. At most twelve queries; tests hold the two together."""
    if row.state != "shown" or not still_so(row):
        return set()
    shown = Shown(row.pk, row.author_id, row.audience, row.list_id)
    near = {who for who, _ in reached(people, [shown])}
    if row.kind != "vote":
        return near
    posts = list(named_votes().filter(pk=row.subject).values_list("post", flat=True))
    return {who for who, _ in watchable(near, posts)}


def _kept(row: Activity) -> bool:
    return bookmarks_of(row.author_id).filter(item=row.subject, folder=None).exists()


def _voted(row: Activity) -> bool:
    given = Ballot.objects.filter(voter=row.author_id, at__isnull=False, poll=row.subject)
    return given.filter(poll__in=named_votes()).exists()


def _joined(row: Activity) -> bool:
    open_groups = listed().filter(pk=row.subject, entry="open")
    mine = Member.objects.filter(person=row.author_id, state="member", group__in=open_groups)
    return mine.exists()


_STILL_SO: Mapping[str, Callable[[Activity], bool]] = {
    "bookmark": _kept,
    "vote": _voted,
    "group": _joined,
}


def still_so(row: Activity) -> bool:
    """Whether it is as it was when it was done, and still of those that may be told."""
    return _STILL_SO[row.kind](row)


def known(kind: str, subjects: Collection[int]) -> set[int]:
    """Those of the things of which it may be told at all that somebody did something to them."""
    if kind != "vote":
        return set(subjects)
    return set(named_votes().filter(pk__in=subjects).values_list("pk", flat=True))


def hidden_from_some(row: Activity) -> bool:
    """Whether the thing is not for all whom the activity is for: a block stands between the vote's
    author and one of them. Everybody on a topic gets the same bytes, so nothing is told there."""
    if row.kind != "vote":
        return False
    author = Poll.objects.values_list("author_id", flat=True).get(pk=row.subject)
    shown = Shown(row.pk, row.author_id, row.audience, row.list_id)
    return bool(reached(separated_from(author), [shown]))
