"""Our load client beside an independent one: both must find the same cost of a delivery.

`python -m tests.bench.agree PROGRAM`; the program takes --port -n -m --interval-us --cookie --hello
--ready --pubpath --tmpl --text --pid and prints JSON with us_per_delivery_total.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.load_client import Failed, lines
from tests.bench.machine import LOAD_CORE, keep_off_the_server, pinned
from tests.bench.servers import Bench, Server, event, join, port_for
from tests.bench.workloads import fanout

WITHIN = 0.15
ROUNDS = 3
LOADS = ((500, 400, 25_000), (5_000, 40, 250_000))
"""Sockets, messages, microseconds between two."""


def main() -> int:
    keep_off_the_server()
    with tempfile.TemporaryDirectory(prefix="jianghu-bench-") as name:
        Path(name).chmod(0o755)
        bench = Bench(Path(name))
        bench.start()
        try:
            return max(_one_load(bench, sys.argv[1], *load) for load in LOADS)
        finally:
            bench.stop()


def _one_load(bench: Bench, program: str, sockets: int, messages: int, interval_us: int) -> int:
    """Alternately, so that whatever else the machine does meets both; the medians count."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        port = port_for()
        server = _server(bench, port)
        ours.append(fanout.measure(bench, server, port, sockets, messages, interval_us)["cpu_us"])
        theirs.append(_independent(bench, program, sockets, messages, interval_us))
    apart = median(ours) / median(theirs) - 1
    print(
        f"{sockets:,} sockets: ours {median(ours):.2f} µs a delivery, the independent client "
        f"{median(theirs):.2f} µs, {apart:+.0%} apart",
        flush=True,
    )
    return 0 if abs(apart) <= WITHIN else 1


def _server(bench: Bench, port: int) -> Server:
    """One signed-in person with many tabs, for the other client knows one cookie only."""
    item = f"item:{bench.world()['item']}"
    server = bench.ours(port, [join(item)], BENCH_TOPIC=item)
    server.speak["cookies"] = lines(bench.folder / "one", bench.world()["cookies"][:1])
    server.speak.update({"publish-path": "/publish", "frame": event(item)})
    return server


def _independent(
    bench: Bench, program: str, sockets: int, messages: int, interval_us: int
) -> float:
    port = port_for()
    item = f"item:{bench.world()['item']}"
    words = f'{{"topic":"{item}","number":1,"type":"bench","data":{{"t":%llu,"filler":"%s"}}}}'
    hello = f'{{"op":"join","ref":1,"topics":[{{"topic":"{item}"}}]}}'
    with bench.running(_server(bench, port), port) as running:
        time.sleep(1)
        command = [program, "--port", str(port), "-n", str(sockets), "-m", str(messages)]
        command += ["--interval-us", str(interval_us), "--cookie", bench.world()["cookies"][0]]
        command += ["--hello", hello, "--ready", "x", "--pubpath", "/publish", "--tmpl", words]
        command += ["--text", "40", "--pid", str(running.pid)]
        done = subprocess.run(pinned(LOAD_CORE, command), capture_output=True, text=True)
    found = json.loads(done.stdout)
    if found["delivered"] != found["expected"]:
        raise Failed(f"the independent client got {found['delivered']} of {found['expected']}")
    cost: float = found["us_per_delivery_total"]
    return cost


if __name__ == "__main__":
    sys.exit(main())
