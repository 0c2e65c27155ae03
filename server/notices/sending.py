"""What leaves the page, once at most.

A line that got its number is an errand for each way on which the person wants its kind: a row that
says when it is due. A duty gives what is due to a job, the job takes it before it sends and writes
down afterwards that it was sent.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from server.accounts.models import User
from server.happenings import Kind
from server.jobs.runs import hold
from server.notices.hours import Hours
from server.notices.models import Box, Delivery, Errand, Notice, PushTarget, Wish
from server.notices.queries import visible
from server.notices.schemas import NoticeView
from server.realtime.clock import now

Way = Literal["mail", "push"]

DELAY: Mapping[Way, timedelta] = {"mail": timedelta(minutes=10), "push": timedelta(seconds=10)}
"""What is read within this time does not leave."""

AT_ONCE = 500
KEPT = timedelta(days=30)

DEFAULT: frozenset[Kind] = frozenset(
    {
        "friend.asked",
        "friend.accepted",
        "group.invited",
        "comment",
        "comment.reply",
        "mention",
        "post.mention",
        "room.mention",
        "room.reply",
    }
)
"""Kinds that leave the page unless a person wants it otherwise: somebody spoke to them."""


def hours_of(row: Delivery) -> Hours:
    """A person's hours."""
    quiet = None
    if row.quiet_from is not None and row.quiet_to is not None:
        quiet = row.quiet_from, row.quiet_to
    return Hours(row.zone, quiet, row.digest_at)


def delivery_of(person_id: int) -> Delivery:
    """How a person wants to be reached. One query."""
    return Delivery.objects.filter(pk=person_id).first() or Delivery(person_id=person_id)


def address_of(person_id: int) -> str | None:
    """Where letters go: only to an address of which its holder has said that it is theirs, and
    only where letters leave at all. At most one query."""
    if not settings.CAN_MAIL:
        return None
    rows = EmailAddress.objects.filter(user=person_id, verified=True).order_by("-primary", "pk")
    address: str | None = rows.values_list("email", flat=True).first()
    return address


def wishes(person_id: int) -> dict[tuple[str, str], bool]:
    """(kind, way) where a person wants it otherwise than it is by itself. One query."""
    rows = Wish.objects.filter(person=person_id)
    return {(kind, way): on for kind, way, on in rows.values_list("kind", "way", "wanted")}


def wants(wished: Mapping[tuple[str, str], bool], kind: str, way: Way) -> bool:
    """Whether notices of a kind leave on a way."""
    return wished.get((kind, way), kind in DEFAULT)


def plan(person_id: int, numbers: Mapping[int, int], lines: Iterable[Notice]) -> None:
    """Make errands of lines that have just got these numbers, in that transaction. At most six
    queries, three where nothing can leave."""
    delivery = delivery_of(person_id)
    ways: list[Way] = []
    if delivery.mail and address_of(person_id):
        ways.append("mail")
    if PushTarget.objects.filter(person=person_id).exists():
        ways.append("push")
    if not ways:
        return
    wished, hours, moment = wishes(person_id), hours_of(delivery), now()
    due = {way: hours.due(moment, DELAY[way], gathered=way == "mail") for way in ways}
    errands = [
        Errand(
            notice_id=line.pk,
            person_id=person_id,
            way=way,
            number=numbers[line.pk],
            due_at=due[way],
        )
        for line in lines
        for way in ways
        if wants(wished, line.kind, way)
    ]
    Errand.objects.bulk_create(errands, ignore_conflicts=True)


def send_due() -> int:
    """Give what is due to jobs, one for each person and way. Returns how many jobs. Safe on many
    workers at once."""
    from server.notices.jobs import send_letter, send_push

    jobs = {"mail": send_letter, "push": send_push}
    due = Errand.objects.filter(state="waiting", due_at__lte=Now())
    if not due.exists():
        return 0
    with transaction.atomic():
        rows = list(due.select_for_update(skip_locked=True, no_key=True).order_by("pk")[:AT_ONCE])
        errands: dict[tuple[int, str], list[int]] = defaultdict(list)
        for row in rows:
            errands[row.person_id, row.way].append(row.pk)
        Errand.objects.filter(pk__among=[row.pk for row in rows]).update(state="given")
        for (person_id, way), ids in errands.items():
            jobs[way].enqueue(person_id, ids)
    return len(errands)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who gets a letter, and in which language."""

    address: str
    language: str


def letter_of(person_id: int, ids: Collection[int]) -> tuple[Reader | None, list[NoticeView]]:
    """Where a letter with these errands' lines goes and what stands in it at this moment; nobody
    and nothing when there is none to be sent."""
    address = address_of(person_id) if delivery_of(person_id).mail else None
    language = language_of(person_id)
    if address is None or language is None:
        return None, []
    return Reader(address, language), still_wanted(person_id, "mail", ids)


def language_of(person_id: int) -> str | None:
    """What somebody reads; None for whoever is not here any more."""
    rows = User.objects.filter(pk=person_id, is_active=True)
    return rows.values_list("language", flat=True).first()


def still_wanted(person_id: int, way: Way, ids: Collection[int]) -> list[NoticeView]:
    """Of these errands the lines that are not read, may be seen and are wanted on this way now."""
    mark = Box.objects.filter(pk=person_id).values_list("read", flat=True).first() or 0
    given = Errand.objects.filter(person=person_id, pk__among=list(ids), state="given")
    rows = Notice.objects.filter(pk__in=given.values("notice"), number__gt=mark)
    wished = wishes(person_id)
    wanted = [row for row in rows.order_by("-number") if wants(wished, row.kind, way)]
    return visible(person_id, wanted)


def take(person_id: int, way: Way, ids: Collection[int], lines: Collection[int]) -> dict[int, int]:
    """Errands (with their lines) that nobody has taken yet: from here on they are ours or
    nobody's. lines: those that leave; the errands of others are over, and so are later ones of the
    same lines that wait: the line leaves as it is now. Raises Lost."""
    with transaction.atomic():
        hold()
        given = Errand.objects.filter(person=person_id, pk__among=list(ids), state="given")
        rows = list(given.select_for_update(no_key=True).order_by("pk"))
        mine = {row.pk: row.notice_id for row in rows if row.notice_id in lines}
        over = [row.pk for row in rows if row.pk not in mine]
        Errand.objects.filter(pk__among=list(mine)).update(state="sending")
        Errand.objects.filter(pk__among=over).update(state="dropped")
        later = Errand.objects.filter(notice__among=sorted(set(mine.values())), way=way)
        later.filter(state="waiting").update(state="dropped")
    return mine


def move(taken: Mapping[int, int], state: Literal["sent", "given"]) -> None:
    """What became of errands that were taken: sent; or refused, so that they may be tried again."""
    Errand.objects.filter(pk__among=list(taken), state="sending").update(state=state)


def prune(at_most: int = 1_000) -> int:
    """Forget errands of which nothing comes any more. Returns how many went."""
    old = Errand.objects.filter(due_at__lt=Now() - KEPT).order_by("due_at")
    ids = list(old.values_list("pk", flat=True)[:at_most])
    Errand.objects.filter(pk__among=ids).delete()
    return len(ids)
