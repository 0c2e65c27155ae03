"""allauth's routes: what they do is for whoever asks, never for somebody they name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import get_resolver

from tests import factories
from tests.rights.cast import ROLES, Cast
from tests.rights.state import changed, writes
from tests.rights.table import leaked
from tests.rights.test_http import patterns

HERS = {"username": "mei_x", "email": "mei_x@example.org", "password": "guess-what-it-is"}
NEW = {"username": "newcomer", "password": "a-Lantern-on-the-river", "email": ""}

# (path, method, body): status for nobody, status for whoever is signed in.
TABLE: dict[tuple[str, str], tuple[dict[str, Any], int, int]] = {
    ("config", "GET"): ({}, 200, 200),
    ("auth/session", "GET"): ({}, 401, 200),
    ("auth/session", "DELETE"): ({}, 401, 401),
    ("auth/reauthenticate", "POST"): ({"password": "guess"}, 401, 400),
    ("auth/2fa/authenticate", "POST"): ({"code": "123456"}, 401, 401),
    ("auth/2fa/reauthenticate", "POST"): ({"code": "123456"}, 401, 400),
    ("auth/code/confirm", "POST"): ({"code": "123456"}, 409, 409),
    ("auth/password/request", "POST"): ({"email": HERS["email"]}, 200, 200),
    ("auth/password/reset", "GET"): ({}, 400, 400),
    ("auth/password/reset", "POST"): ({"key": "1-guess", "password": NEW["password"]}, 400, 400),
    ("auth/login", "POST"): (HERS, 400, 400),
    ("auth/signup", "POST"): (NEW, 200, 409),
    ("auth/email/verify", "GET"): ({}, 400, 400),
    ("auth/email/verify", "POST"): ({"key": "guess"}, 400, 400),
    ("auth/email/verify/resend", "POST"): ({}, 409, 409),
    ("auth/phone/verify", "POST"): ({"code": "123456"}, 404, 404),
    ("auth/phone/verify/resend", "POST"): ({}, 404, 404),
    ("account/password/change", "POST"): (
        {"current_password": "guess", "new_password": NEW["password"]},
        401,
        400,
    ),
    ("account/email", "GET"): ({}, 401, 200),
    ("account/email", "POST"): ({"email": "mine@example.org"}, 409, 200),
    ("account/email", "DELETE"): ({"email": HERS["email"]}, 401, 400),
    ("account/email", "PUT"): ({"email": HERS["email"]}, 401, 400),
    ("account/authenticators", "GET"): ({}, 401, 200),
    ("account/authenticators/totp", "GET"): ({}, 401, 404),
    ("account/authenticators/totp", "POST"): ({"code": "123456"}, 401, 400),
    ("account/authenticators/totp", "DELETE"): ({}, 401, 200),
    ("account/authenticators/recovery-codes", "GET"): ({}, 401, 405),
    ("account/authenticators/recovery-codes", "POST"): ({}, 401, 400),
    ("account/leaving", "POST"): ({"code": "123456"}, 401, 200),
    ("auth/leaving", "GET"): ({}, 401, 401),
    ("auth/leaving", "POST"): ({}, 401, 401),
    ("account/phone", "GET"): ({}, 404, 404),
    ("account/phone", "POST"): ({"phone": "+4912345678"}, 404, 404),
}
SIGNED_IN = set(ROLES) - {"anonymous"}
OWNERS = {"mei", "owner"}  # of a group and of a store: others depend on them
OTHERWISE = {("account/leaving", "POST"): dict.fromkeys(OWNERS, 409)}
CHANGES = {
    ("auth/signup", "POST"): {"anonymous"},
    ("auth/session", "DELETE"): SIGNED_IN,
    ("account/email", "POST"): SIGNED_IN,
    # A secret that waits in the session. (Nobody here has a password that could be asked for.)
    ("account/authenticators/totp", "GET"): SIGNED_IN,
    ("account/authenticators/totp", "POST"): SIGNED_IN,
    ("account/leaving", "POST"): SIGNED_IN - OWNERS,
}


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    found = {
        path.removeprefix("_allauth/browser/v1/")
        for path, _ in patterns(get_resolver().url_patterns)
        if path.startswith(("_allauth/", "accounts/"))
    }
    assert found == {path for path, _ in TABLE}


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "method"), TABLE)
def test_it_is_for_oneself(path: str, method: str, cast: Cast) -> None:
    body, for_nobody, for_anybody = TABLE[path, method]
    wrong = []
    for role in ROLES:
        cache.clear()  # attempts are counted
        browser = factories.browser(cast.keys.get(role))
        with transaction.atomic(), writes() as said:
            url = f"/_allauth/browser/v1/{path}"
            answer = browser.generic(method, url, json.dumps(body), "application/json")
            moved = changed(cast.state) if said else set()
            transaction.set_rollback(True)
        expected = for_nobody if role == "anonymous" else for_anybody
        expected = OTHERWISE.get((path, method), {}).get(role, expected)
        may_change = role in CHANGES.get((path, method), set())
        text = answer.content.decode()
        if answer.status_code != expected or leaked(text, role, refused=True):
            wrong.append((role, answer.status_code, text[:200]))
        if moved and not may_change:
            wrong.append((role, sorted(moved)))
    assert wrong == []
