"""/metrics: what all workers of this supervisor count, in one answer, for those who may ask.

Workers share one port, so a scrape reaches any one of them. It asks the others: each worker listens
on a Unix socket in its supervisor's folder, on a thread of its own, so that one whose event loop
hangs still tells how late it is. See docs/adr/0010.
"""

import os
import re
import socket
import threading
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import structlog
from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import CollectorRegistry, generate_latest, write_to_textfile
from prometheus_client.core import Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from server import metrics

log = structlog.get_logger(__name__)

PATH = "/metrics"
FOLDER = "JIANGHU_SUPERVISOR"
"""Environment variable by which a worker learns its supervisor's folder."""

ANSWER_SECONDS = 2.0
SUPERVISOR_FILE = "supervisor.prom"
PROXY_HEADERS = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")

_name = ""
_registry = metrics.REGISTRY


class _Ours(Collector):
    """A registry whose every sample says which worker counted it."""

    def __init__(self, registry: CollectorRegistry, worker: str):
        self._registry, self._worker = registry, worker

    def collect(self) -> Iterable[Metric]:
        """The registry's families, labelled."""
        for family in self._registry.collect():
            family.samples = [
                sample._replace(labels={**sample.labels, "worker": self._worker})
                for sample in family.samples
            ]
            yield family


def render() -> str:
    """This process's own metrics as Prometheus text."""
    return generate_latest(_Ours(_registry, _name or str(os.getpid()))).decode()


def merge(texts: Iterable[str]) -> str:
    """Several processes' texts as one: the format wants a family's samples side by side."""
    families: dict[str, list[str]] = {}
    for text in texts:
        for block in re.split(r"(?m)^(?=# HELP )", text):
            if block:
                meaning, kind, *samples = block.splitlines(keepends=True)
                # The first one's words: a worker of another version may say it differently.
                families.setdefault(meaning.split()[2], [meaning, kind]).extend(samples)
    return "".join(line for lines in families.values() for line in lines)


class Responder(threading.Thread):
    """Answers the other workers of this supervisor; whoever connects gets the text."""

    def __init__(self, folder: Path, worker: str):
        super().__init__(name="metrics", daemon=True)
        self._path = folder / f"{worker}.sock"
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(self._path))
        self._listener.listen(8)

    def run(self) -> None:
        """Until the process ends."""
        while True:
            asking, _ = self._listener.accept()
            try:
                with asking:
                    asking.settimeout(ANSWER_SECONDS)
                    asking.sendall(render().encode())
            except Exception as error:  # the next one who asks is to be answered
                log.warning("metrics_not_told", error=repr(error))

    def end(self) -> None:
        """No longer to be found; the thread ends with the process."""
        self._path.unlink(missing_ok=True)


def start(worker: str, registry: CollectorRegistry = metrics.REGISTRY) -> Responder | None:
    """Name this process in what it counts, and answer its neighbours where there may be any."""
    global _name, _registry
    _name, _registry = worker, registry
    if not (folder := os.environ.get(FOLDER)):
        return None
    try:
        responder = Responder(Path(folder), worker)
    except OSError as error:
        log.warning("metrics_not_shared", error=str(error))
        return None
    responder.start()
    return responder


def write_supervisor(folder: Path) -> None:
    """Leave the supervisor's figures where its workers read them. A full disk must not end it."""
    try:
        write_to_textfile(str(folder / SUPERVISOR_FILE), metrics.SUPERVISOR)
    except OSError as error:
        log.warning("metrics_not_written", error=str(error))


def gather() -> str:
    """Everybody's metrics: ours, our neighbours' and our supervisor's."""
    texts, silent = [render()], 0
    if folder := os.environ.get(FOLDER):
        neighbours = [p for p in Path(folder).glob("*.sock") if p.stem != _name]
        if neighbours:
            with ThreadPoolExecutor(len(neighbours)) as pool:
                answers = list(pool.map(_ask, neighbours))
            texts += [answer for answer in answers if answer]
            silent = answers.count(None)
        with suppress(OSError):
            texts.append((Path(folder) / SUPERVISOR_FILE).read_text())
    texts.append(
        "# HELP jianghu_workers_silent Workers that did not tell their metrics in time.\n"
        f"# TYPE jianghu_workers_silent gauge\njianghu_workers_silent {silent}\n"
    )
    return merge(texts)


def _ask(path: Path) -> str | None:
    """A neighbour's text; empty when it is gone, None when it does not answer."""
    told = b""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
            asking.settimeout(ANSWER_SECONDS)
            asking.connect(str(path))
            while part := asking.recv(65_536):
                told += part
    except (ConnectionRefusedError, FileNotFoundError):
        # Killed before it could tidy up. Names are never used twice, so nobody else's is removed.
        path.unlink(missing_ok=True)
        return ""
    except OSError:
        return None
    return told.decode()


class Metrics:
    """Answers /metrics before anything else looks at the request: whoever scrapes calls us by an
    address of ours, which is no host that browsers may use."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]):
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponse | Awaitable[HttpResponse]:
        if request.path_info == PATH:
            if iscoroutinefunction(self.get_response):
                return sync_to_async(answer, thread_sensitive=False)(request)
            return answer(request)
        response: HttpResponse | Awaitable[HttpResponse] = self.get_response(request)
        return response


def answer(request: HttpRequest) -> HttpResponse:
    """The metrics; to everybody else there is no such page."""
    if request.method not in {"GET", "HEAD"} or not _may_read(request):
        return HttpResponse(status=404)
    response = HttpResponse(gather(), content_type=CONTENT_TYPE_PLAIN_0_0_4)
    response["Cache-Control"], response["X-Content-Type-Options"] = "no-store", "nosniff"
    return response


def _may_read(request: HttpRequest) -> bool:
    """With the token; without one configured, only from this machine itself. A proxy on this
    machine is not it (its headers tell), nor is a page that had its own name point here (the host
    tells)."""
    if settings.METRICS_TOKEN:
        scheme, _, told = request.headers.get("Authorization", "").partition(" ")
        return scheme.lower() == "bearer" and constant_time_compare(told, settings.METRICS_TOKEN)
    if any(name in request.headers for name in PROXY_HEADERS):
        return False
    try:
        request.get_host()
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except (DisallowedHost, ValueError):
        return False
