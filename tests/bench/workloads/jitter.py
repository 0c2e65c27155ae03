"""Bad networks: 1,000 clients, each cut every 15 s and offline for 2 s, while two messages a second
are said to all of them. Everything must be there in the end, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.bench import load_client, rivals
from tests.bench.load_client import Failed
from tests.bench.report import WHO, Table, check, who
from tests.bench.servers import FILLER, Bench, Meter, Server, join, port_for

SECONDS, PER_SECOND, EVERY_MS, OFFLINE_MS = 45, 2, 15_000, 2_000
AIM_MS = 1_000.0


def run(bench: Bench, peers: bool) -> list[Table]:
    """Ours, whose clients resume by number; Socket.IO with its Redis adapter, whose cannot."""
    table = Table(
        "jitter",
        f"Bad networks: 1,000 clients, cut every {EVERY_MS // 1000} s, {OFFLINE_MS // 1000} s "
        f"offline, {PER_SECOND} messages/s, {SECONDS} s",
        ("server", "delivered", "twice", "cuts", "replay p50 / p99 ms", "live p99 ms", WHO),
    )
    report = _try(table, "jianghu", _ours, bench)
    table.must("100.000 % delivered, none twice", report is not None)
    in_time = None if report is None else report["replay_p99_ms"] <= AIM_MS
    table.aim(f"replay p99 at most {AIM_MS:.0f} ms", in_time)
    if report is not None:
        table.figures["jianghu: replay p99 ms"] = report["replay_p99_ms"]
        table.notes.append(
            f"{report['repeated']} events came again and were dropped by their number, "
            f"{report['holes']} gaps were asked for, {report['resets']} resets"
        )
    if peers:
        _try(table, "socket.io + redis adapter", _socketio, bench)
    return [table]


def _try(
    table: Table, name: str, measure: Callable[[Bench], dict[str, Any]], bench: Bench
) -> dict[str, Any] | None:
    """Add a server's row. A refusal says how much arrived: that is what is compared here."""
    try:
        report = measure(bench)
        check(report, "extra", lost=report["missing"], of=report["expected"])
    except (Failed, rivals.Absent) as error:
        table.refuse(name, str(error))
        return None
    table.rows.append(_row(name, report))
    return report


def _row(name: str, report: dict[str, Any]) -> tuple[str, ...]:
    return (
        name,
        f"{report['expected']:,} of {report['expected']:,}",
        f"{report['extra']:,}",
        f"{report['cuts']:,}",
        f"{report['replay_p50_ms']:.0f} / {report['replay_p99_ms']:.0f}",
        f"{report['live_p99_ms']:.0f}",
        who(report),
    )


def _ours(bench: Bench) -> dict[str, Any]:
    """Everybody watches one post; one more person comments on it."""
    post, port = bench.world()["post"], port_for()
    server = bench.ours(port, [join(f"post:{post}")])
    said = f'"client_id":"@N","post_id":{post},"text":"mark:@T {FILLER}"'
    return _run(bench, server, port, {"frame": f'{{"op":"comment.add","ref":@R,{said}}}'})


def _socketio(bench: Bench) -> dict[str, Any]:
    port = port_for()
    server = rivals.socketio(bench, port)
    return _run(bench, server, port, {"ack": "counted by arrival"})


def _run(bench: Bench, server: Server, port: int, more: dict[str, Any]) -> dict[str, Any]:
    with bench.running(server, port) as running:
        meter = Meter(bench, running)
        report = load_client.run(
            bench.program,
            "jitter",
            server.speak
            | {"port": port, "count": 1_000, "parallel": 100, "warm-ms": 2000, "cool-ms": 15_000}
            | {"messages": SECONDS * PER_SECOND, "interval-us": 1e6 / PER_SECOND}
            | {"every-ms": EVERY_MS, "offline-ms": OFFLINE_MS}
            | more,
            {"ready": meter.begin, "measured": meter.end},
        )
    report["shares"] = meter.shares()
    return report
