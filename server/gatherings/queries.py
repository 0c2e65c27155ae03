"""Reading gatherings. One that is not mine to see costs the same as one that is not there."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import cast

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Now

from server.accounts.policies import separated_from
from server.accounts.queries import cards, friend_ids
from server.errors import Refused
from server.gatherings import schemas
from server.gatherings.models import Answer, Gathering
from server.gatherings.policies import may_change, visible_gatherings
from server.gatherings.services.times import wall_of
from server.groups import policies as groups
from server.groups.models import Member
from server.http import from_cursor, from_micros, to_cursor, to_micros
from server.lookups import FirstOfEach
from server.realtime.clock import millis
from server.realtime.instant import one_instant

A_PAGE = 20
COMERS_A_PAGE = 60
RECENT = timedelta(minutes=5)


def page(
    person_id: int, group_id: int, *, past: bool = False, cursor: str | None = None
) -> schemas.GatheringsPage:
    """Gatherings of a group that I am in: those that are not over, the next first; or those that
    are, the latest first.

    Raises Refused: not_found (also when I am not in it), bad_field (a cursor of another list).
    """
    with one_instant():
        if not groups.mine(person_id).filter(group=group_id).exists():
            raise Refused("not_found")
        rows = visible_gatherings(person_id).filter(group=group_id)
        if past:
            rows = rows.filter(over_at__lte=Now()).order_by("-over_at", "-pk")
        else:
            # At most schemas.COMING of a group, and those called off.
            rows = rows.filter(over_at__gt=Now()).order_by("begins_at", "pk")
        if after := from_cursor(cursor, int, int):
            rows = rows.filter(_beyond(past, *after))
        found = list(rows[: A_PAGE + 1])
        more, found = len(found) > A_PAGE, found[:A_PAGE]
        following = None
        if more:
            last = found[-1]
            following = to_cursor(to_micros(last.over_at if past else last.begins_at), last.pk)
        return schemas.GatheringsPage(entries=_entries(person_id, found), next=following)


def _beyond(past: bool, micros: int, pk: int) -> Q:
    at = from_micros(micros)
    if past:
        return Q(over_at__lt=at) | Q(over_at=at, pk__lt=pk)
    return Q(begins_at__gt=at) | Q(begins_at=at, pk__gt=pk)


def entry(person_id: int, gathering_id: int) -> schemas.GatheringEntry:
    """One gathering as I see it. Raises Refused(not_found), after one query."""
    return _entries(person_id, [seen(person_id, gathering_id)])[0]


def seen(person_id: int, gathering_id: int) -> Gathering:
    """A gathering that exists for this person. Raises Refused(not_found), after one query."""
    row = visible_gatherings(person_id).filter(pk=gathering_id).first()
    if row is None:
        raise Refused("not_found")
    return row


def comers(
    person_id: int, gathering_id: int, word: schemas.Word, cursor: str | None = None
) -> schemas.ComersPage:
    """Who answered so, in the order they did; those whom a block separates from me left out, but
    for those who decide. Raises Refused: not_found, bad_field (a cursor of another list)."""
    with one_instant():
        row = seen(person_id, gathering_id)
        rows = Answer.objects.filter(gathering=row, word=word, person__is_active=True)
        if not groups.decides(groups.mine(person_id).filter(group=row.group_id).first()):
            rows = rows.exclude(person__in=separated_from(person_id))
        if after := from_cursor(cursor, int):
            rows = rows.filter(turn__gt=after[0])
        found = list(rows.order_by("turn")[: COMERS_A_PAGE + 1])
        more, found = len(found) > COMERS_A_PAGE, found[:COMERS_A_PAGE]
        people = cards({one.person_id for one in found})
        return schemas.ComersPage(
            people=[people[one.person_id] for one in found],
            next=to_cursor(found[-1].turn) if more else None,
        )


def state(gathering_id: int) -> schemas.Gathering | None:
    """What everybody in its group may be told of it now; of one that has begun nothing more: who
    came into the group after it may not be one of its readers. One query."""
    row = Gathering.objects.filter(pk=gathering_id, begins_at__gt=Now()).first()
    return None if row is None else view(row)


def answer_of(person_id: int, gathering_id: int) -> tuple[int, schemas.Word | None]:
    """The version of a gathering, and what somebody answered in it. One query."""
    mine = Answer.objects.filter(gathering=OuterRef("pk"), person=person_id).values("word")
    rows = Gathering.objects.filter(pk=gathering_id).annotate(mine=Subquery(mine[:1]))
    version, word = rows.values_list("version", "mine").get()
    return version, cast(schemas.Word | None, word)


def recent(group_ids: Collection[int]) -> list[schemas.Gathering]:
    """What moved in these groups in the last minutes and has not begun: a page that was just loaded
    needs no more, and what was lost on the way to an open one is among it. One query."""
    rows = Gathering.objects.filter(group__in=group_ids, over_at__gt=Now(), begins_at__gt=Now())
    return [view(row) for row in rows.filter(touched_at__gt=Now() - RECENT)]


def view(row: Gathering) -> schemas.Gathering:
    """A loaded row as a shape. No query."""
    return schemas.Gathering(
        id=row.pk,
        version=row.version,
        group_id=row.group_id,
        title=row.title,
        about=row.about,
        begins=wall_of(row.begins_at, row.zone),
        ends=wall_of(row.ends_at, row.zone) if row.ends_at else None,
        begins_at=millis(row.begins_at),
        ends_at=millis(row.ends_at) if row.ends_at else None,
        zone=row.zone,
        place=row.place,
        link=row.link,
        places=row.places,
        going=row.going,
        perhaps=row.perhaps,
        waiting=row.waiting,
        cancelled=row.cancelled_at is not None,
    )


def _entries(person_id: int, rows: Sequence[Gathering]) -> list[schemas.GatheringEntry]:
    """At most eight queries, whatever the number."""
    if not rows:
        return []
    ids = [row.pk for row in rows]
    answers = Answer.objects.filter(gathering__in=ids, person=person_id)
    mine = dict(answers.values_list("gathering_id", "word"))
    seats = groups.mine(person_id).filter(group__in={row.group_id for row in rows})
    standing: dict[int, Member] = {seat.group_id: seat for seat in seats}
    near = _friends(person_id, ids)
    apart = separated_from(person_id)
    makers = {row.made_by_id for row in rows} - apart
    people = cards(makers | {friend for some in near.values() for friend in some})
    return [
        schemas.GatheringEntry(
            gathering=view(row),
            made_by=people.get(row.made_by_id),
            mine=cast(schemas.Word | None, mine.get(row.pk)),
            friends=[people[friend] for friend in near.get(row.pk, ()) if friend in people],
            may_change=may_change(row, standing.get(row.group_id)),
        )
        for row in rows
    ]


def _friends(person_id: int, ids: Collection[int]) -> dict[int, list[int]]:
    """The first of my friends who come, by gathering. Two queries."""
    friends = friend_ids(person_id)
    if not friends:
        return {}
    coming = Answer.objects.filter(gathering=OuterRef("pk"), word="going", person__among=friends)
    first = coming.order_by("turn").values(value=F("person_id"))[: schemas.FRIENDS_SHOWN]
    rows = Gathering.objects.filter(pk__in=ids).annotate(friends=FirstOfEach(first))
    return {pk: found or [] for pk, found in rows.values_list("pk", "friends")}
