"""Who is told what of a gathering: each once, whatever dies, and nothing that is true no more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
import pytest
from django.db.models.functions import Now

from server.accounts import services as accounts
from server.accounts.models import User
from server.gatherings import jobs, queries, services
from server.gatherings.models import Gathering
from server.gatherings.schemas import GatheringChange
from server.groups import services as groups
from server.happenings import Kind
from server.jobs.runs import PutOff
from server.realtime.topics import members, user
from tests.factories import befriend, person, wall
from tests.gatherings.hands import begin, group_of, near, propose
from tests.notices.conftest import all_jobs, causes, seen
from tests.realtime.conftest import Remembering
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

KINDS: tuple[Kind, ...] = (
    "gathering.named",
    "gathering.seat",
    "gathering.soon",
    "gathering.moved",
    "gathering.off",
)


def told(who: User) -> list[str]:
    return [view.kind.removeprefix("gathering.") for view in seen(who, *KINDS)]


def states(transport: Remembering, group: int) -> list[dict[str, Any]]:
    """What open pages of a group were told of gatherings."""
    texts = [one.text for one in transport.published if one.topic == str(members(group))]
    events = [orjson.loads(text) for text in texts if text]
    return [one["data"]["gathering"] for one in events if one["type"] == "gathering.changed"]


def test_open_pages_are_told_counts_and_nobody_by_name(
    mei: User, bo: User, transport: Remembering
) -> None:
    group = group_of(mei, bo)
    transport.published.clear()
    made = propose(mei, group, places=1).gathering
    services.answer(bo.pk, made.id, "going")
    assert [one["going"] for one in states(transport, group)] == [0, 1]
    text = "".join(one.text or "" for one in transport.published if one.topic[:4] == "memb")
    assert '"username"' not in text and "friends" not in text and "made_by" not in text
    mine = [one.text or "" for one in transport.published if one.topic == str(user(bo.pk))]
    assert any('"gathering.answered"' in one and '"answer":"going"' in one for one in mine)


def test_what_was_lost_on_the_way_to_a_page_is_found_among_what_moved_lately(
    mei: User, bo: User
) -> None:
    group, other = group_of(mei, bo), group_of(mei)
    old, begun, moved = (propose(mei, group).gathering.id for _ in range(3))
    propose(mei, other)
    begin(begun)
    Gathering.objects.filter(pk=old).update(touched_at=Now() - 2 * queries.RECENT)
    services.answer(bo.pk, moved, "going")
    assert [(one.id, one.going) for one in queries.recent([group])] == [(moved, 1)]
    assert len(queries.recent([group, other])) == 2 and queries.recent([]) == []


def test_who_leaves_after_it_began_is_told_to_nobody(
    mei: User, bo: User, transport: Remembering
) -> None:
    """Whoever came later where the past is not theirs would learn of it."""
    group = group_of(mei, bo, history="joined")
    pk = propose(mei, group).gathering.id
    services.answer(bo.pk, pk, "going")
    begin(pk)
    transport.published.clear()
    groups.leave(bo.pk, group)
    assert states(transport, group) == [] and Gathering.objects.get(pk=pk).going == 0


def test_whoever_waits_is_told_when_a_place_comes_free(mei: User, bo: User, liu: User) -> None:
    pk = propose(mei, group_of(mei, bo, liu), places=1).gathering.id
    for _ in range(2):
        services.answer(bo.pk, pk, "going")
        services.answer(liu.pk, pk, "going")
        assert told(liu) == []
        services.answer(bo.pk, pk, "not")
        [line] = seen(liu, "gathering.seat")
        assert (line.about, line.subject) == ("Lanterns", pk) and line.people == []
        services.answer(liu.pk, pk, "not")
        assert told(liu) == [], "a place that was given up is no news"
    assert causes(liu, "gathering.seat") == 2 and told(bo) == []


def test_another_time_or_place_is_told_to_those_who_may_come(
    mei: User, bo: User, liu: User
) -> None:
    far = person()
    group = group_of(mei, bo, liu)
    groups.join(far.pk, group, [])
    pk = propose(mei, group).gathering.id
    for who, said in ((bo, "going"), (liu, "perhaps"), (far, "not"), (mei, "going")):
        services.answer(who.pk, pk, said)
    services.change(mei.pk, pk, GatheringChange(title="Another", about="x", places=9))
    all_jobs()
    assert [told(who) for who in (bo, liu, far, mei)] == [[], [], [], []]
    services.change(mei.pk, pk, GatheringChange(place="The well"))
    all_jobs()
    assert [told(who) for who in (bo, liu, far, mei)] == [["moved"], ["moved"], [], []]
    services.change(mei.pk, pk, GatheringChange(begins=wall(99, "Asia/Shanghai")))
    all_jobs()
    assert causes(bo, "gathering.moved") == 2, "once for each change"
    services.cancel(mei.pk, pk)
    all_jobs()
    assert [told(who) for who in (bo, liu, far, mei)] == [["off"], ["off"], [], []]


def test_reminded_a_day_and_an_hour_before_and_once_each(mei: User, bo: User, liu: User) -> None:
    pk = propose(mei, group_of(mei, bo, liu)).gathering.id
    services.answer(bo.pk, pk, "going")
    services.answer(liu.pk, pk, "perhaps")

    def pass_time(minutes: float) -> int:
        near(pk, minutes)
        due = services.remind_due() + services.remind_due()
        all_jobs()
        return due

    assert pass_time(24 * 60 + 5) == 0 and told(bo) == []
    assert pass_time(24 * 60 - 5) == 1 and told(bo) == ["soon"]
    assert pass_time(65) == 0
    assert pass_time(55) == 1 and causes(bo, "gathering.soon") == 2
    assert pass_time(5) == 0 and pass_time(-5) == 0
    assert told(liu) == [] and causes(mei, "gathering.soon") == 0


def test_whoever_was_away_for_long_reminds_once(mei: User, bo: User) -> None:
    pk = propose(mei, group_of(mei, bo)).gathering.id
    services.answer(bo.pk, pk, "going")
    near(pk, 20)
    assert services.remind_due() == 1
    all_jobs()
    assert causes(bo, "gathering.soon") == 1


def test_nobody_is_reminded_of_what_is_nearer_already_or_called_off(mei: User, bo: User) -> None:
    group = group_of(mei, bo)
    hours = propose(mei, group, begins=wall(3, "Asia/Shanghai")).gathering.id
    minutes = propose(mei, group, begins=wall(0.6, "Asia/Shanghai")).gathering.id
    off = propose(mei, group).gathering.id
    for pk in (hours, minutes, off):
        services.answer(bo.pk, pk, "going")
    services.cancel(mei.pk, off)
    near(off, 30)
    assert services.remind_due() == 0
    near(hours, 50)
    assert services.remind_due() == 1


def test_a_reminder_of_a_time_that_was_moved_is_not_shown_and_there_is_a_new_one(
    mei: User, bo: User
) -> None:
    pk = propose(mei, group_of(mei, bo)).gathering.id
    services.answer(bo.pk, pk, "going")
    near(pk, 50)
    assert services.remind_due() == 1
    services.change(mei.pk, pk, GatheringChange(begins=wall(90, "Asia/Shanghai")))
    all_jobs()
    assert causes(bo, "gathering.soon") == 0, "the job found that it is true no more"
    assert told(bo) == ["moved"]
    near(pk, 50)
    assert services.remind_due() == 1
    all_jobs()
    assert sorted(told(bo)) == ["moved", "soon"]


def test_many_workers_remind_once_and_a_killed_one_is_followed(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [person() for _ in range(7)]
    group = group_of(mei)
    pk = propose(mei, group).gathering.id
    for who in people:
        groups.join(who.pk, group, [])
        services.answer(who.pk, pk, "going")
    near(pk, 50)
    assert sorted(at_once([services.remind_due] * 5), key=str) == [0, 0, 0, 0, 1]
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    cause = jobs.reminder(Gathering.objects.get(pk=pk).begins_at, jobs.AN_HOUR)
    left = [2]

    def die() -> None:
        if left[0] == 0:
            raise PutOff("test")
        left[0] -= 1

    monkeypatch.setattr(jobs, "give_way", die)
    run: Callable[[], None] = partial(jobs.tell_comers.call, pk, "gathering.soon", cause, 0)
    with pytest.raises(PutOff):
        run()
    assert sum(causes(who, "gathering.soon") for who in people) == 4
    left[0] = 99
    for _ in range(2):
        run()
    assert [causes(who, "gathering.soon") for who in people] == [1] * 7


def test_members_who_are_named_are_told_once_and_nobody_else(mei: User, bo: User) -> None:
    outside, apart = person("outside"), person("apart")
    befriend(mei, apart)
    group = group_of(mei, bo, apart, entry="hidden")
    accounts.block(apart.pk, mei.pk)
    words = "@bo @outside @apart @mei @nobody come"
    pk = propose(mei, group, about=words).gathering.id
    services.change(mei.pk, pk, GatheringChange(about=f"{words}!"))
    [line] = seen(bo, "gathering.named")
    assert [one.id for one in line.people] == [mei.pk] and causes(bo, "gathering.named") == 1
    assert told(outside) == told(apart) == told(mei) == []
    groups.leave(bo.pk, group)
    assert told(bo) == [], "and who is out of the group sees nothing of it"
