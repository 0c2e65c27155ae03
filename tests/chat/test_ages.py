"""Whoever may be under 18, by the year they gave: three rules, each in one place."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from server import access
from server.accounts import ages, queries, suggestions
from server.accounts import services as accounts
from server.accounts.models import User
from server.accounts.schemas import MeChange
from server.chat import queries as chat_queries
from server.errors import Refused
from server.feed import policies as feed_policies
from server.feed import queries as feed
from server.feed.services import change_audience
from server.realtime.clock import now
from server.realtime.topics import post, user
from tests import factories
from tests.accounts.apply import logged
from tests.accounts.second_step import ask, problem
from tests.factories import PASSWORD, befriend, person, say

pytestmark = pytest.mark.django_db


def year(age: int) -> int:
    """Born in the year in which somebody of this age has their birthday this year."""
    return now().year - age


def child(**fields: Any) -> User:
    return person(birth_year=year(15), **fields)


@pytest.mark.parametrize(("age", "young"), [(13, True), (17, True), (18, True), (19, False)])
def test_until_the_end_of_the_year_in_which_one_turns_18(age: int, young: bool) -> None:
    who = person(birth_year=year(age))
    assert ages.minors([who.pk, person().pk]) == ({who.pk} if young else set())
    assert queries.me(who.pk).minor is young


def found_by(who: User) -> set[int]:
    return {view.person.id for view in queries.people_page(who.pk).people}


def test_in_random_worlds_it_is_the_rule() -> None:
    """Search and suggestions against the rule in words, over random ties."""
    for seed in range(6):
        dice = Random(seed)
        people = [child() if dice.random() < 0.5 else person() for _ in range(8)]
        tied: set[frozenset[int]] = set()
        friends: set[frozenset[int]] = set()
        for one in people:
            for other in people:
                pair = frozenset({one.pk, other.pk})
                if one.pk >= other.pk or dice.random() > 0.3:
                    continue
                tied.add(pair)
                accounts.ask_friend(one.pk, other.pk)
                if dice.random() < 0.7:
                    accounts.accept(other.pk, one.pk)
                    friends.add(pair)
        young = ages.minors([who.pk for who in people])
        ours = {who.pk for who in people}

        def near(
            one: int,
            other: int,
            tied: set[frozenset[int]] = tied,
            friends: set[frozenset[int]] = friends,
            ours: set[int] = ours,
        ) -> bool:
            return frozenset({one, other}) in tied or any(
                frozenset({one, between}) in friends and frozenset({between, other}) in friends
                for between in ours - {one, other}
            )

        for who in people:
            expected = {
                other for other in ours - {who.pk} if other not in young or near(who.pk, other)
            }
            assert found_by(who) & ours == expected, (seed, who.pk)
            for told in suggestions.of(who.pk):
                assert told.person.id not in young or told.friends > 0


def test_a_group_alone_suggests_no_minor() -> None:
    bo, young, grown = person(), child(), person()
    befriend(bo, young)
    befriend(bo, grown)
    mei = person()
    befriend(bo, mei)
    factories.group_room(bo, young, grown, mei)
    assert {one.person.id for one in suggestions.of(mei.pk)} == {young.pk, grown.pk}
    accounts.end_tie(bo.pk, young.pk)
    accounts.end_tie(bo.pk, grown.pk)
    assert {one.person.id for one in suggestions.of(mei.pk)} == {grown.pk}


def test_nothing_of_a_minor_is_for_everyone() -> None:
    young, friend, stranger = child(), person(), person()
    befriend(young, friend)
    for publish in (
        lambda: factories.post(young, "shown", "everyone"),
        lambda: factories.vote_in_feed(young, "everyone"),
    ):
        with pytest.raises(Refused, match="forbidden"):
            publish()
    mine = factories.post(young, "for friends").post.id
    with pytest.raises(Refused, match="forbidden"):
        change_audience(young.pk, mine, "everyone")
    grown = person()
    befriend(grown, friend)
    before = factories.post(grown, "shown before", "everyone").post.id
    assert access.watchable(stranger.pk, [post(before)]) == {post(before)}
    accounts.change_me(grown.pk, MeChange(birth_year=year(16)))
    assert access.watchable(stranger.pk, [post(before), post(mine)]) == set()
    assert feed.everyone_page(stranger.pk).entries == []
    assert feed.person_page(stranger.pk, grown.pk).entries == []
    assert access.watchable(friend.pk, [post(before), post(mine)]) == {post(before), post(mine)}
    for who in (stranger, friend, grown, young):
        seen = set(feed_policies.visible_posts(who.pk).values_list("pk", flat=True))
        assert {(who.pk, one) for one in seen} == feed_policies.watchable([who.pk], [before, mine])


def test_no_stranger_writes_to_a_minor_alone() -> None:
    young, bo, other = child(), person(), person()
    befriend(young, bo)
    befriend(bo, other)
    room, grown_room = factories.direct_room(young, bo), factories.direct_room(bo, other)
    say(bo, room, "as friends")
    say(bo, grown_room, "likewise")
    heads = {who.pk: queries.ties(who.pk).head for who in (young, bo)}
    accounts.end_tie(young.pk, bo.pk)
    accounts.end_tie(bo.pk, other.pk)
    for who in (bo, young):
        with pytest.raises(Refused, match="forbidden"):
            say(who, room, "as strangers")
        [card] = [one for one in chat_queries.room_list(who.pk).rooms if one.id == room]
        assert card.writable is False
        told = [
            one for one in logged(user(who.pk), heads[who.pk]) if one["type"] == "room.writable"
        ]
        assert [one["data"]["writable"] for one in told] == [False]
    say(bo, grown_room, "grown people go on")
    befriend(young, bo)
    say(bo, room, "friends again")
    told = [one for one in logged(user(bo.pk)) if one["type"] == "room.writable"]
    assert [one["data"]["writable"] for one in told] == [False, True]
    accounts.block(young.pk, bo.pk)
    accounts.unblock(young.pk, bo.pk)
    told = [one for one in logged(user(bo.pk)) if one["type"] == "room.writable"]
    assert not told[-1]["data"]["writable"], "a stranger without a block is still a stranger"


def test_the_year_is_given_once_and_must_be_possible() -> None:
    who = person()
    for impossible in (year(12), year(130), 0):
        with pytest.raises(Refused) as refusal:
            accounts.change_me(who.pk, MeChange(birth_year=impossible))
        assert "birth_year" in refusal.value.fields
    me = accounts.change_me(who.pk, MeChange(birth_year=year(15)))
    assert (me.birth_year, me.minor) == (year(15), True)
    accounts.change_me(who.pk, MeChange(birth_year=year(15)))
    with pytest.raises(Refused, match="bad_field"):
        accounts.change_me(who.pk, MeChange(birth_year=year(40)))


def test_it_is_asked_at_the_door_and_optional() -> None:
    def sign_up(username: str, **fields: Any) -> Any:
        fields |= {"username": username, "password": PASSWORD}
        return ask(factories.browser(), "POST", "auth/signup", **fields)

    assert sign_up("mei", birth_year=year(15)).status_code == 200
    assert User.objects.get(username="mei").birth_year == year(15)
    assert sign_up("bo").status_code == 200
    assert User.objects.get(username="bo").birth_year is None
    assert problem(sign_up("cy", birth_year=year(5))) == "invalid_year"
