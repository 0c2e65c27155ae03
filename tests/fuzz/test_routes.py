"""Whatever is asked of a route, by anybody: never a failure of ours, and never a traceback."""

from __future__ import annotations

import json
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import strategies as st

from server.accounts.models import User
from server.http import to_cursor
from tests import factories
from tests.described import described
from tests.fuzz.test_frames import world
from tests.fuzz.values import BROKEN, WORDS, junk, shaped, some

Json = dict[str, Any]
IDS = [0, 1, 2, -1, 2**31, 2**53, 2**63, 2**64, 10**30, "9" * 5_000, "1e3", "%00", "", " 1", "１"]
EACH = 25


def operations() -> list[tuple[str, str, Json]]:
    return [
        (method.upper(), path, operation)
        for path, found in described()["paths"].items()
        for method, operation in found.items()
        if (method, path) != ("delete", "/api/me/sessions/{session_id}")  # it would end our own
    ]


def requests(path: str, operation: Json) -> st.SearchStrategy[tuple[str, str]]:
    """(address, body) of one operation."""
    known = described()["components"]["schemas"]
    at = st.one_of(st.sampled_from(IDS), st.sampled_from(WORDS), st.integers(1, 3))
    places = {p["name"]: at for p in operation.get("parameters", []) if p["in"] == "path"}
    asked = {
        p["name"]: st.one_of(shaped(p["schema"], known), cursors, junk)
        for p in operation.get("parameters", [])
        if p["in"] == "query"
    }
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    body = st.one_of(shaped(schema, known), junk).map(json.dumps) if schema else st.just("")
    return st.tuples(
        st.fixed_dictionaries(places),
        st.fixed_dictionaries({}, optional=asked),
        st.one_of(body, body, body, st.sampled_from(BROKEN)) if schema else body,
    ).map(lambda drawn: (address(path, drawn[0], drawn[1]), drawn[2]))


cursors = st.one_of(
    st.lists(st.one_of(st.integers(), st.text(max_size=5)), max_size=3).map(
        lambda key: to_cursor(*[part for part in key if not huge(part)])
    ),
    st.sampled_from(["bm90", "W10", "你", "=", "A" * 200, "W251bGxd"]),
)


def huge(part: int | str) -> bool:
    return isinstance(part, int) and not -(2**63) <= part < 2**64


def address(path: str, places: Json, asked: Json) -> str:
    for name, value in places.items():
        path = path.replace(f"{{{name}}}", escaped(value))
    query = "&".join(f"{name}={escaped(value)}" for name, value in asked.items())
    return f"{path}?{query}" if query else path


