"""Forget old events: beyond 7 days and beyond 10,000 per topic, never before both."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Max
from django.db.models.functions import Now

from server.realtime.models import LoggedEvent, TopicHead

KEEP_FOR = timedelta(days=7)
KEEP_EVENTS = 10_000


def prune(keep_for: timedelta = KEEP_FOR, keep_events: int = KEEP_EVENTS) -> int:
    """Delete what need not be kept and raise each topic's floor. Returns how many events went.

    The floor moves in the same transaction: a client behind it is told `reset`, never given a
    past with a hole in it.
    """
    gone = 0
    long_enough = TopicHead.objects.filter(head__gt=F("floor") + keep_events)
    for topic in list(long_enough.values_list("topic", flat=True)):
        gone += _prune_topic(topic, keep_for, keep_events)
    return gone


def _prune_topic(topic: str, keep_for: timedelta, keep_events: int) -> int:
    with transaction.atomic():
        head = TopicHead.objects.select_for_update().get(topic=topic)
        old = LoggedEvent.objects.filter(
            topic=topic,
            number__lte=head.head - keep_events,
            recorded_at__lt=Now() - keep_for,
        )
        floor = old.aggregate(last=Max("number"))["last"]
        if floor is None:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM realtime_loggedevent WHERE topic = %s AND number <= %s",
                [topic, floor],
            )
            gone: int = cursor.rowcount
        TopicHead.objects.filter(topic=topic).update(floor=floor)
    return gone
