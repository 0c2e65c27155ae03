"""What can be counted of a running Jianghu: every metric by its name, in one place.

A metric is kept in the process that counts and read when somebody asks (server/ops/exposition.py):
the price is an addition where something happens, and nothing in between. docs/operating.md says
what each one means to whoever is on call.
"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from django.db import connections
from django.http import HttpRequest
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

disable_created_metrics()  # type: ignore[no-untyped-call]

REGISTRY = CollectorRegistry()
"""A worker's own."""

SUPERVISOR = CollectorRegistry()
"""The supervisor's: a process that serves nothing, so it writes these beside its workers."""

JOBS = CollectorRegistry()
"""A jobs process's, which serves nobody: it tells its workers' metrics nothing but this."""

ProcessCollector(registry=REGISTRY)
ProcessCollector(registry=JOBS)

_QUICK = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


def _counter(name: str, meaning: str, *labels: str) -> Counter:
    return Counter(f"jianghu_{name}", meaning, labels, registry=REGISTRY)


def _gauge(name: str, meaning: str) -> Gauge:
    return Gauge(f"jianghu_{name}", meaning, registry=REGISTRY)


def _histogram(
    name: str, meaning: str, *labels: str, buckets: Iterable[float] = _QUICK
) -> Histogram:
    return Histogram(f"jianghu_{name}", meaning, labels, buckets=tuple(buckets), registry=REGISTRY)


# Who is here ---------------------------------------------------------------------------------
SOCKETS = _gauge("sockets", "Open sockets.")
PEOPLE = _gauge("people", "People with at least one socket here.")
TOPICS = _gauge("topics", "Topics that somebody here watches.")
HANDSHAKES = _counter("handshakes", "Sockets that asked to be opened.", "outcome")
CLOSES = _counter("closes", "Sockets closed by us, by close code.", "code")

# What they say -------------------------------------------------------------------------------
JOINS = _counter("joins", "Topics joined, by how their past was given.", "outcome")
REPLAYED = _counter("replayed_events", "Logged events given to clients that had missed them.")
COMMIT_BATCH = _histogram(
    "commit_batch",
    "Writes that were committed together.",
    buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500),
)

# What waits ----------------------------------------------------------------------------------
BUS_OUTBOX = _gauge("bus_outbox", "Publications that wait for Redis.")
BUS_HEALTHY = _gauge("bus_healthy", "Whether Redis answered last time (1) or not (0).")
DATABASE_LINE = _gauge("database_line", "Calls that wait for a database thread or are on one.")
UNSENT_BYTES = _gauge("unsent_bytes", "Bytes that clients have not taken yet, all sockets.")
LOOP_LAG = _histogram("loop_lag_seconds", "How much later than asked the event loop came back.")

# What goes wrong -----------------------------------------------------------------------------
PUBLISH_FAILURES = _counter("publish_failures", "Publications that Redis did not take.")
PUBLISH_DROPPED = _counter("publish_dropped", "Publications dropped from a full outbox.")
REPAIRED = _counter("repaired_events", "Events the bus lost and the log gave back.")
REPAIR_RESETS = _counter("repair_resets", "Topics that had missed too much to be repaired.")

# HTTP ----------------------------------------------------------------------------------------
HTTP_SECONDS = _histogram("http_seconds", "From a request to its answer.", "method", "route")
HTTP_REQUESTS = _counter("http_requests", "Requests answered.", "method", "route", "status")

# The supervisor ------------------------------------------------------------------------------
WORKERS = Gauge("jianghu_workers", "Worker processes alive.", registry=SUPERVISOR)
WORKER_STARTS = Counter("jianghu_worker_starts", "Workers started.", registry=SUPERVISOR)
WORKER_DEATHS = Counter(
    "jianghu_worker_deaths", "Workers that ended without being told to.", registry=SUPERVISOR
)


# Background jobs -----------------------------------------------------------------------------
JOBS_QUEUED = Gauge("jianghu_jobs_queued", "Jobs that wait for a process.", registry=JOBS)
JOBS_RUNNING = Gauge("jianghu_jobs_running", "Jobs this process runs.", registry=JOBS)
JOBS_RAN = Counter(
    "jianghu_jobs", "Attempts at jobs, by how they went.", ["job", "outcome"], registry=JOBS
)
JOB_SECONDS = Histogram(
    "jianghu_job_seconds",
    "How long an attempt took.",
    ["job"],
    buckets=(0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1_800),
    registry=JOBS,
)


def ran(job: str, outcome: str, seconds: float) -> None:
    """An attempt at a job ended. job: the path of its function, one of our own."""
    JOBS_RAN.labels(job, outcome).inc()
    JOB_SECONDS.labels(job).observe(seconds)


class Flow:
    """Frames of one kind that went out: counted with plain additions, once for a whole topic.

    Only the event loop counts here, so no lock is needed.
    """

    __slots__ = ("deliveries", "frames", "size")

    def __init__(self) -> None:
        self.frames = self.deliveries = self.size = 0

    def sent(self, size: int, sockets: int) -> None:
        """One frame of `size` bytes was handed to so many sockets."""
        self.frames += 1
        self.deliveries += sockets
        self.size += size * sockets


