"""The composition root: the one place where the domain and the sockets meet."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import re_path

from consumers.asyncapi import describe
from consumers.socket import Socket
from consumers.worker import stop_worker, the_worker
from server import tracing
from server.health import describe_socket_with
from server.ops import exposition

describe_socket_with(describe)

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class OurPages:
    """Lets pages of ours through, by their whole origin, letter by letter as browsers write it.
    Channels' own validator takes it apart first, and fails at what cannot be taken apart."""

    def __init__(self, application: Any, origins: list[str]):
        self._application = application
        self._origins = {_as_browsers_write(origin) for origin in origins}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        said = [value.decode("latin1") for name, value in scope["headers"] if name == b"origin"]
        inside = len(said) == 1 and said[0] in self._origins
        await (self._application if inside else NoSuchSocket())(scope, receive, send)


def _as_browsers_write(origin: str) -> str:
    parts = urlsplit(origin.lower())
    usual = {"http": ":80", "https": ":443"}[parts.scheme]
    return f"{parts.scheme}://{parts.netloc.removesuffix(usual)}"


class NoSuchSocket:
    """Any other path or page: refused in the handshake."""

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.close", "code": 4404})


async def lifespan(scope: Message, receive: Receive, send: Send) -> None:
    """Start the hub before the first request, end it after the last."""
    told = None
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            if settings.TRACING:
                tracing.start(the_worker().name)
            told = exposition.start(the_worker().name)
            await send({"type": "lifespan.startup.complete"})
        else:
            await stop_worker()
            await asyncio.to_thread(tracing.stop)
            if told is not None:
                told.end()
            await send({"type": "lifespan.shutdown.complete"})
            return


application = ProtocolTypeRouter(
    {
        "http": django_application,
        "lifespan": lifespan,
        "websocket": OurPages(
            URLRouter(
                [re_path(r"^ws$", Socket.as_asgi()), re_path(r"", NoSuchSocket())]  # type: ignore[arg-type]
            ),
            settings.ORIGINS,
        ),
    }
)
