"""What many are told of a gathering: in the background, each once."""

from datetime import datetime

from django.db import transaction
from django_tasks import task

from server.gatherings.models import Answer, Gathering
from server.happenings import Happening, Kind, happened
from server.jobs.runs import give_way, hold

AT_ONCE = 200
A_DAY, AN_HOUR = 0, 1
TOLD: dict[Kind, tuple[str, ...]] = {
    "gathering.soon": ("going",),
    "gathering.moved": ("going", "perhaps", "waiting"),
    "gathering.off": ("going", "perhaps", "waiting"),
}
"""Who is told of what, by their answers."""


def reminder(begins_at: datetime, before: int) -> int:
    """Names a reminder among those of a gathering: of a beginning that was moved there is another
    one, and nothing said of the former is true."""
    return int(begins_at.timestamp()) * 2 + before


def reminder_of(begins_at: datetime, cause: int) -> bool:
    """Whether this names one of that beginning."""
    return cause // 2 == int(begins_at.timestamp())


@task()
def tell_comers(gathering_id: int, kind: Kind, cause: int, actor_id: int) -> None:
    """Everybody whom it concerns, but who did it (0: nobody), learns what becomes of a gathering.

    Idempotent: the cause names it, and what somebody was told already is not told again. Begun
    anew, by another process after this one was killed, it walks through all of them anew.
    """
    after = 0
    while True:
        give_way()
        with transaction.atomic():
            hold()
            # Its lock: two of these jobs must not wait for each other's lines crosswise.
            row = Gathering.objects.select_for_update(no_key=True).get(pk=gathering_id)
            if not _still_true(row, kind, cause):
                return
            comers = Answer.objects.filter(gathering=row, word__in=TOLD[kind], person__gt=after)
            found = list(comers.order_by("person").values_list("person", flat=True)[:AT_ONCE])
            people = [person for person in found if person != actor_id]
            happened(*(Happening(kind, one, gathering_id, cause, None) for one in people))
        if len(found) < AT_ONCE:
            return
        after = found[-1]


def _still_true(row: Gathering, kind: Kind, cause: int) -> bool:
    if kind == "gathering.off":
        return row.cancelled_at is not None
    if row.cancelled_at is not None:
        return False
    return kind != "gathering.soon" or reminder_of(row.begins_at, cause)
