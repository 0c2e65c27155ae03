"""When somebody wants to be reached: their zone, quiet hours and the hour of the daily digest."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = 24 * 60
"""Minutes."""


@lru_cache(maxsize=1_000)
def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name. Raises ValueError for anything else."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(f"not a time zone: {name[:40]!r}") from error


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes of the local day. quiet: from, and until not; over midnight when from is later.
    digest: everything of a day together, at this minute."""

    zone: str = "UTC"
    quiet: tuple[int, int] | None = None
    digest: int | None = None

    def due(self, now: datetime, delay: timedelta, *, gathered: bool = False) -> datetime:
        """When something of now may leave: after the delay, or with the next digest when it is
        gathered for one; never in quiet hours."""
        at = now + delay
        if gathered and self.digest is not None:
            at = self._next(now, self.digest)
        if self.quiet and self._is_quiet(at):
            at = self._next(at, self.quiet[1])
        return at

    def _is_quiet(self, at: datetime) -> bool:
        assert self.quiet is not None
        begin, end = self.quiet
        local = at.astimezone(zone(self.zone))
        minute = local.hour * 60 + local.minute
        return begin <= minute < end if begin <= end else minute >= begin or minute < end

    def _next(self, after: datetime, minute: int) -> datetime:
        """The first moment after this at which clocks there show that minute of a day."""
        local = after.astimezone(zone(self.zone))
        for days in (0, 1, 2):
            day = local.date() + timedelta(days=days)
            hour, rest = divmod(minute, 60)
            at = datetime(day.year, day.month, day.day, hour, rest, tzinfo=zone(self.zone))
            if at.astimezone(UTC) > after:
                return at.astimezone(UTC)
        raise AssertionError("no day is that long")
