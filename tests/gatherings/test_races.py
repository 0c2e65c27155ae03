"""The same places at the same moment, as on many workers."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest

from server.accounts.models import User
from server.gatherings import services
from server.gatherings.models import Gathering
from server.gatherings.schemas import GatheringChange
from server.groups import services as groups
from tests.factories import interest, person
from tests.gatherings.hands import check_counts, draft, group_of, line, propose, words
from tests.groups.hands import codes
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def crowd(owner: User, many: int) -> tuple[int, list[User]]:
    group, people = interest(owner).group.id, [person() for _ in range(many)]
    for who in people:
        groups.join(who.pk, group, [])
    return group, people


def test_ten_places_for_fifty_people_at_once(mei: User) -> None:
    group, people = crowd(mei, 50)
    pk = propose(mei, group, places=10).gathering.id
    results = at_once([partial(services.answer, who.pk, pk, "going") for who in people])
    assert codes(results) == {"ok": 50}
    row = check_counts(pk)
    assert (row.going, row.waiting) == (10, 40)
    going, waiting = line(pk, "going"), line(pk)
    assert sorted(going + waiting) == sorted(who.pk for who in people)
    given = [services.answer(who, pk, "not").gathering for who in going[:4]]
    assert [one.going for one in given] == [10] * 4
    assert line(pk, "going") == going[4:] + waiting[:4] and line(pk) == waiting[4:]


def test_places_given_up_at_once_go_to_the_first_in_line(mei: User) -> None:
    group, people = crowd(mei, 16)
    pk = propose(mei, group, places=4).gathering.id
    for who in people:
        services.answer(who.pk, pk, "going")
    calls = [partial(groups.leave, people[0].pk, group), partial(groups.leave, people[1].pk, group)]
    calls += [partial(services.answer, who.pk, pk, "not") for who in people[2:4]]
    calls += [partial(services.answer, people[4].pk, pk, "perhaps")]
    assert codes(at_once(calls)) == {"ok": 5}
    assert line(pk, "going") == [who.pk for who in people[5:9]]
    assert line(pk) == [who.pk for who in people[9:]]
    check_counts(pk)


def test_answering_while_going_out_of_the_group_leaves_nothing(mei: User) -> None:
    for _ in range(5):
        group, people = crowd(mei, 4)
        pk = propose(mei, group, places=1).gathering.id
        services.answer(people[3].pk, pk, "going")
        calls = [partial(services.answer, who.pk, pk, "going") for who in people[:3]]
        calls += [partial(groups.leave, who.pk, group) for who in people]
        assert codes(at_once(calls)).keys() <= {"ok", "not_found"}
        assert words(pk) == {}
        row = check_counts(pk)
        assert (row.going, row.waiting) == (0, 0)


def test_one_person_in_ten_tabs_is_one_answer(mei: User, bo: User) -> None:
    pk = propose(mei, group_of(mei, bo), places=1).gathering.id
    results = at_once([partial(services.answer, bo.pk, pk, "going") for _ in range(10)])
    assert codes(results) == {"ok": 10} and words(pk) == {bo.pk: "going"}
    check_counts(pk)


def test_one_draft_many_times_is_one_gathering(mei: User) -> None:
    group, said = group_of(mei), draft()
    assert codes(at_once([partial(services.propose, mei.pk, group, said)] * 8)) == {"ok": 8}
    assert Gathering.objects.count() == 1


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_at_once_the_counts_are_exact(mei: User, seed: int) -> None:
    chance = Random(seed)
    group, people = crowd(mei, 10)
    pk = propose(mei, group, places=3).gathering.id
    for _ in range(3):
        calls = [
            partial(services.answer, chance.choice(people).pk, pk, said)
            for said in chance.choices(["going", "going", "perhaps", "not"], k=8)
        ]
        change = GatheringChange(places=chance.choice([1, 2, 4, 6]))
        calls.append(partial(services.change, mei.pk, pk, change))
        gone = chance.choice(people)
        calls.append(partial(groups.leave, gone.pk, group))
        calls.append(partial(groups.join, gone.pk, group, []))
        assert codes(at_once(calls)).keys() <= {"ok", "not_found"}
        check_counts(pk)
