"""One line of the matrix, and how it is written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.rights.cast import ENTITLED, ROLES, Cast

OK = "ok"
SIGNED_IN = " ".join(ROLES[1:])


@dataclass(frozen=True)
class Row:
    """What becomes of one request or command for everybody.

    name: `METHOD path`, an op or a topic kind, as the configuration spells it.
    fill: what stands for each placeholder, by its name in Cast.ids (`self`: the asking person).
    outcomes: role -> OK or an error code.
    body: fields; "{name}" stands for Cast.ids[name].
    shows: words that each of these people must read in their answer, by role.
    changes: (a table, the roles for whom it must have changed): the thing happened. For nobody
    else anything may change.
    """

    name: str
    fill: dict[str, str]
    outcomes: dict[str, str]
    body: dict[str, Any] | None
    shows: dict[str, frozenset[str]]
    changes: tuple[str, frozenset[str]]

    def filled(self, cast: Cast, role: str, text: str) -> str:
        for place, name in self.fill.items():
            text = text.replace(f"{{{place}}}", str(found(cast, role, name)))
        return text

    def content(self, cast: Cast, role: str) -> Any:
        return put_in(self.body, cast, role)

    def __str__(self) -> str:
        return f"{self.name} {' '.join(self.fill.values())}".strip()


def found(cast: Cast, role: str, name: str) -> Any:
    return cast.ids[f"{role}_id" if name == "self" else name]


def put_in(value: Any, cast: Cast, role: str) -> Any:
    if isinstance(value, dict):
        return {key: put_in(one, cast, role) for key, one in value.items()}
    if isinstance(value, list):
        return [put_in(one, cast, role) for one in value]
    if isinstance(value, str) and value.startswith("{"):
        return found(cast, role, value.strip("{}"))
    return value


def row(
    name: str,
    may: str = "",
    refused: str = "not_found",
    *,
    fill: str = "",
    but: dict[str, str] | None = None,
    anonymous: str = "signed_out",
    body: dict[str, Any] | None = None,
    shows: dict[str, str] | None = None,
    changes: str = "",
    for_: str | None = None,
) -> Row:
    """may: who succeeds; everybody else is `refused`, but those named in `but`.

    fill: "room_id=group other_id=self". changes: the table in which a success is seen, for those
    who succeed or those in `for_`. shows: {words: roles}.
    """
    outcomes = dict.fromkeys(ROLES, refused) | {"anonymous": anonymous}
    outcomes |= dict.fromkeys(may.split(), OK) | (but or {})
    moved = may if for_ is None else for_
    return Row(
        name,
        dict(pair.split("=") for pair in fill.split()),
        outcomes,
        body,
        {words: frozenset(roles.split()) for words, roles in (shows or {}).items()},
        (changes, frozenset(moved.split() if changes else ())),
    )


def leaked(text: str, role: str, *, refused: bool) -> list[str]:
    """The guarded words in an answer that should not be there."""
    return [
        words
        for words, people in ENTITLED.items()
        if words in text and (refused or role not in people)
    ]
