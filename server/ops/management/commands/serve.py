"""`manage.py serve`: Jianghu on one port, by one or several worker processes."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from server.ops.supervisor import Supervisor, listen

# By name only: server/ never imports consumers/, the worker is a process of its own.
WORKER = "consumers.wire.server"


class Command(BaseCommand):
    help = (
        "Serve HTTP and WebSocket on one port and run jobs, by processes that are restarted when"
        " they die."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--workers", type=int, default=1, help="processes (1)")
        parser.add_argument("--jobs", type=int, default=1, help="processes for jobs (1)")
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
        port = settings.ENV["port"]
        parser.add_argument("--port", type=int, default=port, help="port to listen on (PORT, 8000)")
        parser.add_argument("--entry", default=WORKER, help=f"module a worker runs ({WORKER})")

    def handle(self, *args: Any, **options: Any) -> None:
        workers, host, port = options["workers"], options["host"], options["port"]
        if workers < 1:
            raise CommandError("--workers must be 1 or more.")
        if options["jobs"] < 0:
            raise CommandError("--jobs must be 0 or more.")
        if workers > 1 and not settings.ENV["redis_url"]:
            raise CommandError(
                "More than one worker needs REDIS_URL: without Redis they cannot hear each other."
            )
        try:
            listener = listen(host, port)
        except (OSError, OverflowError) as error:
            raise CommandError(f"Cannot listen on {host}:{port}: {error}.") from error
        with listener:
            Supervisor(
                listener, workers=workers, module=options["entry"], jobs=options["jobs"]
            ).run()
