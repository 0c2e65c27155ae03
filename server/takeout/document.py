"""The tables of docs/takeout.md, from the records themselves."""

from types import NoneType
from typing import Any, get_args

from server.schema import Shape
from server.takeout.records import SECTIONS, Profile

NAMES = {int: "number", str: "text", bool: "yes or no"}


def tables() -> str:
    """One row for each list, and for each record that stands inside others."""
    rows: list[tuple[str, type[Shape]]] = [("`profile`", Profile)]
    rows += [(f"`{name}`", one) for name, one in SECTIONS.items()]
    known = [one for _, one in rows]
    for one in known:  # grows while it is walked
        known += [inner for inner in _inside(one) if inner not in known]
    rows += [(one.__name__, one) for one in known[len(rows) :]]
    return "| what | each of it | fields |\n|---|---|---|\n" + "".join(
        f"| {name} | {_words(one)} | `{_fields(one)}` |\n" for name, one in rows
    )


def _words(shape: type[Shape]) -> str:
    return " ".join((shape.__doc__ or "").split())


def _fields(shape: type[Shape]) -> str:
    return ", ".join(
        f"{name}: {_kind(field.annotation)}" for name, field in shape.model_fields.items()
    )


def _kind(kind: Any) -> str:
    """`text`, `[text]`, `text or null`."""
    if kind in NAMES:
        return NAMES[kind]
    if arguments := get_args(kind):
        if NoneType in arguments:
            return f"{_kind(arguments[0])} or null"
        return f"[{_kind(arguments[0])}]"
    return str(kind.__name__)


def _inside(shape: type[Shape]) -> list[type[Shape]]:
    found = []
    for field in shape.model_fields.values():
        kinds = [field.annotation, *get_args(field.annotation)]
        found += [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Shape)]
    return found
