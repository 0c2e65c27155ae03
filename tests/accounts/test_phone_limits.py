"""Codes are guessed at and asked for too often, also at the same moment."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.db.models import F
from django.db.models.functions import Now

from server.accounts import phone_pace, phones
from server.accounts.models import Phone, PhoneCode, PhonePace, User
from server.accounts.phone_models import TRIES
from server.accounts.schemas import PhoneStanding
from server.errors import Refused
from tests.accounts.phones import (
    NUMBER,
    OTHER,
    Text,
    all_jobs,
    ask,
    code_sent,
    coming,
    later,
    mei,
    other_than,
    refusal,
    texts,
)
from tests.factories import client_id, person
from tests.threads import at_once

pytestmark = pytest.mark.django_db
__all__ = ["mei", "texts"]


def test_five_wrong_codes_and_the_right_one_is_refused_too(mei: User) -> None:
    ask(mei)
    code = code_sent()
    for left in range(TRIES - 1, -1, -1):
        assert refusal(lambda: phones.check(mei.pk, other_than(code))).fields == {"code": "wrong"}
        assert coming(mei).tries_left == left
    assert refusal(lambda: phones.check(mei.pk, code)).code.name == "closed"
    assert not Phone.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_are_all_counted(mei: User) -> None:
    ask(mei)
    bad = other_than(code_sent())
    answers = at_once([partial(phones.check, mei.pk, bad) for _ in range(TRIES + 4)])
    names = [answer.code.name for answer in answers if isinstance(answer, Refused)]
    assert (names.count("bad_field"), names.count("closed")) == (TRIES, 4)
    assert PhoneCode.objects.get().tries == TRIES


@pytest.mark.django_db(transaction=True)
def test_one_code_given_many_times_at_once_makes_one_number_and_one_letter(mei: User) -> None:
    ask(mei)
    code = code_sent()
    answers = at_once([partial(phones.check, mei.pk, code) for _ in range(4)])
    good = [answer for answer in answers if isinstance(answer, PhoneStanding)]
    assert len(good) == 1 and Phone.objects.count() == 1
    all_jobs()
    assert len(mail.outbox) == 1


def test_it_ends_after_ten_minutes_by_the_clock_of_the_database(mei: User) -> None:
    ask(mei)
    code = code_sent()
    left = PhoneCode.objects.annotate(left=F("expires_at") - Now()).get().left
    assert timedelta(minutes=9, seconds=50) < left <= timedelta(minutes=10)
    PhoneCode.objects.update(expires_at=Now() - timedelta(milliseconds=1))
    assert refusal(lambda: phones.check(mei.pk, code)).code.name == "closed"
    PhoneCode.objects.update(expires_at=Now() + timedelta(seconds=5))
    assert phones.check(mei.pk, code).number


def test_a_new_code_voids_the_old_one_and_its_tries(mei: User, texts: list[Text]) -> None:
    ask(mei)
    first = code_sent()
    refusal(lambda: phones.check(mei.pk, other_than(first)))
    later(phone_pace.PAUSES[0])
    again = phones.ask_again(mei.pk, client_id())
    assert again.coming and again.coming.tries_left == TRIES
    second = code_sent()
    assert len(texts) == 2 and texts[0][2] != texts[1][2]
    if first != second:
        assert refusal(lambda: phones.check(mei.pk, first)).fields == {"code": "wrong"}
    assert phones.check(mei.pk, second).number


def test_three_codes_in_any_hour_with_growing_pauses(mei: User, texts: list[Text]) -> None:
    ask(mei)
    for pause in phone_pace.PAUSES:
        refused = refusal(lambda: phones.ask_again(mei.pk, client_id()))
        assert refused.code.name == "too_fast" and refused.retry_after is not None
        assert pause - 5 < refused.retry_after <= pause
        later(pause)
        phones.ask_again(mei.pk, client_id())
    refused = refusal(partial(ask, mei, OTHER))
    assert refused.retry_after is not None
    left = phone_pace.HOUR - sum(phone_pace.PAUSES)
    assert left - 5 < refused.retry_after <= left, "until the first is an hour ago"
    all_jobs()
    assert len(texts) == 1, "only the last was not void when the jobs came to it"
    assert refusal(lambda: phones.ask_again(mei.pk, client_id())).code.name == "too_fast"
    phones.never_mind(mei.pk)
    assert refusal(partial(ask, mei)).code.name == "too_fast", "to give up is no way around it"
    later(left)
    ask(mei, OTHER)
    assert refusal(partial(ask, mei)).code.name == "too_fast"


def test_three_an_hour_to_one_number_whoever_asks(mei: User, texts: list[Text]) -> None:
    people = [person() for _ in range(3)]
    for who in people:
        ask(who)
    assert refusal(partial(ask, mei)).code.name == "too_fast"
    assert not PhonePace.objects.filter(person=mei).exists(), "what is refused is not counted"
    ask(mei, OTHER)
    all_jobs()
    assert len(texts) == 4


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_for_one_number_at_once_get_three(texts: list[Text]) -> None:
    people = [person() for _ in range(6)]
    answers = at_once([partial(ask, who) for who in people])
    assert sum(isinstance(answer, PhoneStanding) for answer in answers) == phone_pace.AN_HOUR
    assert {a.code.name for a in answers if isinstance(a, Refused)} == {"too_fast"}
    assert PhoneCode.objects.count() == phone_pace.AN_HOUR
    all_jobs()
    assert len(texts) == phone_pace.AN_HOUR


@pytest.mark.django_db(transaction=True)
def test_one_who_asks_in_many_tabs_at_once_gets_one(mei: User, texts: list[Text]) -> None:
    answers = at_once([partial(ask, mei) for _ in range(5)])
    assert sum(isinstance(answer, PhoneStanding) for answer in answers) == 1, answers
    all_jobs()
    assert len(texts) == 1


def test_all_together_get_so_many(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phone_pace, "ALL_AN_HOUR", 1)
    ask(mei)
    bo = person("bo")
    assert refusal(partial(ask, bo, OTHER)).code.name == "too_fast"
    assert not PhoneCode.objects.filter(person=bo).exists()


def test_asked_twice_with_one_id_is_asked_once(mei: User, texts: list[Text]) -> None:
    once = client_id()
    assert ask(mei, client_id=once).coming == ask(mei, client_id=once).coming
    assert refusal(partial(ask, mei, OTHER, client_id=once)).code.name == "altered_replay"
    assert phones.ask_again(mei.pk, once).coming
    all_jobs()
    assert len(texts) == 1


def test_counts_and_codes_are_forgotten(mei: User) -> None:
    ask(mei)
    assert phones.forget_old() == 0
    later(phone_pace.HOUR + 1)
    assert phones.forget_old() == 2 and PhoneCode.objects.exists(), "it still says that it is over"
    later(phones.KEPT.total_seconds())
    assert phones.forget_old() == 1 and not PhoneCode.objects.exists()
    assert NUMBER[1:] not in str(list(PhonePace.objects.values()))
