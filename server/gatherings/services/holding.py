"""The way to a gathering: the right to it, then its lock; and telling what has changed.

Locks are taken in one order: the group, a member's place in it, the gathering. Whoever leaves a
group and whoever answers at the same moment come one after the other.
"""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.db.models.functions import Now

from server.errors import Refused
from server.gatherings import queries
from server.gatherings.events import GatheringAnswered, GatheringChanged
from server.gatherings.models import Answer, Gathering
from server.gatherings.policies import may_change, visible_gatherings
from server.groups import services as groups
from server.happenings import Happening, happened
from server.realtime import topics
from server.realtime.clock import now
from server.realtime.snapshots import refresh

COUNTED = {"going": "going", "perhaps": "perhaps", "not": "declined", "waiting": "waiting"}
"""Which column counts which answer."""


def group_of(person_id: int, gathering_id: int) -> int:
    """The group of a gathering that this person may see. Raises Refused(not_found), after one
    query, as for one that is not there."""
    rows = visible_gatherings(person_id).filter(pk=gathering_id)
    group_id = rows.values_list("group_id", flat=True).first()
    if group_id is None:
        raise Refused("not_found")
    return group_id


def lock(gathering_id: int) -> Gathering:
    """The row, locked until the transaction ends. None is ever deleted."""
    return Gathering.objects.select_for_update(no_key=True).get(pk=gathering_id)


def hold(person_id: int, gathering_id: int) -> Gathering:
    """Lock a gathering that this person may change. Raises Refused: not_found, forbidden, closed
    (its group is archived)."""
    _, me = groups.hold(person_id, group_of(person_id, gathering_id))
    if me is None or me.state != "member":  # left while I waited
        raise Refused("not_found")
    row = lock(gathering_id)
    if not may_change(row, me):
        raise Refused("forbidden", "Only who made it, and those who decide here, may do this.")
    return row


def is_open(row: Gathering, present: datetime) -> bool:
    """Whether anything of it may still change."""
    return row.cancelled_at is None and present < row.begins_at


def check_open(row: Gathering) -> datetime:
    """The database's moment, read with the lock in hand. Raises Refused(closed)."""
    present = now()
    if not is_open(row, present):
        said = "It was cancelled." if row.cancelled_at else "It has begun."
        raise Refused("closed", said)
    return present


def count(row: Gathering, word: str | None, more: int) -> None:
    """So many more (or fewer) answered so; save() follows."""
    if word is not None:
        column = COUNTED[word]
        setattr(row, column, getattr(row, column) + more)


def fill(row: Gathering) -> list[int]:
    """Give the free places of a locked gathering to those who wait, the first first. Returns who
    comes now; save() follows, then seated()."""
    free = row.waiting if row.places is None else min(row.waiting, row.places - row.going)
    if free <= 0:
        return []
    line = Answer.objects.filter(gathering=row, word="waiting").order_by("turn")
    found = list(line.values_list("pk", "person_id")[:free])
    Answer.objects.filter(pk__among=[pk for pk, _ in found]).update(word="going")
    count(row, "waiting", -len(found))
    count(row, "going", len(found))
    return [person for _, person in found]


def save(row: Gathering) -> None:
    """Save a locked gathering, and have it told to the open pages of its group soon."""
    row.version += 1
    row.touched_at = Now()
    row.save()
    load = partial(_state, row.pk)
    refresh(topics.members(row.group_id), GatheringChanged, load, key=str(row.pk))


def seated(row: Gathering, people: Collection[int]) -> None:
    """A place came free for these: they are told once, in the version that it has now."""
    told = (Happening("gathering.seat", one, row.pk, row.version, None) for one in people)
    happened(*told)
    tell_answers(row, people)


def tell_answers(row: Gathering, people: Collection[int]) -> None:
    """What these people's own pages show as their answer, soon after the commit: topics of several
    people are not locked here, where others wait for this lock with theirs in hand."""
    for person in sorted(people):
        load = partial(_mine, person, row.pk)
        refresh(topics.user(person), GatheringAnswered, load, key=str(row.pk))


def _mine(person_id: int, gathering_id: int) -> tuple[int, GatheringAnswered]:
    version, answer = queries.answer_of(person_id, gathering_id)
    return version, GatheringAnswered(gathering_id=gathering_id, answer=answer)


def _state(gathering_id: int) -> tuple[int, GatheringChanged] | None:
    """One that has begun is told no more: whoever came into the group later may not see it."""
    view = queries.state(gathering_id)
    return None if view is None else (view.version, GatheringChanged(gathering=view))
