"""What the tests of gatherings ask again and again."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from server.accounts.models import User
from server.gatherings import services
from server.gatherings.models import Answer, Gathering
from server.gatherings.schemas import GatheringDraft, GatheringEntry
from server.gatherings.services.holding import COUNTED
from tests import factories
from tests.factories import wall
from tests.groups.hands import let_in

ZONE = "Asia/Shanghai"


def group_of(owner: User, *people: User, **fields: Any) -> int:
    """A new group of the owner with these in it."""
    pk = factories.interest(owner, **fields).group.id
    let_in(owner, pk, *people)
    return pk


def draft(**fields: Any) -> GatheringDraft:
    said = {
        "title": "Lanterns",
        "begins": wall(72, ZONE),
        "zone": ZONE,
        "place": "The mill",
    } | fields
    return GatheringDraft(client_id=factories.client_id(), **said)


def propose(who: User, group: int, **fields: Any) -> GatheringEntry:
    return services.propose(who.pk, group, draft(**fields))


def begin(pk: int, hours: float = 1) -> None:
    """It began so long ago."""
    at = Now() - timedelta(hours=hours)
    Gathering.objects.filter(pk=pk).update(begins_at=at, over_at=at, ends_at=None)


def near(pk: int, minutes: float) -> None:
    """It begins in so many minutes."""
    at = Now() + timedelta(minutes=minutes)
    Gathering.objects.filter(pk=pk).update(begins_at=at, over_at=at, ends_at=None)


def words(pk: int) -> dict[int, str]:
    return dict(Answer.objects.filter(gathering=pk).values_list("person_id", "word"))


def line(pk: int, word: str = "waiting") -> list[int]:
    """Who answered so, in order."""
    rows = Answer.objects.filter(gathering=pk, word=word).order_by("turn")
    return list(rows.values_list("person_id", flat=True))


def check_counts(pk: int) -> Gathering:
    """What is counted is what is there; and of an open one nobody waits beside a free place."""
    row = Gathering.objects.get(pk=pk)
    there = Answer.objects.filter(gathering=pk).values("word").annotate(n=Count("pk"))
    found = Counter({one["word"]: one["n"] for one in there})
    assert {word: getattr(row, column) for word, column in COUNTED.items()} == {
        word: found[word] for word in COUNTED
    }
    if row.waiting and row.cancelled_at is None and row.begins_at > datetime.now(UTC):
        assert row.places is not None and row.going >= row.places
    return row


def cost(call: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured.captured_queries)
