"""One real worker process on SQLite, with one person in it. As a module: makes that person."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.services.redis import Redis

ROOT = Path(__file__).resolve().parents[2]

LISTEN = (
    "import socket, sys; from server.asgi import application;"
    " from consumers.wire.server import Server;"
    " listening = socket.create_server(('127.0.0.1', int(sys.argv[1])), backlog=4096);"
    " Server(application, listening.fileno()).run()"
)


@dataclass(frozen=True)
class Shop:
    """How to start the worker, and the person's session."""

    command: list[str]
    environment: dict[str, str]
    cookie: str


def shop(folder: Path, port: int, redis: Redis) -> Shop:
    """Migrate and make the person; starts nothing."""
    environment = {
        "DATA_DIR": str(folder / "shop"),
        "DATABASE_URL": "",
        "REDIS_URL": redis.url,
        "SECRET_KEY": "only-for-tests",
        "PORT": str(port),
        "PUBLIC_ORIGINS": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "server.settings",
    }
    made = subprocess.run(
        [sys.executable, "-m", "tests.consumers.one_worker"],
        env=os.environ | environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    cookie = made.stdout.strip().splitlines()[-1]
    return Shop([sys.executable, "-c", LISTEN, str(port)], environment, cookie)


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it accepts. Raises AssertionError with its last words."""
    import socket

    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        assert process.poll() is None, f"the server did not start:\n{log.read_text()[-2000:]}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not answer in 30 s")


def main() -> None:
    """Migrate an empty shop, make one person, and print that person's session cookie."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from django.conf import settings

    from tests import factories

    person = factories.person("bench")
    factories.item(person, factories.store(person))
    print(f"{settings.SESSION_COOKIE_NAME}={factories.session_key(person)}")


if __name__ == "__main__":
    main()
