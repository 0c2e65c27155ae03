"""However much there is: the same memory, and as many queries as lots."""

from __future__ import annotations

import gc
import tracemalloc
from tempfile import TemporaryFile
from typing import Any

import pytest
from django.db.models.functions import Now

from server.accounts.models import User
from server.chat import services as chat
from server.chat.models import Message, Room
from server.takeout import reading
from server.takeout.pack import pack
from tests.factories import befriend, group_room, person, say
from tests.takeout.conftest import Archive


def test_memory_stays_where_it_is_however_much_there_is(
    mei: User, bo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LOT", 30)
    group = group_room(mei, bo)
    say(mei, group)

    def add(count: int) -> None:
        last = Message.objects.filter(room=group).count()
        Message.objects.bulk_create(
            Message(
                room_id=group,
                ordinal=last + n,
                author=mei if n % 2 else bo,
                client_id=f"{last + n:032x}",
                digest="",
                text="some words that make a line " * 10,
                at=Now(),
            )
            for n in range(1, count + 1)
        )
        Room.objects.filter(pk=group).update(last_ordinal=last + count)

    def peak() -> int:
        gc.collect()  # or Python collects at other moments in one run than in the other
        with TemporaryFile() as file:
            tracemalloc.start()
            pack(mei.pk, file, lambda share: None)
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert len(Archive(_content(file)).data["messages"]) == Message.objects.count()
        return found

    add(1_500)
    few = peak()
    add(3_000)
    assert peak() < few * 1.25


def _content(file: Any) -> bytes:
    file.seek(0)
    read: bytes = file.read()
    return read


def test_the_work_grows_with_the_rows_and_not_faster(
    mei: User, bo: User, django_assert_max_num_queries: Any
) -> None:
    group = group_room(mei, bo)
    for n in range(30):
        said = say(bo, group, f"{n}")
        chat.react(mei.pk, said.message_id, "👍")
    befriend(mei, person("one"))
    with django_assert_max_num_queries(60), TemporaryFile() as file:
        pack(mei.pk, file, lambda share: None)
