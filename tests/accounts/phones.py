"""Somebody who says a number, and a provider that keeps what it is given."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core.cache import cache
from django.db.models import F

from server.accounts import phones
from server.accounts.models import PhoneCode, PhonePace, User
from server.accounts.schemas import PhoneComing, PhoneDraft, PhoneStanding
from server.errors import Refused
from server.jobs.work import work
from tests.factories import PASSWORD, client_id, person

NUMBER, OTHER, THIRD = "+8613800138000", "+447400123456", "+12015550123"
Text = tuple[str, str, str]


class Outbox:
    """A provider that keeps what it is given, or fails as told."""

    texts: ClassVar[list[Text]] = []
    failures: ClassVar[list[Exception]] = []

    def send(self, number: str, text: str, key: str) -> None:
        if self.failures:
            raise self.failures.pop()
        self.texts.append((number, text, key))


@pytest.fixture(autouse=True)
def texts(settings: Any) -> list[Text]:
    """What was sent."""
    cache.clear()
    settings.PHONE_SENDER = f"{__name__}.Outbox"
    Outbox.texts, Outbox.failures = [], []
    return Outbox.texts


@pytest.fixture
def mei() -> User:
    return person("mei", email="mei@example.org", password=PASSWORD)


@pytest.fixture
def bo() -> User:
    return person("bo", email="bo@example.org")


def all_jobs() -> None:
    while work("test"):
        pass


def ask(who: User, number: str = NUMBER, **fields: Any) -> PhoneStanding:
    draft = {"client_id": client_id(), "number": number}
    return phones.ask(who.pk, PhoneDraft(**draft | fields))


def code_sent() -> str:
    """The last one, after all jobs."""
    all_jobs()
    [found] = re.findall(r"#(\d{6})$", Outbox.texts[-1][1])
    return str(found)


def coming(who: User) -> PhoneComing:
    """The number that is to be theirs; there is one."""
    found = phones.standing(who.pk).coming
    assert found is not None
    return found


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def verify(who: User, number: str = NUMBER) -> PhoneStanding:
    ask(who, number)
    return phones.check(who.pk, code_sent())


def refusal(call: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value


def later(seconds: float) -> None:
    """So much time went by for codes and counts."""
    PhoneCode.objects.update(expires_at=F("expires_at") - timedelta(seconds=seconds))
    for row in PhonePace.objects.all():
        PhonePace.objects.filter(pk=row.pk).update(
            times=[at - seconds for at in row.times],
            touched_at=F("touched_at") - timedelta(seconds=seconds),
        )
