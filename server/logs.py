"""Structured logs: one line per happening, with a request or socket id, and no secrets."""

import logging
import re
import sys
from collections.abc import Awaitable, Callable
from secrets import token_hex
from time import perf_counter
from typing import Any

import structlog
from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponse
from structlog.typing import EventDict, WrappedLogger

from server import metrics

log = structlog.get_logger("http")
_SECRET = re.compile(r"pass|secret|token|cookie|session_key|authorization|csrf", re.I)


def _hide_secrets(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """A field named like a secret never reaches a log, whoever logged it."""
    return {key: "***" if _SECRET.search(key) else value for key, value in event.items()}


class _Strangers(logging.Filter):
    """A forged Host or an oversized form is one line: with a traceback for each, whoever wants to
    could fill the disk and hide our own errors among theirs."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


def configure(level: str, form: str) -> None:
    """Send everything, Django's and the libraries' logs included, through one renderer."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _hide_secrets,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processor=renderer)
    )
    handler.addFilter(_Strangers())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in ("daphne", "asyncio", "PIL"):
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # Every 401 of a page that asks who it is would be a warning; 5xx are errors.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    # A traceback a second while Redis is away; the bus says so once, and once when it is back.
    logging.getLogger("channels_redis.pubsub").setLevel(logging.CRITICAL)


class RequestLog:
    """Gives every request an id (kept in its logs and answered in X-Request-Id)."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]):
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponse | Awaitable[HttpResponse]:
        if iscoroutinefunction(self.get_response):
            return self._async(request)
        name, started = self._bind(), perf_counter()
        response: HttpResponse = self.get_response(request)
        return self._note(request, response, name, started)

    async def _async(self, request: HttpRequest) -> HttpResponse:
        name, started = self._bind(), perf_counter()
        return self._note(request, await self.get_response(request), name, started)

    def _bind(self) -> str:
        name = token_hex(6)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=name)
        return name

    def _note(
        self, request: HttpRequest, response: HttpResponse, name: str, started: float
    ) -> HttpResponse:
        response["X-Request-Id"] = name
        metrics.requested(request, response.status_code, perf_counter() - started)
        level = log.warning if response.status_code >= 500 else log.debug
        level("request", method=request.method, path=request.path, status=response.status_code)
        return response
