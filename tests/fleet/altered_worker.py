"""A worker that differs from the product's in what ALTERED names. For tests only.

Two kinds: circumstances (`brisk_pings` to `die_before_publish`), which make a case
quick or certain to happen, and defects, with which a test shows that it would notice one.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from itertools import count
from typing import Any

from consumers.wire import server as worker

ALTERATIONS: dict[str, Callable[[], None]] = {}


def alteration(make: Callable[[], None]) -> Callable[[], None]:
    ALTERATIONS[make.__name__] = make
    return make


# Circumstances -----------------------------------------------------------------------------------


@alteration
def brisk_pings() -> None:
    """A peer that is gone is noticed within 4 seconds instead of 55."""
    _pings(1, 3)


@alteration
def small_buffers() -> None:
    """The kernel takes little for a peer that does not read, as over a slow network."""
    import socket

    opened = worker.PreparedProtocol.onOpen

    def open_small(protocol: Any) -> None:
        opened(protocol)
        protocol.transport.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16 * 1024)

    worker.PreparedProtocol.onOpen = open_small


@alteration
def small_limit() -> None:
    """256 kB unread are enough to be cut off."""
    from consumers.wire import prepared

    prepared.UNSENT_BYTES = 256 * 1024  # type: ignore[attr-defined]


@alteration
def die_before_publish() -> None:
    """When a message with these words has been committed, the process is gone before anybody,
    this process's own sockets included, hears of it."""
    from consumers.wire.transport import HubTransport

    publish = HubTransport.publish

    def publish_or_die(transport: Any, *envelopes: Any) -> None:
        if any(e.kind == "logged" and "last words" in e.text for e in envelopes):
            os.kill(os.getpid(), signal.SIGKILL)
        publish(transport, *envelopes)

    HubTransport.publish = publish_or_die  # type: ignore[method-assign]


# Defects -----------------------------------------------------------------------------------------


@alteration
def no_ping_timeout() -> None:
    """Pings, but nobody minds when no pong comes."""
    _pings(1, 0)


@alteration
def wall_timers() -> None:
    """Daphne's and Twisted's own: by the machine's clock."""
    worker.use_steady_clock = lambda: None


@alteration
def wall_clock() -> None:
    """The time that is told follows the machine's clock."""
    from consumers.wire.clock import Clock

    Clock.now = lambda clock: int(time.time() * 1000)  # type: ignore[method-assign]


@alteration
def no_keeper() -> None:
    """Nobody compares with the log."""
    from consumers.wire.keeper import Keeper

    async def sleep(keeper: Any) -> None:
        await asyncio.Event().wait()

    Keeper.run = sleep  # type: ignore[method-assign]


@alteration
def waits_for_the_bus() -> None:
    """A write is over when Redis has taken its publication."""
    from consumers.wire.transport import HubTransport
    from server.realtime.publish import layer_message
    from server.realtime.topics import Topic

    publish = HubTransport.publish

    async def told(transport: Any, envelopes: Any) -> None:
        for envelope in envelopes:
            group, message = Topic.parse(envelope.topic).group, layer_message([envelope])
            while True:
                try:
                    await transport._hub.bus._layer.group_send(group, message)
                    break
                except Exception:
                    await asyncio.sleep(0.1)

    def publish_and_wait(transport: Any, *envelopes: Any) -> None:
        publish(transport, *envelopes)
        asyncio.run_coroutine_threadsafe(told(transport, envelopes), transport._loop).result()

    HubTransport.publish = publish_and_wait  # type: ignore[method-assign]


@alteration
def minds_the_cache() -> None:
    """Where Redis refuses to count, so do we."""
    from server.cache import ForgivingRedisCache

    for name in ("add", "get", "set", "delete", "incr"):
        delattr(ForgivingRedisCache, name)


@alteration
def epoch_in_redis() -> None:
    """What the log is called is kept where it can be flushed."""
    from secrets import token_hex

    from django.core.cache import cache

    from server.realtime import log

    log.epoch = lambda: str(cache.get_or_set("epoch", lambda: token_hex(8)))


@alteration
def leaves_without_a_word() -> None:
    """A worker that drains closes its sockets as if nobody were to come back."""
    from dataclasses import replace

    worker.RESTARTING = replace(worker.RESTARTING, code=1000)  # type: ignore[attr-defined]


@alteration
def late_to_ends() -> None:
    """Nobody falls silent before a session ends; its sockets are closed a moment after."""
    from consumers.wire.endings import Endings
    from consumers.wire.hub import Hub

    close = Hub._sessions_ended

    def close_later(hub: Any, envelope: Any) -> None:
        asyncio.get_running_loop().call_later(0.5, close, hub, envelope)

    Endings.announce = lambda *told: None  # type: ignore[method-assign]
    Hub._sessions_ended = close_later  # type: ignore[method-assign]


