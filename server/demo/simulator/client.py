"""One person's connection: signed in, on the socket, back again whatever happens (docs/protocol.md)."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from secrets import SystemRandom, token_hex
from typing import Any

import aiohttp
import orjson

from server.demo.simulator.api import Api, No, SignedOut

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
SILENCE = 65.0
"""Seconds without any frame, heartbeats included, after which the socket counts as dead."""
ANSWER_WITHIN = 10.0
PARTING = 0.3
"""Seconds for the closing handshake: whoever leaves does not wait long at the door."""
TRY_FOR = 300.0
"""Seconds after which a frame without an answer is given up."""

Event = dict[str, Any]

_dice = SystemRandom()


class Lost(Exception):
    """The socket went before the answer came: the outcome is unknown."""


TROUBLE = (Lost, No, aiohttp.ClientError, OSError, TimeoutError)
"""What may go wrong on the way to a server that restarts, refuses or is gone."""


async def _quietly(work: Awaitable[object]) -> None:
    """Whoever reconnects loads everything again, so nothing is lost with this."""
    with suppress(*TROUBLE, SignedOut):
        await work


class Client:
    """hear: called with every event once, in order. load: awaited when everything must be read
    afresh (the first time, after another epoch, after a reset); it calls `join`."""

    def __init__(
        self, api: Api, hear: Callable[[Event], None], load: Callable[[], Awaitable[None]]
    ) -> None:
        self.api = api
        self._hear_event = hear
        self._load = load
        self._numbers: dict[str, int] = {}
        self._versions: dict[tuple[str, str, str], int] = {}
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._ref = 0
        self._epoch: str | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.online = asyncio.Event()
        """Set while the socket is open and everything has been loaded."""

    # Life ----------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Stay connected until cancelled. Raises api.Locked when signing in is hopeless."""
        tries = 0
        while True:
            hint: float | None = None
            try:
                await self.api.sign_in()
                await self._connect()
                tries = 0
                hint = await self._read()
            except SignedOut:
                self.api.forget()
            except TROUBLE:
                pass
            finally:
                await self._lose()
            wait = hint or min(LONGEST_WAIT, FIRST_WAIT * 2**tries)
            tries = min(tries + 1, 10)
            await asyncio.sleep(_dice.uniform(0, wait))

    async def _connect(self) -> None:
        try:
            self._socket = await self.api.socket()
        except aiohttp.WSServerHandshakeError as refusal:
            if refusal.status == 403:
                raise SignedOut from refusal
            raise
        first = await self._socket.receive(ANSWER_WITHIN)
        if first.type is not aiohttp.WSMsgType.TEXT:
            raise Lost
        hello = orjson.loads(first.data)
        known, self._epoch = self._epoch, hello["epoch"]
        self.later(self._arrive(fresh=known != self._epoch))

    async def _arrive(self, *, fresh: bool) -> None:
        """Load everything, or take up every topic where it was left."""
        try:
            if fresh or not self._numbers or await self.join(dict(self._numbers)):
                self._numbers.clear()
                self._versions.clear()
                await self._load()
            self.online.set()
        except (*TROUBLE, SignedOut) as problem:
            if isinstance(problem, SignedOut):
                self.api.forget()
            self._numbers.clear()
            if self._socket is not None:
                await self._socket.close()

    async def _lose(self) -> None:
        self.online.clear()
        for task in self._tasks:
            task.cancel()
        answers, self._answers = self._answers, {}
        for answer in answers.values():
            if not answer.done():
                answer.set_exception(Lost())
                answer.exception()  # whoever asked may have stopped waiting
        if self._socket is not None:
            with suppress(aiohttp.ClientError, OSError, TimeoutError):
                await asyncio.wait_for(self._socket.close(), PARTING)
            self._socket = None

    def later(self, work: Awaitable[object]) -> None:
        """Do this beside everything else, as long as the socket is open."""
        task = asyncio.get_running_loop().create_task(_quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # Saying --------------------------------------------------------------------------------------

    async def say(self, op: str, **fields: Any) -> dict[str, Any]:
        """One frame; the data of its reply. Raises No or Lost."""
        if self._socket is None:
            raise Lost
        self._ref += 1
        ref = self._ref
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._answers[ref] = answer
        try:
            frame = orjson.dumps({"op": op, "ref": ref, **fields}).decode()
            await self._socket.send_str(frame)
            return (await asyncio.wait_for(answer, ANSWER_WITHIN))["data"]  # type: ignore[no-any-return]
        except (aiohttp.ClientError, ConnectionError, TimeoutError) as error:
            raise Lost from error
        finally:
            self._answers.pop(ref, None)

    async def write(self, op: str, **body: Any) -> dict[str, Any]:
        """A frame with a client_id, repeated until there is an answer. Raises No or Lost (given
        up). Repeating is free: the first result comes back."""
        body = {"client_id": token_hex(16), **body}
        async with asyncio.timeout(TRY_FOR):
            while True:
                await self.online.wait()
                try:
                    return await self.say(op, **body)
                except Lost:
                    await asyncio.sleep(0.2)
                except No as refusal:
                    if not refusal.error.get("retry"):
                        raise
                    await asyncio.sleep(refusal.error.get("retry_after") or 1)

    async def join(self, topics: Mapping[str, int | None]) -> list[str]:
        """Watch these, each after a number or (None) from now on. Returns those to be loaded
        again. Topics that are not for us are forgotten."""
        resets: list[str] = []
        names = list(topics)
        for start in range(0, len(names), 300):
            some = {name: topics[name] for name in names[start : start + 300]}
            self._numbers |= {name: after for name, after in some.items() if after is not None}
            entries = [
                {"topic": name} if after is None else {"topic": name, "after": after}
                for name, after in some.items()
            ]
            answer = await self.say("join", epoch=self._epoch, topics=entries)
            for refused in answer["refused"]:
                self._numbers.pop(refused["topic"], None)
            resets += answer["resets"]
        return resets

    # Hearing -------------------------------------------------------------------------------------

    async def _read(self) -> float | None:
        """Until the socket closes; seconds over which the server wants us to come back."""
        socket = self._socket
        assert socket is not None
        frame = await socket.receive(SILENCE)
        while frame.type is aiohttp.WSMsgType.TEXT:
            self._hear(orjson.loads(frame.data))
            frame = await socket.receive(SILENCE)
        if socket.close_code == 4401:
            raise SignedOut
        hint = re.search(r"retry_ms=(\d+)", str(frame.extra or ""))
        return int(hint[1]) / 1000 if hint else None

    def _hear(self, said: dict[str, Any]) -> None:
        match said["op"]:
            case "events":
                for event in said["events"]:
                    self._take(event)
            case "reply":
                self._take_join(said)
                self._answer(said["ref"], said)
            case "error":
                self._answer(said["ref"], No(said["error"]))
            case "heads":
                behind = [
                    t for t, head in said["heads"].items() if self._numbers.get(t, head) < head
                ]
                for topic in behind:
                    self.later(self._catch_up(topic))
            case "dropped":
                for topic in said["topics"]:
                    self._numbers.pop(topic, None)

    def _take_join(self, reply: dict[str, Any]) -> None:
        """Here and not where the join was asked, so that nothing later is heard before it."""
        if "events" not in reply:
            return
        for joined in reply["data"]["joined"]:
            self._numbers.setdefault(joined["topic"], joined["head"])
        for event in reply["events"]:
            self._take(event)

    def _take(self, event: Event) -> None:
        topic = event["topic"]
        if "number" in event:
            last = self._numbers.get(topic)
            if last is None or event["number"] <= last:
                return
            if event["number"] > last + 1:
                self.later(self._catch_up(topic))
                return
            self._numbers[topic] = event["number"]
        elif "version" in event:
            name = (topic, event["type"], event.get("key", ""))
            if self._versions.get(name, -1) >= event["version"]:
                return
            self._versions[name] = event["version"]
        self._hear_event(event)

    async def _catch_up(self, topic: str) -> None:
        """Ask again for what is missing; half a second later it may have come by itself."""
        before = self._numbers.get(topic)
        await asyncio.sleep(0.5)
        if before is not None and self._numbers.get(topic) == before:
            with suppress(Lost, No):
                await self.join({topic: before})

    def _answer(self, ref: int | None, outcome: dict[str, Any] | No) -> None:
        answer = self._answers.get(ref) if ref is not None else None
        if answer is None or answer.done():
            return
        if isinstance(outcome, No):
            answer.set_exception(outcome)
        else:
            answer.set_result(outcome)
