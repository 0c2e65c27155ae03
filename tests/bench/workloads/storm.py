"""A reconnect storm: every socket is cut at once, and nothing was missed.

Each comes back as the protocol says (a random wait up to half a second, then doubled) and joins
what it watched by number. Two sizes, so that what a returning client costs the database can be told
from what passing time costs it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.bench import load_client
from tests.bench.report import WHO, Table, check, who
from tests.bench.servers import Bench, Meter, join, port_for
from tests.bench.world import SMALL_ROOM, SMALL_ROOMS

SIZES = (1_250, 5_000)
MUST_SECONDS, AIM_SECONDS = 20.0, 10.0
QUERIES_PER_CLIENT = 0.25
"""One query a client would be four times this."""


def run(bench: Bench, peers: bool) -> list[Table]:
    """Ours, 1,250 and 5,000 sockets."""
    table = Table(
        "storm",
        "A reconnect storm: all sockets cut at once, nothing missed, one worker",
        ("sockets", "50 % back", "99 % back", "all back", "queries meanwhile", "server CPU", WHO),
    )
    found = {size: measure(bench, size) for size in SIZES}
    for size, report in found.items():
        check(report, "refused", lost=size - report["back"], of=size)
        table.rows.append(
            (
                f"{size:,}",
                f"{report['p50_s']:.1f} s",
                f"{report['p99_s']:.1f} s",
                f"{report['last_s']:.1f} s",
                f"{report['queries']:,}",
                f"{report['cpu']:.1f} s",
                who(report),
            )
        )
    few, many = (found[size] for size in SIZES)
    each = (many["queries"] - few["queries"]) / (SIZES[1] - SIZES[0])
    back = many["p99_s"]
    table.notes.append(f"queries for each further client: {each:.3f}")
    table.figures.update({"jianghu: seconds until 99 % are back": back, "queries per client": each})
    table.must(f"99 % of 5,000 back in {MUST_SECONDS:.0f} s", back <= MUST_SECONDS)
    table.must(
        f"no query per returning client (at most {QUERIES_PER_CLIENT} each)",
        each <= QUERIES_PER_CLIENT,
    )
    table.aim(f"99 % back in {AIM_SECONDS:.0f} s", back <= AIM_SECONDS)
    return [table]


def measure(bench: Bench, sockets: int) -> dict[str, Any]:
    """The client's report; queries counts the server's own, all threads."""
    world, port = bench.world(), port_for()
    small = SMALL_ROOMS * SMALL_ROOM
    hellos = [
        join(
            f"user:{bench.person(n)}",
            f"room:{world['small_rooms'][n % SMALL_ROOMS]}"
            if n < small
            else f"poll:{world['poll']}",
        )
        for n in range(sockets)
    ]
    counter = bench.folder / f"queries{port}"
    counter.write_bytes(bytes(8))
    server = bench.ours(port, hellos, BENCH_QUERIES=str(counter))
    at: list[int] = []
    with bench.running(server, port) as running:
        meter = Meter(bench, running)

        def ready() -> None:
            at.append(_count(counter))
            meter.begin()

        def holding() -> None:
            meter.end()
            at.append(_count(counter))

        report = load_client.run(
            bench.program,
            "storm",
            server.speak
            | {"port": port, "count": sockets, "parallel": 200, "warm-ms": 5000, "seconds": 60},
            {"ready": ready, "holding": holding},
        )
    report["queries"], report["cpu"] = at[1] - at[0], meter.spent()
    report["shares"] = meter.shares()
    return report


def _count(counter: Path) -> int:
    return int.from_bytes(counter.read_bytes(), "little")
