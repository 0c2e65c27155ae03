"""A snapshot is read after its commit: what it says, and whose rules it carries."""

import pytest
from django.db import transaction

from server.accounts.events import PresenceChanged
from server.realtime import topics
from server.realtime.log import current_auth
from server.realtime.revoke import revoke
from server.realtime.snapshots import refresh
from tests.realtime.conftest import Remembering

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
