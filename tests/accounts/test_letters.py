"""Forgotten passwords and unconfirmed addresses: what the letters say, and what their keys open."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as live_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from server.accounts.letters import LETTERS
from tests import factories
from tests.factories import PASSWORD, person

pytestmark = pytest.mark.django_db
AUTH = "/_allauth/browser/v1/auth"
NEW = "another-Lantern-9"
AWAY = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_PORT": 1}


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def post(path: str, client: Client | None = None, **body: Any) -> Any:
    client = client or factories.browser()
    return client.post(f"{AUTH}/{path}", body, content_type="application/json")


def forgot(address: str, **headers: str) -> Any:
    client = Client(headers=headers)
    return post("password/request", client, email=address)


def link() -> str:
    [letter] = mail.outbox
    [found] = re.findall(r"https?://\S+", str(letter.body))
    return str(found)


def key() -> str:
    return link().rsplit("/", 1)[1]


def code(answer: Any) -> str:
    assert answer.status_code == 400, answer.content
    [problem] = answer.json()["errors"]
    return str(problem["code"])


def test_a_forgotten_password_is_replaced_by_the_link_once() -> None:
    mei = person("mei", email="mei@example.org", password=PASSWORD)
    elsewhere = factories.signed_in(mei)
    assert forgot("Mei@example.org").status_code == 200
    assert mail.outbox[0].to == ["mei@example.org"]
    assert link() == f"{live_settings.ORIGINS[0]}/reset-password/{key()}"
    known = factories.browser().get(
        f"{AUTH}/password/reset", headers={"x-password-reset-key": key()}
    )
    assert known.status_code == 200

    assert post("password/reset", key=key(), password=NEW).status_code == 401  # and signed out
    assert elsewhere.get("/api/me").status_code == 401
    assert post("login", username="mei", password=PASSWORD).status_code == 400
    assert post("login", username="mei", password=NEW).status_code == 200
    again = post("password/reset", key=key(), password="a-third-Lantern-7")
    assert code(again) == "invalid_password_reset"


def test_a_weak_password_is_refused_and_the_link_still_works() -> None:
    person("mei", email="mei@example.org")
    forgot("mei@example.org")
    assert code(post("password/reset", key=key(), password="x8-kd")) == "password_too_short"
    assert post("password/reset", key=key(), password=NEW).status_code == 401


def test_a_link_does_not_work_for_ever(settings: Any) -> None:
    person("mei", email="mei@example.org")
    forgot("mei@example.org")
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert code(post("password/reset", key=key(), password=NEW)) == "invalid_password_reset"


def test_who_asks_does_not_learn_whether_there_is_an_account() -> None:
    person("mei", email="mei@example.org")
    known, unknown = forgot("mei@example.org"), forgot("nobody@example.org")
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    assert [letter.to for letter in mail.outbox] == [["mei@example.org"], ["nobody@example.org"]]
    assert "no account" in mail.outbox[1].subject.lower()


def test_the_letter_is_in_the_readers_language() -> None:
    person("bo", email="bo@example.org", language="zh")
    forgot("bo@example.org")
    forgot("nobody@example.org", accept_language="zh-CN,zh;q=0.9")
    subjects = [letter.subject for letter in mail.outbox]
    assert subjects == ["换一个新密码", "没有账号用这个邮箱"]


def test_every_letter_has_both_languages_and_its_link() -> None:
    for name, letters in LETTERS.items():
        assert set(letters) == {"en", "zh"}, name
        for letter in letters.values():
            assert "{link}" in letter.body and "\n" not in letter.subject


def test_a_link_leads_to_us_whatever_host_was_claimed() -> None:
    """Whoever listens on another port of this host would be handed the key."""
    person("mei", email="mei@example.org")
    forgot("mei@example.org", host="localhost:6666")
    assert link().startswith(live_settings.ORIGINS[0] + "/")


def test_asking_again_and_again_is_slowed_down() -> None:
    codes = [forgot("mei@example.org").status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]


def test_an_address_given_at_sign_up_is_confirmed_by_the_link_once() -> None:
    done = post("signup", username="mei", password=PASSWORD, email="mei@example.org", language="zh")
    assert done.status_code == 200
    assert mail.outbox[0].subject == "这是你的邮箱吗？"
    assert link() == f"{live_settings.ORIGINS[0]}/confirm-email/{key()}"
    shown = factories.browser().get(
        f"{AUTH}/email/verify", headers={"x-email-verification-key": key()}
    )
    assert shown.json()["data"]["email"] == "mei@example.org"
    assert post("email/verify", key=key()).status_code == 401  # done; nobody is signed in here
    assert EmailAddress.objects.get().verified
    assert code(post("email/verify", key=key())) == "invalid_or_expired_key"


def test_without_a_way_to_send_nothing_is_offered(settings: Any) -> None:
    settings.CAN_MAIL = False
    person("mei", email="mei@example.org")
    assert factories.browser().get("/api/door").json() == {"mail": False}
    refused = forgot("mei@example.org")
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "not_found")
    assert mail.outbox == []


def test_a_mail_server_that_is_away_keeps_nobody_from_signing_up(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    for name, value in AWAY.items():
        setattr(settings, name, value)
    done = post("signup", username="mei", password=PASSWORD, email="mei@example.org")
    assert done.status_code == 200
    known, unknown = forgot("mei@example.org"), forgot("nobody@example.org")
    assert known.status_code == unknown.status_code == 503
    assert known.json() == unknown.json()
    assert "mail_not_sent" in caplog.text and "example.org" not in caplog.text