def escaped(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return quote(text.encode(errors="surrogatepass"), safe="")


@pytest.fixture
def browser(transactional_db: None) -> Client:
    cache.clear()
    made = factories.signed_in(world())
    made.raise_request_exception = False
    return made


def failures(answer: Any, *told: object) -> list[object]:
    text = b"".join(answer) if answer.streaming else answer.content
    if answer.status_code >= 500 or b"Traceback" in text:
        return [(answer.status_code, *told)]
    return []


AREAS = sorted({path.split("/")[2] for _, path, _ in operations()})


@pytest.mark.parametrize("area", AREAS)
def test_no_route_fails(area: str, browser: Client) -> None:
    failed = []
    for method, path, operation in operations():
        if path.split("/")[2] != area:
            continue
        for url, body in some(requests(path, operation), EACH):
            answer = browser.generic(method, url, body.encode(errors="replace"), "application/json")
            failed += failures(answer, method, url[:120], body[:120])
    assert failed == []


TYPES = [
    "",
    "x",
    "text/plain",
    "application/json; charset=utf-16",
    "application/json; charset=nonsense",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=b",
    "multipart/form-data; boundary=" + "b" * 300,
    "multipart/form-data; boundary=\u00e9",
    "multipart/mixed; boundary=b",
]
PART = b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n%s\r\n%s\r\n'
FORMS = [
    b"",
    b"--b",
    b"--b--\r\n",
    b"--b\r\n\r\n\r\n--b--",
    b"{}",
    b"\xff\xfe\x00",
    PART % (b"client_id", b"", b"", b"c" * 32) + b"--b--\r\n",
    PART % (b"file", b'; filename="x.png"', b"Content-Type: image/png\r\n", b"") + b"--b--\r\n",
    PART % (b"file", b'; filename="x\0.png"', b"", factories.pixels()) + b"--b--\r\n",
    PART % (b"file", b'; filename="../../x"', b"Content-Transfer-Encoding: base64\r\n", b"!!"),
    PART % (b"client_id", b"", b"Content-Transfer-Encoding: nonsense\r\n", b"c" * 32),
    PART % (b"\xff\xfe", b"", b"", b"\xff") + b"--b--\r\n",
    (PART % (b"a", b"", b"", b"")) * 1_200 + b"--b--\r\n",
    (PART % (b"f", b'; filename="f"', b"", b"x")) * 150 + b"--b--\r\n",
    b"--b\r\n" + b"X: y\r\n" * 20_000 + b"\r\n\r\n--b--\r\n",
    b"a=1&" * 2_000,
    b"%ff=%fe&%00=%00",
]


def test_no_form_fails(browser: Client) -> None:
    failed = []
    for path in ("/api/pictures", "/api/posts", "/_allauth/browser/v1/auth/login"):
        for kind in TYPES:
            for form in FORMS:
                answer = browser.generic("POST", path, form, kind)
                failed += failures(answer, path, kind, form[:80])
                cache.clear()
    assert failed == []


PATHS = [
    "/media/{0}/64.webp",
    "/media/{0}/{0}.webp",
    "/{0}",
    "/api/{0}",
    "/api/me/sessions/{0}",
    "/static/{0}",
    "/admin/{0}/",
    "/accounts/{0}",
    "/_allauth/browser/v1/auth/email/verify?key={0}",
    "/?next={0}",
]
HEADERS = ["Host", "Cookie", "Accept-Language", "User-Agent", "If-None-Match", "X-CSRFToken",
           "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Range", "Referer",
           "Origin", "Accept", "X-Email-Verification-Key", "X-Password-Reset-Key",
           "X-Session-Token", "If-Modified-Since", "X-Requested-With"]  # fmt: skip
LINES = ["", "\0", "é", "a" * 5_000, "=", ";;", '"', "\\", "%00", "bytes=9-1", "1e9", "../..",
         'sessionid="\\000\\000\\000\\000\\000\\000\\000\\000"', "csrftoken=\x01",
         "sessionid='; DROP", "sessionid=" + "é" * 10, "zh-Hans-CN-x-a-b-c-" * 30, "[::1",
         "-1"]  # fmt: skip


def test_no_path_fails(browser: Client) -> None:
    failed = []
    for pattern in PATHS:
        for words in (*WORDS, "9" * 5_000, "%", "%ff", "//evil.example", "\\evil", "."):
            url = pattern.format(escaped(words))
            failed += failures(browser.get(url), url[:120])
    assert failed == []


def test_no_header_fails(browser: Client) -> None:
    failed = []
    mine = browser.cookies["sessionid"].value
    for name, line in product(HEADERS, LINES):
        headers = {"HTTP_" + name.upper().replace("-", "_"): line}
        for path in ("/api/me", "/", "/api/people?q=m", "/_allauth/browser/v1/auth/session"):
            browser.cookies.clear()
            if name != "Cookie":
                browser.cookies["sessionid"] = mine
            failed += failures(browser.get(path, **headers), name, line, path)
    assert failed == []


ALLAUTH = ["login", "signup", "password/request", "password/reset", "email/verify", "session",
           "reauthenticate", "code/confirm", "2fa/authenticate", "2fa/reauthenticate"]  # fmt: skip
ACCOUNT = ["email", "password/change", "authenticators", "authenticators/totp",
           "authenticators/recovery-codes"]  # fmt: skip


def test_no_account_form_fails(browser: Client, people_say: list[Any]) -> None:
    failed = []
    for path in (*(f"auth/{one}" for one in ALLAUTH), *(f"account/{one}" for one in ACCOUNT)):
        for method in ("POST", "PUT", "PATCH", "GET"):
            for body in people_say if method == "POST" else people_say[:3]:
                url = f"/_allauth/browser/v1/{path}"
                answer = browser.generic(method, url, body, "application/json")
                failed += failures(answer, method, url, body[:120])
                cache.clear()
    assert failed == []


@pytest.fixture
def people_say() -> list[str]:
    names = ("username", "email", "password", "key", "name", "language", "code", "new_password")
    fields = st.fixed_dictionaries({}, optional=dict.fromkeys(names, junk))
    return [
        *(text.encode(errors="replace").decode() for text in BROKEN if len(text) < 3_000),
        *(json.dumps(one) for one in some(st.one_of(fields, fields, junk), 20)),
    ]


def test_a_quoted_nul_in_the_session_cookie_is_no_session(browser: Client, mei: User) -> None:
    """PostgreSQL cannot look for it: it used to be a failure of every page."""
    stranger = factories.browser()
    answer = stranger.get("/api/me", HTTP_COOKIE='sessionid="' + "\\000" * 10 + '"')
    assert answer.status_code == 401


@pytest.fixture
def mei(browser: Client) -> User:
    return User.objects.get(username="mei")