@alteration
def keeps_ended_sessions() -> None:
    """Whoever was let in stays in."""
    from consumers.wire.endings import Endings
    from consumers.wire.hub import Hub
    from consumers.wire.keeper import Keeper
    from consumers.wire.rounds import Rounds

    async def shrug(*arguments: Any) -> None:
        return None

    Endings.announce = lambda *told: None  # type: ignore[method-assign]
    Hub._sessions_ended = lambda hub, envelope: None  # type: ignore[method-assign]
    Keeper._check_sessions = shrug  # type: ignore[method-assign]
    Rounds._check = shrug  # type: ignore[method-assign]


@alteration
def ignores_versions() -> None:
    """Nobody looks at the version of the rules that an event names."""
    from consumers.wire.hub import Hub

    offer = Hub._offer

    def offer_anyway(hub: Any, watched: Any, envelope: Any) -> None:
        offer(hub, watched, envelope._replace(auth_version=0))

    Hub._offer = offer_anyway  # type: ignore[method-assign]


@alteration
def no_resubscribe() -> None:
    """What Redis has forgotten is not subscribed again."""
    from redis.asyncio.client import PubSub

    async def forget(pubsub: Any, connection: Any) -> None:
        return None

    PubSub.on_connect = forget


@alteration
def forgets_rights() -> None:
    """Whoever watches goes on watching."""
    from consumers.wire.hub import Hub

    def shrug(hub: Any, authority: str, person_id: int | None, version: int) -> None:
        hub.auth[authority] = version

    Hub.check_again = shrug  # type: ignore[method-assign]


@alteration
def skips_in_replay() -> None:
    """Who comes back is given all but the first of what they missed."""
    from server.realtime import replay

    missed = replay.missed

    def all_but_one(*arguments: Any, **options: Any) -> Any:
        past = missed(*arguments, **options)
        for events in past.events.values():
            del events[0]
        return past

    replay.missed = all_but_one


@alteration
def publishes_before_commit() -> None:
    """Events leave at once, and every tenth transaction fails after that."""
    from django.db import OperationalError

    from server.realtime import log, publish

    turn = count(1)

    def at_once(*envelopes: Any) -> None:
        publish._transport.publish(*envelopes)
        if envelopes[0].kind == "logged" and next(turn) % 10 == 0:
            raise OperationalError("the disk is full")

    publish.publish_on_commit = log.publish_on_commit = at_once  # type: ignore[attr-defined]


@alteration
def forgets_client_ids() -> None:
    """A repeated send is one more message."""
    from secrets import token_hex

    from consumers.socket import ALL_COMMANDS

    command = ALL_COMMANDS["message.send"]
    send = command.many
    assert send is not None

    def send_as_new(sends: Any) -> Any:
        return send(
            [(who, body.model_copy(update={"client_id": token_hex(16)})) for who, body in sends]
        )

    object.__setattr__(command, "many", send_as_new)


@alteration
def answers_too_soon() -> None:
    """Half a second before the commit."""
    from threading import Event, Thread

    from django.db import connection, transaction

    from consumers.socket import ALL_COMMANDS

    command = ALL_COMMANDS["message.send"]
    send = command.many
    assert send is not None

    def send_and_commit_later(sends: Any) -> Any:
        done, results = Event(), []

        def work() -> None:
            try:
                with transaction.atomic():
                    results.append(send(sends))
                    done.set()
                    time.sleep(0.5)
            finally:
                connection.close()
                done.set()

        Thread(target=work).start()
        done.wait()
        return results[0]

    object.__setattr__(command, "many", send_and_commit_later)


@alteration
def blames_itself() -> None:
    """A database that is away is an error of ours, which nobody need try again."""
    from consumers.wire import bridge

    bridge.OperationalError = bridge.InterfaceError = ZeroDivisionError  # type: ignore[attr-defined,misc]


@alteration
def waits_for_ever() -> None:
    """A silent database is waited for."""
    from django.db import connections

    from consumers.wire import batch, bridge
    from server import database

    options = connections["default"].settings_dict["OPTIONS"]
    options["pool"]["timeout"] = options["connect_timeout"] = 3600
    bridge.CALL_SECONDS = batch.CALL_SECONDS = 3600
    database.ANSWER_SECONDS = 3600


@alteration
def suffers_floods() -> None:
    """A client that floods is told no, and goes on."""
    from consumers import socket

    socket.REFUSALS = 10**9  # type: ignore[attr-defined]


@alteration
def no_limit() -> None:
    """What a peer does not read waits for it, however much that is."""
    from consumers.wire import outlet, prepared

    prepared.UNSENT_BYTES = outlet.UNSENT_BYTES = 10**12  # type: ignore[attr-defined]


def _pings(interval: float, timeout: float) -> None:
    start = worker.DaphneServer.__init__

    def with_pings(server: Any, *arguments: Any, **options: Any) -> None:
        options |= {"ping_interval": interval, "ping_timeout": timeout}
        start(server, *arguments, **options)

    worker.DaphneServer.__init__ = with_pings


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
    import server.asgi  # noqa: F401  sets Django up, and the commands with it

    for name in os.environ["ALTERED"].split(","):
        ALTERATIONS[name]()
    worker.main()
