"""Mei is told; Bo and Wen are her friends and in her group, Lin is nobody's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server.accounts.models import User
from server.happenings import Kind
from server.jobs.work import work
from server.notices import queries, services
from server.notices.models import Cause
from server.notices.schemas import NoticeView
from tests.factories import befriend, group_room, person
from tests.realtime.conftest import Remembering, transport

__all__ = ["transport"]


@pytest.fixture(autouse=True)
def remembered(transport: Remembering) -> Iterator[Remembering]:
    """Nothing goes over a bus; what waits for a commit is done at once."""
    yield transport


@pytest.fixture
def mei(transactional_db: None) -> User:
    return person("mei", name="Mei")


@pytest.fixture
def bo(mei: User) -> User:
    return _friend(mei, "bo")


@pytest.fixture
def wen(mei: User) -> User:
    return _friend(mei, "wen")


def _friend(mei: User, username: str) -> User:
    made = person(username, name=username.title())
    befriend(mei, made)
    read_all(mei)
    return made


@pytest.fixture
def lin(transactional_db: None) -> User:
    return person("lin", name="Lin")


@pytest.fixture
def room(mei: User, bo: User, wen: User) -> int:
    return group_room(mei, bo, wen)


def read_all(who: User) -> None:
    services.mark_read(who.pk, queries.unread(who.pk).last)


def seen(who: User, *kinds: Kind) -> list[NoticeView]:
    """What this person's page shows of these kinds."""
    return [view for view in queries.page(who.pk).notices if view.kind in kinds]


def unread(who: User) -> int:
    return queries.unread(who.pk).unread


def causes(who: User, kind: Kind) -> int:
    """How many things were written down."""
    return Cause.objects.filter(notice__person=who.pk, notice__kind=kind).count()


def all_jobs() -> None:
    while work("p"):
        pass
