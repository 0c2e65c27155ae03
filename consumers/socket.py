"""The one Channels consumer. A handler is three moves: decode, one service call, reply."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from secrets import token_hex
from time import perf_counter
from typing import Any

import structlog
from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer
from django.conf import settings
from django.http import parse_cookie

from consumers.channel import Command
from consumers.registry import COMMANDS
from consumers.wire import codec
from consumers.wire.frames import Frame
from consumers.wire.joining import JoinBody, LeaveBody
from consumers.wire.limits import FRAME_BYTES, REFUSALS, TOPICS_A_FRAME, Bucket
from consumers.wire.outlet import Outlet
from consumers.worker import Worker, the_worker
from server import metrics, tracing
from server.errors import FLOODING, OVERLOADED, SIGNED_OUT, TOO_LARGE, Refused
from server.schema import Shape

log = structlog.get_logger(__name__)

Receive = Callable[[], Awaitable[dict[str, Any]]]


class HereBody(Shape):
    """Whether the person looks at the page."""

    away: bool


class PingBody(Shape):
    """Nothing."""


OWN_COMMANDS = {
    command.op: command
    for command in (
        Command("join", JoinBody, None, lambda person_id, body: None),
        Command("leave", LeaveBody, None, lambda person_id, body: None),
        Command("here", HereBody, None, lambda person_id, body: None),
        Command("ping", PingBody, None, lambda person_id, body: None),
    )
}
"""What the socket itself does; everything else is a service's."""

UNDER_WAY = 8
"""Frames of one socket that may be under way together."""

ALL_COMMANDS = OWN_COMMANDS | COMMANDS


