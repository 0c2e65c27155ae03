"""What is shared by itself: heard when it is done, shown when its time has come, taken back at any
time. Every verb may be repeated.

The person's own lock is held whenever something is shown, taken back or said in the ledger. So at
the moment something is shown, the line that allowed it is the newest one.
"""

from collections.abc import Collection
from datetime import timedelta
from functools import partial

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from server.accounts import lists
from server.deeds import Deed
from server.errors import Refused
from server.realtime.log import record
from server.realtime.snapshots import refresh
from server.realtime.topics import Topic, author, user
from server.sharing import policies, queries
from server.sharing.events import ActivityShown, ActivityWaiting, ActivityWithdrawn
from server.sharing.kinds import named
from server.sharing.models import Activity

log = structlog.get_logger(__name__)

AT_ONCE = 200
OPEN = ("waiting", "shown")


def hear(deeds: Collection[Deed]) -> None:
    """What people did, in that transaction. Of whoever did not consent nothing is written down, and
    it costs one query."""
    kind = next(iter(deeds)).kind
    consents = queries.in_force({deed.person_id for deed in deeds}, kind)
    allowed = {person: row for person, row in consents.items() if row.audience != "me"}
    heard = [deed for deed in deeds if deed.person_id in allowed]
    if not heard:
        return
    known = policies.known(kind, {deed.subject for deed in heard})
    delay = timedelta(seconds=settings.SHARING_DELAY_SECONDS)
    rows = [
        Activity(
            author_id=deed.person_id,
            kind=kind,
            subject=deed.subject,
            consent=consent,
            audience=consent.audience,
            list_id=consent.list_id,
            due_at=Now() + delay,
        )
        for deed in heard
        if deed.subject in known
        for consent in [allowed[deed.person_id]]
    ]
    Activity.objects.bulk_create(rows, ignore_conflicts=True)
    for person_id in sorted({row.author_id for row in rows}):
        _tell_waiting(person_id)


def hear_undone(deeds: Collection[Deed]) -> None:
    """It is so no more: what was shown of it goes. One query when nothing was."""
    kind = next(iter(deeds)).kind
    rows = Activity.objects.filter(
        author__in={deed.person_id for deed in deeds},
        kind=kind,
        subject__in={deed.subject for deed in deeds},
        state__in=OPEN,
    )
    pairs = {(deed.person_id, deed.subject) for deed in deeds}
    for row in rows.order_by("pk").select_for_update(no_key=True):
        if (row.author_id, row.subject) in pairs:
            _take_back(row)


def undo(person_id: int, activity_id: int) -> None:
    """Take back what was, or would be, shown of me. It goes from every open page.

    Raises Refused: not_found (none of mine), signed_out.
    """
    with transaction.atomic():
        lists.hold(person_id)
        rows = Activity.objects.select_for_update(no_key=True)
        row = rows.filter(pk=activity_id, author=person_id).first()
        if row is None:
            raise Refused("not_found")
        _take_back(row)


def _take_back(row: Activity) -> None:
    if row.state not in OPEN:
        return
    Activity.objects.filter(pk=row.pk).update(state="undone", undone_at=Now())
    if row.number:
        _record(Topic.parse(row.topic), row, ActivityWithdrawn(activity_id=row.pk))
    if row.state == "waiting":
        _tell_waiting(row.author_id)


def release_due() -> int:
    """Show what has waited long enough. Returns how many were shown. Safe on many workers at once:
    each is one transaction, so a process that dies in it has shown nothing."""
    due = Activity.objects.filter(state="waiting", due_at__lte=Now()).order_by("due_at", "pk")
    return sum(_release(*one) for one in list(due.values_list("pk", "author_id")[:AT_ONCE]))


def _release(activity_id: int, person_id: int) -> bool:
    """Whether it was shown: only because of a line of the ledger that is in force now and was when
    it was done, and only if it is still so."""
    with transaction.atomic():
        here = _held(person_id)
        rows = Activity.objects.select_for_update(no_key=True)
        row = rows.filter(pk=activity_id, state="waiting").first()
        if row is None:
            return False
        topic = _place(row) if here and _allowed(row) and policies.still_so(row) else None
        if topic is None:
            Activity.objects.filter(pk=row.pk).update(state="dropped")
        else:
            row.state, row.topic = "shown", str(topic)
            if not policies.hidden_from_some(row):
                row.number = _record(topic, row, ActivityShown(activity_id=row.pk))
            Activity.objects.filter(pk=row.pk).update(
                state="shown", shown_at=Now(), topic=row.topic, number=row.number
            )
        _tell_waiting(person_id)
    return topic is not None


def _held(person_id: int) -> bool:
    try:
        lists.hold(person_id)
    except Refused:
        return False  # they are leaving
    return True


def _allowed(row: Activity) -> bool:
    newest = queries.in_force([row.author_id], named(row.kind)).get(row.author_id)
    return newest is not None and newest.pk == row.consent_id


def _place(row: Activity) -> Topic | None:
    """Where those are whom it is for; nowhere when its list is gone."""
    if row.audience == "me":
        return None
    if row.list_id is None:
        return author(row.author_id)
    held = lists.held(row.author_id, row.list_id)
    return lists.open_topic(held) if held else None


def _record(topic: Topic, row: Activity, event: ActivityShown | ActivityWithdrawn) -> int:
    return record(topic, event, authority=author(row.author_id))


def _tell_waiting(person_id: int) -> None:
    refresh(user(person_id), ActivityWaiting, partial(_waiting_now, person_id))


def _waiting_now(person_id: int) -> tuple[int, ActivityWaiting]:
    version, waiting = queries.waiting(person_id)
    return version, ActivityWaiting(waiting=waiting)


def erase_activities(person_id: int) -> bool:
    """Somebody leaves for good: what they shared goes, before their lists do. Returns whether there
    was any."""
    ids = list(Activity.objects.filter(author=person_id).values_list("pk", flat=True)[:AT_ONCE])
    Activity.objects.filter(pk__in=ids).delete()
    return bool(ids)
