"""Structured logs: one line per happening, with a request or socket id, and no secrets."""

import logging
import re
import sys
from collections.abc import Awaitable, Callable, Iterable
from secrets import token_hex
from time import perf_counter
from typing import Any

import structlog
from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponse
from structlog.typing import EventDict, WrappedLogger

from server import metrics

log = structlog.get_logger("http")
_SECRET = re.compile(r"pass|secret|token|cookie|session_?(?:key|id)|authorization|csrf", re.I)
_IN_URL = re.compile(r"(://[^\s:/@]*:)[^\s@]+(?=@)")
_IN_LINK = re.compile(r"(/(?:reset-password|confirm-email)/)[^\s/?#'\"]+")
_NAMED = re.compile(
    r"((?:passw(?:or)?d|secret(?:_key)?|token|cookie|session_?(?:key|id)|authorization)['\"]?"
    r"\s*[=:]\s*(?:(?:bearer|basic)\s+)?['\"]?)(?!\*\*\*)[^\s'\";,&)}\]]+",
    re.I,
)
SECRET_LENGTH = 8
_known: list[str] = []


def masked(text: str) -> str:
    """The text without what opens something: passwords in URLs, keys in links, cookies, tokens, and
    the secrets this process was given, wherever they stand."""
    for secret in _known:
        text = text.replace(secret, "***")
    return _NAMED.sub(r"\1***", _IN_LINK.sub(r"\1***", _IN_URL.sub(r"\1***", text)))


def _hide_secrets(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """A secret never reaches a log, whoever logged it: fields named like one, and what looks like
    one in messages, values and tracebacks."""
    return {key: "***" if _SECRET.search(key) else _plain(value) for key, value in event.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return masked(value)
    if value is None or isinstance(value, int | float | logging.LogRecord):
        return value
    if isinstance(value, dict):
        return {key: "***" if _SECRET.search(str(key)) else _plain(v) for key, v in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(one) for one in value]
    return masked(str(value))


def forget_whose() -> None:
    """From here on in this task or thread, lines carry no request's or socket's id."""
    structlog.contextvars.clear_contextvars()


class _Strangers(logging.Filter):
    """A forged Host or an oversized form is one line: with a traceback for each, whoever wants to
    could fill the disk and hide our own errors among theirs."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


def configure(level: str, form: str, secrets: Iterable[str] = ()) -> None:
    """Send everything, Django's and the libraries' logs included, through one renderer.

    secrets: never shown. Shorter than SECRET_LENGTH they are not looked for: they would be found in
    every other word.
    """
    _known[:] = sorted((one for one in secrets if len(one) >= SECRET_LENGTH), key=len, reverse=True)
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
