"""Friend lists: mine alone, of friends only, and whoever parts is out of them for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.accounts import lists, services
from server.accounts.models import FriendList, Friendship, ListMember, User
from server.accounts.schemas import FriendLists, FriendListView
from server.errors import Refused
from server.realtime.models import LoggedEvent
from server.realtime.topics import user
from tests.accounts.apply import logged
from tests.factories import befriend, person, signed_in
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def apply_to_lists(page: FriendLists, events: list[dict[str, Any]]) -> FriendLists:
    """What a browser does with the events of its own user topic."""
    known, head = {view.id: view for view in page.lists}, page.head
    for event in events:
        head, data = event["number"], event["data"]
        if event["type"] == "list.changed":
            view = FriendListView.model_validate(data["list"])
            known[view.id] = view
        elif event["type"] == "list.deleted":
            known.pop(data["list_id"])
        elif event["type"] == "tie.changed" and data["tie"] != "friends":
            gone = data["person"]["id"]
            for view in list(known.values()):
                stay = [member for member in view.members if member != gone]
                known[view.id] = view.model_copy(update={"members": stay})
    return page.model_copy(update={"lists": [known[pk] for pk in sorted(known)], "head": head})


@contextmanager
def following(*people: User) -> Iterator[None]:
    """Each person's lists before, plus what they are told meanwhile, are their lists afterwards."""
    before = {who.pk: lists.mine(who.pk) for who in people}
    yield
    for who in people:
        events = logged(user(who.pk), before[who.pk].head)
        assert apply_to_lists(before[who.pk], events) == lists.mine(who.pk)


def members(who: User) -> dict[str, list[int]]:
    return {view.name: view.members for view in lists.mine(who.pk).lists}


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code.name


@pytest.fixture
def mei() -> User:
    return person("mei", name="Mei")


@pytest.fixture
def bo(mei: User) -> User:
    bo = person("bo", name="Bo")
    befriend(mei, bo)
    return bo


def test_a_list_is_made_filled_renamed_and_deleted(mei: User, bo: User) -> None:
    with following(mei):
        made = lists.make(mei.pk, "  Close   friends ")
        assert made == FriendListView(id=made.id, name="Close friends", members=[], topic=None)
        assert lists.add(mei.pk, made.id, bo.pk).members == [bo.pk]
        assert lists.rename(mei.pk, made.id, "Family").members == [bo.pk]
    assert members(mei) == {"Family": [bo.pk]}
    with following(mei):
        assert lists.remove(mei.pk, made.id, bo.pk).members == []
        lists.add(mei.pk, made.id, bo.pk)
        lists.delete(mei.pk, made.id)
    assert members(mei) == {}
    assert ListMember.objects.count() == 0
    assert refusal(lambda: lists.delete(mei.pk, made.id)) == "not_found"


def test_who_is_in_a_list_is_told_nothing(mei: User, bo: User) -> None:
    before = LoggedEvent.objects.exclude(topic=str(user(mei.pk))).count()
    made = lists.make(mei.pk, "Family")
    lists.add(mei.pk, made.id, bo.pk)
    lists.remove(mei.pk, made.id, bo.pk)
    assert LoggedEvent.objects.exclude(topic=str(user(mei.pk))).count() == before
    assert members(bo) == {}


def test_nobody_else_can_tell_that_there_is_a_list(mei: User, bo: User) -> None:
    """Every answer to somebody in a list is, byte for byte, the answer to them without it."""
    third = person("lin", name="Lin")
    befriend(mei, third)

    def answers(who: User) -> list[bytes]:
        browser = signed_in(who)
        made = [
            browser.get(path).content
            for path in (
                "/api/me",
                "/api/lists",
                "/api/friends",
                "/api/feed",
                "/api/suggestions",
                "/api/people?q=mei",
                f"/api/people/{mei.pk}",
                f"/api/people/{mei.pk}/posts",
            )
        ]
        return made

    before = answers(bo), answers(third)
    made = lists.make(mei.pk, "Family")
    lists.add(mei.pk, made.id, bo.pk)
    assert (answers(bo), answers(third)) == before


def test_nobody_touches_the_list_of_somebody_else(mei: User, bo: User) -> None:
    made = lists.make(mei.pk, "Family")
    for call in (
        partial(lists.rename, bo.pk, made.id, "Mine"),
        partial(lists.add, bo.pk, made.id, mei.pk),
        partial(lists.remove, bo.pk, made.id, bo.pk),
        partial(lists.delete, bo.pk, made.id),
    ):
        assert refusal(call) == "not_found"
    assert members(mei) == {"Family": []}


def test_only_friends_are_put_in(mei: User) -> None:
    made = lists.make(mei.pk, "Family")
    asked = person()
    services.ask_friend(mei.pk, asked.pk)
    for other in (asked.pk, person().pk, mei.pk, 10**9):
        assert refusal(partial(lists.add, mei.pk, made.id, other)) == "not_found"
    assert members(mei) == {"Family": []}


def test_repeating_says_the_same_and_tells_nobody_again(mei: User, bo: User) -> None:
    made = lists.make(mei.pk, "Family")
    first = lists.add(mei.pk, made.id, bo.pk)
    head = lists.mine(mei.pk).head
    assert lists.add(mei.pk, made.id, bo.pk) == first
    assert lists.rename(mei.pk, made.id, "Family") == first
    assert lists.mine(mei.pk).head == head
    lists.remove(mei.pk, made.id, bo.pk)
    lists.remove(mei.pk, made.id, bo.pk)
    assert lists.mine(mei.pk).head == head + 1


