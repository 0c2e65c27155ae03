"""What a real fleet tells at /metrics: all workers in one answer, whichever of them was asked."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
from collections.abc import Iterable
from pathlib import Path

import aiohttp
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from tests.fleet.crowd import crowd, eventually, spread
from tests.fleet.harness import ROOT, Fleet

DASHBOARD = ROOT / "deploy" / "grafana" / "jianghu.json"
LIVE, MISSED_NOTHING = "jianghu_joins_total", {"outcome": "live"}
Families = dict[str, Metric]


async def scrape(fleet: Fleet) -> Families:
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"{fleet.url}/metrics") as response,
    ):
        assert response.status == 200, await response.text()
        text = await response.text()
    families = list(text_string_to_metric_families(text))
    names = [family.name for family in families]
    assert len(names) == len(set(names)), "a family came twice"
    return {family.name: family for family in families}


def total(families: Families, name: str, **labels: str) -> float:
    """The sum over all workers of the samples with these labels."""
    return sum(
        sample.value
        for family in families.values()
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


def tellers(families: Families) -> set[str]:
    return {sample.labels["worker"] for sample in families["jianghu_sockets"].samples}


def asked_for(dashboard: Path) -> Iterable[str]:
    """Every series a panel of the dashboard names."""
    for panel in json.loads(dashboard.read_text())["panels"]:
        for target in panel.get("targets", []):
            yield from re.findall(r"\b(?:jianghu|process)_\w+", target["expr"])


def check_dashboard(told: Families) -> None:
    """What it shows exists. A counter with labels has no series before it has counted: there its
    family is enough."""
    series = {sample.name for family in told.values() for sample in family.samples}
    families = {f"{name}{end}" for name in told for end in ("", "_total")}
    asked = set(asked_for(DASHBOARD))
    assert len(asked) > 20 and not asked - series - families


async def test_all_workers_answer_and_count_what_happened(fleet: Fleet) -> None:
    before = await scrape(fleet)
    async with crowd(fleet, people=4) as people:
        await spread(people.clients, 2)
        sends = await people.talk(rate=20, seconds=1)
        await people.acknowledged(sends, 10)
        await people.settle(10)
        for client in people.clients:
            await client.reconnect()
        now = await scrape(fleet)
        async with asyncio.timeout(10):
            while total(now, LIVE, **MISSED_NOTHING) < total(before, LIVE, **MISSED_NOTHING) + 4:
                await asyncio.sleep(0.1)
                now = await scrape(fleet)
        assert len(tellers(now)) == 2
        assert total(now, "jianghu_sockets") >= 4 and total(now, "jianghu_people") >= 4
        assert total(now, "jianghu_workers") == 2 and total(now, "jianghu_workers_silent") == 0

        def more(name: str, **labels: str) -> float:
            return total(now, name, **labels) - total(before, name, **labels)

        sent = len(sends)
        assert more("jianghu_commands_total", op="message.send", code="ok") >= sent > 0
        assert more("jianghu_command_seconds_count", op="message.send") >= sent
        # Everybody gets each message; how many share a frame depends on the pace.
        frames = more("jianghu_frames_total", kind="logged")
        deliveries = more("jianghu_deliveries_total", kind="logged")
        assert 0 < frames <= deliveries <= sent * 4
        assert more("jianghu_sent_bytes_total", kind="logged") > 100 * deliveries / 4
        assert more("jianghu_handshakes_total", outcome="accepted") >= 8
        assert total(now, "jianghu_bus_healthy") == 2
        assert more("jianghu_loop_lag_seconds_count") > 0
        assert total(now, "jianghu_pool_connections", state="idle") > 0
        check_dashboard(now)


async def test_a_dead_worker_is_told_and_not_waited_for(fleet: Fleet) -> None:
    deaths = total(await scrape(fleet), "jianghu_worker_deaths_total")
    gone = tellers(await scrape(fleet))
    starts = fleet.logs().count("worker_ready")
    fleet.kill_worker()
    await eventually(lambda: fleet.logs().count("worker_ready") > starts, 30, "its successor")
    now = await scrape(fleet)
    assert len(tellers(now)) == 2 and len(tellers(now) & gone) == 1
    assert total(now, "jianghu_worker_deaths_total") == deaths + 1
    assert total(now, "jianghu_workers_silent") == 0


async def test_a_worker_that_hangs_is_told_as_silent(fleet: Fleet) -> None:
    hanging = fleet.pids()[0]
    os.kill(hanging, signal.SIGSTOP)
    try:
        # The kernel queues the connection for whichever worker accepts: the other one.
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(20)) as http,
            http.get(f"{fleet.url}/metrics") as response,
        ):
            now = await response.text()
    finally:
        os.kill(hanging, signal.SIGCONT)
    assert re.search(r"^jianghu_workers_silent 1", now, re.M)
