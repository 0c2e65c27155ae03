"""Every route for everybody: who is refused learns nothing and changes nothing.

The rows are in people.py, chat.py and so on. A route without a row fails the first test.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from server.errors import CODES
from server.ops import exposition
from server.urls import api
from tests import factories
from tests.rights import (
    chat,
    feed,
    gatherings,
    groups,
    kept,
    notices,
    people,
    pictures,
    sharing,
    shop,
    site,
    takeout,
    votes,
)
from tests.rights.cast import ROLES, Cast
from tests.rights.state import changed, writes
from tests.rights.table import OK, Row, leaked

ROWS = [
    row
    for area in (
        *(people, chat, groups, gatherings, shop, kept, feed, votes, pictures, sharing),
        *(notices, takeout, site),
    )
    for row in area.ROWS
]
ELSEWHERE = ("_allauth/", "^_allauth/", "admin/")
"""Looked at in test_account.py and test_admin.py, which walk them in the same way."""


def patterns(found: list[Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for one in found:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, path)
        elif isinstance(one, URLPattern):
            yield path, one.callback


def configured() -> set[str]:
    """`METHOD /path` of everything that is served, as the configuration has it."""
    operations = {
        f"{method} {prefix}{path}"
        for prefix, router in (("/api", router) for _, router in api._routers)
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }
    known = {re.sub(r"\{(?:\w+:)?(\w+)\}", r"{\1}", one) for one in operations}
    of_ninja = {one.split(" ", 1)[1] for one in known}
    for path, _ in patterns(get_resolver().url_patterns):
        plain = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path)
        if plain not in of_ninja and not path.startswith(ELSEWHERE):
            known.add(f"GET {plain}")
    return known | {f"GET {exposition.PATH}"}  # answered before any route is looked for


def spelled(row: Row) -> str:
    """A row's route as the configuration has it."""
    plain = row.name.split("?")[0].replace("/64.webp", "/{width}.webp")
    if plain == "GET /api/nowhere":
        return "GET /^api/"
    if plain in {"GET /", "GET /chats/1"}:
        return "GET /^(?!static/|media/|admin/|_allauth/|accounts/).*$"
    return plain


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    rows = {spelled(row) for row in ROWS}
    assert configured() - rows == set(), "routes without a row"
    assert rows - configured() == set(), "rows without a route"


def ask(row: Row, cast: Cast, role: str) -> Any:
    browser = factories.browser(cast.keys.get(role))
    method, path = row.name.split(" ", 1)
    url = quote(row.filled(cast, role, path), safe="/?=,%")
    body = row.content(cast, role)
    if body and "file" in body:
        picture = SimpleUploadedFile("x.png", factories.pixels())
        return browser.post(url, {**body, "file": picture})
    said = b"" if body is None else json.dumps(body)
    return browser.generic(method, url, said, JSON, REMOTE_ADDR=ELSEWHERE_ON_EARTH)


JSON = "application/json"
ELSEWHERE_ON_EARTH = "203.0.113.9"
"""Who asks from this machine itself may read the metrics; people do not."""


def judge(row: Row, cast: Cast, role: str) -> list[str]:
    """What is wrong with one cell, in words."""
    with writes() as said:
        answer = ask(row, cast, role)
        text = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")
    expected, table = row.outcomes[role], row.changes[0]
    moved = changed(cast.state) if said else set()
    wrong = [f"leaks {words!r}" for words in leaked(text, role, refused=expected != OK)]
    if expected == OK:
        if not 200 <= answer.status_code < 300:
            wrong.append(f"should succeed: {answer.status_code} {text[:120]}")
        shown = [words for words, who in row.shows.items() if role in who]
        wrong += [f"lacks {words!r}" for words in shown if words not in text]
    else:
        if answer.status_code != CODES[expected].status:
            wrong.append(f"should be {expected}: {answer.status_code} {text[:120]}")
        elif (
            answer.headers["Content-Type"] == JSON and json.loads(text)["error"]["code"] != expected
        ):
            wrong.append(f"should be {expected}: {text[:120]}")
    if role in row.changes[1] and expected == OK:
        if table not in moved:
            wrong.append(f"nothing happened in {table}, only in {moved}")
    elif moved:
        wrong.append(f"changed {sorted(moved)}")
    return wrong


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_route_is_for_whom_its_row_says(row: Row, cast: Cast) -> None:
    found = {}
    for role in ROLES:
        with transaction.atomic():
            if wrong := judge(row, cast, role):
                found[role] = wrong
            transaction.set_rollback(True)
    assert found == {}