def test_two_lists_are_not_called_the_same(mei: User, bo: User) -> None:
    made, other = lists.make(mei.pk, "Family"), lists.make(mei.pk, "Work")
    for call in (
        partial(lists.make, mei.pk, "fAMILY"),
        partial(lists.rename, mei.pk, other.id, "family"),
        partial(lists.make, mei.pk, "\u202eevil"),
    ):
        assert refusal(call) == "bad_field"
    assert lists.rename(mei.pk, made.id, "FAMILY").name == "FAMILY"
    assert lists.make(bo.pk, "Family").name == "Family"


def test_there_are_limits(mei: User, bo: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "LISTS", 1)
    monkeypatch.setattr(lists, "MEMBERS", 1)
    third = person()
    befriend(mei, third)
    made = lists.make(mei.pk, "Family")
    lists.add(mei.pk, made.id, bo.pk)
    assert refusal(lambda: lists.make(mei.pk, "Work")) == "full"
    assert refusal(lambda: lists.add(mei.pk, made.id, third.pk)) == "full"
    assert lists.add(mei.pk, made.id, bo.pk).members == [bo.pk]


@pytest.mark.parametrize("verb", [services.end_tie, services.block])
@pytest.mark.parametrize("owner_parts", [True, False])
def test_who_parts_is_out_of_both_peoples_lists_for_good(
    mei: User, bo: User, verb: Callable[[int, int], object], owner_parts: bool
) -> None:
    third = person()
    befriend(mei, third)
    mine, theirs = lists.make(mei.pk, "Family"), lists.make(bo.pk, "Work")
    for owner, made, other in ((mei, mine, bo), (mei, mine, third), (bo, theirs, mei)):
        lists.add(owner.pk, made.id, other.pk)
    with following(mei, bo):
        one, other = (mei, bo) if owner_parts else (bo, mei)
        verb(one.pk, other.pk)
        assert (members(mei), members(bo)) == ({"Family": [third.pk]}, {"Work": []})
    services.unblock(one.pk, other.pk)
    befriend(mei, bo)
    assert (members(mei), members(bo)) == ({"Family": [third.pk]}, {"Work": []})


def test_a_row_alone_puts_nobody_in(mei: User, bo: User) -> None:
    made = lists.make(mei.pk, "Family")
    lists.add(mei.pk, made.id, bo.pk)
    Friendship.objects.all().delete()
    assert ListMember.objects.count() == 1
    assert members(mei) == {"Family": []}


@pytest.mark.django_db(transaction=True)
def test_putting_in_against_parting_leaves_no_row() -> None:
    for _ in range(8):
        mei, bo = person(), person()
        befriend(mei, bo)
        made = lists.make(mei.pk, "Family")
        done = at_once(
            [
                partial(quietly, lists.add, mei.pk, made.id, bo.pk),
                partial(quietly, services.end_tie, bo.pk, mei.pk),
            ]
        )
        assert done == [None, None]
        assert not ListMember.objects.filter(list=made.id).exists()


@pytest.mark.django_db(transaction=True)
def test_one_name_many_times_at_once_is_one_list() -> None:
    mei = person()
    assert at_once([partial(quietly, lists.make, mei.pk, "Family")] * 6) == [None] * 6
    assert FriendList.objects.filter(owner=mei).count() == 1


def quietly(verb: Callable[..., object], *arguments: object) -> None:
    with suppress(Refused):
        verb(*arguments)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["befriend", "end", "block", "unblock", "add", "remove", "rename"]),
        st.integers(0, 2),
        st.integers(0, 2),
    ).filter(lambda act: act[1] != act[2]),
    max_size=30,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_whatever_happens_a_list_holds_friends_only_and_pages_follow(
    acts: list[tuple[str, int, int]],
) -> None:
    people = [person() for _ in range(3)]
    made = [lists.make(who.pk, "Family").id for who in people]
    friends: set[frozenset[int]] = set()
    blocks: set[tuple[int, int]] = set()
    inside: set[tuple[int, int]] = set()
    with following(*people):
        for verb, one, other in acts:
            a, b, pair = people[one], people[other], frozenset((one, other))
            if verb == "befriend" and not {(one, other), (other, one)} & blocks:
                befriend(a, b)
                friends.add(pair)
            elif verb in {"end", "block"}:
                quietly({"end": services.end_tie, "block": services.block}[verb], a.pk, b.pk)
                blocks |= {(one, other)} if verb == "block" else set()
                friends.discard(pair)
                inside -= {(one, other), (other, one)}
            elif verb == "unblock":
                services.unblock(a.pk, b.pk)
                blocks.discard((one, other))
            elif verb == "add":
                quietly(lists.add, a.pk, made[one], b.pk)
                inside |= {(one, other)} if pair in friends else set()
            elif verb == "remove":
                lists.remove(a.pk, made[one], b.pk)
                inside.discard((one, other))
            elif verb == "rename":
                lists.rename(a.pk, made[one], f"Family {other}")
        for index, who in enumerate(people):
            [held] = members(who).values()
            assert held == [people[b].pk for a, b in sorted(inside) if a == index]
