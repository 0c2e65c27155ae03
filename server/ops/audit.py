"""Whether everything that was shown by itself was allowed at that moment: for each frame in the log
and each viewer, the line of the ledger that was in force. It trusts nothing that the releasing code
asked; it reads what it left behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import orjson

from server.realtime.models import LoggedEvent
from server.sharing.events import ActivityShown
from server.sharing.models import Activity, Consent, Showing


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked at, and what is wrong with it; nothing, when it was allowed."""

    what: str
    wrong: str | None


def audit(since: datetime, until: datetime) -> Iterator[Found]:
    """Each frame and each showing of that time, one after the other."""
    frames = LoggedEvent.objects.filter(
        recorded_at__gte=since,
        recorded_at__lt=until,
        encoded__contains=f'"type":"{ActivityShown.type}"',
    )
    for topic, text, at in frames.values_list("topic", "encoded", "recorded_at").iterator():
        number = orjson.loads(text)["data"]["activity_id"]
        row = Activity.objects.filter(pk=number).first()
        what = f"frame on {topic} of activity {number}"
        yield Found(what, "no such activity" if row is None else _frame(row, topic, at))
    shown = Showing.objects.filter(at__gte=since, at__lt=until).select_related("activity")
    for one in shown.iterator():
        what = f"activity {one.activity_id} shown to {one.viewer_id}"
        yield Found(what, _showing(one.activity, one.at))


def _frame(row: Activity, topic: str, at: datetime) -> str | None:
    if row.audience != "list" and topic != f"author:{row.author_id}" and row.list_id is None:
        return "told elsewhere than where its audience is"
    return _allowed(row, at)


def _showing(row: Activity, at: datetime) -> str | None:
    if row.shown_at is None or at < row.shown_at:
        return "seen before it was shown"
    if row.undone_at is not None and at > row.undone_at:
        return "seen after it was taken back"
    return _allowed(row, row.shown_at)


def _allowed(row: Activity, at: datetime) -> str | None:
    """The line by which it was shown: its own, said before the deed, in force until then."""
    line = Consent.objects.get(pk=row.consent_id)
    if (line.person_id, line.kind) != (row.author_id, row.kind) or line.audience == "me":
        return "its line of the ledger allows no such thing"
    if line.at > row.at:
        return "done before it was consented to"
    later = Consent.objects.filter(person=row.author_id, kind=row.kind, turn__gt=line.turn)
    first = later.order_by("turn").values_list("at", flat=True).first()
    return "consent had ended" if first is not None and first < at else None
