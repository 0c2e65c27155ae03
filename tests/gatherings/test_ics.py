"""The file for calendars: RFC 5545, line by line."""

from __future__ import annotations

import re

import pytest

from server.accounts.models import User
from server.gatherings import services
from server.gatherings.models import Gathering
from server.gatherings.schemas import GatheringChange
from tests.factories import signed_in
from tests.gatherings.hands import group_of, propose

pytestmark = pytest.mark.django_db

NASTY = "灯笼, walk; 50% \\ off\nBEGIN:VALARM 🏮"


def unfolded(content: bytes) -> list[str]:
    assert content.endswith(b"\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def read(who: User, pk: int) -> dict[str, str]:
    answer = signed_in(who).get(f"/api/gatherings/{pk}/calendar.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="gathering-{pk}.ics"'
    lines = unfolded(answer.content)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert not any(line.startswith("BEGIN:VALARM") for line in lines)
    return dict(line.split(":", 1) for line in lines if not line.startswith(("BEGIN", "END")))


def test_every_line_is_as_the_standard_says(mei: User) -> None:
    made = propose(
        mei,
        group_of(mei),
        title="灯笼, walk; all",
        about=NASTY * 12,
        place="Mill; by the river",
    ).gathering
    found = read(mei, made.id)
    assert (found["VERSION"], found["METHOD"]) == ("2.0", "PUBLISH")
    assert found["SUMMARY"] == "灯笼\\, walk\\; all"
    assert found["LOCATION"] == "Mill\\; by the river"
    said = found["DESCRIPTION"]
    plain = re.sub(r"\\(.)", lambda one: "\n" if one[1] == "n" else one[1], said)
    assert plain == NASTY * 12
    at = Gathering.objects.get(pk=made.id).begins_at
    assert found["DTSTART"] == f"{at:%Y%m%dT%H%M%SZ}" and "DTEND" not in found
    assert re.fullmatch(r"\d{8}T\d{6}Z", found["DTSTAMP"])
    assert found["URL"].endswith(f"/gatherings/{made.id}")


def test_after_a_change_it_is_the_same_and_newer(mei: User) -> None:
    pk = propose(mei, group_of(mei), ends=None).gathering.id
    first = read(mei, pk)
    services.answer(mei.pk, pk, "going")
    assert read(mei, pk) == first, "who comes is nothing to a calendar"
    services.change(mei.pk, pk, GatheringChange(link="https://meet.example/a,b"))
    second = read(mei, pk)
    services.cancel(mei.pk, pk)
    third = read(mei, pk)
    assert {first["UID"]} == {second["UID"], third["UID"]}
    assert [int(one["SEQUENCE"]) for one in (first, second, third)] == [0, 1, 2]
    assert [one["STATUS"] for one in (first, second, third)] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]
    assert second["URL"] == "https://meet.example/a,b"
