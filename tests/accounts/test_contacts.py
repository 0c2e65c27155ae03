"""People are found by the contacts of others only as they want, and no contact is kept."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db.models.functions import Now
from pydantic import ValidationError

from server.accounts import addresses, contacts, services
from server.accounts.contact_models import ContactKey, ContactPace
from server.accounts.models import User
from server.accounts.schemas import ContactsAsked, MeChange
from server.errors import Refused
from server.realtime.clock import now
from tests.factories import befriend, person

pytestmark = pytest.mark.django_db


def known(name: str, *, willing: bool = True, **fields: Any) -> User:
    """Somebody whose address is confirmed."""
    made = person(name, email=f"{name}@example.org", **fields)
    EmailAddress.objects.create(user=made, email=f"{name}@Example.org", primary=True, verified=True)
    if willing:
        services.change_me(made.pk, MeChange(found_by_contacts=True))
    return made


def digest(name: str) -> str:
    return sha256(f"jianghu-contact:1:{name}@example.org".encode()).hexdigest()


def found(who: User, *names: str) -> list[str]:
    answer = contacts.match(who.pk, [digest(name) for name in names])
    assert all(one.digest == digest(one.view.person.username) for one in answer.found)
    return sorted(one.view.person.username for one in answer.found)


def test_whoever_wants_to_be_found_is_by_those_who_have_the_address() -> None:
    mei, bo = known("mei"), known("bo")
    known("lin", willing=False)
    assert found(mei, "bo", "lin", "mei", "nobody") == ["bo"], "not myself"
    assert found(bo, "mei") == ["mei"] and found(bo, "lin") == []
    befriend(mei, bo)
    [one] = contacts.match(mei.pk, [digest("bo")]).found
    assert one.view.tie == "friends"
    services.change_me(bo.pk, MeChange(found_by_contacts=False))
    assert found(mei, "bo") == [] and ContactKey.objects.filter(person=bo).count() == 0


def test_only_by_an_address_that_is_theirs_now() -> None:
    mei, bo = person("mei"), person("bo", email="bo@example.org")
    services.change_me(bo.pk, MeChange(found_by_contacts=True))
    assert found(mei, "bo") == [], "anybody may have given it"
    row = EmailAddress.objects.create(user=bo, email="bo@example.org", verified=True)
    addresses.tell(bo.pk)
    assert found(mei, "bo") == ["bo"]
    # Whoever forgets to renew the keys does no harm.
    row.email = "new@example.org"
    row.save()
    assert found(mei, "bo") == [] and ContactKey.objects.filter(person=bo).exists()


def test_nobody_is_found_whom_a_search_would_not_find() -> None:
    mei, bo = known("mei"), known("bo")
    young = known("young", birth_year=now().year - 15)
    known("gone", is_active=True)
    User.objects.filter(username="gone").update(is_active=False)
    assert found(mei, "young", "gone") == []
    befriend(young, bo)
    assert found(bo, "young") == ["young"]
    services.block(bo.pk, mei.pk)
    assert found(mei, "bo") == [] and found(bo, "mei") == []


def test_a_day_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contacts, "A_DAY", 5)
    mei, bo = person("mei"), known("bo")
    assert found(mei, "bo", "bo", "a", "b") == ["bo"], "said twice is asked once"
    with pytest.raises(Refused, match="too_fast") as refused:
        found(mei, "bo", "c", "d")
    assert 86_000 < (refused.value.retry_after or 0) <= 86_400
    assert found(mei, "bo", "c") == ["bo"], "what was refused is not counted"
    assert found(bo, "a") == [], "each has a day of their own"
    with pytest.raises(Refused, match="too_fast"):
        found(mei, "bo")
    ContactPace.objects.filter(person=mei).update(since=Now() - timedelta(days=1))
    assert found(mei, "bo") == ["bo"]
    assert ContactPace.objects.get(person=mei).asked == 1


def test_it_costs_the_same_for_many(django_assert_num_queries: Any) -> None:
    mei = person("mei")
    for count in (1, 12):
        names = [f"p{count}_{n}" for n in range(count)]
        for name in names:
            known(name)
        with django_assert_num_queries(8):
            assert found(mei, *names) == sorted(names)


def test_only_fingerprints_are_taken() -> None:
    for bad in (["bo@example.org"], [digest("bo").upper()], [], [digest("bo")] * 501):
        with pytest.raises(ValidationError):
            ContactsAsked(digests=bad)
