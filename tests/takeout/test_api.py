"""Over HTTP: whose it is, how it leaves, and a real worker that is not filled by a slow reader."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connection
from django.db.models.functions import Now

from consumers.wire import downloads
from server.accounts.models import User
from server.takeout import api, files, services
from server.takeout.models import Takeout
from tests import factories
from tests.jobs.test_processes import database_url
from tests.services.process import end, free_port, spawn, tail
from tests.takeout.conftest import all_jobs, ask, stored

MINE = "/api/me/takeout"
ROOT = Path(__file__).resolve().parents[2]
BIG = 48 * 1024 * 1024


def test_from_asking_to_the_file(mei: User) -> None:
    browser = factories.signed_in(mei)
    body = {"client_id": factories.client_id()}
    asked = browser.post(MINE, body, "application/json")
    assert asked.status_code == 200 and asked.json()["state"] == "working"
    assert browser.get(f"{MINE}/file").status_code == 404
    all_jobs()
    told = browser.get(MINE).json()
    assert told["state"] == "ready"
    answer = browser.get(f"{MINE}/file")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert len(content) == told["size"] == int(answer["Content-Length"])
    assert "index.html" in ZipFile(BytesIO(content)).namelist()
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="jianghu-2')
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert browser.delete(MINE).json()["state"] == "none"
    assert browser.get(f"{MINE}/file").status_code == 404 and stored() == []


def test_nobody_elses_and_nobody_at_all(mei: User, bo: User) -> None:
    ask(mei)
    all_jobs()
    assert factories.signed_in(bo).get(f"{MINE}/file").status_code == 404
    assert factories.browser().get(f"{MINE}/file").status_code == 401
    name = Takeout.objects.get(pk=mei.pk).file
    for path in (f"/media/{name}", f"/media/{Path(name).name}", f"/static/{name}", f"/{name}"):
        answer = factories.signed_in(mei).get(path)
        assert answer.status_code == 404 or b"PK" not in answer.content, path


def test_too_soon_is_said_with_the_time_left(mei: User) -> None:
    ask(mei)
    all_jobs()
    answer = factories.signed_in(mei).post(
        MINE, {"client_id": factories.client_id()}, "application/json"
    )
    assert answer.status_code == 429 and 3500 < int(answer["Retry-After"]) <= 3600


def test_a_file_that_is_gone_is_not_there(mei: User) -> None:
    ask(mei)
    all_jobs()
    files.remove(Takeout.objects.get(pk=mei.pk).token)
    assert factories.signed_in(mei).get(f"{MINE}/file").status_code == 404
    services.take_back(mei.pk)


async def test_it_leaves_part_by_part(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(bytes(3 * api.PART + 7))
    answer = api.Download(path.open("rb"), content_type="application/zip")
    parts = [len(part) async for part in answer]
    answer.close()
    assert parts == [api.PART] * 3 + [7]


class Peer:
    """A request as far as a download is about it."""

    def __init__(self, *unsent: int):
        self.waits = list(unsent)
        self.aborted = False
        self.transport = self.channel = self  # type: ignore[assignment]

    def unsent(self) -> int:
        return self.waits.pop(0) if len(self.waits) > 1 else self.waits[0]

    def forceAbortClient(self) -> None:
        self.aborted = True


async def test_a_reader_is_waited_for_as_long_as_they_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(downloads, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(downloads, "STALLED_SECONDS", 0.05)
    much = downloads.UNSENT_BYTES
    reads = Peer(*range(much + 30, much - 1, -1))
    await downloads.taken(reads)
    assert reads.waits == [much] and not reads.aborted
    stalls = Peer(much + 30)
    await downloads.taken(stalls)
    assert stalls.aborted
    gone = Peer(much + 30)
    gone.channel = None  # type: ignore[assignment]
    await downloads.taken(gone)


@pytest.fixture
async def worker(mei: User, tmp_path: Path) -> AsyncIterator[tuple[int, int, str]]:
    """(port, pid, Mei's session) of a real one on the tests' database; her takeout is a big one."""

    def prepare() -> str:
        ask(mei)
        token = Takeout.objects.get(pk=mei.pk).token
        name = files.write(token, 1, BytesIO(os.urandom(1024) * (BIG // 1024)))
        Takeout.objects.update(
            state="ready", file=name, ready_at=Now(), expires_at=Now() + services.KEPT
        )
        key = factories.session_key(mei)
        connection.close()
        return key

    key = await asyncio.to_thread(prepare)
    port, log = free_port(), tmp_path / "serve.log"
    env = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(tmp_path),
        "PORT": str(port),
        "PUBLIC_ORIGINS": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "INFO",
    }
    command = [sys.executable, "manage.py", "serve", "--jobs", "0", "--port", str(port)]
    process = spawn(command, log=log, env=env, cwd=ROOT)
    give_up = time.monotonic() + 30
    while "worker_ready" not in (log.read_text() if log.exists() else ""):
        assert time.monotonic() < give_up, tail(log)
        await asyncio.sleep(0.05)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    yield port, int(children[0]), key
    end(process)


def held(pid: int) -> int:
    """Bytes of memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def test_a_slow_reader_of_a_big_one_fills_no_memory(worker: tuple[int, int, str]) -> None:
    port, pid, key = worker

    def ask_for_it() -> socket.socket:
        asking = socket.create_connection(("127.0.0.1", port))
        asking.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        said = f"GET {MINE}/file HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        asking.sendall(f"{said}Cookie: sessionid={key}\r\nConnection: close\r\n\r\n".encode())
        return asking

    with ask_for_it() as first:
        first.recv(1024)
    before = held(pid)
    with ask_for_it() as reader:
        got = len(reader.recv(1024))
        await asyncio.sleep(2)
        assert held(pid) < before + 16 * 1024 * 1024

        def rest() -> int:
            return sum(map(len, iter(lambda: reader.recv(1 << 20), b"")))

        got += await asyncio.to_thread(rest)
    assert BIG < got < BIG + 2048, "all of it, and its headers"
