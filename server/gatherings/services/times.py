"""When a gathering is: a calendar and a clock in its own zone, and the moment they mean."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from server.errors import Refused

FARTHEST = timedelta(days=2 * 366)
LONGEST = timedelta(days=31)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_SHOWN = "%Y-%m-%dT%H:%M"


@lru_cache(maxsize=1_000)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return None


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its IANA name. Raises Refused(bad_field)."""
    found = _zone(name)
    if found is None:
        raise Refused("bad_field", fields={"zone": "no time zone is called so"})
    return found


def moment_of(wall: str, zone: str, field: str) -> datetime:
    """The moment in UTC. Of an hour that comes twice, when clocks go back, the first.

    Raises Refused(bad_field): no such zone, no such day, or an hour that is left out when clocks go
    forward: somebody would come an hour early.
    """
    place = zone_of(zone)
    try:
        local = datetime.strptime(wall, _SHOWN).replace(tzinfo=place)
        moment = local.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Refused("bad_field", fields={field: "no such time"}) from error
    if wall_of(moment, zone) != wall:
        raise Refused("bad_field", fields={field: "clocks skip that hour there"})
    return moment


def wall_of(moment: datetime, zone: str) -> str:
    """What clocks show there. A zone that is known no more is taken for UTC."""
    return moment.astimezone(_zone(zone) or UTC).strftime(_SHOWN)


def check_order(begins: datetime, ends: datetime | None, present: datetime) -> None:
    """Raises Refused(bad_field) when it has begun by the database's clock, is too far away, or ends
    before it begins."""
    if begins <= present:
        raise Refused("bad_field", fields={"begins": "is past"})
    if begins > present + FARTHEST:
        raise Refused("bad_field", fields={"begins": "is too far away"})
    if ends is not None and not begins < ends <= begins + LONGEST:
        raise Refused("bad_field", fields={"ends": "not after the beginning, or a month after it"})
