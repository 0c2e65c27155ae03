"""How a socket ends: whatever way it goes, nothing of it stays, and nothing is let in late."""

import asyncio
import threading
from collections.abc import Collection
from typing import Any

import orjson
import pytest
from django.conf import settings
from django.db import OperationalError

import consumers.worker
from consumers.wire import limits
from server.accounts.models import Session, User
from server.accounts.sessions import SessionStore
from server.realtime.models import LoggedEvent, TopicHead
from tests import factories
from tests.consumers.conftest import OpenTab, Tab, in_database

People = list[User]


async def test_a_socket_killed_during_its_join_leaves_nothing_behind(
    people: People, tab: OpenTab, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server cancels an application that has not ended ten seconds after its peer left, as
    happens when the database is slow: no disconnect message is read then."""
    bo = await tab(people[1])
    reader = worker.joiner._reader
    read, under_way, go_on = reader._run, threading.Event(), threading.Event()

    def reading(questions: Any) -> Any:
        under_way.set()
        go_on.wait(10)
        return read(questions)

    monkeypatch.setattr(reader, "_run", reading)
    await bo.say("join", topics=[{"topic": f"user:{people[1].pk}"}])
    assert await asyncio.to_thread(under_way.wait, 5)
    bo.socket.future.cancel()
    await asyncio.wait([bo.socket.future], timeout=5)
    go_on.set()
    await asyncio.sleep(0.2)
    assert worker.hub.stats() == {"sockets": 0, "people": 0, "topics": 0}
    assert (worker.hub.governed, worker.hub.auth) == ({}, {})


async def test_the_answer_to_a_join_after_a_long_absence_is_bounded(
    people: People, tab: OpenTab
) -> None:
    mei, bo, _ = people

    def chatter() -> list[int]:
        rooms = [factories.group_room(mei, bo) for _ in range(4)]
        for room in rooms:
            topic, text = f"room:{room}", '{"x":"' + "你" * 4000 + '"}'
            LoggedEvent.objects.bulk_create(
                LoggedEvent(topic=topic, number=number, encoded=text)
                for number in range(1_000, 1_020)
            )
            TopicHead.objects.update_or_create(topic=topic, defaults={"head": 1_019})
        return rooms

    rooms = await in_database(chatter)
    bos = await tab(bo)
    answer = await bos.join(*[(f"room:{room}", 999) for room in rooms])
    assert len(answer["data"]["joined"]) == 4
    assert len(answer["data"]["resets"]) == 2
    assert len(orjson.dumps(answer)) < limits.UNSENT_BYTES


@pytest.mark.parametrize(
    "others", ['prefs={"a":1,"b":2}', "x=1; a b", 'foo=a"b', 'q="x y', "n=你", "=", "sessionid"]
)
async def test_cookies_of_others_do_not_hide_the_session(
    people: People, worker: Any, others: str
) -> None:
    """Anything on the same host may set cookies, in any shape; pages read ours all the same."""
    key = await in_database(factories.session_key, people[0])
    tab = Tab(None)
    cookie = f"{others}; {settings.SESSION_COOKIE_NAME}={key}".encode()
    tab.socket.scope["headers"].append((b"cookie", cookie))
    assert await tab.open()
    await tab.socket.disconnect()


@pytest.mark.parametrize("key", ["\x00", "a\x00b", "é", "' OR 1=1", "a" * 5000])
async def test_a_session_key_of_any_text_is_only_refused(
    people: People, worker: Any, key: str
) -> None:
    assert not await Tab(key).open()


async def test_a_socket_that_cannot_be_taken_now_is_told_so(
    people: People, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is away: that is not the same as being signed out."""
    key = await in_database(factories.session_key, people[0])

    def away(keys: Collection[str]) -> None:
        raise OperationalError("away")

    monkeypatch.setattr("consumers.worker.session_people", away)
    tab = Tab(key)
    accepted, _ = await tab.socket.connect(timeout=10)
    assert accepted
    assert await tab.frame() == {"op": "close", "code": 4503}


async def test_a_frame_is_measured_in_bytes(people: People, tab: OpenTab) -> None:
    """Other servers hand over any length: 64 KiB of Chinese are not three times as much."""
    bo = await tab(people[1])
    said = '{"op":"ping","ref":1,"x":"' + "你" * (limits.FRAME_BYTES // 3) + '"}'
    assert len(said) < limits.FRAME_BYTES
    await bo.socket.send_to(text_data=said)
    assert (await bo.frame())["code"] == 4413


async def test_a_session_that_ends_during_the_handshake_closes_soon(
    people: People, tab: OpenTab, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its end was told before this socket could be found by it: nobody will tell it again."""
    key = await in_database(factories.session_key, people[1])
    read = consumers.worker.session_people

    def reading(keys: Collection[str]) -> Any:
        found = read(keys)
        Session.objects.filter(pk=key).delete()
        return found

    monkeypatch.setattr(consumers.worker, "session_people", reading)
    bo = Tab(key)
    assert await bo.open()
    async with asyncio.timeout(4):
        while (frame := await bo.frame())["op"] != "close":
            pass
    assert frame["code"] == 4401


async def test_a_steady_flood_is_cut_off_too(people: People, tab: OpenTab) -> None:
    """A hundred a second: some are let through all the time, which must not excuse the others."""
    bo = await tab(people[1])

    async def flood() -> None:
        for _ in range(600):
            await bo.say("ping")
            await asyncio.sleep(0.01)

    flooding = asyncio.create_task(flood())
    async with asyncio.timeout(15):
        while (frame := await bo.frame())["op"] != "close":
            pass
    flooding.cancel()
    assert frame["code"] == 4429


async def test_a_lost_sign_out_is_found_at_the_next_comparison(
    people: People, tab: OpenTab, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two seconds later, where the person's own topic is joined, as pages do; other sockets of
    theirs stay."""
    bo, elsewhere = await tab(people[1]), await tab(people[1])
    for one in (bo, elsewhere):
        await one.join((f"user:{people[1].pk}", 0))
    monkeypatch.setattr(worker.hub, "_sessions_ended", lambda envelope: None)
    await in_database(SessionStore(bo.key).delete)
    async with asyncio.timeout(6):
        while (frame := await bo.frame())["op"] != "close":
            pass
    assert frame["code"] == 4401
    assert (await elsewhere.ask("ping"))["op"] == "reply"


async def test_a_join_of_many_topics_counts_as_many_frames(
    people: People, tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or one socket could have thousands of topics a second looked up and subscribed to."""
    monkeypatch.setattr(limits, "monotonic", lambda: 0.0)  # nothing is paid back meanwhile
    bo = await tab(people[1])
    answers = []
    for turn in range(5):
        topics = [{"topic": f"room:{1_000 * turn + n}"} for n in range(1, limits.TOPICS_PER_JOIN)]
        answers.append(await bo.ask("join", topics=topics))
    assert [one["op"] for one in answers[:3]] == ["reply"] * 3, "who comes back is let in"
    assert answers[-1]["error"]["code"] == "too_fast"