class Socket(AsyncConsumer):  # type: ignore[misc]
    """One connected tab."""

    worker: Worker
    outlet: Outlet | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Channels' own loop makes a task for every message, so as to wait for its channel layer at
        the same time: ours has nothing else to wait for (a tenth of a busy worker's time).

        A server cancels an application that takes too long after its peer left. Then no disconnect
        is read, and the person would be here for ever.
        """
        self.scope, self.base_send = scope, send
        self.pending: set[asyncio.Future[Shape | None]] = set()
        if "websocket.prepared" not in scope.get("extensions", {}):
            receive = partial(self._receive_unless_closing, receive)
        with suppress(StopConsumer):
            try:
                while True:
                    await self.dispatch(await receive())
            finally:
                for under_way in self.pending:
                    under_way.cancel()
                self._leave()

    async def _receive_unless_closing(self, receive: Receive) -> dict[str, Any]:
        """A server may keep our close back while somebody waits for a message (granian does), or
        behind frames its peer never reads (uvicorn): so we stop listening, and then end."""
        if self.outlet is None:
            return await receive()
        heard = asyncio.ensure_future(receive())
        closing = asyncio.ensure_future(self.outlet.closing.wait())
        try:
            await asyncio.wait((heard, closing), return_when=asyncio.FIRST_COMPLETED)
            if heard.done():
                return heard.result()
        finally:
            heard.cancel()
            closing.cancel()
        await self.outlet.gone()
        return {"type": "websocket.disconnect", "code": 1000}

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Channels' own dispatch hops to one shared thread before every message: ours does not
        touch the database here, so it need not (901 ms of waiting measured behind a slow query)."""
        handler = getattr(self, message["type"].replace(".", "_"))
        await handler(message)

    async def websocket_connect(self, message: dict[str, Any]) -> None:
        """Only a live session connects; origins were checked before (see server/asgi.py)."""
        self.worker = the_worker()
        self.bucket, self.refusals = Bucket(), 0
        key = _session_key(self.scope)
        try:
            person, epoch = await self.worker.who(key) if key else (None, "")
        except Refused:
            await self.send({"type": "websocket.accept"})
            await self.send({"type": "websocket.close", "code": OVERLOADED.code})
            metrics.HANDSHAKES.labels("overloaded").inc()
            raise StopConsumer from None
        if person is None or key is None:
            await self.send({"type": "websocket.close", "code": SIGNED_OUT.code})
            metrics.HANDSHAKES.labels("signed_out").inc()
            raise StopConsumer
        await self.send({"type": "websocket.accept"})
        name = token_hex(6)
        structlog.contextvars.bind_contextvars(socket=name)
        self.outlet = Outlet(name, person.person_id, key, self.scope, self.send)
        self.worker.hub.attach(self.outlet)
        metrics.HANDSHAKES.labels("accepted").inc()
        self._say(
            codec.frame(
                "hello",
                protocol=1,
                socket=name,
                worker=self.worker.name,
                person_id=person.person_id,
                epoch=epoch,
                time=self.worker.clock.now(),
            )
        )

    async def websocket_receive(self, message: dict[str, Any]) -> None:
        """One frame."""
        if self.outlet is None or self.outlet.closed:
            return
        text = message.get("text")
        if text is None:
            self._refuse(None, Refused("bad_frame", "Binary frames are not spoken here."))
        elif _too_long(text):
            self.outlet.close(TOO_LARGE)
        elif wait := self.bucket.take():
            metrics.answered("unread", "too_fast", 0.0)
            self._refuse(_ref_of(text), Refused("too_fast", retry_after=round(wait, 2)))
        else:
            await self._hear(text)

    async def websocket_disconnect(self, message: dict[str, Any]) -> None:
        """The tab is gone, or this worker is draining: what came before is answered first."""
        await self._settled()
        self._leave()
        raise StopConsumer

    def _leave(self) -> None:
        if self.outlet is not None:
            self.worker.hub.detach(self.outlet)
            self.outlet = None

    async def _hear(self, text: str) -> None:
        """Frames are answered one after the other, but for those that are done together with other
        people's: of these several may be under way, or a sender of many would wait for a commit
        each time. They keep their order, and whatever else is asked comes after them."""
        started = perf_counter()
        try:
            said = codec.decode(text, ALL_COMMANDS)
        except codec.BadFrame as bad:
            self._refuse(bad.ref, bad.refusal)
            metrics.answered("unreadable", bad.refusal.code.name, perf_counter() - started)
            return
        if said.command.many:
            while len(self.pending) >= UNDER_WAY:
                await asyncio.wait(self.pending, return_when=asyncio.FIRST_COMPLETED)
            self._begin(said, started)
            return
        if said.command.op in COMMANDS and not said.command.again:
            await self._settled()
        await self._answer(said, started)

    def _begin(self, said: codec.Said, started: float) -> None:
        """Answered when the call it becomes part of is done, by a callback and not a task: at
        thousands of messages a second that is a twentieth of a worker's time."""
        outlet = self.outlet
        if outlet is None:
            return
        with tracing.lasting(said.command.op, socket=outlet.name) as span:
            try:
                under_way = self.worker.begin(said.command, outlet, said.body)
            except Refused as refusal:
                self._conclude(said, started, refusal, span)
                return
        self.pending.add(under_way)
        under_way.add_done_callback(partial(self._finish, said, started, span))

    def _finish(
        self,
        said: codec.Said,
        started: float,
        span: tracing.Lasting,
        done: asyncio.Future[Shape | None],
    ) -> None:
        self.pending.discard(done)
        if done.cancelled():
            tracing.end(span, None)
            return
        error = done.exception()
        if error is None:
            try:
                self._say(codec.reply(said.ref, done.result()))
            except Exception as unencodable:
                error = unencodable
        self._conclude(said, started, error, span)

    async def _settled(self) -> None:
        while self.pending:
            await asyncio.wait(self.pending)

    async def _answer(self, said: codec.Said, started: float) -> None:
        error = None
        try:
            with tracing.span(said.command.op, socket=self.outlet.name if self.outlet else ""):
                await self._do(said)
        except Exception as raised:
            error = raised
        self._conclude(said, started, error)

    def _conclude(
        self,
        said: codec.Said,
        started: float,
        error: BaseException | None,
        span: tracing.Lasting = None,
    ) -> None:
        """Say no if it is a no, and count the answer."""
        op, code = said.command.op, "ok"
        if error is None:
            # Not to zero: of a flood twenty frames a second are let through, and would start the
            # count over again and again.
            self.refusals = max(0, self.refusals - 1)
        elif isinstance(error, Refused):
            code = error.code.name
            self._refuse(said.ref, error)
        else:
            code = "internal"
            log.error("command_failed", exc_info=error)
            self._refuse(said.ref, Refused("internal"))
        tracing.end(span, error)
        metrics.answered(op, code, perf_counter() - started)

    async def _do(self, said: codec.Said) -> None:
        outlet = self.outlet
        if outlet is None:
            return
        match said.body:
            case JoinBody() as wanted:
                self.bucket.spend(len(wanted.topics) / TOPICS_A_FRAME)
                await self.worker.joiner.join(outlet, said.ref, wanted)
                return
            case LeaveBody(topics=names):
                for name in names:
                    self.worker.hub.drop(outlet, name)
                answer = codec.reply(said.ref, None)
            case HereBody(away=away):
                outlet.away = away
                self.worker.hub.stirred.add(outlet.person_id)
                answer = codec.reply(said.ref, None)
            case PingBody():
                answer = codec.frame("reply", ref=said.ref, data={"time": self.worker.clock.now()})
            case body:
                done = await self.worker.do(said.command, outlet, body)
                answer = codec.reply(said.ref, done)
        self._say(answer)

    def _say(self, text: str) -> None:
        if self.outlet is not None:
            self.outlet.write(Frame(text))

    def _refuse(self, ref: int | None, refusal: Refused) -> None:
        """Answer no. A client that goes on and on after that is cut off."""
        self.refusals += 1
        if self.refusals > REFUSALS and self.outlet is not None:
            self.outlet.close(FLOODING)
            return
        self._say(codec.error(ref, refusal))


def _session_key(scope: dict[str, Any]) -> str | None:
    """The session cookie, read without middleware so that a handshake costs one query.

    Read as pages read it: Python's own parser gives up at the first cookie it does not like, and
    whoever else sets one on this host would keep our people out.
    """
    lines = [value for name, value in scope.get("headers", ()) if name == b"cookie"]
    key = parse_cookie(b"; ".join(lines).decode("latin1")).get(settings.SESSION_COOKIE_NAME, "")
    return key if key.isascii() and key.isalnum() else None


def _too_long(text: str) -> bool:
    """Whether it takes more bytes than a frame may: counted only where it could."""
    most_per_character = 4
    if len(text) * most_per_character <= FRAME_BYTES:
        return False
    return len(text) > FRAME_BYTES or len(text.encode(errors="replace")) > FRAME_BYTES


def _ref_of(text: str) -> int | None:
    """The ref of a frame that is refused unread, so that the client knows which to repeat."""
    try:
        return codec.decode(text, ALL_COMMANDS).ref
    except codec.BadFrame as bad:
        return bad.ref
