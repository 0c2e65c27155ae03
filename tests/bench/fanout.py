"""One topic to many sockets: ours beside the tutorial's consumer, in one run, on the same machine.

`python -m tests.bench.fanout [--sockets 500 5000]`. The server has one core, the load the other.
A figure is printed only for a run in which everything arrived and the client was not the limit.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.services.process import end, free_port
from tests.services.redis import Redis

ROOT = Path(__file__).resolve().parent.parent.parent
CLIENT_LIMIT = 0.85
ITEM_TOPIC = "item:1"


@dataclass(frozen=True)
class Server:
    """A server under test: how to start it and how to speak to it."""

    name: str
    command: list[str]
    environment: dict[str, str]
    publisher: list[str]
    prefix: str
    cookie: str = ""
    hello: str = ""


def pinned(core: int, command: list[str]) -> list[str]:
    """Keep a process on one core, when there is more than one."""
    return ["taskset", "-c", str(core), *command] if (os.cpu_count() or 1) > 1 else command


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    return 0


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    import socket

    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise SystemExit(f"the server did not start:\n{log.read_text()[-2000:]}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not answer in 30 s")


def measure(
    server: Server,
    port: int,
    redis: Redis,
    folder: Path,
    sockets: int,
    messages: int,
    interval: float,
) -> dict[str, Any]:
    """Run one server against one load; its CPU counts from the first publication."""
    log = folder / f"{server.name}.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            pinned(0, server.command),
            env=os.environ | server.environment,
            cwd=ROOT,
            stdout=out,
            stderr=out,
        )
    try:
        wait_for(port, process, log)
        idle = memory_kb(process.pid)
        load = subprocess.Popen(
            pinned(
                1,
                [sys.executable, "-m", "tests.bench.sockets", "--port", str(port)]
                + ["--count", str(sockets), "--expect", str(messages)]
                + ["--cookie", server.cookie, "--hello", server.hello],
            ),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert load.stdout is not None
        if load.stdout.readline().strip() != "ready":
            raise SystemExit(f"the load client failed against {server.name}")
        full = memory_kb(process.pid)
        before = cpu_seconds(process.pid)
        subprocess.run(
            pinned(
                1,
                [sys.executable, "-m", "tests.bench.publisher", *server.publisher]
                + ["--redis", redis.url, "--prefix", server.prefix]
                + ["--messages", str(messages), "--interval", str(interval)],
            ),
            cwd=ROOT,
            env=os.environ | server.environment,
            check=True,
        )
        result: dict[str, Any] = json.loads(load.stdout.readline())
        load.wait(30)
        result["cpu_us"] = (cpu_seconds(process.pid) - before) / max(1, result["delivered"]) * 1e6
        result["kb_per_socket"] = (full - idle) / sockets
        return result
    finally:
        end(process)


def shop(folder: Path, port: int, redis: Redis) -> Server:
    """The product itself: a signed-in person with many tabs, all watching one item."""
    environment = {
        "DATA_DIR": str(folder / "shop"),
        "DATABASE_URL": "",
        "REDIS_URL": redis.url,
        "SECRET_KEY": "bench",
        "PORT": str(port),
        "PUBLIC_ORIGINS": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "server.settings",
    }
    prepared = subprocess.run(
        [sys.executable, "-m", "tests.bench.prepare"],
        env=os.environ | environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    cookie = prepared.stdout.strip().splitlines()[-1]
    hello = json.dumps({"op": "join", "ref": 1, "topics": [{"topic": ITEM_TOPIC}]})
    return Server(
        "jianghu",
        [sys.executable, "-m", "tests.bench.serve", str(port)],
        environment,
        ["hub", ITEM_TOPIC],
        "jianghu",
        cookie,
        hello,
    )


def tutorial(port: int, redis: Redis) -> Server:
    """One consumer and one group membership a socket, on stock Daphne."""
    return Server(
        "tutorial",
        [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(port), "-v", "0"]
        + ["tests.bench.tutorial:application"],
        {"REDIS_URL": redis.url, "DJANGO_SETTINGS_MODULE": "server.settings", "SECRET_KEY": "x"},
        ["tutorial", "room"],
        "tutorial",
    )


def line(name: str, sockets: int, result: dict[str, Any]) -> str:
    whole = result["delivered"] == result["expected"] and result["lost_sockets"] == 0
    counted = f"{name:9} {sockets:5} sockets  {result['delivered']}/{result['expected']} delivered"
    if not whole:
        return f"{counted}  LOSS: no figure"
    if result["client_cpu"] > CLIENT_LIMIT:
        return f"{counted}  the client used {result['client_cpu']:.0%} of a core: no figure"
    return (
        f"{counted}  {result['cpu_us']:6.1f} µs CPU each  p50 {result['p50_ms']} ms"
        f"  p99 {result['p99_ms']} ms  max {result['max_ms']} ms"
        f"  {result['kb_per_socket']:.0f} kB a socket"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, nargs="+", default=[500, 5000])
    parser.add_argument("--deliveries", type=int, default=200_000)
    parser.add_argument("--rate", type=int, default=20_000, help="deliveries a second for ours")
    parser.add_argument("--check", action="store_true", help="fail when a promise is not held")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (20_000, 20_000))
    with tempfile.TemporaryDirectory(prefix="jianghu-bench-") as name:
        return run(options, Path(name))


def run(options: argparse.Namespace, folder: Path) -> int:
    redis = Redis(folder)
    redis.start()
    ours: dict[int, float] = {}
    try:
        for sockets in options.sockets:
            messages = max(20, options.deliveries // sockets)
            results = {}
            for make, slower in ((shop, 1), (tutorial, 8)):
                port = free_port()
                server = make(folder, port, redis) if make is shop else tutorial(port, redis)
                # The tutorial's server gets an eighth of the rate and of the messages: it could
                # not follow, and a server that falls behind is measured at its worst, not its cost.
                interval = sockets / options.rate * slower
                result = measure(
                    server, port, redis, folder, sockets, max(20, messages // slower), interval
                )
                results[server.name] = result
                print(line(server.name, sockets, result), flush=True)
            ours[sockets] = results["jianghu"]["cpu_us"]
            ratio = results["tutorial"]["cpu_us"] / ours[sockets]
            print(
                f"          the tutorial's consumer costs {ratio:.1f} times as much\n", flush=True
            )
    finally:
        redis.stop()
    return verdict(ours) if options.check else 0


def verdict(ours: dict[int, float]) -> int:
    """The promises: at most 40 µs at 500 sockets, at most twice that at 5,000."""
    few, many = min(ours), max(ours)
    growth = ours[many] / ours[few]
    print(f"growth from {few} to {many} sockets: {growth:.2f} (at most 2)")
    return 0 if ours[few] <= 40 and growth <= 2 else 1


if __name__ == "__main__":
    sys.exit(main())
