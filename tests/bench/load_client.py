"""Builds the load client (load/*.c) and runs it step by step."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.machine import LOAD_CORE, pinned
from tests.services.install import GCC, path_of

SOURCES = Path(__file__).parent / "load"
CLIENT_LIMIT = 0.85
"""Of a core: above it the client is measured, not the server."""


class Failed(RuntimeError):
    """A run that gives no figure; the text says why."""


def build(folder: Path) -> Path:
    """Compile into a folder; returns the program."""
    program = folder / "load"
    sources = sorted(map(str, SOURCES.glob("*.c")))
    done = subprocess.run(
        [str(path_of(GCC)), "-O3", "-march=native", "-o", str(program), *sources, "-lm"],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Failed(f"the load client does not compile:\n{done.stderr}")
    return program


def lines(path: Path, texts: list[str]) -> str:
    """A file of one text a line, as the client reads cookies, hellos and frames."""
    path.write_text("".join(f"{text}\n" for text in texts))
    return str(path)


def run(
    program: Path,
    workload: str,
    options: dict[str, Any],
    steps: dict[str, Callable[[], None]],
    patience: float = 240,
) -> dict[str, Any]:
    """Run one workload. steps: what to do when the client says that word, before it goes on.

    Returns the client's report, of all the lines of JSON it said. Raises Failed when it cannot.
    """
    words = [str(program), workload]
    for name, value in options.items():
        if value is True:
            words.append(f"--{name}")
        elif value not in (None, False, ""):
            words += [f"--{name}", str(value)]
    process = subprocess.Popen(
        pinned(LOAD_CORE, words),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout and process.stderr
    report: dict[str, Any] = {}
    try:
        for line in process.stdout:
            if line.startswith("{"):
                report |= json.loads(line)
                continue
            if step := steps.get(line.strip()):
                step()
            process.stdin.write("\n")
            process.stdin.flush()
        process.wait(patience)
    except BrokenPipeError:
        process.wait(10)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    said = process.stderr.read().strip()
    if not report or process.returncode:
        raise Failed(said or f"the load client ended with {process.returncode}")
    report["said"] = said
    return report
