"""Write the contract where the frontend's types and the protocol document are made from it."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from server.errors import CLOSES, CODES
from server.takeout import document

PROTOCOL = Path("docs/protocol.md")
TAKEOUT = Path("docs/takeout.md")
Json = dict[str, Any]


class Command(BaseCommand):
    help = "Write frontend/wire/*.json and the tables of docs/protocol.md and docs/takeout.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when anything would change")

    def handle(self, *args: Any, **options: Any) -> None:
        from server import asgi, health
        from server.urls import api

        wire = settings.ROOT / "frontend" / "wire"
        protocol, takeout = settings.ROOT / PROTOCOL, settings.ROOT / TAKEOUT
        assert asgi.application
        socket = health.describe_socket()
        files = {
            wire / "openapi.json": _json(api.get_openapi_schema(path_prefix="/api/")),
            wire / "asyncapi.json": _json(socket),
            protocol: with_tables(protocol.read_text(), socket),
            takeout: with_table(takeout.read_text(), "records", document.tables()),
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


def with_tables(text: str, socket: Json) -> str:
    """The protocol's document with its tables as the code has them. socket: its AsyncAPI."""
    codes = "| code | HTTP | retry | meaning |\n|---|---|---|---|\n" + "".join(
        f"| `{c.name}` | {c.status} | {'yes' if c.retry else 'no'} | {c.meaning} |\n"
        for c in CODES.values()
    )
    closes = "| code | reconnect | meaning |\n|---|---|---|\n" + "".join(
        f"| {c.code} | {c.reconnect} | {c.meaning} |\n" for c in CLOSES
    )
    schemas = socket["components"]["schemas"]
    tables = {
        "commands": _commands(schemas),
        "frames": _frames(schemas),
        "codes": codes,
        "closes": closes,
    }
    for name, table in tables.items():
        text = with_table(text, name, table)
    return text


def with_table(text: str, name: str, table: str) -> str:
    """A document with one of its tables as the code has it."""
    before, rest = text.split(f"<!-- {name}:begin -->\n")
    _, after = rest.split(f"<!-- {name}:end -->")
    return f"{before}<!-- {name}:begin -->\n{table}<!-- {name}:end -->{after}"


def _commands(schemas: Json) -> str:
    """What a client may say; commands that take and answer the same share a row."""
    rows: dict[tuple[str, str], list[str]] = {}
    for frame in _members(schemas, "ClientFrame"):
        reply, named = frame["x-reply"], frame.get("x-body")
        answer = f"`{reply}`" if reply in schemas and reply not in _SPELLED else ""
        answer = answer or f"`{_fields(schemas, schemas[reply]) if reply else '{}'}`"
        fields = f"a `{named}`" if named else _code(_fields(schemas, frame, {"op", "ref"})[1:-1])
        rows.setdefault((fields, answer), []).append(f"`{frame['properties']['op']['const']}`")
    head = "| op | fields | answer (`reply.data`) |\n|---|---|---|\n"
    return head + "".join(
        f"| {', '.join(ops)} | {fields} | {answer} |\n" for (fields, answer), ops in rows.items()
    )


_SPELLED = {"Joined", "Pong", "ErrorBody"}
"""Shapes that have a name in the contract only."""

_PARTS = {"Wanted", "WantedOfMine", "DeliveredMark"}
"""Those of a command that are too small to be looked up."""


def _frames(schemas: Json) -> str:
    """What the server says."""
    return "| op | fields | when |\n|---|---|---|\n" + "".join(
        f"| `{frame['properties']['op']['const']}` "
        f"| {_code(_fields(schemas, frame, {'op'})[1:-1])} | {frame['description']} |\n"
        for frame in _members(schemas, "ServerFrame")
    )


def _members(schemas: Json, union: str) -> list[Json]:
    return [schemas[one["$ref"].rsplit("/", 1)[1]] for one in schemas[union]["oneOf"]]


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _fields(schemas: Json, shape: Json, but: Collection[str] = ()) -> str:
    """`{name, maybe?, list: [{name}] 1..300}`: of single values the name says enough."""
    found = []
    for name, kind in shape["properties"].items():
        if name not in but:
            mark = "" if name in shape.get("required", []) and "default" not in kind else "?"
            inside = _inside(schemas, kind)
            found.append(f"{name}{mark}: {inside}" if inside else f"{name}{mark}")
    return "{" + ", ".join(found) + "}"


def _inside(schemas: Json, kind: Json) -> str:
    """What a field is made of; nothing for a single value."""
    if reference := kind.get("$ref"):
        name = reference.rsplit("/", 1)[1]
        shape = schemas[name]
        spelled = name in _SPELLED or name in _PARTS
        return _fields(schemas, shape) if spelled else ("event" if name == "LiveEvent" else name)
    if "const" in kind:
        return str(kind["const"])
    if kind.get("type") == "array":
        most = f" at most {kind['maxItems']:,}" if "maxItems" in kind else ""
        return f"[{_inside(schemas, kind['items']) or kind['items'].get('title', '…')}]{most}"
    if kind.get("type") == "object" and "properties" in kind:
        return _fields(schemas, kind)
    if "propertyNames" in kind:
        return f"{{{kind['propertyNames']['title']}: {kind['additionalProperties']['title']}}}"
    return ""
