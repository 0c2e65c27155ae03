"""Writing notices down, giving them their place, reading and muting. Every verb may be repeated."""

from collections.abc import Collection
from datetime import timedelta
from functools import partial
from operator import attrgetter

from django.db import transaction
from django.db.models.functions import Now

from server.errors import Refused
from server.happenings import Happening, Kind
from server.notices.events import NoticesChanged
from server.notices.models import Box, Mute, Notice
from server.notices.sending import plan
from server.realtime.log import record
from server.realtime.publish import refresh_on_commit
from server.realtime.topics import user
from server.rows import run_with_rows

AT_ONCE = 500
MUTES = 500
KEPT = timedelta(days=90)
LEFT = timedelta(seconds=2)

_GIVEN = (
    ("person_id", "bigint"),
    ("kind", "varchar"),
    ("subject", "bigint"),
    ("cause", "bigint"),
    ("actor_id", "bigint"),
)
_WANTED = """
    NOT EXISTS (
        SELECT 1 FROM notices_mute WHERE notices_mute.person_id = given.person_id
        AND notices_mute.kind = given.kind AND notices_mute.subject IN (0, given.subject)
    ) AND NOT EXISTS (
        SELECT 1 FROM accounts_muting WHERE accounts_muting.person_id = given.person_id
        AND accounts_muting.other_id = given.actor_id
    )
"""
_LINES = f"""
    INSERT INTO notices_notice (person_id, kind, subject, number, fresh)
    SELECT DISTINCT person_id, kind, subject, 0, true FROM {{given}} WHERE {_WANTED}
    ON CONFLICT (person_id, kind, subject) DO NOTHING
"""  # noqa: S608  (a constant above)
_CAUSES = f"""
    INSERT INTO notices_cause (notice_id, cause, actor_id)
    SELECT notices_notice.id, given.cause, given.actor_id
    FROM {{given}} JOIN notices_notice ON notices_notice.person_id = given.person_id
        AND notices_notice.kind = given.kind AND notices_notice.subject = given.subject
    WHERE {_WANTED}
    ON CONFLICT (notice_id, cause) DO NOTHING RETURNING notice_id
"""  # noqa: S608
_NUMBER = """
    UPDATE notices_notice SET number = given.number, fresh = false
    FROM {given} WHERE notices_notice.id = given.id
"""
_NUMBERED = (("id", "bigint"), ("number", "bigint"))


def hear(happenings: Collection[Happening]) -> None:
    """What happens in the apps below. Those who voted may be thousands: a job tells them."""
    from server.notices.jobs import tell_voters

    note(happenings)
    for poll_id in {one.subject for one in happenings if one.kind == "vote.closed"}:
        tell_voters.enqueue(poll_id)


def note(happenings: Collection[Happening]) -> None:
    """Write down what concerns somebody else, in the transaction in which it happens. Three
    statements, whatever the number; none for what people do to themselves.

    No line of a person is locked longer than its thing is: whatever writes about one thing holds
    that thing's lock already, so nobody waits for two people's lines crosswise. The number, which
    needs the person's lock, is given after the commit.
    """
    told = [one for one in happenings if one.actor_id != one.person_id]
    if not told:
        return
    given = [{name: getattr(one, name) for name, _ in _GIVEN} for one in told]
    run_with_rows(_LINES, _GIVEN, given)
    lines = {line for (line,) in run_with_rows(_CAUSES, _GIVEN, given)}
    if not lines:
        return
    _freshen(lines)
    for person_id in sorted({one.person_id for one in told}):
        refresh_on_commit(user(person_id), "notices", partial(settle, person_id))


def _freshen(lines: Collection[int]) -> None:
    rows = Notice.objects.filter(pk__among=sorted(lines))
    if len(lines) > 1:  # in one order, or settle() and we could wait for each other
        list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    rows.update(fresh=True, at=Now())


def settle(person_id: int) -> None:
    """Give what is new its place at the top, and tell the person's pages.

    A number is given only to what was committed before, so a mark that was moved up to the last
    number never passes over anything that could not be seen then. Whoever comes second finds
    nothing left. A process that dies before this leaves it to settle_left().
    """
    fresh = Notice.objects.filter(person=person_id, fresh=True)
    if not fresh.exists():
        return
    with transaction.atomic():
        box = _locked(person_id)
        held = fresh.order_by("pk").select_for_update(no_key=True)[:AT_ONCE]
        lines = sorted(held, key=attrgetter("at", "pk"))
        if not lines:
            return
        numbers = [{"id": row.pk, "number": box.last + n} for n, row in enumerate(lines, 1)]
        run_with_rows(_NUMBER, _NUMBERED, numbers)
        box.last += len(lines)
        _save(box)
        plan(person_id, {row["id"]: row["number"] for row in numbers}, lines)


def settle_left() -> int:
    """Settle what nobody has for two seconds: its process died, or the database was away. Returns
    for how many people. Safe on many workers at once."""
    left = Notice.objects.filter(fresh=True, at__lte=Now() - LEFT).order_by("person")
    people = list(left.values_list("person_id", flat=True).distinct()[:AT_ONCE])
    for person_id in people:
        settle(person_id)
    return len(people)


def _locked(person_id: int) -> Box:
    boxes = Box.objects.select_for_update(no_key=True).filter(pk=person_id)
    if (box := boxes.first()) is None:
        Box.objects.bulk_create([Box(person_id=person_id)], ignore_conflicts=True)
        box = boxes.get()
    return box


def _save(box: Box) -> None:
    box.save(update_fields=["last", "read"])
    record(user(box.pk), NoticesChanged(last=box.last, read=box.read))


def mark_read(person_id: int, number: int) -> None:
    """I have read up to this number; the mark never goes back, nor beyond the last."""
    boxes = Box.objects.select_for_update(no_key=True).filter(pk=person_id)
    with transaction.atomic():
        box = boxes.first()
        if box is not None and min(number, box.last) > box.read:
            box.read = min(number, box.last)
            _save(box)


def mute(person_id: int, kind: Kind, subject: int) -> None:
    """Hear no more of a kind (subject 0), or of it about one thing that I was told of.

    What happens meanwhile is not kept for later. Raises Refused: not_found (never told of it),
    full.
    """
    with transaction.atomic():
        box = _locked(person_id)
        told = Notice.objects.filter(person=person_id, kind=kind, subject=subject)
        if subject and not told.exists():
            raise Refused("not_found")
        if Mute.objects.filter(person=person_id).count() >= MUTES:
            raise Refused("full", f"At most {MUTES} things can be muted.")
        _, new = Mute.objects.get_or_create(person_id=person_id, kind=kind, subject=subject)
        if new:
            _save(box)


def unmute(person_id: int, kind: Kind, subject: int) -> None:
    """Hear of it again from now on; what was there before stands there again."""
    with transaction.atomic():
        box = _locked(person_id)
        if Mute.objects.filter(person=person_id, kind=kind, subject=subject).delete()[0]:
            _save(box)


def prune(at_most: int = 1_000) -> int:
    """Forget lines in which nothing was new for 90 days. Returns how many went."""
    old = Notice.objects.filter(at__lt=Now() - KEPT).order_by("at")
    ids = list(old.values_list("pk", flat=True)[:at_most])
    Notice.objects.filter(pk__among=ids, at__lt=Now() - KEPT).delete()
    return len(ids)
