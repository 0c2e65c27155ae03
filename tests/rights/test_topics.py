"""Every kind of topic for everybody, joined on a real socket from its first number on: what is
replayed must not be more than what a page shows. The rows are in watched.py.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from consumers.registry import CHANNELS
from consumers.socket import OWN_COMMANDS
from server.realtime.topics import KINDS
from tests.consumers.conftest import Tab, in_database, worker
from tests.rights import spoken, watched
from tests.rights.cast import ROLES, Cast, build
from tests.rights.table import OK, Row, leaked

__all__ = ["worker"]
PEOPLE = ROLES[1:]


def test_every_kind_of_topic_has_a_row_and_every_row_a_kind() -> None:
    assert {row.name for row in watched.ROWS} == KINDS == set(CHANNELS)


@pytest.fixture
async def here(transactional_db: None, worker: Any) -> AsyncIterator[tuple[Cast, dict[str, Tab]]]:
    """The cast, committed, and a tab of each."""
    cast = await in_database(build)
    tabs = {role: Tab(cast.keys[role]) for role in PEOPLE}
    for one in tabs.values():
        assert await one.open()
    yield cast, tabs
    for one in tabs.values():
        await one.socket.disconnect()


async def test_nobody_says_or_watches_anything_signed_out(
    here: tuple[Cast, dict[str, Tab]],
) -> None:
    assert not await Tab(None).open()


async def test_a_topic_is_for_whom_its_row_says(here: tuple[Cast, dict[str, Tab]]) -> None:
    cast, tabs = here
    found = {}
    for row in watched.ROWS:
        for role, one in tabs.items():
            if wrong := await joined(row, cast, role, one):
                found[f"{row} {role}"] = wrong
    assert found == {}


async def joined(row: Row, cast: Cast, role: str, one: Tab) -> list[str]:
    topic = f"{row.name}:{row.filled(cast, role, '{id}')}"
    answer = await one.join((topic, 0))
    text, expected = json.dumps(answer, ensure_ascii=False), row.outcomes[role]
    came = [entry["topic"] for entry in answer["data"]["joined"]]
    refused = {entry["topic"]: entry["code"] for entry in answer["data"]["refused"]}
    wrong = [f"leaks {words!r}" for words in leaked(text, role, refused=expected != OK)]
    if expected == OK:
        shown = [words for words, who in row.shows.items() if role in who]
        wrong += [f"lacks {words!r}" for words in shown if words not in text]
        if came != [topic] or refused:
            wrong.append(f"should be joined: {text[:120]}")
    elif came or refused != {topic: expected} or answer["events"]:
        wrong.append(f"should be {expected}: {text[:120]}")
    return wrong


async def test_the_socket_answers_its_own_commands_to_everybody(
    here: tuple[Cast, dict[str, Tab]],
) -> None:
    cast, tabs = here
    for row in (one for one in spoken.ROWS if one.name in OWN_COMMANDS):
        for role, one in tabs.items():
            body = json.loads(json.dumps(row.body or {}).replace("{group}", str(cast.ids["group"])))
            answer = await one.ask(row.name, **body)
            assert answer["op"] == "reply" and row.outcomes[role] == OK, (row, role, answer)
