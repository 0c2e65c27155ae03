"""Who acts, how much, and with which words: without a server."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from server.demo.art.people import PEOPLE
from server.demo.simulator.api import Api, Locked
from server.demo.simulator.budget import ALONE, HOUR, Budget
from server.demo.simulator.director import VISITOR, cast
from server.demo.simulator.person import Person
from server.demo.simulator.troupe import Troupe
from server.demo.simulator.words import Deck, answer, remark, scenes, typing_time
from server.demo.stories.remarks import REMARKS


class Nobody:
    """A stage on which nothing is told."""

    pace = 1.0

    def heard(self, *_: Any) -> None: ...
    def asked(self, *_: Any, **__: Any) -> None: ...
    def posted(self, *_: Any) -> None: ...
    def around(self, *_: Any) -> None: ...


def actor(name: str, number: int, *, here: bool = True, host: bool = False) -> Person:
    one = Person("http://nowhere.invalid", name, "", Nobody(), host=host)
    one.id = number
    if here:
        one.client.online.set()
    return one


def test_the_visitors_person_is_never_acted_and_every_counter_is_kept() -> None:
    for people in (1, 6, 100):
        acting, hosts = cast(people)
        assert VISITOR not in {*acting, *hosts}
        assert not {*acting} & {*hosts}
        assert {*hosts} == {person.username for person in PEOPLE if person.store}
        assert len(acting) == min(people, len(PEOPLE) - 1 - len(hosts))


def test_a_budget_is_for_an_hour() -> None:
    at = [0.0]
    budget = Budget({"post": 2}, clock=lambda: at[0])
    assert [budget.take("post") for _ in range(3)] == [True, True, False]
    at[0] = HOUR - 1
    assert not budget.take("post")
    at[0] = HOUR
    assert budget.take("post")


def test_alone_they_do_less() -> None:
    budget = Budget({"message": 5 * ALONE})
    assert sum(budget.take("message", watched=False) for _ in range(100)) == 5
    assert sum(budget.take("message") for _ in range(100)) == 5 * ALONE - 5


def test_a_deck_gives_everything_before_it_repeats() -> None:
    deck = Deck(range(10))
    assert {deck.draw(lambda card: True) for _ in range(10)} == set(range(10))
    assert deck.draw(lambda card: card == 7) == 7
    assert deck.draw(lambda card: card > 10) is None


@pytest.mark.parametrize(
    ("words", "counter", "expected"),
    [
        ("Do you have it in a smaller size?", True, "size|wear"),
        ("什么时候能发货？", True, "天|到"),
        ("Which teapot would you take?", False, "hand|spout|pour"),
        ("鞋子买多大码？", False, "码|楼梯"),
        ("hmm", False, "."),
        ("", True, "."),
    ],
)
def test_answers_fit(words: str, counter: bool, expected: str) -> None:
    import re

    said: list[str] = []
    for _ in range(3):
        said.append(answer(words, counter=counter, lately=said))
        assert re.search(expected, said[-1]), said
        assert bool(re.search("[\u4e00-\u9fff]", said[-1])) == bool(
            re.search("[\u4e00-\u9fff]", words)
        )
    assert len(set(said)) > 1


def test_a_remark_is_in_the_language_of_the_post() -> None:
    for about in REMARKS:
        assert remark(about, "这是什么", []).strip() != remark(about, "what is it", []).strip()


def test_writing_takes_as_long_as_it_would() -> None:
    assert 1 < typing_time("ok") < typing_time("I will be there at half past") <= 7
    assert typing_time("好的好的好的") > typing_time("okokok")


def test_scenes_are_played_by_people_of_the_cast() -> None:
    acting, hosts = cast(6)
    playable = [title for title, lines in scenes() if {x.who for x in lines} <= {*acting, *hosts}]
    assert len(playable) >= 40 and len(set(playable)) >= 5


def test_without_a_demo_world_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    async def sign_in(api: Api) -> None:
        raise Locked(api.username)

    monkeypatch.setattr(Api, "sign_in", sign_in)
    with pytest.raises(CommandError, match="seed_demo"):
        call_command("simulate", url="http://nowhere.invalid", people=3, seconds=20, pace=100.0)


def test_one_changed_password_does_not_end_the_show(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    async def sign_in(api: Api) -> None:
        tried.append(api.username)
        if api.username == "mei":
            raise Locked(api.username)
        raise TimeoutError

    monkeypatch.setattr(Api, "sign_in", sign_in)
    call_command("simulate", url="http://nowhere.invalid", people=3, seconds=1, pace=100.0)
    assert tried.count("mei") == 1 and {"mei", "bo", "yu", "fan"} <= set(tried)


@pytest.mark.parametrize("options", [{"people": 0}, {"pace": 0}, {"pace": -1.0}])
def test_nonsense_is_refused(options: dict[str, float]) -> None:
    given = {"url": "http://nowhere.invalid", "people": 3, "seconds": 1, "pace": 1.0} | options
    with pytest.raises(CommandError, match="must be"):
        call_command("simulate", **given)


# Visitors ------------------------------------------------------------------------------------


def test_whoever_is_visited_keeps_still_and_counts_as_real() -> None:
    mei, bo = actor("mei", 1), actor("bo", 2)
    troupe = Troupe([mei, bo], Budget())
    assert not troupe.is_real(1) and troupe.is_real(9)
    mei.still = True
    assert troupe.is_real(1)
    assert {troupe.anyone() for _ in range(20)} == {bo}
    assert troupe.by_name("mei") is None


def test_hosts_and_absent_people_do_not_act_of_their_own_accord() -> None:
    troupe = Troupe([actor("fan", 1, host=True), actor("bo", 2, here=False)], Budget())
    assert troupe.anyone() is None
    assert troupe.by_name("fan") is not None


def test_somebody_watching_is_noticed_and_our_own_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    at = [1_000.0]
    monkeypatch.setattr("server.demo.simulator.troupe.time.monotonic", lambda: at[0])
    troupe = Troupe([actor("mei", 1)], Budget())
    at[0] += 3_600
    assert not troupe.watched
    troupe.notice(1, "online")
    assert not troupe.watched
    troupe.notice(9, "online")
    assert troupe.watched
    at[0] += 3_600
    assert troupe.watched  # still here
    troupe.notice(9, "offline")
    at[0] += 3_600
    assert not troupe.watched


@pytest.mark.parametrize(
    ("browser", "minutes", "visited"),
    [("Firefox · Linux", 1, True), ("Firefox · Linux", 30, False), ("", 1, False)],
)
async def test_a_browser_of_a_visitor_is_told_from_our_own(
    monkeypatch: pytest.MonkeyPatch, browser: str, minutes: int, visited: bool
) -> None:
    mei = actor("mei", 1)
    seen = 1_000_000_000
    sessions = [
        {"browser": "", "seen_at": seen, "current": True},
        {"browser": browser, "seen_at": seen - minutes * 60_000, "current": False},
    ]

    async def call(method: str, path: str, body: object = None) -> Any:
        assert (method, path) == ("GET", "/me/sessions")
        return sessions

    monkeypatch.setattr(mei.api, "call", call)
    assert await mei.is_visited() is visited
