"""A socket on a plain ASGI server: order, and the bound on what its peer has not taken."""

import asyncio
from typing import Any

from consumers.wire.frames import Frame
from consumers.wire.limits import UNSENT_BYTES
from consumers.wire.outlet import Outlet, write_to_all
from server.errors import SIGNED_OUT


async def test_what_waits_is_counted_in_bytes_and_the_peer_is_closed() -> None:
    """A third of the limit in Chinese characters is all of it."""
    go_on, sent = asyncio.Event(), []

    async def send(message: dict[str, Any]) -> None:
        await go_on.wait()
        sent.append(message)

    outlet = Outlet("x", 1, "key", {}, send)
    outlet.write(Frame("first"))
    await asyncio.sleep(0)
    for _ in range(4):
        outlet.write(Frame("你" * (UNSENT_BYTES // 10)))
    assert outlet.closed
    go_on.set()
    await asyncio.sleep(0.05)
    assert [one.get("text", one.get("code")) for one in sent] == ["first", 4430]


async def test_frames_keep_their_order_and_nothing_follows_the_close() -> None:
    sent: list[Any] = []

    async def send(message: dict[str, Any]) -> None:
        await asyncio.sleep(0)
        sent.append(message.get("text", message.get("code")))

    outlet = Outlet("x", 1, "key", {}, send)
    for number in range(20):
        outlet.write(Frame(str(number)))
    await asyncio.sleep(0.1)
    outlet.write(Frame("last"))
    await asyncio.sleep(0.01)
    outlet.close(SIGNED_OUT)
    outlet.write(Frame("never"))
    await asyncio.sleep(0.05)
    assert sent == [*map(str, range(20)), "last", 4401]


async def test_after_a_release_ready_frames_take_the_straight_road_again() -> None:
    straight: list[bytes] = []
    through: list[bytes] = []

    def watch(outlet: Outlet) -> None:
        outlet.straight = lambda wire: straight.append(wire) or len(wire)

    async def send(message: dict[str, Any]) -> None:
        raise AssertionError(message)

    prepared = {"write": through.append, "close": through.append, "watch": watch}
    scope = {"extensions": {"websocket.prepared": prepared}}
    outlet = Outlet("x", 1, "key", scope, send)
    outlet.hold()
    write_to_all([outlet], Frame("held"))
    assert (straight, through) == ([], [])
    outlet.release()
    write_to_all([outlet], Frame("after"))
    assert through == [Frame("held").wire]
    assert straight == [Frame("after").wire]
    outlet.hold()
    outlet.close(SIGNED_OUT)
    outlet.release()
    assert outlet.straight is None
