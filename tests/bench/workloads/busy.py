"""A busy room: 500 sockets, 2,000 events a second into one topic; and how many it could be."""

from __future__ import annotations

from typing import Any

from tests.bench import rivals
from tests.bench.load_client import Failed
from tests.bench.report import WHO, Table, who
from tests.bench.servers import Bench, Server, port_for
from tests.bench.workloads import fanout

SOCKETS, RATE, SECONDS, LATE_MS = 500, 2_000, 4, 50.0
PATIENCE = 3.0
"""Seconds after the last event: what has not arrived then is not delivered in any room's sense."""

RATES = (3_000, 4_000, 6_000, 8_000)
SLOWER_RATES = (1_200, 800, 400, 200)


def run(bench: Bench, peers: bool) -> list[Table]:
    """Ours at the rate that must hold; everybody at the highest rate that stays within 50 ms."""
    table = Table(
        "busy",
        f"A busy room: {SOCKETS} sockets, one topic",
        ("server", "events/s", "deliveries/s", "CPU per delivery", "p50 / p99 ms")
        + (fanout.ARRIVED, WHO),
    )
    mine = _try(bench, "jianghu", RATE)
    table.rows.append(_row("jianghu", RATE, mine))
    held = isinstance(mine, dict) and mine["p99_ms"] <= LATE_MS
    table.must(f"{RATE:,} events/s, all delivered, p99 at most {LATE_MS:.0f} ms", held)
    most = {"jianghu": _highest(bench, "jianghu", table, mine)}
    most |= {name: _highest(bench, name, table, None) for name in (fanout.PUBLIC if peers else ())}
    table.figures.update({f"{name}: deliveries/s": rate for name, rate in most.items()})
    nchan = most.get("nginx + nchan")
    above = None if nchan is None else most["jianghu"] > nchan
    table.aim("1,000,000 deliveries/s from one core", most["jianghu"] >= 1_000_000)
    table.aim("above nchan", above)
    return [table]


def _try(bench: Bench, name: str, rate: int) -> dict[str, Any] | str:
    """One server at one rate, or why there is no figure."""
    port = port_for()
    try:
        server = _server(bench, name, port)
        return fanout.measure(bench, server, port, SOCKETS, rate * SECONDS, 1e6 / rate, PATIENCE)
    except (Failed, rivals.Absent) as error:
        return str(error)


def _server(bench: Bench, name: str, port: int) -> Server:
    if name == "jianghu":
        return fanout.ours(bench, port, SOCKETS)
    return {fanout.PUBLIC[0]: rivals.socketio, fanout.PUBLIC[1]: rivals.nchan}[name](bench, port)


def _highest(bench: Bench, name: str, table: Table, known: dict[str, Any] | str | None) -> float:
    """Climb while p99 stays within bounds; go down when not even the first rate did."""
    first = known if known is not None else _try(bench, name, RATE)
    best, best_row = 0.0, _row(name, RATE, first)
    rates = RATES if _within(first) else SLOWER_RATES
    if _within(first):
        best = RATE * SOCKETS
    for rate in rates:
        found = _try(bench, name, rate)
        row = _row(name, rate, found)
        if _within(found):
            best, best_row = rate * SOCKETS, row
        elif best:
            break
        if _within(found) and rates is SLOWER_RATES:
            break
    if known is None or best_row != _row(name, RATE, first):
        table.rows.append(best_row)
    return best


def _within(found: dict[str, Any] | str) -> bool:
    return isinstance(found, dict) and found["p99_ms"] <= LATE_MS


def _row(name: str, rate: int, found: dict[str, Any] | str) -> tuple[str, ...]:
    if isinstance(found, str):
        return (name, f"{rate:,}", f"refused: {found}", "", "", "", "")
    return (
        name,
        f"{rate:,}",
        f"{found['delivered'] / found['seconds']:,.0f}",
        f"{found['cpu_us']:.2f} µs",
        f"{found['p50_ms']:.1f} / {found['p99_ms']:.1f}",
        f"{found['delivered']:,} of {found['expected']:,}",
        who(found),
    )
