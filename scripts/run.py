"""`make run`: from a fresh clone to a running Jianghu in one command.

Runs on the system's Python (standard library only). In order: look at the port, before anything
slow; set up; migrate; load the demo world; serve; let the demo people act. Ctrl-C ends it all.

PORT      where to listen on localhost (8000)
SIMULATE  0 keeps the demo people still
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager, suppress

import setup

VAR = setup.ROOT / "var"
SEEDED = VAR / "demo-world.txt"
MIGRATED = VAR / ".stamp-migrated"
READY_WITHIN = 60.0
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # HUP: the terminal was closed


class Stopped(Exception):
    """Told to end: unwind, ending what was started."""


def chosen_port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        setup.fail(f"PORT must be a number from 1 to 65535, not {text!r}")
    return int(text)


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            setup.fail(f"port {port} needs root. Choose one above 1023: PORT=8000 make run")
        except OSError:
            other = port + 1 if port < 65535 else 8000
            setup.fail(f"port {port} is taken. Choose another: PORT={other} make run")


def manage(*arguments: str, progress: bool = False) -> str:
    """Run one management command to its end; hand back what it printed, or end with it.

    progress: what it says on its way (stderr) is shown as it comes.
    """
    done = subprocess.run(
        [setup.PYTHON, "manage.py", *arguments],
        cwd=setup.ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=None if progress else subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        setup.fail(f"manage.py {arguments[0]} failed:\n{done.stderr or done.stdout}")
    return done.stdout


def prepare_database() -> str:
    """Migrate, and load the demo world the first time. Returns who can sign in, as text.

    With SQLite both are skipped while the file and the migrations are the ones of last time; a
    database elsewhere may change without us, so there both run (both are idempotent).
    """
    elsewhere = "DATABASE_URL" in os.environ
    if elsewhere or not list(VAR.glob("*.sqlite3")):
        MIGRATED.unlink(missing_ok=True)
        SEEDED.unlink(missing_ok=True)
    migrations = setup.digest(
        [*setup.ROOT.glob("server/*/migrations/*.py"), setup.ROOT / "requirements.txt"]
    )
    with setup.step("database", MIGRATED, migrations) as needed:
        if needed:
            manage("migrate", "--no-input")
    if not SEEDED.is_file():
        setup.say("demo world (only the first time) …")
        SEEDED.write_text(manage("seed_demo", progress=True))
    return SEEDED.read_text().strip()


@contextmanager
def running(*arguments: str, patience: float, log: str | None = None):
    """A process of our own that ends with the block: asked first, killed after `patience` s.

    It gets a session of its own, or Ctrl-C would reach it before we can end things in order.
    """
    with ExitStack() as stack:
        sink = stack.enter_context((VAR / log).open("ab")) if log else None
        process = subprocess.Popen(
            [setup.PYTHON, "manage.py", *arguments],
            cwd=setup.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                process.terminate()
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + READY_WITHIN
    while time.monotonic() < give_up:
        if server.poll() is not None:
            setup.fail("the server ended while starting; its last lines are above")
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    setup.fail(f"the server did not become ready within {READY_WITHIN:.0f} s")


def serve(port: int, people: str) -> None:
    url = f"http://localhost:{port}"
    with ExitStack() as stack:
        serving = running("serve", "--workers", "1", "--port", str(port), patience=25)
        server = stack.enter_context(serving)
        wait_until_ready(f"http://127.0.0.1:{port}", server)
        print(f"\n{people}\n\nJianghu is open: {url}   (Ctrl-C closes it)\n", flush=True)
        if os.environ.get("SIMULATE", "1") != "0":
            simulating = running("simulate", "--url", url, patience=5, log="simulate.log")
            simulator = stack.enter_context(simulating)
            watch(server, simulator)
        server.wait()
        setup.fail("the server ended by itself")


def watch(server: subprocess.Popen[bytes], simulator: subprocess.Popen[bytes]) -> None:
    """Say it once when the demo people stop acting; return when either process has ended."""
    while server.poll() is None:
        if simulator.poll() is not None:
            setup.say("the demo people stopped acting (why: var/simulate.log)")
            return
        time.sleep(0.5)


def stop(*_: object) -> None:
    # Only once: a second Ctrl-C must not break the orderly end.
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    raise Stopped


def main() -> None:
    for number in ENDINGS:
        signal.signal(number, stop)
    port = chosen_port()
    require_free(port)
    # Quiet unless asked: warnings and worse.
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ.setdefault("DEMO", "1")
    os.environ["PORT"] = str(port)
    try:
        setup.prepare("runtime", "frontend")
        serve(port, prepare_database())
    except Stopped:
        print("\nJianghu is closed.", flush=True)


if __name__ == "__main__":
    main()
