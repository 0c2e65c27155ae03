"""Reading what is shared by itself, and the ledger that says so."""

from collections.abc import Collection, Sequence
from typing import Literal, cast

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from server.accounts.models import FriendList, User
from server.accounts.policies import muted_by, visible_people
from server.accounts.queries import cards, friend_ids
from server.errors import Refused
from server.feed.schemas import OfMine as Audience
from server.http import from_cursor, from_micros, to_cursor, to_micros
from server.realtime.clock import millis
from server.sharing import texts
from server.sharing.kinds import KINDS, Kind, named
from server.sharing.models import Activity, Consent, Showing
from server.sharing.policies import visible
from server.sharing.schemas import (
    ActivityPage,
    ConsentPage,
    ConsentText,
    ConsentView,
    OwnActivity,
    OwnPage,
    SharedKind,
    SharingView,
    Viewer,
    ViewerPage,
)
from server.sharing.views import views

LINES_A_PAGE = 30
ACTIVITIES_A_PAGE = 30
State = Literal["waiting", "shown", "undone", "dropped"]


def in_force(people: Collection[int], kind: Kind) -> dict[int, Consent]:
    """The newest line of each of these people, of those who ever said anything. One query."""
    newest = Consent.objects.filter(person=OuterRef("person"), kind=kind).order_by("-turn")
    rows = Consent.objects.filter(person__among=sorted(people), kind=kind)
    rows = rows.filter(pk=Subquery(newest.values("pk")[:1]))
    return {row.person_id: row for row in rows}


def sharing(person_id: int) -> SharingView:
    """Every kind, and whom it is for. Two queries."""
    newest = Consent.objects.filter(person=person_id, kind=OuterRef("kind")).order_by("-turn")
    rows = Consent.objects.filter(person=person_id, pk=Subquery(newest.values("pk")[:1]))
    said = {row.kind: row for row in rows}
    present = User.objects.values_list("show_presence", flat=True).get(pk=person_id)
    return SharingView(kinds=[_view(kind, said.get(kind), present) for kind in KINDS])


def kind_view(person_id: int, kind: Kind) -> SharedKind:
    """One of them. Two queries."""
    row = in_force([person_id], kind).get(person_id)
    present = User.objects.values_list("show_presence", flat=True).get(pk=person_id)
    return _view(kind, row, present)


def _view(kind: Kind, row: Consent | None, present: bool) -> SharedKind:
    sort = KINDS[kind]
    audience = cast(Audience, row.audience) if row else "me"
    if kind == "presence":
        audience = "friends" if present else "me"
    return SharedKind(
        kind=kind,
        here=sort.here,
        audience=audience,
        list_id=row.list_id if row else None,
        audiences=list(sort.audiences),
        delay=0 if sort.immediate else settings.SHARING_DELAY_SECONDS,
        text=text_of(kind) if sort.here else None,
        since=millis(row.at) if row else None,
    )


def text_of(kind: Kind) -> ConsentText:
    """What is shown today before somebody consents."""
    version = texts.current(kind)
    words = texts.TEXTS[kind][version]
    return ConsentText(version=version, en=words.en, zh=words.zh)


def history(person_id: int, cursor: str | None = None) -> ConsentPage:
    """My ledger. Two queries. Raises Refused(bad_field) for a cursor of another list."""
    rows = Consent.objects.filter(person=person_id)
    if after := from_cursor(cursor, int):
        rows = rows.filter(pk__lt=after[0])
    found = list(rows.order_by("-pk")[: LINES_A_PAGE + 1])
    more, found = len(found) > LINES_A_PAGE, found[:LINES_A_PAGE]
    named_lists = {row.list_id for row in found if row.list_id is not None}
    mine = FriendList.objects.filter(owner=person_id, pk__among=sorted(named_lists))
    names = dict(mine.values_list("pk", "name")) if named_lists else {}
    return ConsentPage(
        consents=[
            ConsentView(
                kind=named(row.kind),
                audience=cast(Audience, row.audience),
                list_name=names.get(row.list_id or 0),
                text=row.text,
                at=millis(row.at),
            )
            for row in found
        ],
        next=to_cursor(found[-1].pk) if more else None,
    )


# Activities ----------------------------------------------------------------------------------


def offered(person_id: int) -> QuerySet[Activity]:
    """What is on this person's pages of all that they may see: their friends' and their own, but
    for whom they mute. One query before it."""
    return visible(person_id).filter(author__in=[person_id, *friend_ids(person_id)])


