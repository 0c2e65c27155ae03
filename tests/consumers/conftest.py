"""Tabs that speak to the whole application in this process, on the real database."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

import orjson
import pytest
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.db import connection

from consumers.wire import bridge
from consumers.worker import stop_worker, the_worker
from server.accounts.models import User
from tests import factories

T = TypeVar("T")
Json = dict[str, Any]


async def in_database(call: Callable[..., T], *args: Any, **kw: Any) -> T:
    """Run a factory or a service as another request would, leaving no connection behind."""

    def run() -> T:
        try:
            return call(*args, **kw)
        finally:
            connection.close()

    return await asyncio.to_thread(run)


class Tab:
    """One socket of a person."""

    def __init__(self, key: str | None, origin: str | None = settings.ORIGINS[0]):
        headers = []
        if origin:
            headers.append((b"origin", origin.encode()))
        if key:
            headers.append((b"cookie", f"x=1; {settings.SESSION_COOKIE_NAME}={key}".encode()))
        from server.asgi import application

        self.socket = WebsocketCommunicator(application, "/ws", headers=headers)
        self.key = key
        self.hello: Json = {}
        self.heard: list[Json] = []
        self._ref = 0

    async def open(self) -> bool:
        """Connect; True when the server greeted us."""
        accepted, _ = await self.socket.connect(timeout=10)
        if accepted:
            self.hello = await self.frame()
            assert self.hello["op"] == "hello"
        return accepted

    async def frame(self, timeout: float = 10) -> Json:
        message = await self.socket.receive_output(timeout)
        if message["type"] == "websocket.close":
            return {"op": "close", "code": message["code"]}
        found: Json = orjson.loads(message["text"])
        return found

    async def say(self, op: str, **fields: Any) -> int:
        self._ref += 1
        text = orjson.dumps({"op": op, "ref": self._ref, **fields}).decode()
        await self.socket.send_to(text_data=text)
        return self._ref

    async def ask(self, op: str, **fields: Any) -> Json:
        """Say a frame and wait for its answer; what comes meanwhile is kept in `heard`."""
        ref = await self.say(op, **fields)
        while True:
            frame = await self.frame()
            if frame["op"] == "close" or frame.get("ref") == ref:
                return frame
            self.keep(frame)

    def keep(self, frame: Json) -> None:
        if frame["op"] == "events":
            self.heard += frame["events"]
        elif frame["op"] != "heads":
            self.heard.append(frame)

    async def join(self, *topics: str | tuple[str, int], epoch: str | None = None) -> Json:
        wanted = [
            {"topic": one} if isinstance(one, str) else {"topic": one[0], "after": one[1]}
            for one in topics
        ]
        return await self.ask("join", topics=wanted, **({"epoch": epoch} if epoch else {}))

    async def until(self, true: Callable[[Json], bool], timeout: float = 10) -> Json:
        """The first event or frame that fits, heard already or to come."""
        async with asyncio.timeout(timeout):
            while True:
                for one in self.heard:
                    if true(one):
                        return one
                self.keep(await self.frame(timeout))

    async def event(self, type: str, timeout: float = 10) -> Json:
        return await self.until(lambda one: one.get("type") == type, timeout)

    async def quiet(self, seconds: float = 0.4) -> list[Json]:
        """Everything that came within this time."""
        with_nothing = len(self.heard)
        try:
            async with asyncio.timeout(seconds):
                while True:
                    self.keep(await self.frame(seconds + 1))
        except TimeoutError:
            pass
        return self.heard[with_nothing:]


def _wait_for_calls() -> None:
    """Until no database thread is in a call: all of them meet. A duty of a worker that has ended
    may be in its transaction still, and emptying the tables would meet it there in a deadlock."""
    pool = bridge._threads()  # a test may have put a smaller one in its place
    met = threading.Barrier(pool._max_workers + 1)
    for _ in range(pool._max_workers):
        pool.submit(met.wait, 60)
    met.wait(60)


@pytest.fixture
async def worker(transactional_db: None) -> AsyncIterator[Any]:
    """This process's worker, ended after the test."""
    yield the_worker()
    await stop_worker()
    await asyncio.to_thread(_wait_for_calls)


OpenTab = Callable[..., Awaitable[Tab]]


@pytest.fixture
async def tab(worker: Any) -> AsyncIterator[OpenTab]:
    """Open a tab of a person."""
    tabs: list[Tab] = []

    async def open_tab(who: User, key: str | None = None) -> Tab:
        one = Tab(key or await in_database(factories.session_key, who))
        assert await one.open()
        tabs.append(one)
        return one

    yield open_tab
    for one in tabs:
        try:
            await one.socket.disconnect(timeout=5)
        except BaseException:
            continue


@pytest.fixture
async def people(transactional_db: None) -> list[User]:
    """Mei and Bo are friends; Yu knows nobody."""

    def make() -> list[User]:
        mei, bo, yu = (factories.person(name) for name in ("mei", "bo", "yu"))
        factories.befriend(mei, bo)
        return [mei, bo, yu]

    return await in_database(make)
