"""Every command for everybody, run as the socket runs it and undone afterwards. The rows are in
spoken.py; a command without one fails the first test.
"""

from __future__ import annotations

import json

import pytest
from django.db import transaction

from consumers.registry import COMMANDS
from consumers.socket import ALL_COMMANDS
from consumers.wire import codec
from server.errors import Refused
from tests.rights import spoken
from tests.rights.cast import ROLES, Cast
from tests.rights.state import changed, writes
from tests.rights.table import OK, Row, leaked

PEOPLE = ROLES[1:]


def test_every_command_has_a_row_and_every_row_a_command() -> None:
    assert {row.name for row in spoken.ROWS} == set(ALL_COMMANDS)


def judge(row: Row, cast: Cast, role: str) -> list[str]:
    """What is wrong with one cell, in words."""
    said = {"op": row.name, "ref": 1, **(row.content(cast, role) or {})}
    expected, outcome, answer = row.outcomes[role], OK, ""
    with writes() as written:
        try:
            command = codec.decode(json.dumps(said), COMMANDS)
            if done := command.command.run(cast.person(role).pk, command.body):
                answer = done.model_dump_json()
        except Refused as refusal:
            outcome, answer = refusal.code.name, json.dumps(refusal.body())
    moved = changed(cast.state) if written else set()
    wrong = [f"leaks {words!r}" for words in leaked(answer, role, refused=outcome != OK)]
    if outcome != expected:
        wrong.append(f"should be {expected}: {outcome} {answer[:120]}")
    table, movers = row.changes
    if role in movers and table not in moved:
        wrong.append(f"nothing happened in {table}, only in {moved}")
    elif role not in movers and moved:
        wrong.append(f"changed {sorted(moved)}")
    return wrong


@pytest.mark.django_db
@pytest.mark.parametrize("row", [one for one in spoken.ROWS if one.name in COMMANDS], ids=str)
def test_a_command_is_for_whom_its_row_says(row: Row, cast: Cast) -> None:
    found = {}
    for role in PEOPLE:
        with transaction.atomic():
            if wrong := judge(row, cast, role):
                found[role] = wrong
            transaction.set_rollback(True)
    assert found == {}
