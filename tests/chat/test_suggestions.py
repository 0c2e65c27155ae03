"""Whom I may know: for a reason that is mine to see, never somebody I am done with."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from server.accounts import distance, services, suggestions
from server.accounts.models import Dismissal, User
from server.accounts.policies import are_blocked, are_friends
from server.accounts.ties import Between
from server.chat import queries as chat_queries
from server.chat import services as chat
from server.chat.models import Membership
from server.errors import Refused
from tests.factories import befriend, friends, group_room, person

pytestmark = pytest.mark.django_db


def suggested(me: User) -> dict[str, tuple[int, str | None, int, str | None]]:
    """username: (friends, known by, groups, group)."""
    return {
        one.person.username: (
            one.friends,
            one.known_by.username if one.known_by else None,
            one.groups,
            one.group,
        )
        for one in suggestions.of(me.pk)
    }


@pytest.fixture
def mei() -> User:
    return person("mei")


@pytest.fixture
def li(mei: User) -> User:
    """A friend of mine."""
    made = person("li")
    befriend(mei, made)
    return made


def test_friends_of_friends_and_why_the_likeliest_first(mei: User, li: User) -> None:
    bo, cy, far = person("bo"), person("cy"), person("far")
    wen = person("wen")
    befriend(mei, wen)
    for one, other in ((li, bo), (li, cy), (wen, cy), (cy, far)):
        befriend(one, other)
    assert list(suggested(mei).items()) == [
        ("cy", (2, "wen", 0, None)),
        ("bo", (1, "li", 0, None)),
    ]


def test_people_of_my_groups_and_the_liveliest_is_named(mei: User, li: User) -> None:
    bo, left, alone = person("bo"), person("left"), person()
    befriend(li, bo)
    befriend(li, left)
    tea = group_room(li, mei, bo, left, title="Tea")
    lively = group_room(li, mei, bo, title="Lanterns")
    quit_room = group_room(li, mei, left, title="Left")
    chat.leave(left.pk, tea)
    chat.leave(mei.pk, quit_room)
    services.end_tie(li.pk, bo.pk)
    services.end_tie(li.pk, left.pk)
    assert Membership.objects.filter(room=lively).count() == 3
    assert suggested(mei) == {"bo": (0, None, 2, "Lanterns")}
    assert suggested(alone) == {}


def test_a_friendship_of_strangers_is_not_told(mei: User, li: User) -> None:
    """Both know her from a group; that they are friends of each other is for their friends."""
    bo, cy = person("bo"), person("cy")
    friends(li, bo, cy)
    group_room(li, mei, bo, cy, title="Tea")
    services.end_tie(li.pk, bo.pk)
    assert suggested(mei) == {"cy": (1, "li", 1, "Tea"), "bo": (0, None, 1, "Tea")}
    services.end_tie(mei.pk, li.pk)
    assert suggested(mei)["cy"] == (0, None, 1, "Tea"), "what I saw as a friend is over"


@pytest.mark.parametrize(
    "why", ["asked", "asking", "blocked", "blocker", "inactive", "muted", "dismissed"]
)
def test_whoever_is_done_with_is_not_suggested(mei: User, li: User, why: str) -> None:
    bo = person("bo")
    befriend(li, bo)
    group_room(li, mei, bo, title="Tea")
    assert list(suggested(mei)) == ["bo"]
    if why == "asked":
        services.ask_friend(mei.pk, bo.pk)
    elif why == "asking":
        services.ask_friend(bo.pk, mei.pk)
    elif why == "blocked":
        services.block(mei.pk, bo.pk)
    elif why == "blocker":
        services.block(bo.pk, mei.pk)
    elif why == "inactive":
        User.objects.filter(pk=bo.pk).update(is_active=False)
    elif why == "muted":
        distance.mute(mei.pk, bo.pk, wanted=True)
    else:
        suggestions.dismiss(mei.pk, bo.pk)
        suggestions.dismiss(mei.pk, bo.pk)
        assert list(suggested(bo)) == ["mei"], "what I want is told to nobody"
    assert suggested(mei) == {}


def test_an_inactive_friend_is_no_reason(mei: User, li: User) -> None:
    befriend(li, person("bo"))
    User.objects.filter(pk=li.pk).update(is_active=False)
    assert suggested(mei) == {}


def test_dismissing_across_a_block_is_as_if_nobody_were_there(mei: User) -> None:
    bo, cy = person(), person()
    services.block(bo.pk, mei.pk)
    services.block(mei.pk, cy.pk)
    said = set()
    for other in (bo.pk, cy.pk, 999_999_999):
        with pytest.raises(Refused) as refused:
            suggestions.dismiss(mei.pk, other)
        said.add((refused.value.code.name, refused.value.message))
    assert len(said) == 1
    with pytest.raises(Refused):
        suggestions.dismiss(mei.pk, mei.pk)
    assert Dismissal.objects.count() == 0


def test_only_the_newest_dismissals_are_kept(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "DISMISSED", 2)
    others = [person() for _ in range(4)]
    for other in others:
        suggestions.dismiss(mei.pk, other.pk)
    kept = set(Dismissal.objects.filter(person=mei).values_list("other_id", flat=True))
    assert kept == {others[2].pk, others[3].pk}


@pytest.mark.parametrize("seed", range(4))
def test_in_random_worlds_it_is_the_rule(seed: int) -> None:
    chance = random.Random(seed)
    world = [person(is_active=chance.random() > 0.1) for _ in range(12)]
    living = [one for one in world if one.is_active]
    for one in living:
        for other in living:
            if one.pk < other.pk and chance.random() < 0.3:
                befriend(one, other)
    for _ in range(6):
        one, other = chance.sample(living, 2)
        chance.choice([services.block, services.ask_friend, services.end_tie])(one.pk, other.pk)
    if chance.random() < 0.5:
        User.objects.filter(pk=living[0].pk).update(is_active=False)
        living = living[1:]
    for me in living:
        expected = {}
        for other in living:
            between = Between.read(me.pk, other.pk)
            if me == other or between.friendship or are_blocked(me.pk, other.pk):
                continue
            mutual = {
                f.username
                for f in living
                if are_friends(f.pk, me.pk) and are_friends(f.pk, other.pk)
            }
            if mutual:
                expected[other.username] = mutual
        found = suggested(me)
        assert {name: count for name, (count, *_) in found.items()} == {
            name: len(mutual) for name, mutual in expected.items()
        }
        assert all(by in expected[name] for name, (_, by, *_) in found.items())


def test_it_costs_the_same_queries_and_bounded_rows(
    mei: User, li: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs = []
    for _ in range(2):
        for _ in range(8):
            bo, friend = person(), person()
            befriend(li, bo)
            befriend(mei, friend)
            befriend(friend, person())
            group_room(li, mei, bo)
        with CaptureQueriesContext(
            connection,
        ) as said:
            assert len(suggestions.of(mei.pk)) > 7
        costs.append(len(said))
    assert costs == [9, 9]
    for module, name in (
        (suggestions, "FRIENDS_ASKED"),
        (suggestions, "TIES_READ"),
        (chat_queries, "GROUPS_LOOKED_AT"),
        (chat_queries, "MEMBERS_LOOKED_AT"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(module, name, 0)
            without: Any = suggestions.of(mei.pk)
        few = (
            [one.groups for one in without]
            if module is chat_queries
            else [one.friends for one in without]
        )
        assert not any(few), name
    assert len(suggestions.of(mei.pk)) == suggestions.SHOWN
