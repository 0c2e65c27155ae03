"""When a letter may leave: by the clocks where the person lives, over midnight and in March."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.notices.hours import DAY, Hours, zone

DELAY = timedelta(minutes=10)
SHANGHAI, BERLIN = "Asia/Shanghai", "Europe/Berlin"


def at(day: str, time: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{time}:00").replace(tzinfo=UTC)


def test_without_a_wish_it_leaves_after_the_delay() -> None:
    assert Hours().due(at("2026-11-27", "15:00"), DELAY) == at("2026-11-27", "15:10")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("13:49", "13:59"),  # 21:59 there
        ("13:50", "23:00"),  # would be 22:00 there: at 7:00
        ("20:00", "23:00"),
        ("22:49", "23:00"),  # would be 6:59
        ("22:50", "23:00"),  # would be 7:00
        ("23:30", "23:40"),
    ],
)
def test_quiet_hours_over_midnight(now: str, due: str) -> None:
    hours = Hours(SHANGHAI, (22 * 60, 7 * 60))
    assert hours.due(at("2026-11-27", now), DELAY) == at("2026-11-27", due)


def test_quiet_hours_within_a_day() -> None:
    hours = Hours("UTC", (12 * 60, 14 * 60))
    assert hours.due(at("2026-11-27", "12:30"), DELAY) == at("2026-11-27", "14:00")
    assert hours.due(at("2026-11-27", "13:55"), DELAY) == at("2026-11-27", "14:05")


def test_a_digest_leaves_with_the_next_one() -> None:
    hours = Hours(SHANGHAI, None, 18 * 60)
    noon, evening = at("2026-11-27", "04:00"), at("2026-11-27", "10:00")
    assert hours.due(noon, DELAY, gathered=True) == evening
    assert hours.due(evening, DELAY, gathered=True) == evening + timedelta(days=1)
    assert hours.due(noon, DELAY) == noon + DELAY, "what is not gathered does not wait for it"


def test_a_digest_in_quiet_hours_waits_until_they_are_over() -> None:
    hours = Hours("UTC", (22 * 60, 7 * 60), 23 * 60)
    assert hours.due(at("2026-11-27", "12:00"), DELAY, gathered=True) == at("2026-11-28", "07:00")


def test_when_clocks_change() -> None:
    digest = Hours(BERLIN, None, 9 * 60)
    assert digest.due(at("2026-03-28", "12:00"), DELAY, gathered=True) == at("2026-03-29", "07:00")
    assert digest.due(at("2026-10-24", "12:00"), DELAY, gathered=True) == at("2026-10-25", "08:00")
    missing = Hours(BERLIN, None, 2 * 60 + 30)  # no such time on the night in March
    due = missing.due(at("2026-03-28", "12:00"), DELAY, gathered=True)
    assert at("2026-03-29", "00:30") <= due <= at("2026-03-29", "01:30")


@given(
    st.sampled_from(["UTC", SHANGHAI, BERLIN, "America/St_Johns", "Pacific/Apia"]),
    st.one_of(st.none(), st.tuples(st.integers(0, DAY - 1), st.integers(0, DAY - 1))),
    st.one_of(st.none(), st.integers(0, DAY - 1)),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.booleans(),
)
def test_it_leaves_within_three_days_and_never_in_quiet_hours(
    name: str, quiet: tuple[int, int] | None, digest: int | None, now: datetime, gathered: bool
) -> None:
    if quiet and quiet[0] == quiet[1]:
        quiet = None
    due = Hours(name, quiet, digest).due(now, DELAY, gathered=gathered)
    assert now < due <= now + timedelta(days=3)
    if quiet:
        local = due.astimezone(zone(name))
        minute = local.hour * 60 + local.minute
        begin, end = quiet
        inside = begin <= minute < end if begin < end else minute >= begin or minute < end
        # Clocks that are put forward may leave out the very minute at which quiet hours end.
        assert not inside or minute in range(end, end + 61)


@pytest.mark.parametrize(
    "name", ["", "Nowhere/At_All", "../../etc/passwd", "/etc/localtime", "x" * 500]
)
def test_what_is_no_zone_is_said_to_be_none(name: str) -> None:
    with pytest.raises(ValueError, match="not a time zone"):
        zone(name)
