"""A person with an authenticator app, over real HTTP requests."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from server.accounts.second_step import STEP_SECONDS
from server.realtime.clock import now
from tests import factories
from tests.factories import PASSWORD

V1 = "/_allauth/browser/v1"
APP, CODES = "account/authenticators/totp", "account/authenticators/recovery-codes"


def ask(client: Client, method: str, path: str, **body: Any) -> Any:
    """One request to allauth's routes."""
    send = getattr(client, method.lower())
    kind = {} if method == "GET" else {"content_type": "application/json"}
    return send(f"{V1}/{path}", body, **kind)


def problem(answer: Any, status: int = 400) -> str:
    """The code of the one thing that is wrong."""
    assert answer.status_code == status, answer.content
    [error] = answer.json()["errors"]
    return str(error["code"])


def step_now() -> int:
    return int(now().timestamp()) // STEP_SECONDS


def app_code(secret: str, step: int) -> str:
    """What the app shows in this half minute."""
    return str(format_hotp_value(hotp_value(secret, step)))


def wrong_code(secret: str) -> str:
    """A code that is none of the near ones."""
    return wrong_code_near(secret, step_now())


def wrong_code_near(secret: str, step: int) -> str:
    """A code of none of the half minutes around this one."""
    near = {app_code(secret, step + away) for away in range(-3, 4)}
    return next(code for code in map(str, range(100_000, 100_010)) if code not in near)


def trusted(client: Client) -> Client:
    """Who has just given the password again."""
    assert ask(client, "POST", "auth/reauthenticate", password=PASSWORD).status_code == 200
    return client


def begin(client: Client) -> str:
    """The secret of an app that is about to be confirmed."""
    answer = ask(trusted(client), "GET", APP)
    assert answer.status_code == 404, answer.content
    secret: str = answer.json()["meta"]["secret"]
    return secret


def turn_on(client: Client) -> tuple[str, list[str]]:
    """(secret, recovery codes). The code of the half minute before is used up by it."""
    secret = begin(client)
    answer = ask(client, "POST", APP, code=app_code(secret, step_now() - 1))
    assert answer.status_code == 200, answer.content
    return secret, answer.json()["data"]["unused_codes"]


def half_way(username: str = "mei") -> Client:
    """Somebody new at the door who knows the password."""
    client = factories.browser()
    client.raise_request_exception = True
    answer = ask(client, "POST", "auth/login", username=username, password=PASSWORD)
    assert answer.status_code == 401, answer.content
    pending = [flow for flow in answer.json()["data"]["flows"] if flow.get("is_pending")]
    assert [flow["id"] for flow in pending] == ["mfa_authenticate"]
    assert client.get("/api/me").status_code == 401
    return client


def second(client: Client, code: str) -> Any:
    """The second step of signing in."""
    return ask(client, "POST", "auth/2fa/authenticate", code=code)
