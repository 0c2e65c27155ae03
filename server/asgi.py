"""The composition root: the one place where the domain and the sockets meet."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
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


class NoSuchSocket:
    """Any other path: refused in the handshake."""

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
        "websocket": OriginValidator(
            URLRouter(
                [re_path(r"^ws$", Socket.as_asgi()), re_path(r"", NoSuchSocket())]  # type: ignore[arg-type]
            ),
            settings.ORIGINS,
        ),
    }
)
