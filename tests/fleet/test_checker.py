"""The checker finds every kind of breach; a check that cannot fail would prove nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.fleet.checker import Row, Tally, Truth, fresh_problems, problems, vote_problems
from tests.fleet.positions import HOLD, Event, Positions
from tests.fleet.recorder import Recorder

TOPIC = "room:1"


def event(number: int, client_id: str) -> Event:
    message = {"client_id": client_id, "text": f"words {number}"}
    return {
        "topic": TOPIC,
        "number": number,
        "type": "message.sent",
        "data": {"message": message},
    }


def flawless() -> tuple[Recorder, Truth]:
    """Three messages, sent and acknowledged; one client saw them all."""
    recorder = Recorder()
    rows, log = [], []
    recorder.began("bo", TOPIC, 0)
    for number in (1, 2, 3):
        client_id = f"id{number}"
        recorder.attempted("ann", client_id, "message.send", {"text": f"words {number}"})
        recorder.acked(client_id, {"ordinal": number, "number": number})
        rows.append(Row(client_id, 10 + number, number, number, f"words {number}"))
        log.append(event(number, client_id))
        recorder.saw("bo", TOPIC, number, "message.sent", log[-1]["data"])
    return recorder, Truth(TOPIC, rows, log)


Breach = Callable[[Recorder, Truth], Truth | None]


def lost(recorder: Recorder, truth: Truth) -> Truth:
    return replace(truth, rows=truth.rows[:-1], log=truth.log[:-1])


def acked_wrongly(recorder: Recorder, truth: Truth) -> None:
    recorder.attempts["id2"].ack = {"ordinal": 2, "number": 9}


def stored_twice(recorder: Recorder, truth: Truth) -> Truth:
    return replace(truth, rows=[*truth.rows, replace(truth.rows[0], ordinal=4, number=4)])


def from_nowhere(recorder: Recorder, truth: Truth) -> None:
    del recorder.attempts["id3"]


def other_text(recorder: Recorder, truth: Truth) -> None:
    recorder.attempts["id1"].body["text"] = "different"


def a_hole(recorder: Recorder, truth: Truth) -> Truth:
    return replace(truth, log=[truth.log[0], truth.log[2]])


def shown_twice(recorder: Recorder, truth: Truth) -> None:
    seen = recorder.views["bo"][TOPIC].seen
    seen.append(seen[-1])


def out_of_order(recorder: Recorder, truth: Truth) -> None:
    recorder.views["bo"][TOPIC].seen.reverse()


def not_shown(recorder: Recorder, truth: Truth) -> None:
    recorder.views["bo"][TOPIC].seen.pop()


def shown_but_never_committed(recorder: Recorder, truth: Truth) -> None:
    recorder.saw("bo", TOPIC, 4, "message.sent", {})


def shown_with_other_content(recorder: Recorder, truth: Truth) -> None:
    recorder.views["bo"][TOPIC].seen[0].data = {"message": {"client_id": "id1", "text": "no"}}


@pytest.mark.parametrize(
    ("breach", "words"),
    [
        (lost, "acknowledged and is lost"),
        (acked_wrongly, "was acknowledged as"),
        (stored_twice, "has 2 rows"),
        (from_nowhere, "nobody sent it"),
        (other_text, "with another text"),
        (a_hole, "has holes"),
        (shown_twice, "2 times"),
        (out_of_order, "out of order"),
        (not_shown, "never saw"),
        (shown_but_never_committed, "never committed"),
        (shown_with_other_content, "other content"),
    ],
)
def test_a_breach_is_found(breach: Breach, words: str) -> None:
    recorder, truth = flawless()
    assert problems(recorder, truth) == []
    found = problems(recorder, breach(recorder, truth) or truth)
    assert any(words in problem for problem in found), found


def voted() -> tuple[Recorder, Tally]:
    """Ann chose 1 and then 2, which was acknowledged; Bo chose 1 and has no answer yet."""
    recorder = Recorder()
    for key, client, choice in (("a", "ann", 1), ("b", "ann", 2), ("c", "bo", 1)):
        recorder.attempted(client, key, "poll.vote", {"poll_id": 1, "choices": [choice]})
    recorder.acked("a", {"revision": 1})
    recorder.acked("b", {"revision": 2})
    return recorder, Tally({1: 0, 2: 1}, 1, 3, {10: {2}})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"said": {1: 1, 2: 1}}, "but its ballots are"),
        ({"voted": 2}, "2 have voted but 1 have"),
        ({"ballots": {10: {1}}, "said": {1: 1, 2: 0}}, "ann's ballot is {1}"),
        ({"ballots": {}, "said": {1: 0, 2: 0}, "voted": 0}, "ann's ballot is set()"),
        ({"ballots": {10: {2}, 11: {2}}, "said": {1: 0, 2: 2}, "voted": 2}, "bo's ballot is {2}"),
    ],
)
def test_a_wrong_tally_is_found(change: dict[str, Any], words: str) -> None:
    recorder, tally = voted()
    voters = {"ann": 10, "bo": 11}
    assert list(vote_problems(recorder, tally, voters)) == []
    stored = replace(tally, ballots={10: {2}, 11: {1}}, said={1: 1, 2: 1}, voted=2)
    assert list(vote_problems(recorder, stored, voters)) == [], "an unanswered vote may be stored"
    found = list(vote_problems(recorder, replace(tally, **change), voters))
    assert any(words in problem for problem in found), found


def test_a_view_that_differs_from_a_fresh_load_is_found() -> None:
    recorder, truth = flawless()
    loaded = [one["data"]["message"] for one in truth.log]
    assert list(fresh_problems(recorder, TOPIC, loaded, 3)) == []
    [behind] = fresh_problems(recorder, TOPIC, loaded, 4)
    assert "stands at #3" in behind
    edited = [*loaded[:2], {**loaded[2], "text": "edited"}]
    [other] = fresh_problems(recorder, TOPIC, edited, 3)
    assert "shows other messages" in other


def test_an_unanswered_send_may_be_stored_or_not() -> None:
    recorder, truth = flawless()
    recorder.attempted("ann", "id4", "message.send", {"text": "unanswered"})
    assert problems(recorder, truth) == []


def test_two_different_answers_to_one_client_id() -> None:
    recorder, _ = flawless()
    with pytest.raises(AssertionError, match="two different acks"):
        recorder.acked("id1", {"ordinal": 1, "number": 5})


async def test_positions_apply_hold_drop_and_ask() -> None:
    recorder, applied, asked = Recorder(), [], []
    positions = Positions("bo", recorder, lambda e, at: applied.append(e["number"]), asked.append)
    positions.start(TOPIC, 0)
    for number in (1, 1, 3, 4):
        positions.apply(event(number, f"id{number}"))
    assert applied == [1] and positions.numbers[TOPIC] == 1
    positions.apply(event(2, "id2"))
    assert applied == [1, 2, 3, 4] and not asked
    positions.compare({TOPIC: 9, "room:2": 5})
    await asyncio.sleep(HOLD * 1.5)
    assert asked == [TOPIC]
