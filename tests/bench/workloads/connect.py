"""Signed-in handshakes a second: connect, upgrade, session read, first frame received."""

from __future__ import annotations

from typing import Any

from tests.bench import load_client
from tests.bench.report import WHO, Table, check, who
from tests.bench.servers import Bench, Meter, port_for

PEOPLE, PARALLEL = 5_000, 200
MUST, AIM = 500, 1_000


def run(bench: Bench, peers: bool) -> list[Table]:
    """One worker, every socket another person."""
    table = Table(
        "connect",
        f"Signed-in handshakes: {PEOPLE:,} people, {PARALLEL} at a time, one worker",
        ("server", "handshakes/s", "p50 / p99 ms", "CPU per handshake", WHO),
    )
    report = measure(bench)
    check(report, "closed", lost=PEOPLE - report["opened"], of=PEOPLE)
    rate = report["opened"] / report["seconds"]
    table.figures["jianghu: handshakes/s"] = rate
    table.rows.append(
        (
            "jianghu",
            f"{rate:,.0f}",
            f"{report['p50_ms']:.0f} / {report['p99_ms']:.0f}",
            f"{report['cpu'] / PEOPLE * 1e6:.0f} µs",
            who(report),
        )
    )
    table.must(f"at least {MUST}/s", rate >= MUST)
    table.aim(f"at least {AIM:,}/s", rate >= AIM)
    return [table]


def measure(bench: Bench) -> dict[str, Any]:
    """The client's report, and the CPU seconds it took."""
    port = port_for()
    server = bench.ours(port, [""])
    speak = {name: server.speak[name] for name in ("path", "cookies", "speaks-first")}
    with bench.running(server, port) as running:
        meter = Meter(bench, running)
        report = load_client.run(
            bench.program,
            "shake",
            speak | {"port": port, "count": PEOPLE, "parallel": PARALLEL},
            {"ready": meter.begin, "holding": meter.end},
        )
    report["cpu"], report["shares"] = meter.spent(), meter.shares()
    return report
