"""What the tests of sharing do again and again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson
from django.db.models import F

from server.accounts.models import User
from server.bookmarks import services as bookmarks
from server.bookmarks.schemas import BookmarkDraft
from server.feed.schemas import Wanted
from server.realtime.models import LoggedEvent
from server.sharing import ledger, queries, services, texts
from server.sharing.kinds import Kind
from server.sharing.models import Activity
from server.sharing.schemas import ActivityView, ConsentDraft, SharedKind


def say(who: User, kind: Kind, audience: Wanted, text: int | None = None) -> SharedKind:
    version = texts.current(kind) if text is None else text
    return ledger.consent(who.pk, kind, ConsentDraft(audience=audience, text=version))


def keep(who: User, item_id: int, **fields: Any) -> None:
    bookmarks.keep(who.pk, item_id, BookmarkDraft(**fields))


def pass_time(seconds: int = 61) -> int:
    """What waits waits no longer; returns how many were shown."""
    waiting = Activity.objects.filter(state="waiting")
    waiting.update(due_at=F("due_at") - timedelta(seconds=seconds))
    return services.release_due()


def seen(who: User) -> list[ActivityView]:
    return queries.page(who.pk).activities


def states(who: User) -> list[str]:
    rows = Activity.objects.filter(author=who).order_by("pk")
    return list(rows.values_list("state", flat=True))


def told(kind: str) -> list[tuple[str, Any]]:
    """(topic, data) of the recorded events of a type, in the order they came."""
    rows = LoggedEvent.objects.filter(encoded__contains=f'"type":"{kind}"')
    rows = rows.order_by("recorded_at", "number")
    return [(row.topic, orjson.loads(row.encoded)["data"]) for row in rows]
