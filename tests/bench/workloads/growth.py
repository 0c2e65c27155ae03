"""How cost grows when one input doubles and the others stay: ratios of CPU time.

Where growth is in queries, rows or frames, tests hold it; here is what only a clock can tell.
"""

from __future__ import annotations

import time

from tests.bench import load_client
from tests.bench.load_client import Failed
from tests.bench.report import Table
from tests.bench.servers import Bench, event, join, port_for
from tests.bench.workloads import fanout

IDLE_SECONDS = 20
RATE = 20_000


def run(bench: Bench, peers: bool) -> list[Table]:
    """Three ratios, each with its bound."""
    table = Table("growth", "How cost grows", ("what", "less", "more", "ratio", "at most"))
    for what, unit, measure, less, more, bound in (
        ("idle sockets", "ms CPU/s", idle_ms, 5_000, 10_000, 2.2),
        ("topics of each socket, one event", "µs", topics_us, 1, 100, 1.1),
        ("bytes of an event", "µs", bytes_us, 200, 4_000, 6.0),
    ):
        try:
            few, many = measure(bench, less), measure(bench, more)
        except Failed as error:
            table.refuse(what, str(error))
            continue
        ratio = many / few
        table.rows.append(
            (what, f"{less:,}: {few:.2f} {unit}", f"{more:,}: {many:.2f} {unit}")
            + (f"{ratio:.2f}", f"{bound}")
        )
        table.figures[f"{what}: ratio"] = ratio
        table.aim(f"{what}: at most {bound} times", ratio <= bound)
    return [table]


def idle_ms(bench: Bench, sockets: int) -> float:
    """CPU of a worker whose sockets say nothing, in ms a second: pings, heartbeats, checks."""
    port, at = port_for(), []
    server = bench.ours(port, [""])
    speak = {name: server.speak[name] for name in ("path", "cookies", "speaks-first")}
    with bench.running(server, port) as running:

        def hold() -> None:
            time.sleep(10)  # presence is told, newcomers are checked
            at.append(running.cpu())
            time.sleep(IDLE_SECONDS)
            at.append(running.cpu())

        report = load_client.run(
            bench.program,
            "shake",
            speak | {"port": port, "count": sockets, "parallel": 200, "source-addresses": True},
            {"holding": hold},
        )
    if report["closed"]:
        raise Failed(f"{report['closed']} sockets closed")
    return (at[1] - at[0]) / IDLE_SECONDS * 1e3


def topics_us(bench: Bench, topics: int) -> float:
    """CPU per delivery on one of so many topics that each of 500 sockets watches."""
    items = [f"item:{item}" for item in bench.world()["items"][:topics]]
    return _delivery(bench, join(*items[:4]) if topics < 4 else _plain_join(items), items[0], 40)


def bytes_us(bench: Bench, size: int) -> float:
    """CPU per delivery of an event of this size."""
    item = f"item:{bench.world()['item']}"
    return _delivery(bench, join(item), item, size - 80)


def _plain_join(topics: list[str]) -> str:
    """Without numbers: these sockets are not cut."""
    wanted = ",".join(f'{{"topic":"{topic}"}}' for topic in topics)
    return f'{{"op":"join","ref":1,"topics":[{wanted}]}}'


def _delivery(bench: Bench, hello: str, topic: str, filler: int) -> float:
    port, sockets = port_for(), 500
    server = bench.ours(port, [hello], BENCH_TOPIC=topic)
    said = event(topic, "x" * filler)
    server.speak.update({"publish-path": "/publish", "frame": said})
    messages = 5 * RATE // sockets
    found = fanout.measure(bench, server, port, sockets, messages, sockets / RATE * 1e6)
    cost: float = found["cpu_us"]
    return cost
