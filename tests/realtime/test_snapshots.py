"""A snapshot is read after its commit: what it says, and whose rules it carries."""

import threading
import time

import pytest
from django.db import transaction

from server.accounts.events import PresenceChanged
from server.realtime import topics
from server.realtime.log import current_auth, current_auths
from server.realtime.revoke import revoke
from server.realtime.snapshots import refresh
from tests.realtime.conftest import Remembering
from tests.threads import at_once

FRIENDS = topics.presence(1)


def state() -> tuple[int, PresenceChanged]:
    return 1, PresenceChanged(person_id=1, state="online", last_seen=None)


@pytest.mark.django_db(transaction=True)
def test_a_revocation_before_the_state_is_in_the_version_it_carries(
    transport: Remembering,
) -> None:
    """The state is read after the revocation: a hub that did not hear of it must learn of it."""

    def load() -> tuple[int, PresenceChanged]:
        with transaction.atomic():
            revoke(FRIENDS, 2)
        return state()

    refresh(FRIENDS, PresenceChanged, load)
    envelope = transport.published[-1]
    assert envelope.kind == "snapshot"
    assert envelope.auth_version == current_auth(FRIENDS) == 1


@pytest.mark.django_db(transaction=True)
def test_the_first_revocation_under_an_authority_is_waited_for() -> None:
    """Before it there is no row of the authority that could be locked."""
    revoked, asking = threading.Event(), threading.Event()

    def end_a_right() -> int:
        with transaction.atomic():
            revoke(FRIENDS, 2)
            revoked.set()
            assert asking.wait(10)
            time.sleep(0.3)
        return 1

    def ask() -> int:
        assert revoked.wait(10)
        asking.set()
        with transaction.atomic():
            return current_auths([FRIENDS])[FRIENDS]

    assert at_once([end_a_right, ask]) == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_the_first_revocation_under_an_authority_waits() -> None:
    """For whoever is about to publish under the rules of before."""
    asked, order = threading.Event(), list[str]()

    def publish_soon() -> None:
        with transaction.atomic():
            assert current_auths([FRIENDS]) == {FRIENDS: 0}
            asked.set()
            time.sleep(0.3)
            order.append("published")

    def end_a_right() -> None:
        assert asked.wait(10)
        with transaction.atomic():
            revoke(FRIENDS, 2)
        order.append("revoked")

    assert at_once([publish_soon, end_a_right]) == [None, None]
    assert order == ["published", "revoked"]
