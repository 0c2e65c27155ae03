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
