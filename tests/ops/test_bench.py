"""The benchmark prints no figure for a run with loss, or whose own client was the limit."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest

from tests.bench import load_client
from tests.bench.load_client import CLIENT_LIMIT, Failed
from tests.bench.report import Table, check, who
from tests.bench.servers import Server
from tests.bench.workloads import fanout, growth, poll

CALM = {"client_cpu": 0.3, "closed": 0, "said": ""}
LATE = dict.fromkeys(("p50_ms", "p99_ms", "max_ms", "ack_p50_ms", "ack_p99_ms"), 1.0)
WHOLE: dict[str, dict[str, Any]] = {
    "fanout": {"expected": 1000, "delivered": 1000, "least": 2, "most": 2, "slow_cut_off": 0},
    "durable": {"measured": 90, "missing": 0, "extra": 0, "refused": 0, "unanswered": 0},
    "storm": {"refused": 0, "p50_s": 1.0, "p99_s": 2.0, "last_s": 3.0},
    "jitter": {"expected": 90, "missing": 0, "extra": 0, "repeated": 0, "holes": 0, "resets": 0}
    | {"cuts": 9, "replay_p50_ms": 1.0, "replay_p99_ms": 2.0, "live_p99_ms": 3.0},
    "vote": {"shown": poll.VOTERS, "bad": 0, "told_again": 0, "tallies": 9}
    | {f"stale_{name}_ms": 1.0 for name in ("p50", "p99", "max")},
    "shake": {"held_client_cpu": 0.1},
}
"""What the load client says of a run in which everything arrived."""

RUNS = {
    "fanout": "fanout",
    "busy": "fanout",
    "growth": "fanout",
    "durable": "durable",
    "storm": "storm",
    "jitter": "jitter",
    "poll": "vote",
    "connect": "shake",
}
"""Workloads, and what the load client is asked for."""

LOSSES = [
    ("fanout", {"delivered": 999}),
    ("fanout", {"most": 3}),
    ("fanout", {"closed": 1}),
    ("busy", {"delivered": 999}),
    ("growth", {"closed": 1}),
    ("durable", {"missing": 1}),
    ("durable", {"extra": 1}),
    ("durable", {"unanswered": 1}),
    ("storm", {"back": 4}),
    ("storm", {"refused": 1}),
    ("jitter", {"missing": 1}),
    ("jitter", {"extra": 1}),
    ("poll", {"shown": poll.VOTERS - 1}),
    ("poll", {"bad": 1}),
    ("poll", {"closed": 1}),
    ("connect", {"opened": 4}),
    ("connect", {"closed": 1}),
]


class Still:
    """Stands for the bench: nothing is started."""

    def __init__(self, folder: Path):
        self.folder, self.program = folder, folder / "load"
        self.redis = SimpleNamespace(url="")
        self.postgres = SimpleNamespace(create=lambda name: "", url=lambda name: "")

    @contextmanager
    def running(self, server: Server, port: int) -> Iterator[Any]:
        quiet = SimpleNamespace(cpu=monotonic, memory=lambda: 0, tell=lambda what: None)
        quiet.pid = os.getpid()
        yield quiet

    def postgres_cpu(self) -> float:
        return 0.0

    redis_cpu = postgres_cpu

    def world(self) -> dict[str, Any]:
        return {"item": 1, "items": [1] * 100, "small_rooms": [1] * 50, "post": 1, "poll": 1} | {
            "options": [1, 2],
            "cookies": [""],
        }

    def person(self, index: int) -> int:
        return index

    def ours(self, port: int, hellos: list[str], **more: str) -> Server:
        return Server("jianghu", [], {}, {"path": "", "cookies": "", "speaks-first": True})


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., list[Table]]:
    """Runs a workload whose client says what is given; without the peers."""

    def run(name: str, **said: Any) -> list[Table]:
        def client(
            program: Path, what: str, options: dict[str, Any], steps: dict[str, Callable[[], None]]
        ) -> dict[str, Any]:
            count = options["count"]
            same = {"seconds": 1.0, "opened": count, "back": count}
            for step in steps.values():
                step()
            slow = {"slow_cut_off": options.get("slow", 0)}
            return CALM | LATE | same | WHOLE[what] | slow | said

        monkeypatch.setattr(load_client, "run", client)
        workload = importlib.import_module(f"tests.bench.workloads.{name}")
        found: list[Table] = workload.run(Still(tmp_path), peers=False)
        return found

    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.setattr("tests.bench.servers.loop_seconds", lambda pid: monotonic())
    monkeypatch.setattr(fanout, "_background", lambda *_: 0.0)
    monkeypatch.setattr(growth, "_items", lambda bench, many: [1] * many)
    monkeypatch.setattr(poll, "_counted", lambda bench, which: (poll.VOTERS,) * 3)
    monkeypatch.setattr("tests.bench.rivals.tutorial_durable", lambda *_: Server("", [], {}))
    return run


def figures(run: Callable[..., list[Table]], name: str, **said: Any) -> list[Table]:
    """The tables of a run that tells figures."""
    try:
        return [table for table in run(name, **said) if table.figures]
    except Failed:
        return []


@pytest.mark.parametrize("name", RUNS)
def test_a_whole_run_has_its_figures(told: Callable[..., list[Table]], name: str) -> None:
    tables = told(name)
    assert all(table.figures for table in tables)
    assert not any("refused" in cell for table in tables for row in table.rows for cell in row)


@pytest.mark.parametrize("name", RUNS)
def test_a_client_that_was_the_limit_tells_nothing(
    told: Callable[..., list[Table]], name: str
) -> None:
    tables = figures(told, name, client_cpu=CLIENT_LIMIT + 0.01)
    assert not [table for table in tables if any(table.figures.values())]


@pytest.mark.parametrize(("name", "said"), LOSSES)
def test_a_run_with_loss_tells_nothing(
    told: Callable[..., list[Table]], name: str, said: dict[str, Any]
) -> None:
    tables = figures(told, name, **said)
    assert not [table for table in tables if any(table.figures.values())]


@pytest.mark.parametrize("name", RUNS)
def test_what_was_refused_does_not_hold(told: Callable[..., list[Table]], name: str) -> None:
    try:
        tables = told(name, client_cpu=CLIENT_LIMIT + 0.01)
    except Failed:
        return  # the whole workload, which then has a must of its own
    assert all(table.failed for table in tables)


def test_growth_is_refused_by_the_row(told: Callable[..., list[Table]]) -> None:
    [table] = told("growth", delivered=999)
    told_of = [row[0] for row in table.rows if "refused" not in row[1]]
    assert told_of == ["idle sockets"] and len(table.rows) == 6
    assert [held for _, held in table.musts].count(None) == 5


def test_a_client_that_was_the_limit_while_it_held_its_sockets() -> None:
    with pytest.raises(Failed, match="91% of a core"):
        check(CALM | {"held_client_cpu": 0.91})


def test_a_full_core_is_named() -> None:
    shares = {"server": 0.5, "PostgreSQL": 0.4, "Redis": 0.1}
    assert who({"client_cpu": 0.45, "shares": shares}).endswith("bound by the load's core")
    assert who({"client_cpu": 0.1, "shares": shares}) == "50 / 10 / 40 / 10"
