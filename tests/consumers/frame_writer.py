"""Our server with an application that writes frames of every kind and size, as fast as one peer
takes them. For tests/consumers/test_frames_in_order.py.

Arguments: a port, and perhaps `always-straight` for a server with one defect: it writes past what
waits.
"""

from __future__ import annotations

import asyncio
import random
import socket
import sys
from typing import Any

from consumers.wire import prepared
from consumers.wire.frames import Frame
from consumers.wire.limits import FRAME_BYTES
from consumers.wire.outlet import Outlet, write_to_all
from server.errors import FLOODING, SIGNED_OUT

SIZES = (0, 1, 100, 126, 300, 5_000, 65_535, 65_536, 70_000)
FRAMES = 600
KINDS = ("together", "prepared", "plain", "binary", "ping")

_protocols: list[Any] = []


def content(number: int) -> str:
    """What frame so-and-so holds: its number, and a filler that depends on it."""
    size = random.Random(number).choice(SIZES)
    return f"{number}:" + chr(97 + number % 26) * size


async def application(scope: Any, receive: Any, send: Any) -> None:
    """`go`: write all frames and close. `flood`: write without waiting for anybody. `status`: the
    bytes that wait for each socket there ever was, -1 where it has ended; `unheard`: the bytes
    that came from each after our close."""
    await receive()
    if scope["type"] == "lifespan":
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    await send({"type": "websocket.accept"})
    outlet = Outlet("x", 1, "key", scope, send)
    protocol = scope["extensions"]["websocket.prepared"]["write"].__self__
    _protocols.append(protocol)
    while (message := await receive())["type"] == "websocket.receive":
        if message["text"] == "go":
            await _all_kinds(outlet, protocol, send)
        elif message["text"] == "flood":
            for number in range(2_000):
                outlet.write(Frame(content(number)))
        elif message["text"] == "close":
            outlet.close(FLOODING)
        elif message["text"] == "unheard":
            unheard = [p.unheard for p in _protocols]
            await send({"type": "websocket.send", "text": repr(unheard)})
        else:
            waiting = [p.unsent() if p.transport.connected else -1 for p in _protocols]
            await send({"type": "websocket.send", "text": repr(waiting)})


async def _all_kinds(outlet: Outlet, protocol: Any, send: Any) -> None:
    dice = random.Random(1)
    for number in range(FRAMES):
        text = content(number)
        kind = dice.choice(KINDS)
        if kind == "binary" and len(text) > FRAME_BYTES:
            kind = "plain"  # text goes out ready-made; autobahn holds its own to our inbound limit
        if kind == "together":
            write_to_all([outlet], Frame(text))
        elif kind == "prepared":
            outlet.write(Frame(text))
        elif kind == "plain":
            await send({"type": "websocket.send", "text": text})
        elif kind == "binary":
            await send({"type": "websocket.send", "bytes": text.encode()})
        else:
            protocol.sendPing(f"{number}:".encode())
        if dice.random() < 0.3:
            await asyncio.sleep(dice.choice((0, 0.001, 0.01)))
        while protocol.unsent() > 300_000:
            await asyncio.sleep(0.01)
    outlet.close(SIGNED_OUT)


def _always_straight() -> None:
    def waiting(protocol: Any, something: bool) -> None:
        if protocol.watcher is not None:
            protocol.watcher.straight = protocol.transport.socket.send

    prepared.PreparedProtocol.waiting = waiting  # type: ignore[method-assign]


def main() -> None:
    from consumers.wire.server import Server  # it chooses the loop of its whole process

    if sys.argv[2:] == ["always-straight"]:
        _always_straight()
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Inherited by what is accepted: the kernel takes little, and most frames leave in parts.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8_192)
    listening.bind(("127.0.0.1", int(sys.argv[1])))
    listening.listen(64)
    Server(application, listening.fileno()).run()