LOGGED, SNAPSHOT, WHISPER, HEADS = Flow(), Flow(), Flow(), Flow()
FLOWS = {"logged": LOGGED, "snapshot": SNAPSHOT, "whisper": WHISPER, "heads": HEADS}


class _Flows(Collector):
    """Reads the flows when somebody asks."""

    def collect(self) -> Iterable[Metric]:
        """Three families, a sample of each for every kind."""
        for name, meaning, field in (
            ("frames", "Frames built, each once for all its sockets.", "frames"),
            ("deliveries", "Frames handed to sockets.", "deliveries"),
            ("sent_bytes", "Bytes of those deliveries.", "size"),
        ):
            family = CounterMetricFamily(f"jianghu_{name}", meaning, labels=["kind"])
            for kind, flow in FLOWS.items():
                family.add_metric([kind], getattr(flow, field))
            yield family


class _Pool(Collector):
    """The connection pool's own figures. Without a pool (SQLite) there are none."""

    def collect(self) -> Iterable[Metric]:
        """Reads psycopg_pool's statistics; opens nothing."""
        pool = getattr(connections["default"], "pool", None)
        told = pool.get_stats() if pool is not None else {}
        open_now, idle = told.get("pool_size", 0), told.get("pool_available", 0)
        family = GaugeMetricFamily(
            "jianghu_pool_connections", "Database connections of this process.", labels=["state"]
        )
        family.add_metric(["idle"], idle)
        family.add_metric(["busy"], open_now - idle)
        yield family
        yield GaugeMetricFamily(
            "jianghu_pool_waiting",
            "Requests that wait for a database connection.",
            value=told.get("requests_waiting", 0),
        )
        yield CounterMetricFamily(
            "jianghu_pool_timeouts",
            "Requests that got no database connection in time.",
            value=told.get("requests_errors", 0),
        )


REGISTRY.register(_Flows())
REGISTRY.register(_Pool())
JOBS.register(_Pool())


class _Answers(Collector):
    """Answers to clients' frames, counted with plain additions: the library's own counters take a
    lock for each, and its histograms two, a thirtieth of a busy worker's time.

    Only the event loop counts here. A scrape, on its own thread, may see a frame in one family and
    not yet in the other.
    """

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}
        self._seconds: dict[str, list[float]] = {}
        """By op: how many in each bucket, those beyond the last, and the sum."""

    def count(self, op: str, code: str, seconds: float) -> None:
        """One answer."""
        self._counts[op, code] = self._counts.get((op, code), 0) + 1
        if (buckets := self._seconds.get(op)) is None:
            buckets = self._seconds[op] = [0.0] * (len(_QUICK) + 2)
        buckets[bisect_left(_QUICK, seconds)] += 1
        buckets[-1] += seconds

    def collect(self) -> Iterable[Metric]:
        """A counter by op and code, a histogram by op."""
        answers = CounterMetricFamily(
            "jianghu_commands",
            "Frames from clients, by the code of their answer.",
            labels=["op", "code"],
        )
        for (op, code), times in list(self._counts.items()):
            answers.add_metric([op, code], times)
        yield answers
        latency = HistogramMetricFamily(
            "jianghu_command_seconds", "From a frame to its answer.", labels=["op"]
        )
        for op, (*buckets, total) in list(self._seconds.items()):
            named = zip((*map(floatToGoString, _QUICK), "+Inf"), accumulate(buckets), strict=True)
            latency.add_metric([op], list(named), total)
        yield latency


_answers = _Answers()
REGISTRY.register(_answers)


def answered(op: str, code: str, seconds: float) -> None:
    """A client's frame was answered. op and code come from our own tables, never from a client."""
    _answers.count(op, code, seconds)


_joined = {
    outcome: JOINS.labels(outcome).inc for outcome in ("present", "live", "replayed", "reset")
}


def joined(after: int | None, missed: int, *, reset: bool) -> None:
    """A topic was joined, with the last number the client had, and so many events came with it."""
    if after is None:
        _joined["present"]()
    elif reset:
        _joined["reset"]()
    elif missed:
        _joined["replayed"]()
        REPLAYED.inc(missed)
    else:
        _joined["live"]()


def closed(code: int) -> None:
    """We close a socket, with one of the documented codes."""
    CLOSES.labels(str(code)).inc()


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def requested(request: HttpRequest, status: int, seconds: float) -> None:
    """A request was answered. Labels are bounded: whoever asks for paths that do not exist, or with
    methods of their own making, adds no series."""
    method = request.method if request.method in _METHODS else "other"
    route = _route(request)
    HTTP_SECONDS.labels(method, route).observe(seconds)
    HTTP_REQUESTS.labels(method, route, str(status)).inc()


def _route(request: HttpRequest) -> str:
    match: Any = request.resolver_match
    if match is not None:
        return str(match.view_name if match.url_name else match.route)
    return "static" if request.path.startswith("/static/") else "other"
