"""Several requests at the same moment: a code is used once, the second step is turned on once."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from server.accounts.models import User
from server.accounts.second_step import WRONG_AT_MOST
from tests import factories
from tests.accounts.second_step import (
    APP,
    CODES,
    app_code,
    ask,
    begin,
    half_way,
    problem,
    second,
    step_now,
    trusted,
    turn_on,
    wrong_code,
)
from tests.factories import PASSWORD, person, signed_in
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def here() -> Client:
    return signed_in(person("mei", password=PASSWORD))


def same_session(client: Client) -> Client:
    """Another tab."""
    return factories.browser(str(client.cookies["sessionid"].value))


def statuses(answers: list[Any]) -> list[int]:
    assert not [answer for answer in answers if isinstance(answer, BaseException)], answers
    return sorted(answer.status_code for answer in answers)


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_one_code_in_many_browsers_at_once_lets_one_in(here: Client, kind: str) -> None:
    secret, codes = turn_on(here)
    for round_ in range(3):
        code = codes[round_] if kind == "recovery" else app_code(secret, step_now())
        browsers = [half_way() for _ in range(4)]
        answers = at_once([partial(second, browser, code) for browser in browsers])
        assert statuses(answers) == [200, 400, 400, 400]
        assert [b.get("/api/me").status_code for b in browsers].count(200) == 1
        app = Authenticator.objects.get(type="totp")
        app.data |= {"step": step_now() - 2, "wrong": []}
        app.save()


def test_guesses_at_once_are_all_counted(here: Client) -> None:
    secret, _ = turn_on(here)
    bad = wrong_code(secret)
    browsers = [half_way() for _ in range(WRONG_AT_MOST + 4)]
    answers: list[Any] = at_once([partial(second, browser, bad) for browser in browsers])
    assert statuses(answers) == [400] * len(browsers)
    said = [problem(answer) for answer in answers]
    assert said.count("incorrect_code") == WRONG_AT_MOST
    assert said.count("too_many_login_attempts") == 4


def test_two_tabs_at_once_turn_it_on_once(here: Client) -> None:
    """And the codes that one of them was shown are those that work."""
    secret = begin(here)
    code = app_code(secret, step_now())
    tabs = [same_session(here) for _ in range(3)]
    answers: list[Any] = at_once([partial(ask, tab, "POST", APP, code=code) for tab in tabs])
    assert statuses(answers) == [200, 409, 409]
    assert User.objects.get().second_step_turns == 1
    [shown] = [a.json()["data"]["unused_codes"] for a in answers if a.status_code == 200]
    assert here.get("/api/me").status_code == 200
    assert second(half_way(), shown[0]).status_code == 200


def test_new_codes_off_and_a_sign_in_at_once_leave_nothing_half_done(here: Client) -> None:
    for _ in range(4):
        cache.clear()
        _, codes = turn_on(here)
        client = half_way()
        answers: list[Any] = at_once(
            [
                partial(ask, same_session(here), "POST", CODES),
                partial(second, client, codes[0]),
                partial(ask, same_session(here), "DELETE", APP),
            ]
        )
        new, came, off = (answer.status_code for answer in answers)
        # 401: turning it off gave the session another standing while codes were asked for with it.
        assert new in {200, 400, 401, 409} and came in {200, 400, 401} and off == 200, answers
        assert not Authenticator.objects.exists()
        assert client.get("/api/me").status_code == 401, "turning it off ended that session too"
        assert here.get("/api/me").status_code == 200


def test_two_browsers_end_each_other_at_once(here: Client) -> None:
    """Neither waits for the other for ever. Both may be out, never are both in."""
    for _ in range(3):
        cache.clear()
        here = signed_in(User.objects.get())
        if not Authenticator.objects.exists():
            turn_on(here)
        trusted(here)
        there = signed_in(User.objects.get())
        answers = at_once(
            [
                partial(ask, same_session(here), "DELETE", APP),
                partial(same_session(there).delete, "/api/me/sessions"),
            ]
        )
        assert set(statuses(answers)) <= {200, 204, 400, 401}
        alive = [tab.get("/api/me").status_code for tab in (here, there)]
        assert alive.count(200) <= 1, answers
