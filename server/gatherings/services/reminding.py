"""Reminders, a day and an hour before, by the database's clock."""

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from server.gatherings import jobs
from server.gatherings.models import Gathering
from server.gatherings.services.times import DAY, HOUR

DUE_AT_ONCE = 200


def remind_due() -> int:
    """Have those reminded who come to what begins within a day, or an hour; returns of how many
    gatherings. Safe on many workers at once: each is claimed by a conditional update, and the job
    that tells is written in the same transaction. One that nobody reminded of for long, as all were
    away, is told once."""
    ahead = Q(begins_at__gt=Now(), cancelled_at=None)
    hour = Gathering.objects.filter(ahead, begins_at__lte=Now() + HOUR, hour_told=False)
    day = Gathering.objects.filter(ahead, begins_at__lte=Now() + DAY, day_told=False)
    told = 0
    for due, marks, before in (
        (hour, {"hour_told": True, "day_told": True}, jobs.AN_HOUR),
        (day, {"day_told": True}, jobs.A_DAY),
    ):
        for pk, begins_at in list(due.values_list("pk", "begins_at")[:DUE_AT_ONCE]):
            with transaction.atomic():
                if due.filter(pk=pk, begins_at=begins_at).update(**marks):
                    cause = jobs.reminder(begins_at, before)
                    jobs.tell_comers.enqueue(pk, "gathering.soon", cause, 0)
                    told += 1
    return told
