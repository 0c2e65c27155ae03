"""Compares what clients were promised and saw with what the database holds. Finds, never fixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
import psycopg

from tests.fleet.recorder import Recorder


@dataclass(frozen=True)
class Row:
    """A message as the database has it."""

    client_id: str
    message_id: int
    ordinal: int
    number: int
    text: str


@dataclass(frozen=True)
class Truth:
    """One room in the database: its messages by ordinal and its log by number."""

    topic: str
    rows: list[Row]
    log: list[dict[str, Any]]


def read_truth(database_url: str, room_id: int) -> Truth:
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(
            "SELECT client_id, id, ordinal, number, text FROM chat_message"
            " WHERE room_id = %s ORDER BY ordinal",
            [room_id],
        ).fetchall()
        topic = f"room:{room_id}"
        log = connection.execute(
            "SELECT encoded FROM realtime_loggedevent WHERE topic = %s ORDER BY number", [topic]
        ).fetchall()
    return Truth(topic, [Row(*row) for row in rows], [orjson.loads(text) for (text,) in log])


@dataclass(frozen=True)
class Tally:
    """One vote in the database: what is said of each option, and the ballots by person."""

    said: dict[int, int]
    voted: int
    version: int
    ballots: dict[int, set[int]]


def read_tally(database_url: str, poll_id: int) -> Tally:
    with psycopg.connect(database_url) as connection:
        said = connection.execute(
            "SELECT id, votes FROM polls_option WHERE poll_id = %s", [poll_id]
        ).fetchall()
        poll = connection.execute(
            "SELECT voted, version FROM polls_poll WHERE id = %s", [poll_id]
        ).fetchone()
        assert poll is not None
        chosen = connection.execute(
            "SELECT voter_id, array_agg(option_id) FROM polls_ballotchoice"
            " JOIN polls_ballot ON polls_ballot.id = ballot_id WHERE poll_id = %s GROUP BY 1",
            [poll_id],
        ).fetchall()
    return Tally(dict(said), *poll, {voter: set(options) for voter, options in chosen})


def vote_problems(recorder: Recorder, tally: Tally, voters: dict[str, int]) -> Iterable[str]:
    """Counts that are not the ballots, and ballots that are not what was acknowledged.

    voters: client name -> person. A person votes from one client, and waits for each answer.
    """
    counted = Counter(option for chosen in tally.ballots.values() for option in chosen)
    if dict(counted) != {option: votes for option, votes in tally.said.items() if votes}:
        yield f"the vote says {tally.said} but its ballots are {dict(counted)}"
    if tally.voted != len(tally.ballots):
        yield f"the vote says {tally.voted} have voted but {len(tally.ballots)} have"
    for client, person in voters.items():
        mine = [a for a in recorder.attempts.values() if (a.client, a.op) == (client, "poll.vote")]
        acked = [number for number, attempt in enumerate(mine) if attempt.ack is not None]
        possible = [set(a.body["choices"]) for a in mine[acked[-1] if acked else 0 :]]
        ballot = tally.ballots.get(person, set())
        if ballot not in possible and (acked or ballot):
            yield f"{client}'s ballot is {ballot}, acknowledged or attempted were {possible}"


def fresh_problems(
    recorder: Recorder, topic: str, messages: list[dict[str, Any]], head: int
) -> Iterable[str]:
    """What a client's view shows and a fresh load by REST does not, or the other way round."""
    for client, views in recorder.views.items():
        if topic not in views:
            continue
        view = views[topic]
        last = view.seen[-1].number if view.seen else view.start
        if last != head:
            yield f"{client} stands at #{last} of {topic}, a fresh load at #{head}"
        shown = [seen.data["message"] for seen in view.seen if seen.type == "message.sent"]
        loaded = messages[-len(shown) :] if shown else []
        if shown != loaded:
            first = next((a for a, b in zip(shown, loaded, strict=False) if a != b), None)
            yield f"{client} shows other messages of {topic} than a fresh load, first {first}"


def problems(recorder: Recorder, truth: Truth) -> list[str]:
    """Everything that breaks a promise, in words; an empty list is the pass."""
    return [
        *_rows_and_attempts(recorder, truth.rows),
        *_numbering(truth),
        *(
            problem
            for client, views in recorder.views.items()
            if truth.topic in views
            for problem in _view(client, recorder, truth)
        ),
    ]


def _rows_and_attempts(recorder: Recorder, rows: list[Row]) -> Iterable[str]:
    by_id = {row.client_id: row for row in rows}
    sends = {k: a for k, a in recorder.attempts.items() if a.op == "message.send"}
    for client_id, count in Counter(row.client_id for row in rows).items():
        if count > 1:
            yield f"{client_id} has {count} rows"
    for client_id, attempt in sends.items():
        row = by_id.get(client_id)
        if attempt.ack is None:
            continue
        if row is None:
            yield f"{client_id} was acknowledged and is lost"
        elif (attempt.ack["ordinal"], attempt.ack["number"]) != (row.ordinal, row.number):
            yield f"{client_id} was acknowledged as {attempt.ack} but is {row}"
        elif row.text != attempt.body["text"]:
            yield f"{client_id} was stored with another text"
    for client_id in by_id.keys() - sends.keys():
        yield f"{client_id} is in the database but nobody sent it"


def _numbering(truth: Truth) -> Iterable[str]:
    numbers = [event["number"] for event in truth.log]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"the log of {truth.topic} has holes or repeats"
    ordinals = [row.ordinal for row in truth.rows]
    if ordinals != list(range(1, len(ordinals) + 1)):
        yield f"the messages of {truth.topic} have holes or repeats"
    sent = [e["data"]["message"] for e in truth.log if e["type"] == "message.sent"]
    if [m["client_id"] for m in sent] != [row.client_id for row in truth.rows]:
        yield f"the log of {truth.topic} tells other messages than the table"


def _view(client: str, recorder: Recorder, truth: Truth) -> Iterable[str]:
    view = recorder.views[client][truth.topic]
    numbers = [seen.number for seen in view.seen]
    for number, count in Counter(numbers).items():
        if count > 1:
            yield f"{client} was shown {truth.topic} #{number} {count} times"
    if numbers != sorted(numbers):
        yield f"{client} was shown {truth.topic} out of order"
    expected = [event for event in truth.log if event["number"] > view.start]
    missing = {event["number"] for event in expected} - set(numbers)
    if missing:
        yield f"{client} never saw {truth.topic} #{sorted(missing)[:5]} ({len(missing)} in all)"
    texts = {event["number"]: event for event in truth.log}
    for seen in view.seen:
        true = texts.get(seen.number)
        if true is None:
            yield f"{client} saw {truth.topic} #{seen.number}, which was never committed"
        elif (true["type"], true["data"]) != (seen.type, seen.data):
            yield f"{client} saw {truth.topic} #{seen.number} with other content"
