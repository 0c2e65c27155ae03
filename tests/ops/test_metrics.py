"""/metrics: who may read it, that labels are bounded, that documents name what exists."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from server import metrics
from server.ops import exposition
from server.ops.exposition import FOLDER, Responder, gather, merge
from server.ops.folder import PREFIX, Folder, sweep

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "a-token-for-the-tests"


def ask(client: Client, **extra: Any) -> HttpResponse:
    response: HttpResponse = client.get("/metrics", **extra)
    return response


def bearer(token: str) -> dict[str, str]:
    return {"HTTP_AUTHORIZATION": f"Bearer {token}"}


def test_without_a_token_only_this_machine_reads(client: Client) -> None:
    answer = ask(client)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "jianghu_sockets" in answer.content.decode()


@pytest.mark.parametrize(
    "extra",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_HOST": "rebound.example"},
        {"HTTP_AUTHORIZATION": "Bearer "},
    ],
    ids=lambda extra: next(iter(extra)),
)
def test_without_a_token_nobody_else_does(client: Client, extra: dict[str, str]) -> None:
    if "HTTP_AUTHORIZATION" in extra:
        extra = {**extra, "REMOTE_ADDR": "192.0.2.7"}
    answer = ask(client, **extra)
    assert answer.status_code == 404 and answer.content == b""


def test_with_a_token_it_alone_opens(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    far = {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "x", "HTTP_HOST": "worker1:8000"}
    assert ask(client, **far, **bearer(TOKEN)).status_code == 200
    for wrong in ("", TOKEN[:-1], TOKEN + "x", "töken"):
        assert ask(client, **bearer(wrong)).status_code == 404
    assert ask(client).status_code == 404, "this machine too"
    assert ask(client, HTTP_AUTHORIZATION=f"Basic {TOKEN}").status_code == 404


def test_it_is_read_only(client: Client) -> None:
    assert client.post("/metrics").status_code == 404


def test_whatever_is_asked_for_adds_no_series(client: Client) -> None:
    def series() -> int:
        return sum(len(family.samples) for family in metrics.REGISTRY.collect())

    def knock(start: int) -> None:
        for n in range(start, start + 10):
            client.get(f"/api/nothing/{n}")
            client.get(f"/static/{n}.js")
            client.get(f"/admin/{n}/")
            client.generic(f"BREW{n}", f"/place/{n}")

    knock(0)
    before = series()
    knock(10)
    assert series() == before


def test_a_request_is_counted_under_the_name_of_its_route() -> None:
    request: HttpRequest = RequestFactory().get("/x")
    before = _value("jianghu_http_requests_total", route="other", status="418")
    metrics.requested(request, 418, 0.1)
    assert _value("jianghu_http_requests_total", route="other", status="418") == before + 1


def _value(name: str, **labels: str) -> float:
    return sum(
        sample.value
        for family in metrics.REGISTRY.collect()
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


# Several workers -----------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: Any) -> Iterator[Path]:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="jianghu-") as name:
        monkeypatch.setenv(FOLDER, name)
        monkeypatch.setattr(exposition, "ANSWER_SECONDS", 0.3)
        yield Path(name)


def families(text: str) -> dict[str, list[dict[str, str]]]:
    found = list(text_string_to_metric_families(text))
    assert len({family.name for family in found}) == len(found)
    return {family.name: [s.labels for s in family.samples] for family in found}


def test_neighbours_and_the_supervisor_are_in_the_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Both are this process, after thousands of tests and on a busy machine.
    monkeypatch.setattr(exposition, "ANSWER_SECONDS", 30)
    neighbour = Responder(folder, "w2-other")
    neighbour.start()
    metrics.WORKER_STARTS.inc()
    exposition.write_supervisor(folder)
    text = gather()
    # Both tell the same name here, for both are this process: what counts is that both told.
    assert len(families(text)["jianghu_sockets"]) == 2
    assert "jianghu_worker_starts_total" in text and "jianghu_workers_silent 0" in text
    neighbour.end()
    assert len(families(gather())["jianghu_sockets"]) == 1


def test_one_that_died_is_forgotten_and_one_that_hangs_is_told(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(folder / "w2-dead.sock"))
    hanging = socket.socket(socket.AF_UNIX)
    hanging.bind(str(folder / "w3-hangs.sock"))
    hanging.listen(1)
    assert "jianghu_workers_silent 1" in gather()
    assert not (folder / "w2-dead.sock").exists()
    hanging.close()


def test_texts_of_different_versions_are_joined_by_family() -> None:
    one = '# HELP a_total Old words.\n# TYPE a_total counter\na_total{worker="1"} 1\n'
    two = "# HELP b B.\n# TYPE b gauge\nb 2\n" + one.replace("Old", "New").replace('"1"', '"2"')
    assert merge([one, two]) == (
        "# HELP a_total Old words.\n# TYPE a_total counter\n"
        'a_total{worker="1"} 1\na_total{worker="2"} 1\n# HELP b B.\n# TYPE b gauge\nb 2\n'
    )


def test_folders_of_dead_supervisors_are_removed_and_living_ones_stay(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    killed = subprocess.run(
        [sys.executable, "-c", "from server.ops.folder import Folder; print(Folder().path)"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert Path(killed).is_dir()
    new, bare = Folder(), tmp_path / f"{PREFIX}new"
    assert not Path(killed).exists()
    bare.mkdir()  # made just now, not locked yet
    sweep(tmp_path)
    assert new.path.is_dir() and bare.is_dir() and new.path.stat().st_mode & 0o777 == 0o700
    new.remove()
    assert not new.path.exists()


# Documents -----------------------------------------------------------------------------------


def defined() -> set[str]:
    """Names as Prometheus shows them: counters end in _total."""
    registries: tuple[CollectorRegistry, ...] = (metrics.REGISTRY, metrics.JOBS, metrics.SUPERVISOR)
    return {
        family.name + ("_total" if family.type == "counter" else "")
        for registry in registries
        for family in registry.collect()
        if family.name.startswith("jianghu_")
    } | {"jianghu_workers_silent"}


def test_every_metric_is_documented_and_nothing_else_is() -> None:
    table = (ROOT / "docs/operating.md").read_text().split("## Alerts")[0]
    told = {
        name
        for line in table.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(jianghu_\w+)`", line.split("|")[1])
    }
    assert told == defined()


def test_alerts_ask_for_what_exists_and_are_explained() -> None:
    (group,) = yaml.safe_load((ROOT / "deploy/alerts.yml").read_text())["groups"]
    known = {re.sub(r"_(bucket|sum|count)$", "", name) for name in defined()}
    manual = (ROOT / "docs/operating.md").read_text()
    for rule in group["rules"]:
        asked = set(re.findall(r"\bjianghu_\w+", rule["expr"]))
        assert {re.sub(r"_(bucket|sum|count)$", "", name) for name in asked} <= known, rule["alert"]
        assert f"| `{rule['alert']}` | {rule['labels']['severity']} |" in manual
    assert manual.count("| `Jianghu") == len(group["rules"])
