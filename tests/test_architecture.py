"""The rules of the architecture that imports alone do not show. pyproject.toml has the others.

Each rule is a function from source text to the lines that break it, and is tried on a line that
breaks it: a rule that cannot fail protects nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST, LONGEST_TEST = 350, 450
# Names inside an app that consumers may use, and ground-floor modules that belong to no app.
DOORS = {"services", "queries", "policies", "events", "schemas", "presence"}
GROUND = (
    "server.realtime",
    "server.errors",
    "server.schema",
    "server.access",
    "server.ticker",
    "server.database",
    "server.logs",
    "server.metrics",
    "server.tracing",
)

Rule = Callable[[Path, str], Iterator[str]]


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def imported(text: str) -> Iterator[str]:
    """Every module named by an import, at the top or inside a function, as `package.name`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_under(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def one_publishing_door(path: Path, text: str) -> Iterator[str]:
    """On the server's side only realtime/publish.py hands anything to the bus."""
    if path == ROOT / "server/realtime/publish.py":
        return
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r"\bgroup_send\b|\bget_channel_layer\b", line):
            yield f"{path}:{number} {line.strip()}"


def no_network_library_outside_wire(path: Path, text: str) -> Iterator[str]:
    """Twisted, autobahn and Daphne are known in consumers/wire alone."""
    if (ROOT / "consumers/wire") not in path.parents:
        for name in imported(text):
            if is_under(name, "twisted", "autobahn", "daphne"):
                yield f"{path} imports {name}"


def no_signal_receivers(path: Path, text: str) -> Iterator[str]:
    """A service lists its effects top to bottom; a receiver would hide one."""
    for name in imported(text):
        if is_under(name, "django.dispatch", "django.db.models.signals"):
            yield f"{path} imports {name}"
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r"\b(post|pre)_(save|delete|init)\.connect\b|@receiver\b", line):
            yield f"{path}:{number} {line.strip()}"


def jobs_wait_for_no_process_s_clock(path: Path, text: str) -> Iterator[str]:
    """`run_after` is compared with whatever clock the process has: what is due is a row, a duty
    compares it with the database's clock and enqueues then."""
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r"\brun_after\b", line):
            yield f"{path}:{number} {line.strip()}"


def consumers_touch_no_database(path: Path, text: str) -> Iterator[str]:
    """No ORM; wire/bridge.py alone, which owns the database threads, may end their connections."""
    if path == ROOT / "consumers/wire/bridge.py":
        return
    for name in imported(text):
        if is_under(name, "django.db", "django.apps") or re.match(r"server\.\w+\.models\b", name):
            yield f"{path} imports {name}"


def consumers_use_the_doors(path: Path, text: str) -> Iterator[str]:
    """From an app: its services, queries and the like; nothing behind them."""
    if path == ROOT / "consumers/wire/server.py":
        return  # a worker's entry: it loads the composition root
    for name in imported(text):
        if not is_under(name, "server") or is_under(name, *GROUND):
            continue
        parts = name.split(".")
        if len(parts) < 3 or parts[2] not in DOORS:
            yield f"{path} imports {name}"


def short_files(path: Path, text: str) -> Iterator[str]:
    if (ROOT / "server/demo/art") in path.parents:
        return  # drawings: long as pictures are, not as thoughts are
    lines = text.count("\n")
    if lines > (LONGEST_TEST if (ROOT / "tests") in path.parents else LONGEST):
        yield f"{path} has {lines} lines: is it still one thing?"


RULES: list[tuple[Rule, tuple[str, ...], str]] = [
    (one_publishing_door, ("server",), "layer.group_send('x', {})"),
    (
        no_network_library_outside_wire,
        ("server", "consumers"),
        "from twisted.internet import defer",
    ),
    (
        jobs_wait_for_no_process_s_clock,
        ("server", "consumers"),
        "remind.using(run_after=later).enqueue(7)",
    ),
    (no_signal_receivers, ("server", "consumers"), "from django.dispatch import receiver"),
    (consumers_touch_no_database, ("consumers",), "from django.db import transaction"),
    (consumers_use_the_doors, ("consumers",), "from server.chat.models import Room"),
    (short_files, ("server", "consumers", "tests", "scripts"), "\n" * (LONGEST + 1)),
]


def named(rule: tuple[Rule, tuple[str, ...], str]) -> str:
    return rule[0].__name__


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_rule_holds(rule: tuple[Rule, tuple[str, ...], str]) -> None:
    check, folders, _ = rule
    broken = [line for path in sources(*folders) for line in check(path, path.read_text())]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_rule_notices_a_breach(rule: tuple[Rule, tuple[str, ...], str]) -> None:
    check, folders, breach = rule
    assert list(check(ROOT / folders[0] / "somewhere.py", breach))
