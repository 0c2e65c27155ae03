"""A gathering for calendars (RFC 5545): a small writer, as one VEVENT in UTC needs no more."""

from collections.abc import Iterator
from datetime import UTC, datetime

from server.gatherings.models import Gathering

_STAMP = "%Y%m%dT%H%M%SZ"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
FOLD = 75
"""Octets of a line, without its end (3.1)."""


def calendar(row: Gathering, address: str) -> bytes:
    """One that a calendar takes, and takes again after a change: the UID stays, SEQUENCE grows.

    address: of its page. In UTC, so a calendar shows it by its owner's clock without a table of the
    zone; the zone stands beside it for whoever reads it.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Jianghu//Gatherings//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:gathering-{row.pk}@jianghu",
        f"SEQUENCE:{row.sequence}",
        f"DTSTAMP:{_utc(row.changed_at)}",
        f"DTSTART:{_utc(row.begins_at)}",
        *([f"DTEND:{_utc(row.ends_at)}"] if row.ends_at else []),
        f"SUMMARY:{_text(row.title)}",
        *([f"DESCRIPTION:{_text(row.about)}"] if row.about else []),
        f"LOCATION:{_text(row.place or row.link)}",
        f"URL:{row.link or address}",
        f"STATUS:{'CANCELLED' if row.cancelled_at else 'CONFIRMED'}",
        f"X-JIANGHU-ZONE:{_text(row.zone)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_STAMP)


def _text(words: str) -> str:
    """Escaped (3.3.11): a title with a line end cannot begin a property of its own."""
    return words.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPED)


def _folded(line: str) -> Iterator[bytes]:
    """In lines of at most 75 octets, no character of UTF-8 cut in two; all but the first begin with
    a space."""
    part = b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > FOLD:
            yield part
            part = b" "
        part += octets
    yield part
