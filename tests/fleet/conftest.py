"""One fleet for all tests that do not need a special one; tests leave it running."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.fleet.crowd import FIGURES
from tests.fleet.harness import Fleet
from tests.services.plugin import services


@pytest_asyncio.fixture(scope="session")
async def fleet() -> AsyncIterator[Fleet]:
    folder: Path = services.subfolder("fleet")
    async with Fleet(folder, workers=2) as running:
        yield running


@pytest_asyncio.fixture(scope="session")
async def pliable() -> AsyncIterator[Fleet]:
    """One whose workers each test starts as it needs them: `serve_altered`, `serve_anew`."""
    folder: Path = services.subfolder("pliable")
    async with Fleet(folder, workers=2) as running:
        yield running


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Also where output is captured: `make test` shows what each case measured."""
    if FIGURES:
        terminalreporter.section("figures of the fleet")
        for line in FIGURES:
            terminalreporter.write_line(f"  {line}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure is told with the servers' last lines: the reason is usually there."""
    report = yield
    arguments = getattr(item, "funcargs", {})
    used = arguments.get("fleet") or arguments.get("pliable")
    if report.failed and isinstance(used, Fleet):
        report.sections.append(("the fleet's last lines", used.logs(80)))
    return report
