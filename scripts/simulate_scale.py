"""Reckons what 120 million registered people need, and keeps docs/scaling.md true.

    python3 scripts/simulate_scale.py            print every figure and write them into the document
    python3 scripts/simulate_scale.py --check    fail when the document says anything else

Inputs: docs/scaling.toml. In the document a figure stands between <!--name--> and <!---->.
"""

from __future__ import annotations

import math
import re
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import scale_models as models

ROOT = Path(__file__).resolve().parent.parent
INPUTS = ROOT / "docs" / "scaling.toml"
PAGE = ROOT / "docs" / "scaling.md"
MARK = re.compile(r"<!--(\w+)-->(.*?)<!---->", re.DOTALL)

DAY = 86_400
HEARTBEAT, CHECK = 20, 2  # seconds; consumers/wire/rounds.py and keeper.py
BUSY = 0.6  # of a core, so that a lost zone's sockets and a burst fit
FRAME_BYTES = 600  # a message's envelope on the bus

Figures = dict[str, str]


def inputs() -> SimpleNamespace:
    """Every input by its name."""
    groups = tomllib.loads(INPUTS.read_text())
    return SimpleNamespace(
        **{name: entry["value"] for group in groups.values() for name, entry in group.items()}
    )


def number(value: float) -> str:
    """Two significant digits, as a person would say it."""
    if value == 0:
        return "0"
    digits = max(0, 1 - math.floor(math.log10(abs(value))))
    rounded = round(value, 1 - math.floor(math.log10(abs(value))))
    return f"{rounded:,.{digits}f}"


