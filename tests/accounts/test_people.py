"""Who finds whom, what a page shows, and how much reading costs."""

from __future__ import annotations

from typing import Any

import pytest

from server.accounts import policies, queries, services
from server.accounts.models import User
from server.errors import Refused
from server.realtime import log
from server.realtime.clock import now
from tests.factories import befriend, person

pytestmark = pytest.mark.django_db


def names(me: User, search: str = "") -> list[str]:
    return [view.person.username for view in queries.people_page(me.pk, search).people]


def test_search_by_part_of_either_name_beginnings_first() -> None:
    me = person("me_myself")
    person("xiaomei", name="Someone")
    person("mei", name="Mei")
    person("lan", name="Lan Mei")
    person("bo", name="梅花")
    assert names(me, "mei") == ["mei", "lan", "xiaomei"]
    assert names(me, "@Mei") == ["mei", "lan", "xiaomei"]
    assert names(me, "梅") == ["bo"]
    assert names(me, "nobody") == []
    assert names(me, "%") == []


def test_search_finds_neither_me_nor_the_inactive_nor_the_blocked() -> None:
    me, friend, blocked, blocker = (person(f"sea_{n}") for n in range(4))
    person("sea_gone", is_active=False)
    services.block(me.pk, blocked.pk)
    services.block(blocker.pk, me.pk)
    assert names(me, "sea_") == [friend.username]
    assert blocker.username in names(friend, "sea_")


def test_pages_of_people_follow_each_other_without_holes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PEOPLE_A_PAGE", 3)
    me = person("zz")
    everybody = sorted(person().username for _ in range(8))
    found: list[str] = []
    cursor = None
    while True:
        page = queries.people_page(me.pk, "", cursor)
        found += [view.person.username for view in page.people]
        if (cursor := page.next) is None:
            break
    assert found == everybody


def test_a_foreign_cursor_is_an_error_a_client_can_read() -> None:
    me = person()
    for cursor in ("x", "WzEsMl0", "bnVsbA"):
        with pytest.raises(Refused) as refused:
            queries.people_page(me.pk, "", cursor)
        assert refused.value.code.name == "bad_field"


def test_a_page_shows_the_tie_and_is_not_there_for_the_blocked() -> None:
    mei, bo = person("mei"), person("bo", bio="Cameras.")
    befriend(mei, bo)
    page = queries.person_view(mei.pk, bo.pk)
    assert (page.tie, page.bio, page.friends) == ("friends", "Cameras.", 1)
    assert queries.person_view(mei.pk, mei.pk).tie == "self"
    services.block(bo.pk, mei.pk)
    with pytest.raises(Refused):
        queries.person_view(mei.pk, bo.pk)
    assert queries.person_view(bo.pk, mei.pk).tie == "blocked"


def test_a_name_leads_to_whom_a_search_finds_and_to_nobody_else() -> None:
    mei, bo, young = person("mei"), person("bo"), person("young", birth_year=now().year - 15)
    gone = person("gone", is_active=False)
    assert queries.person_named(mei.pk, "Bo") == queries.person_view(mei.pk, bo.pk)
    assert queries.person_named(mei.pk, "mei").tie == "self"
    befriend(bo, young)
    assert queries.person_named(bo.pk, "young").person.id == young.pk
    stranger = person()
    services.block(mei.pk, bo.pk)
    for one, name in (
        (mei, "bo"),
        (bo, "mei"),
        (stranger, "young"),
        (mei, gone.username),
        (mei, "nobody"),
        (mei, "b"),
    ):
        with pytest.raises(Refused) as refused:
            queries.person_named(one.pk, name)
        assert refused.value.code.name == "not_found"


def test_watching_people_follows_ties() -> None:
    mei, bo, eve = person(), person(), person()
    befriend(mei, bo)
    people = [mei.pk, bo.pk, eve.pk]
    mine = {(who, who) for who in people}
    friends = {(mei.pk, bo.pk), (bo.pk, mei.pk)}
    assert policies.watchable_user(people, people) == mine
    assert policies.watchable_author(people, people) == mine | friends
    assert policies.watchable_presence(people, people) == friends
    services.block(mei.pk, bo.pk)
    assert policies.watchable_author(people, people) == mine
    assert policies.watchable_presence(people, people) == set()


@pytest.mark.parametrize("hides", ["shower", "watcher"])
def test_presence_needs_both_to_show_theirs(hides: str) -> None:
    mei, bo = person(show_presence=hides != "shower"), person(show_presence=hides != "watcher")
    befriend(mei, bo)
    assert policies.watchable_presence([bo.pk], [mei.pk]) == set()
    assert policies.watchable_author([bo.pk], [mei.pk]) == {(bo.pk, mei.pk)}


def test_blocked_pairs_are_found_in_both_directions() -> None:
    mei, bo, eve = person(), person(), person()
    services.block(mei.pk, bo.pk)
    assert policies.blocked_pairs([mei.pk], [bo.pk, eve.pk]) == {(mei.pk, bo.pk)}
    assert policies.blocked_pairs([bo.pk, eve.pk], [mei.pk]) == {(bo.pk, mei.pk)}


def test_reading_costs_the_same_for_many(django_assert_num_queries: Any) -> None:
    me = person()
    log.epoch()
    for count in (1, 12):
        for _ in range(count):
            befriend(me, person())
            services.ask_friend(me.pk, person().pk)
        everybody = list(User.objects.values_list("pk", flat=True))
        with django_assert_num_queries(1):
            queries.cards(everybody)
        with django_assert_num_queries(7):
            queries.ties(me.pk)
        with django_assert_num_queries(3):
            queries.people_page(me.pk)
        with django_assert_num_queries(2):
            queries.me(me.pk)
        with django_assert_num_queries(2):
            policies.watchable_author([me.pk], everybody)
        with django_assert_num_queries(3):
            policies.watchable_presence([me.pk], everybody)
        with django_assert_num_queries(1):
            policies.blocked_pairs([me.pk], everybody)
