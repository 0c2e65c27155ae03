"""Whatever a client says on the socket: an answer or a documented close, never our fault."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from consumers.registry import COMMANDS
from consumers.socket import ALL_COMMANDS
from consumers.wire import codec, limits
from server.accounts.models import User
from server.errors import CLOSES, CODES, Refused
from server.feed.schemas import ToGroup
from server.groups.models import Group, Member
from tests import factories
from tests.consumers.conftest import Tab, in_database, worker
from tests.fuzz.values import frames, some

__all__ = ["worker"]
DOCUMENTED = {close.code for close in CLOSES}
BODIES = {op: command.body.model_json_schema() for op, command in ALL_COMMANDS.items()}


def world() -> User:
    """Ids from one on are things of hers, so that much of what is nearly right is right."""
    mei, bo = factories.person("mei"), factories.person("bo")
    factories.befriend(mei, bo)
    room = factories.group_room(mei, bo)
    factories.say(mei, room)
    factories.vote_in_room(mei, room)
    factories.comment(bo, factories.post(mei).post.id)
    club = Group.objects.create(
        id=1,
        name="Lanterns",
        words="lanterns",
        entry="open",
        created_by=mei,
        client_id=factories.client_id(),
        member_count=2,
        last_place=2,
    )
    for place, who in enumerate((mei, bo), 1):
        role = "owner" if who == mei else "member"
        Member.objects.create(group=club, person=who, state="member", role=role, place=place)
    for who in (mei, bo):
        factories.post(who, "among us", ToGroup(group_id=club.pk))
    return mei


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the limit on frames a second: it would keep most of them from being read."""
    monkeypatch.setattr(limits.Bucket, "take", lambda self: 0.0)
    monkeypatch.setattr("consumers.socket.REFUSALS", 10**9)


async def test_no_frame_fails(
    transactional_db: None, worker: Any, patient: None, caplog: pytest.LogCaptureFixture
) -> None:
    mei = await in_database(world)
    key = await in_database(factories.session_key, mei)
    tab = Tab(key)
    assert await tab.open()
    answered = closed = 0
    with caplog.at_level(logging.ERROR):
        for text in some(frames(BODIES), 700):
            await tab.socket.send_input({"type": "websocket.receive", "text": text})
            answer = await first_answer(tab)
            if answer["op"] == "close":
                assert answer["code"] in DOCUMENTED, (text[:200], answer)
                closed += 1
                await tab.socket.disconnect()
                tab = Tab(key)
                assert await tab.open()
                continue
            answered += 1
            if answer["op"] == "error":
                assert answer["error"]["code"] in CODES.keys() - {"internal"}, (text[:200], answer)
        assert (await tab.ask("ping"))["op"] == "reply"
        await tab.socket.disconnect()
    assert answered > 300 and closed < answered / 4
    assert [record.getMessage()[:300] for record in caplog.records] == []


async def first_answer(tab: Tab) -> Any:
    while (frame := await tab.frame())["op"] not in {"reply", "error", "close"}:
        pass
    return frame


@pytest.mark.parametrize("op", COMMANDS)
def test_no_command_fails(op: str, transactional_db: None) -> None:
    """Straight to the service, so that what one frame cannot say in a second is tried as well."""
    mei = world()
    done = 0
    for text in some(frames({op: BODIES[op]}), 60):
        try:
            said = codec.decode(text, COMMANDS)
            said.command.run(mei.pk, said.body)
            done += 1
        except (codec.BadFrame, Refused):
            continue
