"""Once in a quarter I am offered a look through who sees what of me."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from server.accounts import queries, services
from server.accounts.models import User
from server.errors import Refused
from server.realtime.topics import user
from tests.chat.apply import types
from tests.factories import person

pytestmark = pytest.mark.django_db


def back(who: User, field: str, days: int) -> bool:
    """As if that had been so many days ago; whether it is offered then."""
    User.objects.filter(pk=who.pk).update(**{field: Now() - timedelta(days=days)})
    return queries.me(who.pk).checkup


def test_it_is_offered_a_quarter_after_coming_and_then_after_each_look() -> None:
    mei, bo = person("mei"), person("bo")
    assert not queries.me(mei.pk).checkup, "who is new has other things to do"
    assert not back(mei, "joined_at", 90) and back(mei, "joined_at", 92)
    assert not services.end_checkup(mei.pk).checkup and not queries.me(mei.pk).checkup
    assert types(user(mei.pk)) == ["profile.changed"], "all my devices put it away"
    assert not back(mei, "checked_at", 90) and back(mei, "checked_at", 92)
    assert not queries.me(bo.pk).checkup


def test_looking_is_by_the_databases_clock_and_changes_nothing_else() -> None:
    mei = person("mei")
    before = queries.me(mei.pk)
    after = services.end_checkup(mei.pk)
    assert after.model_copy(update={"head": 0}) == before.model_copy(update={"head": 0})
    [(checked, now)] = User.objects.filter(pk=mei.pk).values_list("checked_at", Now())
    assert now - timedelta(minutes=1) < checked <= now
    User.objects.filter(pk=mei.pk).update(is_active=False)
    with pytest.raises(Refused, match="signed_out"):
        services.end_checkup(mei.pk)
    assert User.objects.get(pk=mei.pk).checked_at == checked
