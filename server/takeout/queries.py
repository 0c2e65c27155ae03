"""Reading one's own takeout."""

from datetime import datetime, timedelta
from typing import cast

from django.db.models.functions import Now

from server.realtime.clock import millis
from server.takeout.models import Takeout
from server.takeout.schemas import State, TakeoutView

AGAIN_AFTER = timedelta(hours=1)


def mine(person_id: int) -> TakeoutView:
    """How it stands. One query."""
    row = Takeout.objects.filter(pk=person_id).first()
    return view_of(row or Takeout(person_id=person_id))


def view_of(row: Takeout) -> TakeoutView:
    """A loaded row as its person sees it. No query."""
    return TakeoutView(
        version=row.version,
        state=cast(State, row.state),
        progress=row.progress,
        size=row.size,
        asked_at=_millis(row.asked_at),
        ready_at=_millis(row.ready_at),
        expires_at=_millis(row.expires_at),
        again_at=_millis(row.asked_at + AGAIN_AFTER if row.asked_at else None),
    )


def _millis(moment: datetime | None) -> int | None:
    return millis(moment) if moment else None


def ready_file(person_id: int) -> tuple[str, datetime] | None:
    """(its name in the storage, when it was made) while there is one to be had. One query."""
    rows = Takeout.objects.filter(pk=person_id, state="ready", expires_at__gt=Now())
    row = rows.first()
    return (row.file, row.ready_at) if row and row.ready_at else None
