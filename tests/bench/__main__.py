"""The benchmark: `python -m tests.bench [--only fanout,durable] [--no-peers] [--keep]`.

Every server has one core, the load the other; see docs/benchmarks.md. The exit code is not zero
when something that must hold does not.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.load_client import Failed
from tests.bench.machine import described, keep_off_the_server
from tests.bench.report import Table, keep
from tests.bench.servers import Bench

WORKLOADS = ("fanout", "busy", "durable", "poll", "storm", "jitter", "connect", "growth")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help=", ".join(WORKLOADS))
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--keep", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    wanted = [name for name in options.only.split(",") if name] or list(WORKLOADS)
    if unknown := [name for name in wanted if name not in WORKLOADS]:
        parser.error(f"no workload is called {unknown[0]}; there are: {', '.join(WORKLOADS)}")
    keep_off_the_server()
    print("\n".join(described()), flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="jianghu-bench-") as name:
        Path(name).chmod(0o755)  # PostgreSQL runs as somebody else
        tables = run(wanted, Path(name), peers=not options.no_peers)
    if options.keep:
        keep(tables)
    failed = [table.title for table in tables if table.failed]
    print(f"\n{len(tables)} tables in {time.monotonic() - started:.0f} s")
    if "fanout" in wanted:
        print("another load client, to check this one against: make bench-agree FANLOAD=path")
    for title in failed:
        print(f"what must hold does not: {title}")
    return 1 if failed else 0


def run(wanted: list[str], folder: Path, *, peers: bool) -> list[Table]:
    """Run the workloads one after the other; what one cannot do does not stop the others."""
    bench = Bench(folder)
    bench.start()
    tables: list[Table] = []
    try:
        for name in wanted:
            workload = importlib.import_module(f"tests.bench.workloads.{name}")
            try:
                found = workload.run(bench, peers)
            except Failed as error:
                found = [Table(name, name, ("server", "result"))]
                found[0].refuse("jianghu", str(error))
                found[0].must("a figure", None)
            for table in found:
                print(table.text(), flush=True)
            tables += found
    finally:
        bench.stop()
    return tables


if __name__ == "__main__":
    sys.exit(main())