def page(person_id: int, cursor: str | None = None) -> ActivityPage:
    """What my friends and I did, less those whom I mute. At most twelve queries; whoever is shown
    something for the first time is written down before they get it. Raises Refused(bad_field) for a
    cursor of another list.
    """
    rows = offered(person_id).exclude(author__in=muted_by(person_id).values("other"))
    if after := from_cursor(cursor, int, int):
        micros, pk = after
        moment = from_micros(micros)
        rows = rows.filter(Q(shown_at__lt=moment) | Q(shown_at=moment, pk__lt=pk))
    found = list(rows.order_by("-shown_at", "-pk")[: ACTIVITIES_A_PAGE + 1])
    more, found = len(found) > ACTIVITIES_A_PAGE, found[:ACTIVITIES_A_PAGE]
    _note_shown(person_id, found)
    following = None
    if more and (at := found[-1].shown_at) is not None:
        following = to_cursor(to_micros(at), found[-1].pk)
    return ActivityPage(activities=views(found), next=following)


def _note_shown(viewer_id: int, rows: Sequence[Activity]) -> None:
    others = [row.pk for row in rows if row.author_id != viewer_id]
    seen = Showing.objects.filter(viewer=viewer_id, activity__among=others)
    known = set(seen.values_list("activity_id", flat=True)) if others else set()
    new = [Showing(activity_id=pk, viewer_id=viewer_id) for pk in others if pk not in known]
    if new:
        Showing.objects.bulk_create(new, ignore_conflicts=True)


def mine(person_id: int, cursor: str | None = None) -> OwnPage:
    """Mine. At most ten queries. Raises Refused(bad_field) for a cursor of another list."""
    rows = Activity.objects.filter(author=person_id)
    if after := from_cursor(cursor, int):
        rows = rows.filter(pk__lt=after[0])
    found = list(rows.order_by("-pk")[: LINES_A_PAGE + 1])
    more, found = len(found) > LINES_A_PAGE, found[:LINES_A_PAGE]
    return OwnPage(activities=own_views(found), next=to_cursor(found[-1].pk) if more else None)


def waiting(person_id: int) -> tuple[int, list[OwnActivity]]:
    """(version, those of mine that wait)."""
    version = _versions([person_id]).get(person_id, 0)
    rows = Activity.objects.filter(author=person_id, state="waiting")
    return version, own_views(list(rows.order_by("pk")))


def waiting_of(people: Collection[int]) -> list[tuple[int, int, list[OwnActivity]]]:
    """(person, version, what waits) for those of the people of whom something does. One query when
    nothing does."""
    rows = Activity.objects.filter(author__among=sorted(people), state="waiting")
    authors = sorted(set(rows.values_list("author_id", flat=True)))
    if not authors:
        return []
    versions = _versions(authors)  # before the rows: of an older state it may tell, not of a newer
    found: dict[int, list[OwnActivity]] = {person: [] for person in authors}
    for one in own_views(list(rows.order_by("pk"))):
        found.setdefault(one.activity.person.id, []).append(one)
    return [(person, versions.get(person, 0), all_) for person, all_ in found.items()]


def _versions(people: Collection[int]) -> dict[int, int]:
    """Each activity makes its author's version greater twice: when it begins to wait and when it
    ends."""
    rows = Activity.objects.filter(author__among=sorted(people)).order_by().values_list("author")
    return dict(rows.annotate(n=2 * Count("pk") - Count("pk", filter=Q(state="waiting"))))


def own_views(rows: Sequence[Activity]) -> list[OwnActivity]:
    """Mine as I see them, in the order given; without those whose thing is no more."""
    by_id = {row.pk: row for row in rows}
    shown = Showing.objects.filter(activity__among=sorted(by_id)).order_by()
    counts = dict(shown.values_list("activity").annotate(n=Count("pk"))) if rows else {}
    named_lists = sorted({row.list_id for row in rows if row.list_id is not None})
    names = dict(FriendList.objects.filter(pk__in=named_lists).values_list("pk", "name"))
    found = []
    for view in views(rows):
        row = by_id[view.id]
        found.append(
            OwnActivity(
                activity=view,
                state=cast(State, row.state),
                list_name=names.get(row.list_id or 0),
                due_at=millis(row.due_at),
                seen_by=counts.get(row.pk, 0),
            )
        )
    return found


def viewers(person_id: int, activity_id: int, cursor: str | None = None) -> ViewerPage:
    """Who was shown this. Whoever blocked me is nobody for me. Raises Refused: not_found (none of
    mine), bad_field."""
    if not Activity.objects.filter(pk=activity_id, author=person_id).exists():
        raise Refused("not_found")
    rows = Showing.objects.filter(activity=activity_id, viewer__in=visible_people(person_id))
    if after := from_cursor(cursor, int):
        rows = rows.filter(pk__gt=after[0])
    found = list(rows.order_by("pk")[: LINES_A_PAGE + 1])
    more, found = len(found) > LINES_A_PAGE, found[:LINES_A_PAGE]
    people = cards([row.viewer_id for row in found])
    return ViewerPage(
        viewers=[Viewer(person=people[row.viewer_id], at=millis(row.at)) for row in found],
        next=to_cursor(found[-1].pk) if more else None,
    )
