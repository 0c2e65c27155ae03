"""One topic to 500 and to 5,000 sockets at a moderate rate; what a delivery costs the server."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.bench import load_client, rivals
from tests.bench.load_client import Failed
from tests.bench.report import WHO, Table, check, who
from tests.bench.servers import Bench, Meter, Server, event, join, port_for

RATES = {500: 40_000, 5_000: 20_000}
"""Deliveries a second: 80 messages, and 4. The tutorial's server gets a sixteenth of them: it could
not follow, and a server that falls behind is measured at its worst, not at its cost."""

DELIVERIES = 200_000
SLOWER = 16
FEWEST = 6
CALM = 0.4
ARRIVED = "arrived of expected"
PUBLIC = ("socket.io + redis adapter", "nginx + nchan")


def ours(bench: Bench, port: int, sockets: int) -> Server:
    """Every socket is another signed-in person, who watches what concerns them and one item."""
    item = f"item:{bench.world()['item']}"
    hellos = [join(f"user:{bench.person(n)}", item) for n in range(sockets)]
    server = bench.ours(port, hellos, BENCH_TOPIC=item)
    server.speak.update({"publish-path": "/publish", "frame": event(item)})
    return server


def measure(
    bench: Bench,
    server: Server,
    port: int,
    sockets: int,
    messages: int,
    interval_us: float,
    patience: float = 0,
    slow: int = 0,
    loop_only: float = 0,
) -> dict[str, Any]:
    """Run one server against one load. Adds cpu_us (per delivery), kb (per idle socket), shares.

    slow: so many more sockets that hardly read. loop_only: count the event loop's thread only, and
    not what it does when nothing is published, at which is looked for so many seconds first.

    Raises Failed when no figure can be told.
    """
    at: dict[str, float] = {}
    with bench.running(server, port) as running:
        idle, meter = running.memory(), Meter(bench, running)

        def ready() -> None:
            at["memory"] = running.memory()
            if loop_only:
                at["background"] = _background(meter, loop_only)
            meter.begin()

        report = load_client.run(
            bench.program,
            "fanout",
            server.speak
            | {"port": port, "count": sockets, "warm-ms": 3000, "messages": messages}
            | {"interval-us": interval_us, "seconds": patience, "slow": slow},
            {"ready": ready, "measured": meter.end},
        )
    # Who got one twice does not make up for who got none.
    report["uneven"] = report["most"] - report["least"]
    lost = report["expected"] - report["delivered"]
    check(report, "closed", "uneven", lost=lost, of=report["expected"])
    spent = meter.spent()
    if loop_only:
        spent = meter.spent("loop") - at["background"] * meter.seconds
    report["cpu_us"] = spent / report["delivered"] * 1e6
    report["shares"] = meter.shares()
    report["kb"] = (at["memory"] - idle) / sockets
    return report


def _background(meter: Meter, seconds: float) -> float:
    """The share of a core that the event loop takes by itself, once it is calm."""
    give_up = time.monotonic() + 60
    while True:
        meter.look_for(2)
        if meter.shares()["loop"] < CALM:
            break
        if time.monotonic() > give_up:
            raise Failed("the server did not come to rest in a minute")
    meter.look_for(seconds)
    return meter.shares()["loop"]


def run(bench: Bench, peers: bool) -> list[Table]:
    """Both sizes."""
    return [_one_size(bench, peers, sockets) for sockets in (500, 5_000)]


def _one_size(bench: Bench, peers: bool, sockets: int) -> Table:
    table = Table(
        f"fanout-{sockets}",
        f"One topic to {sockets:,} sockets, {RATES[sockets]:,} deliveries/s",
        ("server", "CPU per delivery", "ratio", "p50 / p99 ms", "memory per socket", ARRIVED, WHO),
    )
    makes: list[tuple[str, Callable[..., Server], int]] = [
        ("jianghu", lambda b, p: ours(b, p, sockets), 1),
        ("tutorial Channels", rivals.tutorial, SLOWER),
    ]
    if peers:
        makes += [(PUBLIC[0], rivals.socketio, 1), (PUBLIC[1], rivals.nchan, 1)]
    costs: dict[str, float] = {}
    absent: set[str] = set() if peers else {*PUBLIC}
    for name, make, slower in makes:
        port = port_for()
        try:
            found = measure(
                bench,
                make(bench, port),
                port,
                sockets,
                max(FEWEST, DELIVERIES // sockets // slower),
                sockets / RATES[sockets] * slower * 1e6,
            )
        except rivals.Absent as error:
            table.refuse(name, f"absent: {error}")
            absent.add(name)
            continue
        except Failed as error:
            table.refuse(name, str(error))
            continue
        costs[name] = found["cpu_us"]
        table.figures[f"{name}: CPU µs per delivery"] = found["cpu_us"]
        table.figures[f"{name}: kB per socket"] = found["kb"]
        table.rows.append(_row(name, found, costs))
    _judge(table, costs, sockets, absent)
    return table


def _row(name: str, found: dict[str, Any], costs: dict[str, float]) -> tuple[str, ...]:
    ratio = f"{found['cpu_us'] / costs['jianghu']:.2f}" if "jianghu" in costs else ""
    return (
        name,
        f"{found['cpu_us']:.2f} µs",
        ratio,
        f"{found['p50_ms']:.1f} / {found['p99_ms']:.1f}",
        f"{found['kb']:.1f} kB",
        f"{found['delivered']:,} of {found['expected']:,}",
        who(found),
    )


def _judge(table: Table, costs: dict[str, float], sockets: int, absent: set[str]) -> None:
    """A peer that is not here is not compared with; one whose run was refused is."""
    mine, socketio, nchan = (costs.get(name) for name in ("jianghu", *PUBLIC))
    bound = 8 if sockets == 500 else 14
    table.must(f"at most {bound} µs", None if mine is None else mine <= bound)
    compared = None if mine is None or socketio is None else mine < socketio
    if sockets == 500:
        if PUBLIC[0] not in absent:
            table.must("less than socket.io in the same run", compared)
        near = None if mine is None or nchan is None else mine <= 1.3 * nchan
        table.aim("at most 1.3 times nchan", near)
    else:
        kb = table.figures.get("jianghu: kB per socket")
        table.must("at most 40 kB per idle signed-in socket", None if kb is None else kb <= 40)
        table.aim("at most socket.io", compared)
