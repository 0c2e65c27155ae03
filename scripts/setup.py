"""Make this checkout ready: the virtual environment, its packages, the built frontend.

Runs on the system's Python, so it uses the standard library only. Every step leaves a stamp with
a hash of what it was made from: a step whose input has not changed costs nothing.

    python3 scripts/setup.py [runtime] [dev] [frontend]
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
DIST = FRONTEND / "dist"
OLDEST = (3, 11)


def say(text: str) -> None:
    print(f"\033[2m·\033[0m {text}" if sys.stdout.isatty() else f"- {text}", flush=True)


def fail(text: str) -> None:
    sys.exit(f"jianghu: {text}")


def digest(paths: Iterable[Path]) -> str:
    """One hash over names and contents; any difference in either changes it."""
    total = hashlib.sha256(sys.version.encode())
    for path in sorted(paths):
        total.update(f"\0{path.relative_to(ROOT)}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


@contextmanager
def step(title: str, stamp: Path, made_from: str):
    """Yield whether there is work to do; write the stamp when the work went well."""
    if stamp.is_file() and stamp.read_text() == made_from:
        yield False
        return
    stamp.unlink(missing_ok=True)
    say(f"{title} …")
    started = time.monotonic()
    yield True
    stamp.write_text(made_from)
    say(f"{title}: done in {time.monotonic() - started:.0f} s")


def call(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Run quietly; show the output only when it fails, for then it is the news."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**(env or os.environ), "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        shown = " ".join(str(part) for part in command)
        fail(f"this failed (its output is above): {shown}")


def make_venv() -> None:
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:2])
        fail(f"Python 3.11 or newer is needed, this is {found}. Try: make PYTHON=python3.12 …")
    if PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return
    try:
        import ensurepip  # noqa: F401  Debian leaves it out unless python3-venv is installed
        import venv
    except ImportError:
        fail("Python's venv module is missing. Install it: sudo apt-get install python3-venv")
    say("virtual environment …")
    venv.EnvBuilder(with_pip=True, clear=VENV.exists(), symlinks=True).create(VENV)


def install(name: str, *files: str) -> None:
    sources = [ROOT / file for file in files]
    with step(f"Python packages ({name})", VENV / f".stamp-{name}", digest(sources)) as needed:
        if needed:
            wanted = [part for source in sources for part in ("-r", str(source))]
            call(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted)


def install_runtime() -> None:
    make_venv()
    install("runtime", "requirements.txt", "requirements-build.txt")


def install_dev() -> None:
    make_venv()
    extra = ("requirements-build.txt", "requirements-tracing.txt", "requirements-dev.txt")
    install("dev", "requirements.txt", *extra)
    # So that `pytest` finds the plugin tests.services.plugin however it is started.
    for packages in (VENV / "lib").glob("python3*/site-packages"):
        (packages / "jianghu-checkout.pth").write_text(f"{ROOT}\n")


def node_environment() -> dict[str, str]:
    """The venv's Node first on PATH: the machine's own may be missing or too old."""
    return {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}


def frontend_sources() -> list[Path]:
    hidden = {MODULES, DIST}
    found: list[Path] = []
    for folder, children, files in os.walk(FRONTEND):
        children[:] = [c for c in children if Path(folder, c) not in hidden and c[0] != "."]
        found += [Path(folder, file) for file in files]
    return found


def install_frontend() -> None:
    npm = VENV / "bin" / "npm"
    made_from = digest([FRONTEND / "package.json", FRONTEND / "package-lock.json"])
    with step("frontend packages", MODULES / ".stamp-install", made_from) as needed:
        if needed:
            call(
                npm, "ci", "--no-audit", "--no-fund", "--loglevel=error",
                cwd=FRONTEND, env=node_environment(),
            )  # fmt: skip


def build_frontend() -> None:
    install_frontend()
    stamp = MODULES / ".stamp-build"
    if not (DIST / "index.html").is_file():
        stamp.unlink(missing_ok=True)
    with step("frontend build", stamp, digest(frontend_sources())) as needed:
        if needed:
            call(
                VENV / "bin" / "npm", "run", "--silent", "build",
                cwd=FRONTEND, env=node_environment(),
            )  # fmt: skip


STEPS = {
    "runtime": install_runtime,
    "dev": install_dev,
    "npm": install_frontend,
    "frontend": build_frontend,
}


@contextmanager
def one_at_a_time():
    """Two `make` commands at once must not install into the same folders."""
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(*names: str) -> None:
    with one_at_a_time():
        for name in names:
            STEPS[name]()


if __name__ == "__main__":
    unknown = [name for name in sys.argv[1:] if name not in STEPS]
    if unknown or len(sys.argv) < 2:
        fail(f"usage: setup.py {' '.join(f'[{name}]' for name in STEPS)}")
    prepare(*sys.argv[1:])
