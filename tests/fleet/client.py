"""A person's tab, as docs/protocol.md wants it: outbox, numbers per topic, resume, back-off.

Written against the document, not against the browser's code: two readers of one protocol.
"""

from __future__ import annotations

import asyncio
import random
import re
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any

import aiohttp
import orjson

from tests.fleet.positions import Event, Positions
from tests.fleet.recorder import Recorder

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
REPEAT_AFTER = 10.0  # seconds of silence after which a frame is said again


class SignedOut(Exception):
    """The server does not know this session (any more)."""


class No(Exception):
    """The server's answer is no; the socket stays open."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error['code']}: {error['message']}")
        self.error = error


class Lost(Exception):
    """The socket went before the answer came: the outcome is unknown."""


# Everyone on a topic gets the same bytes, so hundreds of clients need parse them once.
_parse = lru_cache(maxsize=2048)(orjson.loads)


class Client:
    """`await client.start()`, then `join`, `send`, `say`; it keeps itself connected until `stop`.

    on_event is called with (event, monotonic seconds) for every event applied, snapshots and
    whispers included. via: where the socket is opened, when a proxy stands before the url.
    """

    def __init__(
        self,
        url: str,
        http: aiohttp.ClientSession,
        *,
        name: str,
        recorder: Recorder,
        on_event: Callable[[Event, float], None] | None = None,
        via: str = "",
    ) -> None:
        self.name = name
        self.worker = ""
        self.person_id = 0
        self._url = url
        self._via = via or url
        self._http = http
        self._recorder = recorder
        self._positions = Positions(
            name,
            recorder,
            on_event or (lambda event, at: None),
            lambda topic: self._later(self._ask_again(topic)),
        )
        self.numbers = self._positions.numbers
        self.snapshots = self._positions.snapshots
        self._joined: set[str] = set()
        self._outbox: dict[str, tuple[str, dict[str, Any], asyncio.Future[Any]]] = {}
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._turn = asyncio.Lock()
        self._ref = 0
        self._epoch: str | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._open = asyncio.Event()
        self._down_since: float | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._main: asyncio.Task[None] | None = None

    # Life ----------------------------------------------------------------------------------------

    async def start(self) -> None:
        self._main = asyncio.create_task(self._live())
        opened = asyncio.create_task(self._open.wait())
        await asyncio.wait({self._main, opened}, return_when=asyncio.FIRST_COMPLETED)
        if self._main.done():
            opened.cancel()
            self._main.result()

    async def stop(self) -> None:
        """Leave. Raises what ended the client early, so that no test passes without it."""
        if self._main is not None and self._main.done():
            self._main.result()
        for task in (self._main, *self._tasks):
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await task
        if self._socket is not None:
            await self._socket.close()

    @property
    def state(self) -> str:
        """For people who read a failure."""
        state = "open" if self._open.is_set() else "connecting"
        return f"{state}, {self.worker}, {len(self._outbox)} in outbox, {self._main}"

    async def reconnect(self) -> None:
        """As after a moment without network; perhaps to another worker."""
        assert self._socket is not None
        self._open.clear()
        await self._socket.close()
        await self._open.wait()

    async def _live(self) -> None:
        tries = 0
        while True:
            hint: float | None = None
            try:
                await self._connect()
                tries = 0
                hint = await self._read()
            except aiohttp.WSServerHandshakeError as refusal:
                if refusal.status == 403:
                    raise SignedOut(self.name) from refusal
            except (aiohttp.ClientError, OSError, TimeoutError):
                pass
            self._lose()
            wait = hint or min(LONGEST_WAIT, FIRST_WAIT * 2**tries)
            tries += 1
            await asyncio.sleep(random.uniform(0, wait))

    async def _connect(self) -> None:
        self._socket = await asyncio.wait_for(
            self._http.ws_connect(f"{self._via}/ws", max_msg_size=0, headers={"Origin": self._url}),
            10,
        )
        first = await self._socket.receive(10)
        if first.type != aiohttp.WSMsgType.TEXT:
            self._recorder.closes.append(self._socket.close_code or 1006)
            raise aiohttp.ClientConnectionError("closed before it said hello")
        hello = orjson.loads(first.data)
        assert hello["op"] == "hello", hello
        self.worker, self.person_id = hello["worker"], hello["person_id"]
        if self._epoch not in (None, hello["epoch"]):
            self._recorder.resets.append((self.name, "epoch"))
        self._epoch = hello["epoch"]
        self._open.set()
        self._later(self._resume())

    async def _resume(self) -> None:
        """Join everything again after its number, then repeat what has no answer yet."""
        socket, connected = self._socket, time.monotonic()
        while self._joined:
            try:
                await self._ask_join({topic: self.numbers.get(topic) for topic in self._joined})
                break
            except (Lost, No):
                await asyncio.sleep(0.2)
                if self._socket is not socket or not self._open.is_set():
                    return
        if self._down_since is not None:
            self._recorder.outages.append(time.monotonic() - self._down_since)
            self._down_since = None
            self._recorder.replays.append(time.monotonic() - connected)
        for client_id in list(self._outbox):
            self._later(self._deliver(client_id))

    def _lose(self) -> None:
        self._open.clear()
        if self._down_since is None:
            self._down_since = time.monotonic()
        answers, self._answers = self._answers, {}
        for answer in answers.values():
            if not answer.done():
                answer.set_exception(Lost(self.name))
                answer.exception()  # somebody may have stopped waiting

    def _later(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # Saying --------------------------------------------------------------------------------------

    async def say(self, op: str, **fields: Any) -> dict[str, Any]:
        """One frame and its answer (the whole reply). Raises No or Lost."""
        socket = self._socket
        if socket is None or not self._open.is_set():
            raise Lost(self.name)
        self._ref += 1
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        ref = self._ref
        self._answers[ref] = answer
        try:
            await socket.send_str(orjson.dumps({"op": op, "ref": ref, **fields}).decode())
            return await asyncio.wait_for(asyncio.shield(answer), REPEAT_AFTER)
        except (aiohttp.ClientError, ConnectionError, TimeoutError) as error:
            raise Lost(self.name) from error
        finally:
            self._answers.pop(ref, None)

    async def send(self, op: str, *, client_id: str | None = None, **body: Any) -> dict[str, Any]:
        """Through the outbox: repeated with the same client_id until the server has answered."""
        client_id = client_id or secrets.token_hex(16)
        return await self._ask(client_id, op, {"client_id": client_id, **body})

    async def _ask(self, key: str, op: str, body: dict[str, Any]) -> dict[str, Any]:
        self._recorder.attempted(self.name, key, op, body)
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._outbox[key] = (op, body, done)
        self._later(self._deliver(key))
        data: dict[str, Any] = await done
        return data

    async def vote(self, poll_id: int, *choices: int) -> dict[str, Any]:
        """Repeated until the answer comes: the same choices again change nothing, so a ballot
        needs no client_id."""
        body = {"poll_id": poll_id, "choices": list(choices)}
        return await self._ask(secrets.token_hex(16), "poll.vote", body)

    async def get(self, path: str) -> Any:
        """A fresh load by REST, tried again while it is told to come again. Raises AssertionError
        when it is refused."""
        give_up = time.monotonic() + 10
        while True:
            async with self._http.get(f"{self._url}/api{path}") as answer:
                if answer.status == 200:
                    return await answer.json()
                told = f"{path}: {answer.status} {await answer.text()}"
            assert answer.status == 503 and time.monotonic() < give_up, told
            await asyncio.sleep(0.3)

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        """By REST, as a page does, with the CSRF token."""
        token = "c" * 32
        async with self._http.post(
            f"{self._url}/api{path}",
            json=body,
            cookies={"csrftoken": token},
            headers={"X-CSRFToken": token, "Origin": self._url},
        ) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def message(self, room_id: int, text: str, **more: Any) -> dict[str, Any]:
        return await self.send("message.send", room_id=room_id, text=text, **more)

    async def _deliver(self, client_id: str) -> None:
        """Try until an answer, or until the socket is lost: `_resume` then tries again. One after
        the other, so that what one person sends keeps its order."""
        async with self._turn:
            await self._deliver_in_turn(client_id)

    async def _deliver_in_turn(self, client_id: str) -> None:
        while client_id in self._outbox:
            op, body, done = self._outbox[client_id]
            self._recorder.attempts[client_id].tries += 1
            said = time.monotonic()
            try:
                data = (await self.say(op, **body))["data"]
            except Lost:
                # A dying socket refuses at once, before its reader has noticed: let it.
                await asyncio.sleep(0.05)
                if not self._open.is_set():
                    return
            except No as refusal:
                self._recorder.attempts[client_id].refused += 1
                self._recorder.errors.append((self.name, refusal.error))
                self._recorder.waits.append(time.monotonic() - said)
                if refusal.error["retry"]:
                    await asyncio.sleep(refusal.error.get("retry_after", 0.5))
                    continue
                self._outbox.pop(client_id, None)
                done.set_exception(refusal)
            else:
                self._recorder.acked(client_id, data)
                self._outbox.pop(client_id, None)
                if not done.done():
                    done.set_result(data)

    # Topics --------------------------------------------------------------------------------------

    async def join(self, *topics: str, after: dict[str, int] | None = None) -> None:
        """Watch these. Without a number in `after` a topic starts at its present."""
        after = after or {}
        for topic, number in after.items():
            self._positions.start(topic, number)
        while True:
            try:
                await self._ask_join({topic: after.get(topic) for topic in topics})
                return
            except Lost:
                await self._open.wait()

    async def _ask_join(self, wanted: dict[str, int | None]) -> None:
        entries = [
            {"topic": topic} if number is None else {"topic": topic, "after": number}
            for topic, number in wanted.items()
        ]
        # The events are applied by the reader, which must not run ahead of this reply.
        answer = (await self.say("join", epoch=self._epoch, topics=entries))["data"]
        refused = {entry["topic"] for entry in answer["refused"]}
        for topic in refused & wanted.keys():
            self._joined.discard(topic)
            self._recorder.errors.append((self.name, {"code": "refused", "topic": topic}))
        self._recorder.resets += [(self.name, topic) for topic in answer["resets"]]

    def _take_join(self, reply: dict[str, Any]) -> None:
        """In the reader, so that nothing which follows the reply is applied before it."""
        joined = reply["data"]["joined"]
        for entry in joined:
            self._joined.add(entry["topic"])
            self._positions.start(entry["topic"], entry["head"])
        for event in reply["events"]:
            self._positions.apply(event)
        for entry in joined:
            self._positions.release(entry["topic"])

    async def _ask_again(self, topic: str) -> None:
        with suppress(Lost, No):
            await self._ask_join({topic: self.numbers[topic]})

    # Hearing -------------------------------------------------------------------------------------

    async def _read(self) -> float | None:
        """Until the socket closes; the server's hint how long to spread the return over."""
        assert self._socket is not None
        frame = await self._socket.receive()
        while frame.type == aiohttp.WSMsgType.TEXT:
            self._hear(frame.data)
            frame = await self._socket.receive()
        code = self._socket.close_code or 1006
        self._recorder.closes.append(code)
        if code == 4401:
            raise SignedOut(self.name)
        hint = re.search(r"retry_ms=(\d+)", str(frame.extra or ""))
        return int(hint.group(1)) / 1000 if hint else None

    def _hear(self, text: str) -> None:
        said = _parse(text) if text.startswith('{"op":"events"') else orjson.loads(text)
        match said["op"]:
            case "events":
                for event in said["events"]:
                    self._positions.apply(event)
            case "reply":
                if "events" in said:
                    self._take_join(said)
                self._answer(said["ref"], said, None)
            case "error":
                self._answer(said["ref"], None, No(said["error"]))
            case "heads":
                self._positions.compare(said["heads"])
            case "dropped":
                self._joined.difference_update(said["topics"])

    def _answer(self, ref: int | None, reply: dict[str, Any] | None, error: No | None) -> None:
        answer = self._answers.get(ref if ref is not None else -1)
        if answer is None or answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(reply or {})
