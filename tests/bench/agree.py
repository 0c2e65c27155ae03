"""Our load client beside an independent one: both must find the same cost of a delivery.

`make bench-agree FANLOAD=…`, a program or its one C source. It takes --port -n -m --interval-us
--cookie --hello --ready --pubpath --tmpl --text --pid; its JSON says expected, delivered, elapsed_s
and us_per_delivery_total: the CPU of the pid from the first message to the last delivery.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.load_client import Failed, lines
from tests.bench.machine import LOAD_CORE, cpu_seconds, keep_off_the_server, pinned
from tests.bench.report import check
from tests.bench.servers import Bench, Server, event, join, port_for
from tests.bench.workloads import fanout
from tests.services.install import GCC, path_of

WITHIN = 0.15
ROUNDS = 3
LOOK_SECONDS = 0.02


def main() -> int:
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        print("which client? make bench-agree FANLOAD=path/to/fanload.c", file=sys.stderr)
        return 2
    keep_off_the_server()
    with tempfile.TemporaryDirectory(prefix="jianghu-bench-") as name:
        Path(name).chmod(0o755)
        bench = Bench(Path(name))
        bench.start()
        try:
            program = _built(bench, Path(sys.argv[1]).resolve())
            return max(_one_load(bench, program, sockets) for sockets in fanout.RATES)
        finally:
            bench.stop()


def _built(bench: Bench, given: Path) -> str:
    if given.suffix != ".c":
        return str(given)
    program = bench.folder / "independent"
    command = [str(path_of(GCC)), "-O2", "-w", "-o", str(program), str(given)]
    subprocess.run(command, check=True)
    return str(program)


def _one_load(bench: Bench, program: str, sockets: int) -> int:
    """At the rate of fan-out, in turn, so that whatever else the machine does meets both; the
    medians count. A refused run of either is no agreement."""
    rate = fanout.RATES[sockets]
    messages, interval_us = fanout.DELIVERIES // sockets, sockets / rate * 1e6
    ours, theirs = [], []
    for _ in range(ROUNDS):
        port = port_for()
        server = _server(bench, port)
        ours.append(fanout.measure(bench, server, port, sockets, messages, interval_us)["cpu_us"])
        theirs.append(_independent(bench, program, sockets, messages, interval_us))
        print(f"{sockets:,} sockets: {ours[-1]:.2f} µs, {theirs[-1]:.2f} µs", flush=True)
    apart = median(ours) / median(theirs) - 1
    print(
        f"{sockets:,} sockets, {rate:,} deliveries/s, medians of {ROUNDS}: ours "
        f"{median(ours):.2f} µs a delivery, the independent client {median(theirs):.2f} µs: "
        f"{apart:+.0%}, {'' if abs(apart) <= WITHIN else 'NOT '}within {WITHIN:.0%}",
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
        found = _watched(pinned(LOAD_CORE, command))
    check(found, lost=found["expected"] - found["delivered"], of=found["expected"])
    cost: float = found["us_per_delivery_total"]
    return cost


def _watched(command: list[str]) -> dict[str, Any]:
    """What it says, and client_cpu: its share of a core in the last elapsed_s of its life."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    at: list[tuple[float, float]] = []
    while process.poll() is None:
        at.append((time.monotonic(), cpu_seconds(process.pid)))
        time.sleep(LOOK_SECONDS)
    if process.returncode or process.stdout is None:
        raise Failed(f"the independent client ended with {process.returncode}")
    found: dict[str, Any] = json.loads(process.stdout.read())
    at = [look for look in at if look[1]]  # one that has just ended says nothing
    (end, spent), begun = at[-1], at[-1][0] - found["elapsed_s"]
    before = max(look[1] for look in at if look[0] <= begun)
    found["client_cpu"] = (spent - before) / (end - begun)
    return found


if __name__ == "__main__":
    sys.exit(main())