def much(value: float, unit: str) -> str:
    """With the prefix that fits: 240 GB, 12 ms."""
    steps = ["", "k", "M", "G", "T", "P"]
    place = 0 if value < 1000 else min(5, int(math.log10(value) // 3))
    return f"{number(value / 1000**place)} {steps[place]}{unit}".rstrip()


def people(a: SimpleNamespace) -> tuple[Figures, SimpleNamespace]:
    """Who is here, what they do a second, and how many sockets each thing reaches."""
    b = SimpleNamespace()
    b.people = a.sockets / a.tabs
    b.topics = 2 * a.friends + a.other_topics
    b.messages = a.registered * a.daily_share * a.messages_a_day / DAY * a.peak
    b.comes = a.sockets / a.stay_s
    b.watching = models.watchers(a.tabs)
    b.reach = sum(b.watching) / len(b.watching)
    friends_sockets = a.friends * a.friends_here * a.tabs
    b.hot = a.hot_viewers * 5  # snapshots a second: SNAPSHOT_SECONDS is 0.2
    b.flows = {
        "messages": b.messages * b.reach,
        "marks": b.messages * b.reach * 1.5,
        "typing": b.messages * b.reach,
        "votes": a.votes * 40 + b.hot,
        "acts": a.small_acts * friends_sockets,
        "presence": 2 * b.comes * friends_sockets,
        "heads": a.sockets / HEARTBEAT,
    }
    b.deliveries = sum(b.flows.values())
    b.commands = b.messages * 4 + a.votes + a.small_acts + b.comes * 2
    told = {
        "people": much(b.people, ""),
        "topics": number(b.topics),
        "messages": number(b.messages),
        "comes": number(b.comes),
        "stay": number(a.stay_s / 60),
        "redis": f"{a.redis}",
        "databases": f"{a.databases}",
        "reach": f"{b.reach:.1f}",
        "hot_deliveries": much(b.hot, ""),
        "deliveries": much(b.deliveries, ""),
        "commands": number(b.commands),
    } | {f"flow_{name}": much(value, "") for name, value in b.flows.items()}
    return told, b


def workers(a: SimpleNamespace, b: SimpleNamespace) -> Figures:
    """How many, what fills them, and what waits for what."""
    b.workers = math.ceil(a.sockets / a.sockets_a_worker * a.zones / (a.zones - 1) / 30) * 30
    cores = {
        # The one hot topic has a few hundred sockets on each worker; the rest is here and there.
        "fanout": ((b.deliveries - b.hot) * a.delivery_us_5000 + b.hot * a.delivery_us_500) * 1e-6,
        "commands": b.commands * a.send_worker_us * 1e-6,
        "handshakes": b.comes / a.handshakes,
        "pages": a.pages * a.page_ms * 1e-3,
    }
    load = sum(cores.values()) / b.workers
    frames = b.deliveries / b.reach / b.workers
    _, p99 = models.loop_wait(frames, b.watching, a.delivery_us_5000, load)
    lost = sum(cores.values()) / (b.workers * (a.zones - 1) / a.zones)
    _, late = models.loop_wait(frames * 1.5, b.watching, a.delivery_us_5000, lost)
    coming = a.sockets / a.zones / (b.workers * (a.zones - 1) / a.zones)
    most, everyone = models.storm(int(coming), a.handshakes * (1 - lost))
    return {f"cores_{name}": number(value) for name, value in cores.items()} | {
        "cores": number(sum(cores.values())),
        "workers": f"{b.workers:,}",
        "machines": f"{math.ceil(b.workers / 15):,}",
        "memory": much(a.sockets * a.socket_kb * 1000, "B"),
        "memory_worker": much(a.sockets_a_worker * a.socket_kb * 1000, "B"),
        "load": f"{load:.0%}",
        "load_lost": f"{lost:.0%}",
        "wait_p99": f"{p99 * 1000:.1f} ms",
        "wait_p99_lost": f"{late * 1000:.1f} ms",
        "storm_clients": f"{coming:,.0f}",
        "storm_99": f"{most:.0f} s",
        "storm_all": f"{everyone:.0f} s",
        "hot_core": f"{a.hot_viewers / b.workers * 5 * a.delivery_us_500 * 1e-6:.1%}",
    }


def checks(a: SimpleNamespace, b: SimpleNamespace) -> Figures:
    """The comparison of heads every two seconds: what breaks first, and its successor."""
    each = b.topics * a.head_us * 1e-6 / CHECK  # PostgreSQL's cores for one socket
    b.events = b.messages * 1.2 + a.small_acts
    mine = b.events / a.databases * CHECK
    return {
        "check_topics": much(a.sockets_a_worker * b.topics, ""),
        "check_seconds": f"{a.sockets_a_worker * b.topics * a.head_us * 1e-6:.1f} s",
        "check_cores": number(a.sockets * each),
        "check_sockets": number(0.25 / each),
        "events": number(b.events),
        "changed_rows": number(mine),
        "changed_cores": number(b.events * (b.workers / 15) * 1e-6),
    }


def redis(a: SimpleNamespace, b: SimpleNamespace) -> Figures:
    """Publications, copies and subscriptions, and how even the shards are."""
    counts = models.processes(b.watching[:30_000], b.workers)
    copies = sum(counts) / len(counts)
    publications = b.messages * 3.5 + a.votes + a.small_acts + 2 * b.comes
    # Friends' pages share few topics on a worker; only rooms and hot things do.
    subscriptions = a.sockets * b.topics * 0.9
    cpu = {
        "publish": publications * a.publish_us * 1e-6,
        "copies": publications * copies * a.copy_us * 1e-6,
        "subscribe": 2 * b.comes * b.topics * a.subscribe_us * 1e-6,
    }
    balance = models.shard_balance(a.redis)
    return {f"redis_{name}": number(value) for name, value in cpu.items()} | {
        "copies": f"{copies:.1f}",
        "publications": number(publications),
        "subscriptions": much(subscriptions, ""),
        "redis_cores": number(sum(cpu.values())),
        "redis_memory": much(subscriptions * a.subscription_bytes, "B"),
        "redis_memory_each": much(subscriptions * a.subscription_bytes / a.redis, "B"),
        "redis_balance": f"{balance:.2f}",
        "redis_busiest": f"{sum(cpu.values()) / a.redis * balance:.0%}",
        "redis_bytes": much(publications * copies * FRAME_BYTES, "B/s"),
        "connections": f"{b.workers * 2:,}",
    }


def databases(a: SimpleNamespace, b: SimpleNamespace) -> Figures:
    """Writes, disks, connections, and what batching makes of a burst."""
    writes = b.messages * 2 + a.votes + a.small_acts + 2 * b.comes
    stored = a.registered * a.daily_share * a.messages_a_day
    week = stored * 7 * a.row_bytes
    year = stored * 365 * a.kept_bytes
    commit, each = a.commit_ms / 1000, a.send_database_us * 1e-6
    calm, calm_p99 = models.batches(b.messages / b.workers, commit, each)
    burst, burst_p99 = models.batches(10 * b.messages / b.workers, commit, each)
    return {
        "writes": number(writes),
        "write_cores": number(writes * a.send_database_us * 1e-6),
        "wal": much(b.messages * a.row_bytes * 1.5, "B/s"),
        "stored_day": much(stored, ""),
        "disk_week": much(week, "B"),
        "disk_year": much(year, "B"),
        "disk_each": much((week + year) / a.databases, "B"),
        "commits_each": number(b.messages / calm / a.databases),
        "batch": f"{calm:.1f}",
        "batch_p99": f"{calm_p99 * 1000:.1f} ms",
        "batch_burst": f"{burst:.1f}",
        "batch_burst_p99": f"{burst_p99 * 1000:.1f} ms",
        "pool": f"{b.workers * 16:,}",
    }


def figures() -> Figures:
    """Every figure of the document by name, inputs included."""
    a = inputs()
    told, b = people(a)
    told |= workers(a, b) | checks(a, b) | redis(a, b) | databases(a, b)
    groups = tomllib.loads(INPUTS.read_text())
    for group, entries in groups.items():
        rows = [
            f"| {entry['what']} | {entry['value']:,} {entry['unit']} |".replace("  ", " ")
            for entry in entries.values()
        ]
        told[f"inputs_{group}"] = "\n| | |\n|---|---|\n" + "\n".join(rows) + "\n"
    return told


def filled(page: str, told: Figures) -> str:
    """The document with every figure as it is now. Raises KeyError for one that is not known."""
    return MARK.sub(lambda found: f"<!--{found[1]}-->{told[found[1]]}<!---->", page)


def main() -> None:
    told = figures()
    page = PAGE.read_text()
    now = filled(page, told)
    if "--check" in sys.argv[1:]:
        if now != page:
            sys.exit(
                "docs/scaling.md no longer says what its inputs say: run `make simulate-scale`"
            )
        return
    for name, value in told.items():
        if not name.startswith("inputs_"):
            print(f"{name:>20}  {value}")
    if now != page:
        PAGE.write_text(now)
        print("docs/scaling.md was brought up to date")


if __name__ == "__main__":
    main()
