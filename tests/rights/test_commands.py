"""Every command for everybody, run on each road by which the socket may run it (alone, in a batch,
in a batch with others) and undone afterwards. The rows are in spoken.py; a command without one
fails the first test.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from consumers.channel import Command
from consumers.registry import COMMANDS
from consumers.socket import ALL_COMMANDS
from consumers.wire import codec
from server.errors import Refused
from server.schema import Shape
from tests.rights import spoken
from tests.rights.cast import ROLES, Cast
from tests.rights.state import changed, writes
from tests.rights.table import OK, Row, leaked

PEOPLE = ROLES[1:]


def test_every_command_has_a_row_and_every_row_a_command() -> None:
    assert {row.name for row in spoken.ROWS} == set(ALL_COMMANDS)


def alone(command: Command, person_id: int, body: Shape) -> Shape | None:
    """As the socket does it when nobody else asks for the like."""
    return command.run(person_id, body)


def in_a_batch(command: Command, person_id: int, body: Shape) -> Shape | None:
    """As the socket does what is done together with other people's."""
    assert command.many
    [done] = command.many([(person_id, body)])
    if isinstance(done, Refused):
        raise done
    return done


Road = Callable[[Command, int, Shape], Shape | None]


def cells() -> list[Any]:
    """Every row on every road a command may take: sends and votes have two."""
    return [
        pytest.param(row, road, id=f"{row}-{road.__name__}")
        for row in spoken.ROWS
        if row.name in COMMANDS
        for road in (alone, in_a_batch)
        if road is alone or COMMANDS[row.name].many
    ]


def said(row: Row, cast: Cast, role: str) -> codec.Said:
    frame = {"op": row.name, "ref": 1, **(row.content(cast, role) or {})}
    return codec.decode(json.dumps(frame), COMMANDS)


def judge(row: Row, road: Road, cast: Cast, role: str) -> list[str]:
    """What is wrong with one cell, in words."""
    outcome, answer = OK, ""
    with writes() as written:
        try:
            asked = said(row, cast, role)
            if done := road(asked.command, cast.person(role).pk, asked.body):
                answer = done.model_dump_json()
        except Refused as refusal:
            outcome, answer = refusal.code.name, json.dumps(refusal.body())
    moved = changed(cast.state) if written else set()
    wrong = verdict(row, role, outcome, answer)
    table, movers = row.changes
    if role in movers and table not in moved:
        wrong.append(f"nothing happened in {table}, only in {moved}")
    elif role not in movers and moved:
        wrong.append(f"changed {sorted(moved)}")
    return wrong


def verdict(row: Row, role: str, outcome: str, answer: str) -> list[str]:
    wrong = [f"leaks {words!r}" for words in leaked(answer, role, refused=outcome != OK)]
    if outcome != row.outcomes[role]:
        wrong.append(f"should be {row.outcomes[role]}: {outcome} {answer[:120]}")
    return wrong


@pytest.mark.django_db
@pytest.mark.parametrize(("row", "road"), cells())
def test_a_command_is_for_whom_its_row_says(row: Row, road: Road, cast: Cast) -> None:
    found = {}
    for role in PEOPLE:
        with transaction.atomic():
            if wrong := judge(row, road, cast, role):
                found[role] = wrong
            transaction.set_rollback(True)
    assert found == {}


TOGETHER = [row for row in spoken.ROWS if row.name in COMMANDS and COMMANDS[row.name].many]


@pytest.mark.django_db
@pytest.mark.parametrize("row", TOGETHER, ids=str)
@pytest.mark.parametrize("order", [1, -1])
def test_in_one_call_with_everybody_each_is_judged_alone(row: Row, order: int, cast: Cast) -> None:
    """Nobody is let in, or kept out, by who asks together with them."""
    people = PEOPLE[::order]
    many = COMMANDS[row.name].many
    assert many
    with transaction.atomic():
        asked = [(cast.person(role).pk, said(row, cast, role).body) for role in people]
        outcomes = many(asked)
        moved = changed(cast.state)
        transaction.set_rollback(True)
    found = {}
    for role, done in zip(people, outcomes, strict=True):
        refused = isinstance(done, Refused)
        outcome = done.code.name if isinstance(done, Refused) else OK
        answer = json.dumps(done.body()) if isinstance(done, Refused) else done.model_dump_json()
        if wrong := verdict(row, role, outcome, answer):
            found[role] = wrong
        assert refused or row.changes[0] in moved
    assert found == {}
