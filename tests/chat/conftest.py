"""Three friends, and a transport that only remembers what left the domain."""

from __future__ import annotations

import pytest

from server.accounts.models import User
from tests.factories import friends, group_room, person
from tests.realtime.conftest import Remembering, transport

__all__ = ["transport"]


@pytest.fixture(autouse=True)
def remembered(transport: Remembering) -> Remembering:
    """Nothing of these tests goes over a bus."""
    return transport


@pytest.fixture
def mei(db: None) -> User:
    return person("mei", name="小美")


@pytest.fixture
def bo(mei: User) -> User:
    bo = person("bo", name="Bo")
    friends(mei, bo)
    return bo


@pytest.fixture
def liu(mei: User, bo: User) -> User:
    liu = person("liu", name="老刘")
    friends(mei, liu)
    friends(bo, liu)
    return liu


@pytest.fixture
def stranger(db: None) -> User:
    return person("stranger", name="Nobody")


@pytest.fixture
def room(mei: User, bo: User) -> int:
    """A group of Mei (who owns it) and Bo."""
    return group_room(mei, bo)
