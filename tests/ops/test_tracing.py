"""Spans leave over real HTTP to a collector, hang together, and cost nothing when not asked for."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from consumers.wire.batch import Batcher
from server import tracing
from server.accounts.models import User
from server.errors import Refused
from tests import factories
from tests.consumers.conftest import OpenTab, in_database, people, tab, worker

__all__ = ["people", "tab", "worker"]  # fixtures
ROOT = Path(__file__).resolve().parents[2]


class Span:
    def __init__(self, told: Any, service: str):
        self.name, self.id, self.parent = told.name, told.span_id, told.parent_span_id
        self.trace, self.failed, self.service = told.trace_id, told.status.code == 2, service
        self.attributes = {
            one.key: one.value.string_value or one.value.int_value for one in told.attributes
        }


class Collector:
    """Takes what an OTLP exporter posts."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.path == "/v1/traces"
                collector.take(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *arguments: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def take(self, body: bytes) -> None:
        for group in ExportTraceServiceRequest.FromString(body).resource_spans:
            named = {one.key: one.value.string_value for one in group.resource.attributes}
            for scope in group.scope_spans:
                self.spans += [Span(told, named["service.name"]) for told in scope.spans]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def one(self, fits: Callable[[Span], bool]) -> Span:
        found = [span for span in self.spans if fits(span)]
        assert len(found) == 1, [(span.name, span.attributes) for span in self.spans]
        return found[0]


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """Tracing is on, and sends here when it is stopped."""
    running = Collector()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", running.url)
    tracing.start("w1-test")
    yield running
    tracing.stop()
    running.close()


async def test_a_command_its_service_and_its_publication_are_one_trace(
    collector: Collector, people: list[User], tab: OpenTab
) -> None:
    mei, bo, _ = people
    room = await in_database(factories.direct_room, mei, bo)
    hers = await tab(mei)
    draft = {"room_id": room, "client_id": factories.client_id(), "text": "hello"}
    assert (await hers.ask("message.send", **draft))["op"] == "reply"
    refused = await hers.ask("message.delete", message_id=10**9)
    assert refused["error"]["code"] == "not_found"
    tracing.stop()

    command = collector.one(lambda span: span.name == "message.send")
    assert command.service == "jianghu" and not command.parent
    service = collector.one(lambda span: span.parent == command.id)
    assert service.name.startswith("chat.services") and service.trace == command.trace
    assert service.attributes["jianghu.statements"] > 3
    published = [span for span in collector.spans if span.name == "publish"]
    said = [span for span in published if span.attributes["topic"] == f"room:{room}"]
    assert {span.trace for span in said} == {command.trace}
    no = collector.one(lambda span: span.name == "message.delete")
    assert no.attributes["jianghu.code"] == "not_found" and not no.failed


async def test_what_is_done_for_many_is_in_the_trace_of_whoever_began_only_at_first(
    collector: Collector,
) -> None:
    """A busy batcher's task goes on for ever: its later calls are traces of their own."""
    batcher = Batcher(double, most=1)

    async def one(number: int) -> int:
        with tracing.span(f"command {number}"):
            return await batcher.do(number)

    assert await asyncio.gather(*map(one, range(3))) == [0, 2, 4]
    tracing.stop()
    first = collector.one(lambda span: span.name == "command 0")
    services = [span for span in collector.spans if span.name.endswith("double")]
    assert [span.parent for span in services].count(first.id) == 1
    assert [span.parent for span in services].count(b"") == 2


def double(items: Sequence[int]) -> list[int | Refused]:
    return [2 * item for item in items]


def test_a_request_and_its_view_are_one_trace(
    collector: Collector, client: Client, settings: Any, db: None
) -> None:
    settings.MIDDLEWARE = [
        "server.tracing.Requests",
        *settings.MIDDLEWARE,
        "server.tracing.Views",
    ]
    # Somebody else's word for what to record is not taken.
    foreign = {"HTTP_TRACEPARENT": f"00-{'a' * 32}-{'b' * 16}-01"}
    assert client.get("/readyz", **foreign).status_code == 200  # type: ignore[arg-type]
    tracing.stop()

    asked = collector.one(lambda span: span.name == "GET readyz")
    assert asked.attributes["http.response.status_code"] == 200 and not asked.parent
    view = collector.one(lambda span: span.parent == asked.id)
    assert view.name == "health.ready" and view.attributes["jianghu.statements"] == 1
    assert asked.trace.hex() != "a" * 32


def test_a_failure_is_told_as_one(collector: Collector) -> None:
    with pytest.raises(ZeroDivisionError), tracing.span("breaks"):
        _ = 1 / 0
    tracing.stop()
    assert collector.one(lambda span: span.name == "breaks").failed


def test_a_collector_that_is_away_delays_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    tracing.start("w1-test")
    with tracing.span("lost"):
        pass
    tracing.stop()


def test_unasked_for_nothing_is_opened() -> None:
    def call() -> int:
        return 1

    assert tracing.span("x") is tracing.span("y")
    assert tracing.service(call) is tracing.span("x")


WITHOUT = """
import sys
sys.modules["opentelemetry"] = None
from server import environment
environment.read()
"""
IMPORTED = """
import sys
import server.asgi
assert "opentelemetry.sdk.trace" not in sys.modules  # redis-py loads the metrics of the SDK
assert "opentelemetry.exporter" not in sys.modules
"""


def python(script: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "DATA_DIR": str(tmp_path), **environment}
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True
    )


def test_missing_packages_get_one_line(tmp_path: Path) -> None:
    done = python(WITHOUT, tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:4318")
    assert done.returncode == 2
    (line,) = done.stderr.strip().splitlines()
    assert "requirements-tracing.txt" in line and "OTEL_EXPORTER_OTLP_ENDPOINT" in line


def test_unconfigured_nothing_is_imported(tmp_path: Path) -> None:
    done = python(IMPORTED, tmp_path)
    assert done.returncode == 0, done.stderr
