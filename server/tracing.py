"""OpenTelemetry spans, when an address to send them to is configured; otherwise nothing at all.

The packages are an extra (requirements-tracing.txt) and are imported by start() alone. Whoever
opens a span pays 0.2 µs while tracing is off.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from importlib.util import find_spec
from typing import Any, TypeVar

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.db import connection
from django.http import HttpRequest

from server.errors import Refused
from server.logs import masked

T = TypeVar("T")

SHUTDOWN_MS = 2_000

_tracer: Any = None
_provider: Any = None
_nothing: AbstractContextManager[None] = nullcontext()


def available() -> bool:
    """Whether the packages are installed."""
    try:
        return find_spec("opentelemetry.exporter.otlp.proto.http") is not None
    except ModuleNotFoundError:
        return False


def start(worker: str) -> None:
    """Send spans of this process from now on, as the OTEL_… variables say where and which."""
    global _tracer, _provider
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    os.environ.setdefault("OTEL_SERVICE_NAME", "jianghu")
    described = Resource.create({"service.instance.id": worker})
    _provider = TracerProvider(resource=described, shutdown_on_exit=False)
    _provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    _tracer = _provider.get_tracer("jianghu")


def stop() -> None:
    """Send what is left, but do not wait for a collector that is away."""
    global _tracer, _provider
    if _provider is not None:
        stopping, _tracer, _provider = _provider, None, None
        stopping.force_flush(SHUTDOWN_MS)
        stopping.shutdown()


def span(name: str, **attributes: str | int) -> AbstractContextManager[Any]:
    """A span around a block, a child of the one that is open in this context."""
    return _nothing if _tracer is None else _open(name, attributes)


Lasting = Any
"""A span that outlives the block it was begun in; None while tracing is off."""


def lasting(name: str, **attributes: str | int) -> AbstractContextManager[Lasting]:
    """A span that is open in the block and goes on after it, until end()."""
    return _nothing if _tracer is None else _begun(name, attributes)


@contextmanager
def _begun(name: str, attributes: dict[str, str | int]) -> Iterator[Lasting]:
    from opentelemetry.trace import use_span

    begun = _tracer.start_span(name, attributes=attributes)
    with use_span(begun, end_on_exit=False):
        yield begun


def end(span: Lasting, error: BaseException | None) -> None:
    """End a lasting span, with what went wrong."""
    if span is not None:
        _blame(span, error)
        span.end()


def _blame(span: Any, error: BaseException | None) -> None:
    from opentelemetry.trace import StatusCode

    if isinstance(error, Refused):
        # A no is an answer, not a failure.
        span.set_attribute("jianghu.code", error.code.name)
    elif error is not None:
        span.record_exception(error)
        span.set_status(StatusCode.ERROR)


@contextmanager
def _open(name: str, attributes: dict[str, str | int]) -> Iterator[Any]:
    with _tracer.start_as_current_span(
        name, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as opened:
        try:
            yield opened
        except Exception as error:
            _blame(opened, error)
            raise


def service(call: Callable[..., object]) -> AbstractContextManager[Any]:
    """A span around a service or query on the database, with the number of its statements."""
    return _nothing if _tracer is None else _counted(_name_of(call))


def _name_of(call: Callable[..., object]) -> str:
    called: Any = call.func if isinstance(call, partial) else call
    name = f"{called.__module__}.{getattr(called, '__qualname__', type(called).__name__)}"
    return name.removeprefix("server.")


@contextmanager
def _counted(name: str) -> Iterator[Any]:
    statements = 0

    def count(execute: Callable[..., T], *arguments: Any) -> T:
        nonlocal statements
        statements += 1
        return execute(*arguments)

    with _open(name, {"db.system": connection.vendor}) as opened:
        try:
            with connection.execute_wrapper(count):
                yield opened
        finally:
            opened.set_attribute("jianghu.statements", statements)


def part() -> None:
    """From here on in this task no span is open: what it does next belongs to nobody's trace."""
    if _tracer is not None:
        from opentelemetry.context import Context, attach

        attach(Context())


class Requests:
    """A span for each HTTP request. What a client says of traces of its own is not believed: with a
    header it could have everything of ours recorded."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]):
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        if iscoroutinefunction(self.get_response):
            return self._async(request)
        with span("HTTP", **_asked(request)) as opened:
            return _answered(opened, request, self.get_response(request))

    async def _async(self, request: HttpRequest) -> Any:
        with span("HTTP", **_asked(request)) as opened:
            return _answered(opened, request, await self.get_response(request))


def _asked(request: HttpRequest) -> dict[str, str]:
    return {"http.request.method": str(request.method), "url.path": masked(request.path)}


def _answered(opened: Any, request: HttpRequest, response: Any) -> Any:
    if opened is not None and opened.is_recording():
        if match := request.resolver_match:
            opened.update_name(f"{request.method} {match.view_name or match.route}")
        opened.set_attribute("http.response.status_code", response.status_code)
    return response


class Views:
    """A span for what a view does on its thread, statements counted: the last middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], Any]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        if _tracer is None:
            return self.get_response(request)
        with _counted("view") as opened:
            response = self.get_response(request)
            if match := request.resolver_match:
                opened.update_name(_name_of(match.func))
            return response
