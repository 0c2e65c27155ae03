"""The second step of signing in, through real HTTP requests: a code is good once, whoever asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from server.accounts import second_step
from server.accounts.models import Session, User
from server.accounts.sessions import live_sessions
from server.realtime.revoke import session_digest
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
from tests.realtime.conftest import Remembering

pytestmark = pytest.mark.django_db(transaction=True)
NO_REDIS = {
    "default": {"BACKEND": "server.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1"}
}


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def mei() -> User:
    return person("mei", password=PASSWORD)


@pytest.fixture
def here(mei: User) -> Client:
    return signed_in(mei)


def key(client: Client) -> str:
    return str(client.cookies["sessionid"].value)


def comes_in(code: str) -> bool:
    client = half_way()
    answer = second(client, code)
    assert answer.status_code in {200, 400}, answer.content
    assert (client.get("/api/me").status_code == 200) == (answer.status_code == 200)
    return bool(answer.status_code == 200)


# Turning it on and off ------------------------------------------------------------------------


def test_it_is_turned_on_with_the_password_and_a_code(mei: User, here: Client) -> None:
    assert ask(here, "GET", "account/authenticators").json()["data"] == []
    assert ask(here, "GET", APP).status_code == 401
    answer = ask(trusted(here), "GET", APP).json()["meta"]
    secret = answer["secret"]
    assert answer["totp_url"] == f"otpauth://totp/mei?secret={secret}&issuer=Jianghu"
    assert problem(ask(here, "POST", APP, code=wrong_code(secret))) == "incorrect_code"
    done = ask(here, "POST", APP, code=app_code(secret, step_now())).json()["data"]
    assert len(set(done["unused_codes"])) == done["unused_code_count"] == 10
    kinds = {one["type"] for one in ask(here, "GET", "account/authenticators").json()["data"]}
    assert kinds == {"totp", "recovery_codes"}


def test_turning_it_on_and_off_ends_all_other_sessions(
    mei: User, here: Client, transport: Remembering
) -> None:
    for turn in (turn_on, lambda client: ask(trusted(client), "DELETE", APP)):
        others = {key(signed_in(User.objects.get())) for _ in range(2)}
        assert live_sessions(others) == others
        transport.published.clear()
        turn(here)
        assert live_sessions([*others, key(here)]) == {key(here)}
        assert not Session.objects.filter(pk__in=others).exists()
        [told] = [one for one in transport.published if one.kind == "sessions"]
        assert (told.person_id, set(told.sessions)) == (mei.pk, set(map(session_digest, others)))
        assert here.get("/api/me").status_code == 200


def test_off_is_off_and_its_codes_are_worth_nothing(mei: User, here: Client) -> None:
    _, codes = turn_on(here)
    assert ask(trusted(here), "DELETE", APP).status_code == 200
    assert not Authenticator.objects.exists()
    assert ask(here, "DELETE", APP).status_code == 200, "and may be repeated"
    plain = factories.browser()
    assert ask(plain, "POST", "auth/login", username="mei", password=PASSWORD).status_code == 200
    _, fresh = turn_on(here)
    assert not set(codes) & set(fresh)
    assert not comes_in(codes[0])


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("GET", APP, {}), ("POST", APP, {"code": "1"}), ("DELETE", APP, {}), ("POST", CODES, {})],
)
def test_each_change_asks_for_the_password_again(
    here: Client, method: str, path: str, body: dict[str, str]
) -> None:
    turn_on(here)
    before = list(Authenticator.objects.order_by("pk").values())
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
        refused = ask(here, method, path, **body)
        assert refused.status_code == 401
        assert refused.json()["meta"]["is_authenticated"] is True
        ways = {flow["id"] for flow in refused.json()["data"]["flows"]}
        assert "reauthenticate" in ways
    assert list(Authenticator.objects.order_by("pk").values()) == before


def test_a_wrong_password_is_said_and_counted(here: Client) -> None:
    answers = [ask(here, "POST", "auth/reauthenticate", password=f"no {n}") for n in range(6)]
    assert [problem(answer) for answer in answers[:5]] == ["incorrect_password"] * 5
    assert problem(answers[5]) == "too_many_login_attempts"


def test_an_address_that_nobody_confirmed_is_not_locked_away(
    mei: User, here: Client, settings: Any
) -> None:
    EmailAddress.objects.create(user=mei, email="bo@example.org", verified=False, primary=True)
    assert problem(ask(trusted(here), "GET", APP), 409) == "unverified_email"
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = True  # no mail leaves this server
    secret = ask(here, "GET", APP).json()["meta"]["secret"]
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = False
    refused = ask(here, "POST", APP, code=app_code(secret, step_now()))
    assert problem(refused) == "unverified_email"


# Signing in -----------------------------------------------------------------------------------


def test_the_password_alone_lets_nobody_in(here: Client) -> None:
    secret, _ = turn_on(here)
    client = half_way()
    assert problem(second(client, wrong_code(secret))) == "incorrect_code"
    assert problem(second(client, "")) == "required"
    assert client.get("/api/me").status_code == 401
    before = key(client)
    assert second(client, app_code(secret, step_now())).status_code == 200
    assert client.get("/api/me").status_code == 200
    assert key(client) != before, "a session that was known before is not the one that is signed in"


def test_a_code_is_not_good_a_second_time(here: Client, settings: Any) -> None:
    """Nor is an earlier one; nor while Redis is away, nor as the password of a change."""
    secret, _ = turn_on(here)
    settings.CACHES = NO_REDIS
    last = step_now()
    assert comes_in(app_code(secret, last))
    for used in (app_code(secret, last), app_code(secret, last - 1)):
        assert not comes_in(used)
    answer = ask(here, "POST", "auth/2fa/reauthenticate", code=app_code(secret, last))
    assert problem(answer) == "incorrect_code"


def test_the_code_that_turned_it_on_does_not_sign_in(here: Client) -> None:
    secret = begin(here)
    code = app_code(secret, step_now())
    assert ask(here, "POST", APP, code=code).status_code == 200
    assert not comes_in(code)


@pytest.mark.parametrize("away", range(-2, 3))
def test_a_clock_may_be_half_a_minute_off(away: int) -> None:
    moment = 1_800_000_015.0
    step = int(moment) // second_step.STEP_SECONDS
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    code = app_code(secret, step + away)
    found = second_step.matching_step(secret, code, moment)
    assert found == (step + away if abs(away) < 2 else None)
    assert second_step.matching_step(secret, code, moment, step + away) is None
    spaced = f"{code[:3]} {code[3:]}"
    assert second_step.matching_step(secret, spaced, moment) == found


def test_a_recovery_code_is_good_once(here: Client) -> None:
    _, codes = turn_on(here)
    assert comes_in(f"{codes[3][:4]} {codes[3][4:]}")
    assert not comes_in(codes[3])
    assert comes_in(codes[4])
    [left] = [
        one["unused_code_count"]
        for one in ask(here, "GET", "account/authenticators").json()["data"]
        if one["type"] == "recovery_codes"
    ]
    assert left == 8


def test_recovery_codes_are_shown_once_and_new_ones_end_the_old(here: Client) -> None:
    _, codes = turn_on(here)
    assert ask(here, "GET", CODES).status_code == 405
    assert codes[0] not in ask(here, "GET", "account/authenticators").content.decode()
    fresh = ask(here, "POST", CODES).json()["data"]["unused_codes"]
    assert not set(fresh) & set(codes)
    assert not comes_in(codes[0])
    assert comes_in(fresh[0])


def test_without_the_second_step_there_are_no_recovery_codes(here: Client) -> None:
    assert problem(ask(trusted(here), "POST", CODES)) == "cannot_generate_recovery_codes"


def test_guessing_codes_is_slowed_down_even_with_the_right_one(here: Client, settings: Any) -> None:
    """By the database: no Redis that is away, no other address and no new browser opens it."""
    secret, codes = turn_on(here)
    settings.CACHES = NO_REDIS
    bad = wrong_code(secret)
    assert [problem(second(half_way(), bad)) for _ in range(5)] == ["incorrect_code"] * 5
    for right in (app_code(secret, step_now()), codes[0]):
        assert problem(second(half_way(), right)) == "too_many_login_attempts"
    app = Authenticator.objects.get(type="totp")
    app.data["wrong"] = [at - second_step.WRONG_SECONDS for at in app.data["wrong"]]
    app.save()
    assert comes_in(codes[0]), "refused was not used"
    assert Authenticator.objects.get(type="totp").data["wrong"] == []


def test_a_new_password_does_not_go_round_the_second_step(mei: User, here: Client) -> None:
    EmailAddress.objects.create(user=mei, email="mei@example.org", verified=True, primary=True)
    User.objects.filter(pk=mei.pk).update(email="mei@example.org")
    secret, _ = turn_on(here)
    client = factories.browser()
    ask(client, "POST", "auth/password/request", email="mei@example.org")
    link = next(word for word in str(mail.outbox[-1].body).split() if "/reset-password/" in word)
    new = {"key": link.rsplit("/", 1)[1], "password": "another-Lantern-9"}
    assert ask(client, "POST", "auth/password/reset", **new).status_code == 401
    assert client.get("/api/me").status_code == 401
    answer = ask(client, "POST", "auth/login", username="mei", password="another-Lantern-9")
    assert answer.status_code == 401
    assert second(client, app_code(secret, step_now())).status_code == 200


@pytest.mark.parametrize("harm", ["password", "off and on", "inactive"])
def test_what_the_password_opened_is_shut_by_what_happens_meanwhile(
    mei: User, here: Client, harm: str
) -> None:
    secret, codes = turn_on(here)
    client = half_way()
    if harm == "password":
        change = {"current_password": PASSWORD, "new_password": "another-Lantern-9"}
        assert ask(here, "POST", "account/password/change", **change).status_code == 200
    elif harm == "inactive":
        User.objects.filter(pk=mei.pk).update(is_active=False)
    else:
        ask(trusted(here), "DELETE", APP)
        secret, codes = turn_on(here)
    for code in (app_code(secret, step_now()), codes[0]):
        refused = second(client, code)
        assert refused.status_code == 401
        assert not [flow for flow in refused.json()["data"]["flows"] if flow.get("is_pending")]
    assert client.get("/api/me").status_code == 401
    if harm != "inactive":
        left = Authenticator.objects.get(type="recovery_codes").data["used_mask"]
        assert left == 0, "nothing was used up"


def test_a_sign_in_under_way_when_it_is_turned_on_is_worth_nothing(mei: User, here: Client) -> None:
    """Its session may be written after all others were ended."""
    late = factories.session_key(User.objects.get(pk=mei.pk))
    begun = Session.objects.get(pk=late)
    turn_on(here)
    begun.save(force_insert=True)
    assert live_sessions([late]) == set()
    assert factories.browser(late).get("/api/me").status_code == 401


# What is kept ---------------------------------------------------------------------------------


def test_the_database_holds_no_secret_that_can_be_read(here: Client) -> None:
    secret, codes = turn_on(here)
    kept = str(list(Authenticator.objects.values("data")))
    assert secret not in kept
    assert not [code for code in codes if code in kept]
    for session in Session.objects.all():
        assert secret not in str(session.get_decoded())


def test_a_secret_key_that_was_lost_is_not_called_a_wrong_code(
    here: Client, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    secret, _ = turn_on(here)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-that-all-workers-share"
    client = half_way()
    assert second(client, app_code(secret, step_now())).status_code == 503
    assert "second_step_unreadable" in caplog.text
    settings.SECRET_KEY_FALLBACKS = [old]
    assert comes_in(app_code(secret, step_now()))
