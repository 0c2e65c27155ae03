"""Every route and every socket command against text and numbers that no client of ours sends.

The answer may be any refusal, but never our fault: an unhandled error is what an attacker
looks for, and PostgreSQL and SQLite choke on different things.
"""

from __future__ import annotations

import json
import random
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from consumers.registry import COMMANDS
from consumers.wire import codec
from server.accounts.models import User
from server.errors import Refused
from server.http import to_cursor
from tests import factories
from tests.described import described

Json = dict[str, Any]

PATHS = [
    "0",
    "-1",
    str(2**53),
    str(2**63),
    "9" * 40,
    "1e3",
    "a\0b",
    "\0",
    "😀",
    "[]",
    " ",
    "x" * 300,
]
CURSORS = ["你", "bm90", "W10"] + [
    to_cursor(*key)
    for key in [
        (2**64 - 1,),
        (2**63,),
        ("\0",),
        (0, "\0"),
        (2**63, 2**63),
        (2**63, "a"),
        ("a", 2**63),
        (-1, -1),
        (1, 1),
    ]
]
BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"7",
    b"{}",
    b"\xff\xfe",
    b'{"a":' * 2000,
    b"NaN",
    b'{"text":"\\ud83d"}',
    b'{"x":"' + b"a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}',
]
NUMBERS = [0, 1, -1, 2**31, 2**53 - 1, 2**53, 2**63, 2**64 - 1]
WORDS = ["\0", "a\0b", "x", "", "\u202e", "你" * 5000, "'\"<script>", "❤️", "USD", "cameras", "1"]

SIMPLE: Json = {"integer": NUMBERS, "number": NUMBERS, "boolean": [True, False], "string": WORDS}


def anything(schema: Json, known: Json, chance: random.Random) -> Any:
    """A value of about the shape a schema wants, and seldom one that makes sense."""
    if "$ref" in schema:
        schema = known[schema["$ref"].rsplit("/", 1)[-1]]
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return anything(chance.choice(schema[choice]), known, chance)
    if "const" in schema or "enum" in schema:
        return chance.choice(schema.get("enum") or [schema["const"]])
    kind = schema.get("type")
    if kind == "object":
        fields = schema.get("properties", {})
        return {name: anything(field, known, chance) for name, field in fields.items()}
    if kind == "array":
        return [anything(schema["items"], known, chance) for _ in range(chance.randrange(4))]
    if kind == "string" and "0-9a-f" in schema.get("pattern", ""):
        return f"{chance.getrandbits(128):032x}"
    return chance.choice(SIMPLE.get(kind, [None]))


@pytest.fixture
def mei(transactional_db: None) -> User:
    mei, bo = factories.person("mei"), factories.person("bo")
    factories.befriend(mei, bo)
    factories.say(mei, factories.group_room(mei, bo))
    factories.item(mei, factories.store(mei))
    factories.comment(mei, factories.post(mei).post.id)
    return mei


def routes() -> list[tuple[str, str, Json]]:
    paths = described()["paths"]
    return [
        (method.upper(), path, operation)
        for path, operations in paths.items()
        for method, operation in operations.items()
        # It would end the session that asks.
        if (method, path) != ("delete", "/api/me/sessions/{session_id}")
    ]


def requests(method: str, path: str, operation: Json) -> list[tuple[str, bytes]]:
    chance = random.Random(path + method)
    known = described()["components"]["schemas"]
    places = [p["name"] for p in operation.get("parameters", []) if p["in"] == "path"]
    asked = [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"]
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")

    def at(value: str) -> str:
        url = path
        for place in places:
            url = url.replace(f"{{{place}}}", quote(value, safe=""))
        return url

    tries = [(at(value), b"{}") for value in PATHS] if places else []
    tries += [
        (f"{at('1')}?{name}={quote(value)}", b"") for name in asked for value in PATHS + CURSORS
    ]
    if method != "GET":
        tries += [(at("1"), body) for body in BODIES]
    if schema:
        bodies = [json.dumps(anything(schema, known, chance)).encode() for _ in range(15)]
        tries += [(at("1"), body) for body in bodies]
    return tries


@pytest.mark.timeout(600)  # thousands of requests: each route adds a hundred
def test_no_route_fails_whatever_it_is_asked(mei: User) -> None:
    browser = factories.signed_in(mei)
    browser.raise_request_exception = False
    failed = []
    for method, path, operation in routes():
        for url, body in requests(method, path, operation):
            answer = browser.generic(method, url, body, "application/json")
            text = b"".join(answer) if answer.streaming else answer.content
            if answer.status_code >= 500 or b"Traceback" in text:
                failed.append((method, url[:80], body[:80], answer.status_code))
    assert failed == [], failed


def test_a_body_beyond_the_limit_is_too_large_not_our_fault(mei: User) -> None:
    answer = factories.signed_in(mei).generic("POST", "/api/posts", BODIES[-1], "application/json")
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "too_large"


def test_no_command_fails_whatever_is_said(mei: User) -> None:
    chance = random.Random(7)
    failed = []
    for op, command in COMMANDS.items():
        schema = command.body.model_json_schema()
        known = schema.get("$defs", {})
        for number in range(40):
            said = {"op": op, "ref": number, **anything(schema, known, chance)}
            try:
                found = codec.decode(json.dumps(said), COMMANDS)
                found.command.run(mei.pk, found.body)
            except (codec.BadFrame, Refused):
                continue
            except Exception as error:
                failed.append((said, repr(error)[:200]))
    assert failed == [], failed


UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def test_no_unsafe_route_works_without_the_csrf_token(mei: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["sessionid"] = factories.session_key(mei)
    tried = 0
    for method, path, _ in routes():
        if method in UNSAFE:
            url = path.replace("{", "").replace("}", "")
            for place in ("room_id", "item_id", "post_id", "poll_id", "other_id", "comment_id"):
                url = url.replace(place, "1")
            answer = browser.generic(method, url, b"{}", "application/json")
            assert answer.status_code in {403, 422}, (method, url, answer.status_code)
            if answer.status_code == 403:
                tried += 1
    assert tried > 15


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "auth/login"),
        ("POST", "auth/signup"),
        ("DELETE", "auth/session"),
        ("POST", "auth/password/request"),
        ("POST", "auth/password/reset"),
        ("POST", "account/password/change"),
        ("POST", "auth/email/verify"),
        ("POST", "account/email"),
        ("DELETE", "account/email"),
    ],
)
def test_signing_in_and_out_asks_for_the_csrf_token_too(mei: User, method: str, path: str) -> None:
    """Signing somebody in unasked is an attack as well: what they do then, another can read."""
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["sessionid"] = factories.session_key(mei)
    answer = browser.generic(method, f"/_allauth/browser/v1/{path}", b"{}", "application/json")
    assert answer.status_code == 403, answer.content[:200]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/api/me", "/api/docs", "/admin/login/", "/nowhere", "/api/nowhere", "/healthz"]
)
def test_every_answer_carries_the_headers_that_protect_a_browser(path: str) -> None:
    answer = Client().get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "'unsafe-eval'" not in policy
    assert "script-src" not in policy, "scripts only from here: default-src says so"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
