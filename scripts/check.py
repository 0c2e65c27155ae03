"""`make test` and its parts: one stage after another, each with its seconds, ending at the first
that fails. Runs on the system's Python (standard library only); the stages run in the venv.

    python3 scripts/check.py all|fast|fleet|lint|types|contract|<stage> …

KEEP_GOING=1 runs the remaining stages after a failure too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import setup

QUICK = ["--ignore=tests/fleet", "--ignore=tests/browser", "--ignore=tests/bench"]
PLAIN = {} if sys.stdout.isatty() else {"NO_COLOR": "1"}
PARALLEL = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
# In the order of tests/conftest.py: the longest files first.


@dataclass(frozen=True)
class Stage:
    """`loud` stages show their output as it comes; the others only when they fail."""

    name: str
    run: list[str] | Callable[[], bool]
    env: dict[str, str] | None = None
    loud: bool = False


def venv(module: str, *arguments: str) -> list[str]:
    return [str(setup.PYTHON), "-m", module, *arguments]


def prepare(*names: str) -> bool:
    setup.prepare(*names)
    return True


def npm(script: str) -> list[str]:
    return ["npm", "--prefix", "frontend", "run", "--silent", script]


def pytest(name: str, database: str, *arguments: str) -> Stage:
    command = venv("pytest", "-q", "--durations=5", *arguments)
    return Stage(name, command, {"JIANGHU_TEST_DB": database}, loud=True)


STAGES = {
    stage.name: stage
    for stage in (
        Stage("setup", lambda: prepare("dev", "npm")),
        Stage("build", lambda: prepare("frontend")),
        Stage("services", venv("tests.services.install")),
        Stage("style", venv("ruff", "check", ".")),
        Stage("format", venv("ruff", "format", "--check", ".")),
        Stage("types", venv("mypy")),
        Stage("imports", [str(setup.VENV / "bin" / "lint-imports"), "--no-cache"]),
        Stage("contract-drift", lambda: same_contract()),
        Stage("frontend-lint", npm("lint")),
        Stage("frontend-types", npm("check")),
        Stage("frontend-tests", npm("test"), loud=True),
        Stage("frontend-budget", npm("budget")),
        pytest("tests-sqlite", "sqlite", *PARALLEL, *QUICK),
        pytest("tests-fast", "sqlite", "-m", "not slow", *PARALLEL, *QUICK),
        pytest("tests-postgres", "postgres", *PARALLEL, *QUICK),
        pytest("fleet", "postgres", "-m", "not long", "tests/fleet"),
        pytest("browser", "sqlite", "tests/browser"),
        Stage("contract-write", lambda: write_contract()),
        pytest("fleet-long", "postgres", "-s", "--timeout=600", "tests/fleet"),
    )
}

STYLE = ["style", "format", "imports"]
WIRE_TYPES = setup.FRONTEND / "src" / "wire"
EXPORT = [str(setup.PYTHON), "manage.py", "export_contract"]
EXTRA = {"tests-fast", "fleet-long", "contract-write"}
ORDERS = {
    "all": [name for name in STAGES if name not in EXTRA],
    "fast": ["setup", *STYLE, "types", "tests-fast"],
    "lint": ["setup", *STYLE],
    "contract": ["setup", "contract-write"],
    "fleet": ["setup", "services", "fleet-long"],
}


def write_contract() -> bool:
    return command(EXPORT) and command(npm("types"))


def same_contract() -> bool:
    """Whether the committed contract and the browser's types are what the classes say now."""
    if not command([*EXPORT, "--check"]):
        return False
    before = {path: path.read_bytes() for path in WIRE_TYPES.glob("*.ts")}
    generated = command(npm("types"))
    drifted = [path for path, content in before.items() if path.read_bytes() != content]
    for path in drifted:
        path.write_bytes(before[path])
        print(f"{path.relative_to(setup.ROOT)} is not what `make contract` writes", flush=True)
    return generated and not drifted


def run(stage: Stage) -> bool:
    if callable(stage.run):
        return stage.run()
    return command(stage.run, stage.env, loud=stage.loud)


def command(line: list[str], env: dict[str, str] | None = None, *, loud: bool = False) -> bool:
    done = subprocess.run(
        line,
        cwd=setup.ROOT,
        env={**setup.node_environment(), **PLAIN, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=None if loud else subprocess.PIPE,
        stderr=None if loud else subprocess.STDOUT,
        text=True,
    )
    if done.returncode and not loud:
        print(done.stdout, flush=True)
    return done.returncode == 0


def run_all(names: list[str]) -> list[tuple[str, bool, float]]:
    results = []
    for name in names:
        print(f"── {name} …", flush=True)
        started = time.monotonic()
        passed = run(STAGES[name])
        took = time.monotonic() - started
        results.append((name, passed, took))
        print(f"── {name}: {'ok' if passed else 'FAILED'} in {took:.1f} s", flush=True)
        if not passed and os.environ.get("KEEP_GOING") != "1":
            break
    return results


def main() -> None:
    asked = sys.argv[1:] or ["all"]
    unknown = [name for name in asked if name not in ORDERS and name not in STAGES]
    if unknown:
        setup.fail(f"no stage is called {unknown[0]}; there are: {' '.join([*ORDERS, *STAGES])}")
    names = [stage for name in asked for stage in ORDERS.get(name, [name])]
    results = run_all(list(dict.fromkeys(names)))
    failed = [name for name, passed, _ in results if not passed]
    total = sum(took for *_, took in results)
    print("\n" + "\n".join(f"{took:7.1f} s  {name}" for name, _, took in results))
    if failed:
        setup.fail(f"FAILED: {', '.join(failed)} (after {total:.0f} s)")
    print(f"all {len(results)} stages passed in {total:.0f} s")


if __name__ == "__main__":
    main()
