"""How many codes may leave: each costs money, and wakes somebody up.

Those of one person and those to one number are counted in rows, exactly and over any hour, not by
the clock's. The sum over all is counted in the cache, as uploads are: it may be forgotten when that
is away, and the other two still stand.
"""

from datetime import timedelta

import structlog
from django.core.cache import cache
from django.db import transaction
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from server.accounts.phone_models import PhonePace
from server.errors import Refused
from server.realtime.clock import now

log = structlog.get_logger(__name__)

HOUR = 3600
AN_HOUR = 3
PAUSES = (60, 300)
"""Seconds after the first and the second code of an hour before one may ask for the next."""

ALL_AN_HOUR = 1_000
AT_ONCE = 500


def take(person_id: int, number: str) -> None:
    """One more code, in the transaction in which it is asked for. Raises Refused(too_fast), after
    which nothing is to be committed. Rows are locked in the order person, number."""
    mine, theirs = _locked(_of_person(person_id), person_id), _locked(_of_number(number), None)
    moment = now().timestamp()
    left = max(
        _again(mine.times, moment) - moment, _hour_full(_recent(theirs.times, moment)) - moment
    )
    if left > 0:
        raise Refused("too_fast", "Wait for the next code.", retry_after=left)
    for row in (mine, theirs):
        row.times = [*_recent(row.times, moment), moment]
        row.save(update_fields=["times"])
    _take_of_all()  # last, or whoever is refused anyway could use it up for everybody


def again_at(person_id: int) -> float:
    """From when on this person may ask for another code, in seconds since 1970; 0: now. One query
    and the clock."""
    row = PhonePace.objects.filter(pk=_of_person(person_id)).first()
    return _again(row.times, now().timestamp()) if row else 0.0


def forget_old() -> int:
    """Those of which the last was more than an hour ago. Returns how many."""
    old = PhonePace.objects.filter(touched_at__lt=Now() - timedelta(seconds=HOUR))
    gone = 0
    while True:
        with transaction.atomic():
            # Whoever has one of them is about to count anew; to wait for them here, holding others,
            # could be to wait for ever.
            free = old.select_for_update(skip_locked=True)
            keys = list(free.values_list("pk", flat=True)[:AT_ONCE])
            PhonePace.objects.filter(pk__in=keys).delete()
        gone += len(keys)
        if len(keys) < AT_ONCE:
            return gone


def _locked(key: str, person_id: int | None) -> PhonePace:
    """The row, made if need be and ours until the transaction ends: what is there already is
    written to, for a row that is only found may be forgotten before it is locked."""
    row = PhonePace(key=key, person_id=person_id, touched_at=Now())
    PhonePace.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["key"], update_fields=["touched_at"]
    )
    return PhonePace.objects.get(pk=key)


def _again(times: list[float], moment: float) -> float:
    recent = _recent(times, moment)
    if not recent:
        return 0.0
    if len(recent) < AN_HOUR:
        return recent[-1] + PAUSES[len(recent) - 1]
    return _hour_full(recent)


def _hour_full(recent: list[float]) -> float:
    return recent[-AN_HOUR] + HOUR if len(recent) >= AN_HOUR else 0.0


def _recent(times: list[float], moment: float) -> list[float]:
    return [at for at in times if moment - HOUR < at <= moment]


def _take_of_all() -> None:
    key = "phone_codes"
    cache.add(key, 0, timeout=HOUR)
    if cache.incr(key) > ALL_AN_HOUR:
        log.warning("phone_codes_used_up", an_hour=ALL_AN_HOUR)
        raise Refused("too_fast", "Too many codes for all.", retry_after=600)


def _of_person(person_id: int) -> str:
    return f"p:{person_id}"


def _of_number(number: str) -> str:
    return "n:" + salted_hmac("phones.pace", number, algorithm="sha256").hexdigest()
