"""The audit finds nothing on a day in order, and bites when something was told otherwise."""

from __future__ import annotations

import re
from io import StringIO
from typing import get_args

import pytest
from django.core.management import CommandError, call_command

from server.accounts import lists
from server.accounts.models import User
from server.feed.schemas import ToList, Wanted
from server.happenings import Happening, Kind, happened
from server.notices.models import Errand, Notice
from server.ops.audit import FRAMES, NOTICES
from server.realtime.events import EVENTS, Logged
from server.realtime.models import LoggedEvent
from server.sharing import services
from server.sharing.models import Activity
from tests import factories
from tests.sharing.world import keep, pass_time, say, seen


def run(*, wrong: int = 0) -> list[str]:
    """What is wrong."""
    out = StringIO()
    try:
        call_command("audit_consent", stdout=out)
    except CommandError as error:
        assert error.returncode == 1
        assert wrong
    *lines, last = out.getvalue().splitlines()
    looked = re.fullmatch(rf"(\d+) looked at, {wrong} not allowed", last)
    assert looked and int(looked[1]) > wrong, out.getvalue()
    return lines


def shared(mei: User, bo: User, audience: Wanted = "friends") -> Activity:
    """Something of Mei's that was shown by itself, and that Bo has seen."""
    say(mei, "bookmark", audience)
    keep(mei, factories.item(bo, factories.store(bo)).item.id)
    pass_time()
    assert seen(bo)
    return Activity.objects.get(author=mei)


def test_every_kind_of_frame_and_notice_says_why_it_may_leave() -> None:
    assert FRAMES.keys() == {name for name, one in EVENTS.items() if issubclass(one, Logged)}
    assert NOTICES.keys() == set(get_args(Kind))


def test_a_day_is_in_order(mei: User, bo: User) -> None:
    row = shared(mei, bo)
    services.undo(mei.pk, row.pk)
    happened(Happening("follow", bo.pk, bo.pk, mei.pk, mei.pk))
    assert run() == []
    assert LoggedEvent.objects.filter(encoded__contains="activity.withdrawn").exists()


def test_what_was_in_order_stays_so_when_its_list_and_its_author_are_gone(
    mei: User, bo: User
) -> None:
    family = lists.make(mei.pk, "Family").id
    lists.add(mei.pk, family, bo.pk)
    shared(mei, bo, ToList(list_id=family))
    assert LoggedEvent.objects.filter(topic__startswith="list:").count() == 1
    assert run() == []
    lists.delete(mei.pk, family)
    assert run() == []
    Activity.objects.all().delete()
    assert run() == []
    LoggedEvent.objects.filter(topic__startswith="list:").update(topic=f"author:{mei.pk}")
    [line] = run(wrong=1)
    assert line.endswith("no such activity")
    User.objects.filter(pk=mei.pk).update(is_active=False)
    assert run() == []


def test_a_release_that_asks_nobody_is_found(
    mei: User, bo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(mei, "bookmark", "friends")
    keep(mei, factories.item(bo, factories.store(bo)).item.id)
    say(mei, "bookmark", "me")
    Activity.objects.update(state="waiting")
    monkeypatch.setattr(services, "_allowed", lambda _: True)
    assert pass_time() == 1
    assert seen(bo)
    assert all("consent had ended" in line for line in run(wrong=2))


def test_what_is_told_elsewhere_or_wider_is_found(mei: User, bo: User) -> None:
    row = shared(mei, bo)
    LoggedEvent.objects.filter(encoded__contains="activity.shown").update(topic=f"author:{bo.pk}")
    [line] = run(wrong=1)
    assert line.endswith("told elsewhere than where its audience is")
    Activity.objects.filter(pk=row.pk).update(audience="everyone")
    assert [line for line in run(wrong=2) if "to others than its line" in line]


def test_the_own_business_of_somebody_is_found_where_others_are(mei: User, bo: User) -> None:
    shared(mei, bo)
    mine = LoggedEvent.objects.filter(encoded__contains="bookmarks.changed")
    mine.update(topic=f"author:{mei.pk}", number=1_000)
    [line] = run(wrong=1)
    assert line.endswith("told to others")
    others = LoggedEvent.objects.filter(number=1_000)
    others.update(encoded='{"type":"shopping.watched","data":{}}')
    [line] = run(wrong=1)
    assert line.endswith("nobody says why it may be told")


def test_a_notice_or_letter_without_a_reason_is_found(mei: User, bo: User) -> None:
    happened(Happening("follow", bo.pk, bo.pk, mei.pk, mei.pk))
    notice = Notice.objects.get(kind="follow")
    at = {"state": "sent", "person": mei, "due_at": notice.at}
    Errand.objects.update_or_create(notice=notice, way="mail", number=1, defaults=at)
    [line] = run(wrong=1)
    assert line.endswith("sent to somebody else")
    follow = Notice.objects.filter(pk=notice.pk)
    follow.update(kind="bought", person=mei)
    assert [line.split(": ")[-1] for line in run(wrong=2)] == [
        "nobody says why they may be told",
        "nobody says why it may be sent",
    ]
    follow.update(kind="follow")
    [line] = run(wrong=1)
    assert line.endswith("what they did themselves")
