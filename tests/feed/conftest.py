"""A small neighbourhood: Mei and Bo are friends, Lin is a stranger; what leaves is remembered."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from server.accounts.models import User
from tests.factories import befriend, person
from tests.feed.apply import Screen, received
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
def lin(transactional_db: None) -> User:
    return person("lin", name="Lin")


@pytest.fixture
def following(transport: Remembering) -> Following:
    """Each person's open page, plus what reaches them meanwhile, is a fresh page afterwards."""

    @contextmanager
    def follow(*people: User) -> Iterator[None]:
        screens = [Screen.load(who.pk) for who in people]
        transport.published.clear()
        yield
        for screen in screens:
            events = received(screen.person_id, transport.published)
            assert screen.apply(events) == Screen.load(screen.person_id)

    return follow
