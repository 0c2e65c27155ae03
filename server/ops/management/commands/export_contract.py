"""Write the contract where the frontend's types and the protocol document are made from it."""

from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from server.errors import CLOSES, CODES

PROTOCOL = Path("docs/protocol.md")


class Command(BaseCommand):
    help = "Write frontend/wire/*.json and the code tables of docs/protocol.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when anything would change")

    def handle(self, *args: Any, **options: Any) -> None:
        from server import asgi, health
        from server.urls import api

        wire = settings.ROOT / "frontend" / "wire"
        protocol = settings.ROOT / PROTOCOL
        assert asgi.application
        files = {
            wire / "openapi.json": _json(api.get_openapi_schema(path_prefix="/api/")),
            wire / "asyncapi.json": _json(health.describe_socket()),
            protocol: _with_tables(protocol.read_text()),
        }
        drifted = [p for p, text in files.items() if not p.exists() or p.read_text() != text]
        if options["check"] and drifted:
            names = ", ".join(str(path.relative_to(settings.ROOT)) for path in drifted)
            raise CommandError(f"{names} no longer say what the code says: run `make contract`.")
        for path in drifted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path])
        self.stdout.write(f"{len(files)} files, {len(drifted)} changed")


def _json(document: Any) -> str:
    options = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS
    return orjson.dumps(document, option=options).decode() + "\n"


def _with_tables(text: str) -> str:
    codes = "| code | HTTP | retry | meaning |\n|---|---|---|---|\n" + "".join(
        f"| `{c.name}` | {c.status} | {'yes' if c.retry else 'no'} | {c.meaning} |\n"
        for c in CODES.values()
    )
    closes = "| code | reconnect | meaning |\n|---|---|---|\n" + "".join(
        f"| {c.code} | {c.reconnect} | {c.meaning} |\n" for c in CLOSES
    )
    for name, table in (("codes", codes), ("closes", closes)):
        before, rest = text.split(f"<!-- {name}:begin -->\n")
        _, after = rest.split(f"<!-- {name}:end -->")
        text = f"{before}<!-- {name}:begin -->\n{table}<!-- {name}:end -->{after}"
    return text
