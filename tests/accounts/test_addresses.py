"""One's own address: confirmed or not, changed with the password, and letters about changes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from server.accounts import invitations
from server.accounts.models import User
from server.accounts.schemas import InvitationDraft
from server.errors import Refused
from server.jobs.work import work
from server.realtime.topics import user
from tests import factories
from tests.accounts.apply import logged
from tests.accounts.second_step import APP, ask, problem, trusted, turn_on
from tests.factories import PASSWORD, person

pytestmark = pytest.mark.django_db
OLD, NEW = "mei@example.org", "mei@new.example"
DRAFT = InvitationDraft(days=7, uses=1)


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def mei() -> User:
    made = person("mei", email=OLD, password=PASSWORD)
    EmailAddress.objects.create(user=made, email=OLD, primary=True, verified=True)
    return made


def letters() -> list[tuple[str, str]]:
    """(to, subject), after all jobs."""
    while work("test"):
        pass
    return [(letter.to[0], letter.subject) for letter in mail.outbox]


def key() -> str:
    [found] = re.findall(r"/confirm-email/(\S+)", str(mail.outbox[-1].body))
    return str(found)


def confirm() -> Any:
    return ask(factories.browser(), "POST", "auth/email/verify", key=key())


def mine(client: Client) -> dict[str, tuple[bool, bool]]:
    rows = ask(client, "GET", "account/email").json()["data"]
    return {row["email"]: (row["primary"], row["verified"]) for row in rows}


def test_another_address_counts_once_it_is_confirmed_and_the_old_one_is_told(mei: User) -> None:
    here = factories.signed_in(mei)
    assert ask(here, "POST", "account/email", email=NEW).status_code == 401
    assert mine(here) == {OLD: (True, True)}, "not without the password"
    assert ask(trusted(here), "POST", "account/email", email=NEW).status_code == 200
    assert mine(here) == {OLD: (True, True), NEW: (False, False)}
    assert User.objects.get(pk=mei.pk).email == OLD
    assert [to for to, _ in letters()] == [NEW]
    assert confirm().status_code == 401  # done; nobody is signed in there
    assert mine(here) == {NEW: (True, True)}
    assert User.objects.get(pk=mei.pk).email == NEW
    told = [one for one in logged(user(mei.pk)) if one["type"] == "profile.changed"]
    assert [one["data"]["me"]["email"] for one in told] == [NEW]
    assert letters()[1:] == [(OLD, "Your address is another one now")]
    assert NEW not in str(mail.outbox[-1].body), "the old one does not learn the new one"


def test_never_mind_and_a_second_wish_replaces_the_first(mei: User) -> None:
    here = trusted(factories.signed_in(mei))
    for email in ("first@new.example", NEW):
        assert ask(here, "POST", "account/email", email=email).status_code == 200
    assert set(mine(here)) == {OLD, NEW}
    assert ask(here, "DELETE", "account/email", email=NEW).status_code == 200
    assert mine(here) == {OLD: (True, True)}
    assert confirm().status_code == 400
    assert User.objects.get(pk=mei.pk).email == OLD


def test_an_address_of_somebody_else_is_never_mine_and_nobody_is_told_so(mei: User) -> None:
    other = person("bo", email="bo@example.org")
    EmailAddress.objects.create(user=other, email=other.email, primary=True, verified=True)
    here = trusted(factories.signed_in(mei))
    assert ask(here, "POST", "account/email", email="Bo@example.org").status_code == 200
    assert problem(confirm()) == "email_taken"
    assert mine(here)[OLD] == (True, True) and User.objects.get(pk=mei.pk).email == OLD


def test_whoever_confirms_an_address_has_it_whoever_gave_it_before(mei: User) -> None:
    other = person("bo", email=NEW)
    EmailAddress.objects.create(user=other, email=NEW, primary=True)
    ask(trusted(factories.signed_in(mei)), "POST", "account/email", email=NEW)
    assert confirm().status_code == 401
    assert User.objects.get(pk=mei.pk).email == NEW
    assert User.objects.get(pk=other.pk).email == ""
    assert [row.user_id for row in EmailAddress.objects.filter(email=NEW)] == [mei.pk]


def test_the_letter_comes_again_but_not_at_once(mei: User) -> None:
    here = trusted(factories.signed_in(mei))
    ask(here, "POST", "account/email", email=NEW)
    assert ask(here, "PUT", "account/email", email=NEW).status_code == 403
    assert len(mail.outbox) == 1
    cache.clear()  # three minutes later
    assert ask(here, "PUT", "account/email", email=NEW).status_code == 200
    assert len(mail.outbox) == 2


def test_a_letter_that_could_not_be_sent_is_told(mei: User, settings: Any) -> None:
    here = trusted(factories.signed_in(mei))
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    assert ask(here, "POST", "account/email", email=NEW).status_code == 503


def test_what_an_unconfirmed_account_may_not_do(settings: Any) -> None:
    done = ask(
        factories.browser(), "POST", "auth/signup", username="mei", password=PASSWORD, email=OLD
    )
    assert done.status_code == 200
    mei = User.objects.get(username="mei")
    here = factories.signed_in(mei)
    assert mine(here) == {OLD: (True, False)}
    with pytest.raises(Refused, match="forbidden"):
        invitations.make(mei.pk, DRAFT)
    settings.CAN_MAIL = False  # nobody could confirm anything
    invitations.make(mei.pk, DRAFT)
    settings.CAN_MAIL = True
    assert confirm().status_code == 401
    invitations.make(mei.pk, DRAFT)
    invitations.make(person().pk, DRAFT)  # whoever gave none


@pytest.mark.django_db(transaction=True)
def test_letters_tell_of_the_second_step_and_of_passwords(mei: User) -> None:
    here = factories.signed_in(mei)
    turn_on(here)
    assert ask(trusted(here), "DELETE", APP).status_code == 200
    change = {"current_password": PASSWORD, "new_password": "another-Lantern-9"}
    assert ask(here, "POST", "account/password/change", **change).status_code == 200
    subjects = [subject for to, subject in letters() if to == OLD]
    assert subjects == [
        "The second step is on",
        "The second step is off",
        "Your password was changed",
    ]
    assert "/me" in str(mail.outbox[-1].body)


def test_a_mail_server_that_is_away_delays_the_letter_and_not_the_change(
    mei: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    here = factories.signed_in(mei)
    change = {"current_password": PASSWORD, "new_password": "another-Lantern-9"}
    assert ask(here, "POST", "account/password/change", **change).status_code == 200
    assert work("test")
    assert mail.outbox == []
