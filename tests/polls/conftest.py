"""Mei's group with Bo and Wen; Lin is a stranger; what leaves is remembered."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from server.accounts.models import User
from server.polls.models import Poll
from tests.factories import befriend, group_room, person
from tests.polls.apply import Votes, received
from tests.realtime.conftest import Remembering, transport

__all__ = ["transport"]

Following = Callable[..., AbstractContextManager[None]]


@pytest.fixture
def mei(transactional_db: None) -> User:
    return person("mei", name="Mei")


@pytest.fixture
def bo(mei: User) -> User:
    bo = person("bo", name="Bo")
    befriend(mei, bo)
    return bo


@pytest.fixture
def wen(mei: User) -> User:
    wen = person("wen", name="Wen")
    befriend(mei, wen)
    return wen


@pytest.fixture
def lin(transactional_db: None) -> User:
    return person("lin", name="Lin")


@pytest.fixture
def room(mei: User, bo: User, wen: User) -> int:
    return group_room(mei, bo, wen)


@pytest.fixture
def following(transport: Remembering) -> Following:
    """Each person's open votes, plus what reaches them meanwhile, are a fresh page afterwards."""

    @contextmanager
    def follow(*people: User) -> Iterator[None]:
        ids = list(Poll.objects.values_list("pk", flat=True))
        pages = [Votes.load(who.pk, ids) for who in people]
        transport.published.clear()
        yield
        for page in pages:
            events = received(page.person_id, transport.published)
            assert page.apply(events) == Votes.load(page.person_id, ids)

    return follow
