"""A crowd that comes back is read for together: each gets what they would get alone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from consumers.registry import CHANNELS
from consumers.wire import joining
from consumers.wire.reading import Question, Reader, Reading, behind, missed
from consumers.worker import the_worker
from server.accounts import services as accounts
from server.accounts.models import User
from server.chat import services as chat
from server.feed import services as feed
from server.realtime import topics
from tests import factories
from tests.consumers.conftest import OpenTab, in_database

People = list[User]

READ_ALL = Reader(CHANNELS).read_all


def town() -> tuple[list[User], list[topics.Topic]]:
    """Twelve people and things of every kind, some of them not for everybody."""
    people = [factories.person() for _ in range(12)]
    mei, bo, yu, *others = people
    factories.friends(mei, bo, yu)
    for other in others:
        factories.befriend(mei, other)
    rooms = [factories.group_room(mei, *others), factories.group_room(mei, bo, yu)]
    rooms.append(factories.direct_room(mei, bo))
    for room in rooms:
        factories.say(mei, room)
    chat.mark_read(bo.pk, rooms[1], 1)
    posts = [factories.post(mei).post.id, factories.post(bo).post.id]
    feed.like(yu.pk, posts[0])
    vote = factories.vote_in_room(mei, rooms[1])
    factories.ballot(bo, vote, 0)
    thing = factories.item(mei, factories.store(mei)).item.id
    accounts.block(others[0].pk, mei.pk)
    everything = [topics.room(room) for room in rooms]
    everything += [topics.post(post) for post in posts]
    everything += [topics.poll(vote.poll.id), topics.item(thing), topics.room(10**9)]
    for person in people:
        everything += [topics.user(person.pk), topics.author(person.pk), topics.presence(person.pk)]
    return people, everything


def question(person: User, wanted: list[topics.Topic], after: int | None = 0) -> Question:
    return Question(person.pk, dict.fromkeys(wanted, after), {t: t for t in wanted}, None)


def told(reading: Reading) -> tuple[set[topics.Topic], dict[str, int], list[str]]:
    return reading.allowed, reading.cursors, sorted(state.text for state in reading.current)


@pytest.mark.django_db
def test_together_each_gets_what_they_get_alone() -> None:
    people, everything = town()
    asked = [question(person, everything[n % 3 :]) for n, person in enumerate(people)]
    together = READ_ALL(asked)
    alone = [READ_ALL([one])[0] for one in asked]
    assert [told(one) for one in together] == [told(one) for one in alone]
    allowed = [len(one.allowed) for one in together]
    assert min(allowed) < max(allowed) < len(everything), "not everything is for everybody"
    assert any("room.read" in text for text in told(together[1])[2])
    assert not any(f'"topic":"user:{people[1].pk}"' in text for text in told(together[2])[2]), (
        "what is Bo's own is for nobody else"
    )


@pytest.mark.django_db
def test_a_crowd_costs_as_many_queries_as_a_few(django_assert_max_num_queries: Any) -> None:
    people, everything = town()
    with django_assert_max_num_queries(30) as few:
        READ_ALL([question(person, everything) for person in people[:2]])
    with django_assert_max_num_queries(len(few)):
        READ_ALL([question(person, everything) for person in people * 4])


@pytest.mark.django_db
def test_who_missed_nothing_asks_nothing(django_assert_num_queries: Any) -> None:
    people, everything = town()
    [first] = READ_ALL([question(people[0], everything, after=None)])
    heads = {t: first.positions[str(t)].head for t in everything}
    asked = replace(question(people[0], everything), wanted=heads)
    [reading] = READ_ALL([asked])
    assert reading.cursors and not behind(reading)
    with django_assert_num_queries(0):
        assert missed(reading, people[0].pk).events == {}
    [reading] = READ_ALL([question(people[0], everything, after=0)])
    assert behind(reading)
    # What was missed, and of rooms since when it is theirs to read.
    with django_assert_num_queries(2):
        assert missed(reading, people[0].pk).events


@pytest.mark.django_db
def test_another_epoch_resets_all_that_was_asked_for() -> None:
    people, everything = town()
    asked = replace(question(people[1], everything), epoch="another")
    [reading] = READ_ALL([asked])
    assert reading.cursors == {} and not behind(reading)
    assert reading.resets == {str(topic) for topic in reading.allowed}


async def test_a_storm_of_returning_tabs_is_a_few_readings(
    people: People, tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    mei, bo, _ = people
    room = await in_database(factories.direct_room, mei, bo)
    sent = await in_database(factories.say, mei, room)
    tabs = [await tab(bo) for _ in range(30)]
    reader = the_worker().joiner._reader
    read, sizes = reader._run, []

    def reading(questions: Any) -> Any:
        sizes.append(len(questions))
        return read(questions)

    def forbidden(reading: Reading) -> None:
        raise AssertionError("nothing was missed")

    monkeypatch.setattr(reader, "_run", reading)
    monkeypatch.setattr(joining, "missed", forbidden)
    epoch = tabs[0].hello["epoch"]
    answers = await asyncio.gather(
        *(one.join((f"room:{room}", sent.number), epoch=epoch) for one in tabs)
    )
    assert [a["data"]["joined"] for a in answers] == [[{"topic": f"room:{room}", "head": 1}]] * 30
    assert sum(sizes) == 30 and len(sizes) <= 6, sizes
