"""Messages that are committed before they are acknowledged: 100 senders, 50 rooms of 10 people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.bench import load_client, rivals
from tests.bench.load_client import Failed, lines
from tests.bench.report import WHO, Table, check, who
from tests.bench.servers import FILLER, Bench, Meter, Server, join, port_for
from tests.bench.world import SMALL_ROOM, SMALL_ROOMS

SENDERS, WINDOW = 100, 3
"""Sends under way for each sender: what is asked for is what one server can do, not how long a
queue can grow."""

SECONDS, WARM_MS = 8, 3_000
MUST, MUST_P99_MS = 3_000, 150.0

Prepared = tuple[Server, dict[str, Any]]


def ours(bench: Bench, port: int) -> Prepared:
    """One worker; the limit of one socket's frames is lifted, for 100 of them speak for all."""
    rooms = bench.world()["small_rooms"]
    hellos = [
        join(f"user:{bench.person(n)}", f"room:{rooms[n % SMALL_ROOMS]}")
        for n in range(SMALL_ROOMS * SMALL_ROOM)
    ]
    server = bench.ours(port, hellos, BENCH_FRAMES_PER_SECOND="100000")
    said = f'"client_id":"@N","text":"mark:@T {FILLER}"'
    frames = [f'{{"op":"message.send","ref":@R,"room_id":{room},{said}}}' for room in rooms]
    return server, {
        "frame": lines(bench.folder / "frames", frames),
        "ack": '{"op":"reply","ref":',
        "refusal": '{"op":"error","ref":',
    }


def _tutorial(bench: Bench, port: int) -> Prepared:
    return rivals.tutorial_durable(bench, port), rivals.rooms_of_tutorial(bench, SMALL_ROOMS)


def _socketio(bench: Bench, port: int) -> Prepared:
    return rivals.socketio_durable(bench, port), rivals.rooms_of_socketio(bench, SMALL_ROOMS)


def measure(bench: Bench, server: Server, port: int, more: dict[str, Any]) -> dict[str, Any]:
    """Adds rate (acknowledged a second), server_us and postgres_us (CPU per message).

    Raises Failed when something acknowledged did not reach the whole room, or came twice.
    """
    with bench.running(server, port) as running:
        meter = Meter(bench, running)
        report = load_client.run(
            bench.program,
            "durable",
            server.speak
            | {"port": port, "count": SMALL_ROOMS * SMALL_ROOM, "rooms": SMALL_ROOMS}
            | {"senders": SENDERS, "window": WINDOW, "warm-ms": WARM_MS, "seconds": SECONDS}
            | more,
            {"measure": meter.begin, "measured": meter.end},
        )
    check(report, "missing", "extra", "refused", "unanswered", "closed")
    report["rate"] = report["measured"] / report["seconds"]
    report["server_us"] = meter.spent() / report["measured"] * 1e6
    report["postgres_us"] = meter.spent("PostgreSQL") / report["measured"] * 1e6
    report["shares"] = meter.shares()
    return report


def run(bench: Bench, peers: bool) -> list[Table]:
    """Ours beside the peers that store."""
    table = Table(
        "durable",
        f"Durable sends: {SENDERS} senders with {WINDOW} under way each, {SMALL_ROOMS} rooms of "
        f"{SMALL_ROOM}, one worker",
        ("server", "acknowledged/s", "ratio", "ack p50 / p99 ms", "server CPU", "PostgreSQL CPU")
        + (WHO,),
    )
    makes: list[tuple[str, Callable[[Bench, int], Prepared]]] = [
        ("jianghu", ours),
        ("tutorial Channels + ORM", _tutorial),
    ]
    if peers:
        makes.append(("socket.io + pg", _socketio))
    rates: dict[str, dict[str, Any]] = {}
    for name, make in makes:
        port = port_for()
        try:
            found = rates[name] = measure(bench, *_before(make(bench, port), port))
        except (Failed, rivals.Absent) as error:
            table.refuse(name, str(error))
            continue
        table.figures[f"{name}: acknowledged/s"] = found["rate"]
        table.figures[f"{name}: server CPU µs per message"] = found["server_us"]
        table.figures[f"{name}: PostgreSQL CPU µs per message"] = found["postgres_us"]
        table.rows.append(_row(name, found, rates))
    _judge(table, rates)
    return [table]


def _before(prepared: Prepared, port: int) -> tuple[Server, int, dict[str, Any]]:
    server, more = prepared
    return server, port, more


def _row(name: str, found: dict[str, Any], rates: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    ratio = f"{found['rate'] / rates['jianghu']['rate']:.2f}" if "jianghu" in rates else ""
    return (
        name,
        f"{found['rate']:,.0f}",
        ratio,
        f"{found['ack_p50_ms']:.1f} / {found['ack_p99_ms']:.1f}",
        f"{found['server_us']:.0f} µs",
        f"{found['postgres_us']:.0f} µs",
        who(found),
    )


def _judge(table: Table, rates: dict[str, dict[str, Any]]) -> None:
    mine, peer = rates.get("jianghu"), rates.get("socket.io + pg")
    table.must(f"at least {MUST:,}/s", None if mine is None else mine["rate"] >= MUST)
    table.must(
        f"ack p99 at most {MUST_P99_MS:.0f} ms",
        None if mine is None else mine["ack_p99_ms"] <= MUST_P99_MS,
    )
    table.aim(
        "ahead of socket.io with pg in the same run",
        None if mine is None or peer is None else mine["rate"] > peer["rate"],
    )
