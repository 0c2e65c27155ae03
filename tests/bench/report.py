"""What a workload says in the end: a table, what must hold, what we aim at; and its keeping."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.load_client import CLIENT_LIMIT, Failed
from tests.bench.machine import described

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"
DATA = ROOT / "docs" / "benchmarks.json"


@dataclass
class Table:
    """One workload's results. rows: one a server; a refused one has its reason for a figure.

    musts and aims: (text, held); held is None when it could not be measured.
    figures: what other documents read, by name.
    """

    name: str
    title: str
    columns: Sequence[str]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    musts: list[tuple[str, bool | None]] = field(default_factory=list)
    aims: list[tuple[str, bool | None]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)

    def refuse(self, server: str, why: str) -> None:
        """No figure for this server."""
        self.rows.append((server, f"refused: {why}", *[""] * (len(self.columns) - 2)))

    def must(self, text: str, held: bool | None) -> None:
        self.musts.append((text, held))

    def aim(self, text: str, held: bool | None) -> None:
        self.aims.append((text, held))

    @property
    def failed(self) -> bool:
        """Whether something that must hold does not, or could not be measured."""
        return any(held is not True for _, held in self.musts)

    def verdicts(self) -> list[str]:
        words = {True: "yes", False: "NO", None: "not measured"}
        return [f"must: {text}: {words[held]}" for text, held in self.musts] + [
            f"aim: {text}: {words[held]}" for text, held in self.aims
        ]

    def text(self) -> str:
        widths = [
            max(len(row[place]) for row in [tuple(self.columns), *self.rows])
            for place in range(len(self.columns))
        ]
        lines = [f"\n{self.title}"]
        for row in [tuple(self.columns), *self.rows]:
            cells = [f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)]
            lines.append(f"  {'  '.join(cells)}".rstrip())
        return "\n".join([*lines, *(f"  {line}" for line in [*self.notes, *self.verdicts()])])

    def markdown(self) -> str:
        rows = [tuple(self.columns), tuple("---" for _ in self.columns), *self.rows]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        below = [*self.notes, *self.verdicts()]
        return "\n".join([f"### {self.title}", "", *lines, "", *(f"- {line}" for line in below)])


def check(report: dict[str, Any], *losses: str, lost: int = 0, of: int = 0) -> None:
    """Refuse a figure of a run with loss, or in which the client was the limit. Raises Failed.

    Every figure of the benchmark passes here. losses: counts that must be zero; lost: how many of
    what was expected did not arrive.
    """
    if lost:
        raise Failed(f"{lost:,} of {of:,} did not arrive ({1 - lost / of:.3%} did)")
    for name in losses:
        if report[name]:
            raise Failed(f"{report[name]:,} {name}; {report.get('said', '')}".rstrip("; "))
    client = max(report["client_cpu"], report.get("held_client_cpu", 0.0))
    if client > CLIENT_LIMIT:
        raise Failed(f"the client used {client:.0%} of a core")


WHO = "server / client / PostgreSQL / Redis, % of a core"
FULL = 0.9


def who(report: dict[str, Any]) -> str:
    """The cell under WHO: what each had of its core, and which core was full, if one was."""
    shares = report["shares"]
    used = [shares["server"], report["client_cpu"], shares["PostgreSQL"], shares["Redis"]]
    full = [
        name
        for name, share in (("the server", used[0]), ("the load's core", sum(used[1:])))
        if share >= FULL
    ]
    bound = f": bound by {' and '.join(full)}" if full else ""
    return f"{' / '.join(f'{share:.0%}' for share in used)}{bound}".replace("%", "")


def keep(tables: Sequence[Table]) -> None:
    """Write each table between its own markers in docs/benchmarks.md, and the figures beside it."""
    page = PAGE.read_text()
    page = _between(page, "machine", "\n".join(f"- {line}" for line in described()))
    known: dict[str, Any] = json.loads(DATA.read_text()) if DATA.exists() else {}
    for table in tables:
        page = _between(page, table.name, table.markdown())
        known[table.name] = {name: round(value, 3) for name, value in table.figures.items()}
    PAGE.write_text(page)
    DATA.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")


def _between(page: str, name: str, text: str) -> str:
    begin, end = f"<!-- bench:{name}:begin -->", f"<!-- bench:{name}:end -->"
    block = f"{begin}\n{text}\n{end}"
    if begin not in page:
        return f"{page.rstrip()}\n\n{block}\n"
    return re.sub(f"{begin}.*?{end}", lambda _: block, page, flags=re.DOTALL)
