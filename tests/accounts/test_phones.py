"""Telephone numbers: shown to be theirs by a code, and never told to anybody else."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from server.accounts import phone_pace, phones
from server.accounts.models import Phone, PhoneCode, PhonePace, User
from server.accounts.phone_models import TRIES
from server.accounts.schemas import PhoneStanding
from server.errors import Refused
from server.realtime.topics import user
from tests import factories
from tests.accounts.apply import logged
from tests.accounts.phones import (
    NUMBER,
    OTHER,
    THIRD,
    Text,
    all_jobs,
    ask,
    bo,
    code_sent,
    coming,
    later,
    mei,
    other_than,
    refusal,
    texts,
    verify,
)
from tests.accounts.second_step import trusted
from tests.factories import client_id, person
from tests.fleet.harness import ROOT
from tests.threads import at_once

pytestmark = pytest.mark.django_db
__all__ = ["bo", "mei", "texts"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("+86 138 0013 8000", NUMBER),
        (" +86-138-0013-8000 ", NUMBER),
        ("＋８６１３８００１３８０００", NUMBER),
        ("+44 (0)7400 123456", OTHER),
        ("+1 (201) 555-0123", THIRD),
    ],
)
def test_a_number_is_kept_in_one_spelling(mei: User, written: str, kept: str) -> None:
    ask(mei, written)
    assert PhoneCode.objects.get().number == kept


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("13800138000", "country"),
        ("0086 138 0013 8000", "country"),
        ("+999 123 456 789", "country"),
        ("+86 138 0013", "invalid"),
        ("+", "invalid"),
        ("+1 201 555 0123 ext. 4", "invalid"),
        ("+49 30 901820", "no_texts"),  # a town hall
        ("+44 70 1234 5678", "no_texts"),  # costs whoever sends
        ("+1 900 555 0123", "no_texts"),  # costs whoever calls
    ],
)
def test_what_is_no_number_of_a_mobile_is_told_why(mei: User, written: str, why: str) -> None:
    assert refusal(partial(ask, mei, written)).fields == {"number": why}
    assert not PhoneCode.objects.exists() and not PhonePace.objects.exists()


def test_a_number_is_mine_with_the_code_and_a_letter_says_so(
    mei: User, texts: list[Text], settings: Any
) -> None:
    made = ask(mei)
    assert made.sends and made.number is None and made.coming
    assert (made.coming.number, made.coming.state) == ("+86 138 0013 8000", "asked")
    assert made.coming.tries_left == TRIES
    code = code_sent()
    [(number, text, _)] = texts
    assert number == NUMBER and text.startswith(f"{code} is your Jianghu code")
    assert coming(mei).state == "sent"
    mine = phones.check(mei.pk, code)
    assert (mine.number, mine.coming) == ("+86 138 0013 8000", None)
    assert Phone.objects.get().person_id == mei.pk
    assert [one["type"] for one in logged(user(mei.pk))] == ["profile.changed"]
    all_jobs()
    assert [letter.subject for letter in mail.outbox] == ["A telephone number was added"]
    assert "138" not in str(mail.outbox[0].body)
    assert refusal(lambda: phones.check(mei.pk, code)).code.name == "not_found", "used up"


def test_the_text_is_in_the_language_of_its_reader(texts: list[Text]) -> None:
    ask(person("lin", language="zh"))
    code = code_sent()
    assert f"验证码 {code}" in texts[0][1] and texts[0][1].endswith(f"#{code}")


def test_the_present_number_stays_until_the_new_one_is_shown(mei: User) -> None:
    verify(mei)
    later(phone_pace.HOUR)
    coming = ask(mei, OTHER)
    assert coming.number == "+86 138 0013 8000" and coming.coming
    code = code_sent()
    assert phones.never_mind(mei.pk).coming is None
    assert refusal(lambda: phones.check(mei.pk, code)).code.name == "not_found"
    later(phone_pace.HOUR)
    assert verify(mei, OTHER).number == "+44 7400 123456"
    assert refusal(partial(ask, mei, OTHER)).fields == {"number": "yours"}
    assert phones.remove(mei.pk).number is None
    assert phones.remove(mei.pk).number is None, "and again"
    all_jobs()
    assert [letter.subject for letter in mail.outbox] == [
        "A telephone number was added",
        "Your telephone number is another one now",
        "Your telephone number was removed",
    ]


def test_the_code_stands_in_no_column(mei: User) -> None:
    ask(mei)
    code = code_sent()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                words = re.findall(r"[0-9a-z]+", str(row).lower())
                assert code not in words, table


def test_it_survives_another_secret_key_while_the_former_is_known(mei: User, settings: Any) -> None:
    ask(mei)
    code = code_sent()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-this-server"
    assert phones.check(mei.pk, code).number


def test_a_number_of_somebody_else_is_answered_like_a_free_one(
    mei: User, bo: User, texts: list[Text]
) -> None:
    """Only whoever reads the code there, and so holds the telephone, is told."""
    verify(bo)
    later(phone_pace.HOUR)
    taken, free = ask(mei), ask(person("cy"), OTHER)
    shapes = [one.model_dump(exclude={"coming", "again_at"}) for one in (taken, free)]
    assert shapes[0] == shapes[1]
    for one in (taken, free):
        assert one.coming and one.coming.state == "asked" and one.coming.tries_left == TRIES
    all_jobs()
    assert sorted(number for number, _, _ in texts[1:]) == sorted([NUMBER, OTHER])
    code = next(text for number, text, _ in texts[1:] if number == NUMBER)[-6:]
    assert refusal(lambda: phones.check(mei.pk, other_than(code))).fields == {"code": "wrong"}
    told = refusal(lambda: phones.check(mei.pk, code))
    assert (told.code.name, told.fields) == ("conflict", {"number": "taken"})
    assert Phone.objects.get().person_id == bo.pk
    assert phones.standing(mei.pk).coming is None, "the code is used up"


@pytest.mark.django_db(transaction=True)
def test_two_who_show_one_number_at_once_and_one_has_it(mei: User, bo: User) -> None:
    codes = []
    for who in (mei, bo):
        ask(who)
        codes.append((who, code_sent()))
    answers = at_once([partial(phones.check, who.pk, code) for who, code in codes])
    assert sum(isinstance(answer, PhoneStanding) for answer in answers) == 1
    [lost] = [answer for answer in answers if isinstance(answer, Refused)]
    assert lost.fields == {"number": "taken"} and Phone.objects.count() == 1


def test_nobody_else_is_shown_it(mei: User, bo: User) -> None:
    verify(mei)
    factories.befriend(mei, bo)
    client = factories.signed_in(bo)
    for path in (f"/api/people/{mei.pk}", "/api/friends", "/api/me/phone", "/api/me"):
        text = client.get(path).content.decode()
        assert "138 0013" not in text and "13800138000" not in text, path
    assert str(Phone.objects.get()) == f"+86 ••• 00 of {mei.pk}"


def post(client: Client, path: str = "", **body: Any) -> Any:
    return client.post(f"/api/me/phone{path}", body, content_type="application/json")


def test_the_password_comes_first_and_the_code_does_not_need_it(mei: User) -> None:
    here = factories.signed_in(mei)
    draft = {"client_id": client_id(), "number": NUMBER}
    refused = post(here, **draft)
    assert refused.status_code == 403 and refused.json()["error"]["code"] == "password"
    assert not PhoneCode.objects.exists()
    assert post(trusted(here), **draft).status_code == 200
    elsewhere = factories.signed_in(mei)
    assert elsewhere.delete("/api/me/phone").status_code == 403
    done = post(elsewhere, "/check", code=code_sent())
    assert done.status_code == 200 and done.json()["number"] == "+86 138 0013 8000"
    assert elsewhere.delete("/api/me/phone").status_code == 403
    assert Phone.objects.exists()
    assert here.delete("/api/me/phone").json()["number"] is None


def test_what_is_no_code_costs_no_try(mei: User) -> None:
    here = trusted(factories.signed_in(mei))
    post(here, client_id=client_id(), number=NUMBER)
    for code in ("", "12345", "1234567", "12345a", "１２３４５６"):
        assert post(here, "/check", code=code).status_code == 422
    assert PhoneCode.objects.get().tries == 0


def test_too_soon_says_when(mei: User) -> None:
    here = trusted(factories.signed_in(mei))
    told = post(here, client_id=client_id(), number=NUMBER).json()
    refused = post(here, "/code", client_id=client_id())
    assert refused.status_code == 429 and 50 < int(refused.headers["Retry-After"]) <= 60
    assert 50_000 < told["again_at"] - (told["coming"]["expires_at"] - 600_000) <= 60_500


def test_the_page_knows_the_countries_of_the_library() -> None:
    source = (ROOT / "frontend/src/account/phone-countries.ts").read_text()
    listed = "".join(re.findall(r'^  "([0-9A-Z ;]+)"', source, re.M)).split(";")
    known = [f"{code} {' '.join(regions)}" for code, regions in COUNTRY_CODE_TO_REGION_CODE.items()]
    assert listed == [one for one in known if not one.endswith(" 001")]
