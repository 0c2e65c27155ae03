"""`make run` and `make test` say what is wrong in one line, before anything slow."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services import install

ROOT = Path(__file__).resolve().parents[2]


def run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, f"scripts/{script}.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=20,
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    lines = (done.stdout + done.stderr).strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_run_on_a_taken_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = one_line(run("run", PORT=str(port)))
    assert f"port {port} is taken" in line and "PORT=" in line


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", ""])
def test_run_on_a_port_that_is_none(port: str) -> None:
    assert "PORT must be a number" in one_line(run("run", PORT=port))


def test_a_debian_without_its_venv_package() -> None:
    script = """
import sys
sys.modules["ensurepip"] = None  # as Debian ships Python without python3-venv
sys.path.insert(0, "scripts")
import setup
setup.PYTHON = setup.Path("/nowhere/python")
setup.make_venv()
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert "sudo apt-get install python3-venv" in one_line(done)


def test_an_unknown_stage_of_the_tests() -> None:
    assert "no stage is called typo" in one_line(run("check", "typo"))


def test_every_make_target_is_listed_by_help() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = set(re.findall(r"make ([a-z-]+)", done.stdout))
    wanted = {
        "run",
        "test",
        "test-fast",
        "test-fleet",
        "bench",
        "simulate-scale",
        "lint",
        "format",
        "types",
    }
    assert wanted | {"contract", "help"} <= listed


def test_without_root_it_is_said_how_to_get_a_browser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(install, "ensure", lambda programs: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    with pytest.raises(install.Missing) as told:
        install.path_of(install.CHROMIUM)
    assert "sudo apt-get install chromium-headless-shell" in str(told.value)
    assert "playwright install chromium-headless-shell" in str(told.value)
    brought = tmp_path / "chromium_headless_shell-1200/chrome-linux/headless_shell"
    brought.parent.mkdir(parents=True)
    brought.touch(mode=0o755)
    assert install.path_of(install.CHROMIUM) == brought


def test_ci_runs_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text()
