"""What leaves the page: everybody has an address and a browser that takes pushes."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db.models import F

from server.accounts.models import User
from server.notices import sending, targets
from server.notices import services as notices
from server.notices.models import Errand
from tests import factories
from tests.notices.conftest import all_jobs
from tests.notices.pushed import Browser, Service


@pytest.fixture
def outside(settings: Any) -> Iterator[Service]:
    """A push service of ours; letters are kept in mail.outbox."""
    settings.CAN_MAIL = settings.PUSH_ANYWHERE = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    running = Service()
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


def reach(service: Service, *people: User) -> None:
    """From now on letters and pushes to them arrive."""
    for who in people:
        address = f"{who.username}@example.org"
        EmailAddress.objects.create(user=who, email=address, verified=True, primary=True)
        endpoint = f"{service.endpoint}&of={who.username}"
        targets.add(who.pk, factories.session_key(who), Browser().draft(endpoint))


def all_leaves(people: Iterable[User]) -> None:
    """What is new gets its place, and what waits for its time or for a job leaves."""
    for who in people:
        notices.settle(who.pk)
    waiting = Errand.objects.filter(state="waiting")
    waiting.update(due_at=F("due_at") - timedelta(hours=1))
    sending.send_due()
    all_jobs()
