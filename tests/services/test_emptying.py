"""What a test committed is gone after it; what migrations made stays."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from server.accounts.models import User
from server.chat.models import Message
from tests.factories import friends, group_room, person, say
from tests.services import emptying
from tests.services.emptying import empty

pytestmark = pytest.mark.django_db(transaction=True)


def rows() -> dict[str, int]:
    """How many there are of every model that has some."""
    counts = {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }
    return {label: count for label, count in counts.items() if count}


def talk() -> None:
    mei, bo = person(), person()
    friends(mei, bo)
    say(mei, group_room(mei, bo))


@pytest.fixture
def before() -> Iterator[dict[str, int]]:
    yield rows()


def test_nothing_is_left_but_what_migrations_made(before: dict[str, int]) -> None:
    assert before == {
        "contenttypes.ContentType": ContentType.objects.count(),
        "auth.Permission": Permission.objects.count(),
    }
    for model in apps.get_models():
        content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
        assert ContentType.objects.filter(pk=content_type.pk).exists()
    talk()
    assert rows().keys() > before.keys()
    empty()
    assert rows() == before


def test_numbers_are_not_given_twice() -> None:
    first = person().pk
    empty()
    assert person().pk > first


def test_what_grew_large_is_truncated(
    monkeypatch: pytest.MonkeyPatch, database_kind: str, before: dict[str, int]
) -> None:
    monkeypatch.setattr(emptying, "LARGE", 1)
    talk()
    with CaptureQueriesContext(connection) as captured:
        empty()
    if database_kind == "postgres":
        assert any(query["sql"].startswith("TRUNCATE") for query in captured.captured_queries)
    assert rows() == before


def test_it_waits_for_a_writer_that_a_test_left_behind(before: dict[str, int]) -> None:
    talk()
    wrote, go_on = threading.Event(), threading.Event()

    def linger() -> None:
        try:
            with transaction.atomic():
                person("late")
                wrote.set()
                go_on.wait(10)
        finally:
            connection.close()

    writer = threading.Thread(target=linger)
    writer.start()
    assert wrote.wait(10)
    threading.Timer(0.2, go_on.set).start()
    empty()
    writer.join(10)
    assert not User.objects.exists() and not Message.objects.exists()
    assert rows() == before


def test_rows_refer_to_rows_again_afterwards() -> None:
    """The checks that were put aside are back."""
    talk()
    empty()
    with pytest.raises(Exception, match=r"(?i)foreign key"), transaction.atomic():
        Message.objects.create(room_id=1, author_id=1, ordinal=1, client_id="a", at=timezone.now())
