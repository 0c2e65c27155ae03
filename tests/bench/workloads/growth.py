"""How cost grows when one input grows and the others stay: ratios, each with its bound.

Where growth is in queries, rows or frames, tests hold it; here is what only a clock can tell. Runs
with less and with more alternate, so that whatever else the machine does meets both; medians count.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

import psycopg

from tests.bench import load_client
from tests.bench.load_client import Failed
from tests.bench.report import Table, check
from tests.bench.servers import Bench, Meter, Server, event, join, port_for
from tests.bench.workloads import fanout

RATE = 20_000
"""Deliveries a second, where nothing else is said."""

SECONDS, ROUNDS = 4, 3
SOCKETS = 500
SETTLE_SECONDS, IDLE_SECONDS = 10, 25
STALL_SECONDS, STALL_MS = 30, 25.0
"""Every socket is pinged once in 25 seconds: a shorter look may miss most of the pings, or none."""

SLOW, SLOW_BYTES, SLOW_SECONDS = 50, 4_000, 20
"""Readers of 1 kB a second, and enough said to them that they are cut off: the megabyte that may
wait is full after 7 seconds, the kernels hold more, and the last word is waited for 5."""


@dataclass(frozen=True)
class Growth:
    """One input. measure: the cost with so much of it; bound: of more by less."""

    what: str
    unit: str
    measure: Callable[[Bench, int], float]
    less: int
    more: int
    bound: float
    rounds: int = ROUNDS


def run(bench: Bench, peers: bool) -> list[Table]:
    """Every row of "How cost may grow" that is about time."""
    stalls: list[float] = []
    table = Table("growth", "How cost grows", ("what", "less", "more", "ratio", "at most"))
    for growth in (
        Growth(
            "idle sockets", "ms CPU/s", lambda b, n: idle_ms(b, n, stalls), 5_000, 10_000, 2.2, 1
        ),
        Growth("sockets of one topic", "µs", sockets_us, 500, 5_000, 2.0),
        Growth("topics that others watch", "µs", elsewhere_us, 1_000, 100_000, 1.15, 1),
        Growth("topics of each socket, one event", "µs", topics_us, 1, 100, 1.1),
        Growth("bytes of an event", "µs", bytes_us, 200, 4_000, 6.0, 1),
        Growth("slow readers beside 500", "ms p99 of the others", slow_ms, 0, SLOW, 1.2),
    ):
        _one(bench, table, growth)
    worst = max(stalls, default=None)
    if worst is not None:
        table.figures["longest stall at 10,000 idle sockets, ms"] = worst
    said = "" if worst is None else f" ({worst:.1f} ms)"
    table.must(
        f"the loop of 10,000 idle sockets is never late by more than {STALL_MS:.0f} ms{said}",
        None if worst is None else worst <= STALL_MS,
    )
    table.notes.append(
        f"a delivery's CPU at {RATE:,} deliveries/s, {SOCKETS} sockets unless said; medians of "
        f"{ROUNDS} runs each, in turn (idle sockets, others' topics and bytes: one run each); "
        "every run's deliveries arrived"
    )
    return [table]


def _one(bench: Bench, table: Table, growth: Growth) -> None:
    must = f"{growth.what}: at most {growth.bound} times"
    few, many = [], []
    try:
        for _ in range(growth.rounds):
            few.append(growth.measure(bench, growth.less))
            many.append(growth.measure(bench, growth.more))
    except Failed as error:
        table.refuse(growth.what, str(error))
        table.must(must, None)
        return
    less, more = median(few), median(many)
    ratio = more / less
    table.rows.append(
        (growth.what, f"{growth.less:,}: {less:.2f} {growth.unit}")
        + (f"{growth.more:,}: {more:.2f} {growth.unit}", f"{ratio:.2f}", f"{growth.bound}")
    )
    table.figures[f"{growth.what}: ratio"] = ratio
    table.must(must, ratio <= growth.bound)


def idle_ms(bench: Bench, sockets: int, stalls: list[float]) -> float:
    """CPU of a worker whose sockets say nothing, in ms a second: pings, heartbeats, checks.

    Of 10,000 it also adds the loop's longest stall in ms to stalls.
    """
    port, stall = port_for(), bench.folder / "stall"
    stall.write_bytes(bytes(8))
    server = bench.ours(port, [""], BENCH_STALL=str(stall))
    speak = {name: server.speak[name] for name in ("path", "cookies", "speaks-first")}
    with bench.running(server, port) as running:
        meter = Meter(bench, running)

        def hold() -> None:
            time.sleep(SETTLE_SECONDS)  # presence is told, newcomers are checked
            meter.look_for(IDLE_SECONDS)
            if sockets == 10_000:
                running.tell(signal.SIGUSR1)
                time.sleep(STALL_SECONDS)
                stalls.append(int.from_bytes(stall.read_bytes(), "little") / 1e3)

        report = load_client.run(
            bench.program,
            "shake",
            speak | {"port": port, "count": sockets, "parallel": 200, "source-addresses": True},
            {"holding": hold},
        )
    check(report, "closed", lost=sockets - report["opened"], of=sockets)
    return meter.spent() / meter.seconds * 1e3


def sockets_us(bench: Bench, sockets: int) -> float:
    """CPU per delivery of a topic with so many sockets; the rate of deliveries stays."""
    port = port_for()
    return _cost(bench, fanout.ours(bench, port, sockets), port, sockets)


def elsewhere_us(bench: Bench, topics: int) -> float:
    """CPU per delivery on one topic, while each socket also watches its share of so many others.

    Counted is what the event loop does for it: comparing so many topics with the log, which other
    threads do all the time, is another matter.
    """
    share = topics // SOCKETS
    items, item = _items(bench, topics), bench.world()["item"]
    hellos = [_plain_join([item, *items[n * share : (n + 1) * share]]) for n in range(SOCKETS)]
    port = port_for()
    server = _published(bench, bench.ours(port, hellos, BENCH_TOPIC=f"item:{item}"), item)
    found = _measured(bench, server, port, SOCKETS, IDLE_SECONDS, 2 * RATE, loop_only=IDLE_SECONDS)
    cost: float = found["cpu_us"]
    return cost


def topics_us(bench: Bench, topics: int) -> float:
    """CPU per delivery on one of so many topics that each of 500 sockets watches."""
    items = bench.world()["items"][:topics]
    return _delivery(bench, _plain_join(items), items[0], 40)


def bytes_us(bench: Bench, size: int) -> float:
    """CPU per delivery of an event of this size."""
    item = bench.world()["item"]
    return _delivery(bench, join(f"item:{item}"), item, size - 80)


def slow_ms(bench: Bench, slow: int) -> float:
    """p99 in ms at 500 sockets, while so many more hardly read."""
    item, port = bench.world()["item"], port_for()
    server = bench.ours(port, [join(f"item:{item}")], BENCH_TOPIC=f"item:{item}")
    _published(bench, server, item, SLOW_BYTES - 80)
    found = _measured(bench, server, port, SOCKETS, SLOW_SECONDS, slow=slow)
    if found["slow_cut_off"] != slow:
        raise Failed(
            f"{found['slow_cut_off']} of {slow} slow readers were cut off: not slow enough"
        )
    late: float = found["p99_ms"]
    return late


def _plain_join(items: list[int]) -> str:
    """Without numbers: these sockets are not cut."""
    wanted = ",".join(f'{{"topic":"item:{item}"}}' for item in items)
    return f'{{"op":"join","ref":1,"topics":[{wanted}]}}'


def _delivery(bench: Bench, hello: str, item: int, filler: int) -> float:
    port = port_for()
    server = bench.ours(port, [hello], BENCH_TOPIC=f"item:{item}")
    return _cost(bench, _published(bench, server, item, filler), port, SOCKETS)


def _published(bench: Bench, server: Server, item: int, filler: int = 40) -> Server:
    said = event(f"item:{item}", "x" * filler)
    server.speak.update({"publish-path": "/publish", "frame": said})
    return server


def _cost(bench: Bench, server: Server, port: int, sockets: int, **more: Any) -> float:
    cost: float = _measured(bench, server, port, sockets, SECONDS, **more)["cpu_us"]
    return cost


def _measured(
    bench: Bench,
    server: Server,
    port: int,
    sockets: int,
    seconds: int,
    rate: int = RATE,
    **more: Any,
) -> dict[str, Any]:
    messages = seconds * rate // sockets
    return fanout.measure(bench, server, port, sockets, messages, sockets / rate * 1e6, **more)


def _items(bench: Bench, many: int) -> list[int]:
    """Ids of so many items, copies of the first; made once."""
    with psycopg.connect(bench.postgres.url("bench")) as connection:
        ours = "SELECT id FROM catalogue_item WHERE title = 'Copy' ORDER BY id LIMIT %s"
        have = len(connection.execute(ours, [many]).fetchall())
        same = "store_id, about, category, price_minor, currency, stock, state, version, listed_at"
        connection.execute(
            f"INSERT INTO catalogue_item (title, {same}) SELECT 'Copy', {same} "
            "FROM catalogue_item, generate_series(1, %s) WHERE id = %s",
            [many - have, bench.world()["item"]],
        )
        return [item for (item,) in connection.execute(ours, [many]).fetchall()]
