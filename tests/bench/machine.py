"""The machine under the benchmark: cores, what a process has used, and what to call it all."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

SERVER_CORE, LOAD_CORE = 0, 1
LIBRARIES = ("Django", "channels", "daphne", "uvloop", "redis", "psycopg")


def pinned(core: int, command: list[str]) -> list[str]:
    """Keep a process on one core, when there is more than one."""
    return ["taskset", "-c", str(core), *command] if (os.cpu_count() or 1) > 1 else command


def keep_off_the_server() -> None:
    """This process and all it starts run on the load's core, unless pinned elsewhere."""
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {LOAD_CORE})


def cpu_seconds(*pids: int) -> float:
    """What all threads of these processes have used so far (to the nanosecond, not the tick)."""
    total = 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            try:
                total += int(task.read_text().split()[0])
            except OSError:
                continue  # the thread has just ended
    return total / 1e9


def loop_seconds(pid: int) -> float:
    """What the first thread of a process has used so far: where its event loop runs."""
    return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]) / 1e9


def family(pid: int) -> list[int]:
    """A process and its children, for PostgreSQL (a process per connection) and nginx."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in family(int(child)))]


def memory_kb(*pids: int) -> int:
    """Resident memory."""
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                total += int(line.split()[1])
    return total


def _said(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10)
    except OSError:
        return ""
    return (done.stdout + done.stderr).strip().splitlines()[0] if done.returncode == 0 else ""


def described() -> list[str]:
    """Lines that name the machine and what ran on it."""
    cpu, memory = "unknown CPU", ""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.split(":", 1)[1].strip()
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemTotal"):
            memory = f"{int(line.split()[1]) / 1024**2:.0f} GiB"
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return [
        f"{cpu}, {os.cpu_count()} cores, {memory}, Linux {platform.release()}, "
        f"{_debian()}; Python {platform.python_version()}, {libraries}",
        "The server has one core; the load client, Redis and PostgreSQL share the other. "
        f"{_company()}",
    ]


_AT_START = os.getloadavg()[0]


def _company() -> str:
    """Whether anything else ran: a busy neighbour makes every figure worse, ours and theirs."""
    if _AT_START < 0.7:
        return "Nothing else ran."
    return f"Not alone: the load average was {_AT_START:.1f} before it began."


def _debian() -> str:
    for line in Path("/etc/os-release").read_text().splitlines():
        if line.startswith("PRETTY_NAME="):
            return line.split("=", 1)[1].strip('"')
    return platform.system()
