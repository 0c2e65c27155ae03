"""Another site in the same browser, and a session that somebody else chose."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from server.accounts.models import Session
from tests import factories
from tests.rights.cast import ROLES, Cast
from tests.rights.state import changed, writes
from tests.rights.table import OK
from tests.rights.test_http import JSON, ROWS, spelled

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
DOING = {
    spelled(row): (row, next(role for role in ROLES[::-1] if row.outcomes[role] == OK))
    for row in ROWS
    if row.name.startswith(UNSAFE) and OK in row.outcomes.values() and "file" not in str(row.body)
}
"""One request for each unsafe route, and somebody for whom it would succeed."""

TOKEN = "c" * 32
FORGED: dict[str, dict[str, str]] = {
    "a form of another site": {"HTTP_ORIGIN": "https://evil.example"},
    "with a token it guessed": {"HTTP_X_CSRFTOKEN": "d" * 32},
    "with the right token, but from there": {
        "HTTP_X_CSRFTOKEN": TOKEN,
        "HTTP_ORIGIN": "https://evil.example",
    },
    "from a sandbox": {"HTTP_X_CSRFTOKEN": TOKEN, "HTTP_ORIGIN": "null"},
    "from another port": {"HTTP_X_CSRFTOKEN": TOKEN, "HTTP_ORIGIN": "http://localhost:1"},
}


def test_every_unsafe_route_is_tried() -> None:
    unsafe = {spelled(row) for row in ROWS if row.name.startswith(UNSAFE)}
    assert unsafe - DOING.keys() == {"POST /api/pictures"}, "which has a test of its own"


@pytest.mark.django_db
@pytest.mark.parametrize("name", DOING)
def test_nothing_is_done_for_another_site(name: str, cast: Cast) -> None:
    row, role = DOING[name]
    method, path = row.name.split(" ", 1)
    url = quote(row.filled(cast, role, path), safe="/?=,%")
    body = json.dumps(row.content(cast, role) or {})
    browser = factories.browser(cast.keys[role], csrf=True)
    browser.cookies["csrftoken"] = TOKEN
    for kind, headers in FORGED.items():
        with transaction.atomic(), writes() as said:
            answer = browser.generic(method, url, body, JSON, **headers)
            moved = changed(cast.state) if said else set()
            transaction.set_rollback(True)
        assert answer.status_code == 403 and not moved, (kind, answer.status_code, moved)
    ours = {"HTTP_X_CSRFTOKEN": TOKEN, "HTTP_ORIGIN": "http://testserver"}
    with transaction.atomic():
        answer = browser.generic(method, url, body, JSON, **ours)
        transaction.set_rollback(True)
    assert 200 <= answer.status_code < 300, "the twin: our own page may"


@pytest.mark.django_db
def test_a_picture_is_not_uploaded_for_another_site(cast: Cast) -> None:
    """A form can send files without being asked first."""
    browser = factories.browser(cast.keys["mei"], csrf=True)
    answer = browser.post("/api/pictures", {"client_id": "e" * 32}, HTTP_ORIGIN="null")
    assert answer.status_code == 403


@pytest.mark.django_db
def test_a_session_somebody_else_chose_is_not_signed_in() -> None:
    """Fixation: the attacker plants a cookie of a session they know, and waits."""
    cache.clear()
    factories.person("fixed_x", password=factories.PASSWORD)
    attacker = Client()
    store = attacker.session
    store["planted"] = "by the attacker"
    store.save()
    known = store.session_key
    for key in (known, "a" * 32):
        victim = Client()
        victim.cookies["sessionid"] = key
        answer = victim.post(
            "/_allauth/browser/v1/auth/login",
            {"username": "fixed_x", "password": factories.PASSWORD},
            content_type=JSON,
        )
        assert answer.status_code == 200
        given = victim.cookies["sessionid"]
        assert given.value != key and given["httponly"] and given["samesite"] == "Lax"
        assert victim.get("/api/me").status_code == 200
        attacker.cookies["sessionid"] = key
        assert attacker.get("/api/me").status_code == 401
    assert not Session.objects.filter(pk=known).exclude(person=None).exists()
