"""What a worker under `manage.py serve` stands on: the loop, and the line of those who connect."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from tests.ops.test_supervisor import ROOT, eventually
from tests.services.process import end, free_port, spawn, tail


def test_a_worker_runs_on_uvloop_and_lets_four_thousand_wait_in_line(tmp_path: Path) -> None:
    """After a restart everybody connects at once: who finds no place in line is turned away by the
    kernel, and tries again after a second at best."""
    log = tmp_path / "serve.log"
    environment = {
        "DATA_DIR": str(tmp_path / "var"),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "SECRET_KEY": "only-for-tests",
    }
    command = [sys.executable, "manage.py", "serve", "--workers", "1", "--port", str(free_port())]
    command += ["--jobs", "0", "--entry", "tests.ops.telling_worker"]
    process = spawn(command, log=log, env=os.environ | environment, cwd=ROOT)
    try:
        eventually(lambda: '{"loop"' in log.read_text(), lambda: tail(log), within=30)
    finally:
        end(process)
    [told] = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    most = int(Path("/proc/sys/net/core/somaxconn").read_text())
    assert told["loop"].split(".")[0] == "uvloop"
    assert told["places"] == min(4_096, most)
