"""Is this process alive, is it ready, and what does its socket speak."""

from typing import Any

import structlog
from django.db import connection
from django.http import HttpRequest, JsonResponse

log = structlog.get_logger(__name__)


def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked (a restart would not mend a database)."""
    return JsonResponse({"ok": True})


def ready(request: HttpRequest) -> JsonResponse:
    """Requests can be served: the database answers. Redis is not asked: we work without it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as error:
        log.warning("not_ready", error=type(error).__name__)
        return JsonResponse({"ok": False, "database": "unavailable"}, status=503)
    return JsonResponse({"ok": True, "database": "ok"})


_describe: Any = None


def describe_socket_with(describe: Any) -> None:
    """The composition root tells how to describe the socket; the domain does not know it."""
    global _describe
    _describe = describe


def describe_socket() -> Any:
    """The socket's protocol as AsyncAPI, or None before the composition root was loaded."""
    return _describe and _describe()


def asyncapi(request: HttpRequest) -> JsonResponse:
    """The same over HTTP."""
    return JsonResponse(describe_socket() or {}, status=200 if _describe else 503)
