"""Letters: what leaves, when, once at most, and how one is rid of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from smtplib import SMTPSenderRefused, SMTPServerDisconnected
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage
from django.db.models import F

from server.accounts import services as accounts
from server.accounts.models import User
from server.errors import Refused
from server.feed import services as feed
from server.jobs.models import Retry
from server.jobs.services import revive
from server.notices import jobs, sending, wishes
from server.notices.hours import zone
from server.notices.letters import holder, ticket
from server.notices.models import Delivery, Errand
from server.notices.schemas import DeliveryChange
from tests import factories
from tests.factories import comment, post
from tests.notices.conftest import all_jobs, read_all
from tests.threads import at_once


@pytest.fixture(autouse=True)
def letters_leave(settings: Any) -> Iterator[None]:
    settings.CAN_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    yield


@pytest.fixture
def mei(mei: User) -> User:
    confirm(mei)
    return mei


@pytest.fixture
def bo(bo: User) -> User:
    Errand.objects.all().delete()  # of the friendship
    return bo


@pytest.fixture
def wen(wen: User) -> User:
    Errand.objects.all().delete()
    return wen


def confirm(who: User, address: str = "mei@example.org") -> None:
    EmailAddress.objects.create(user=who, email=address, verified=True, primary=True)


def time_passes(minutes: float = 11) -> None:
    """For everything that waits; then a worker and a jobs process do what is due."""
    waiting = Errand.objects.filter(state="waiting")
    waiting.update(due_at=F("due_at") - timedelta(minutes=minutes))
    sending.send_due()
    all_jobs()


def states() -> list[str]:
    return list(Errand.objects.order_by("pk").values_list("state", flat=True))


def letters() -> list[EmailMessage]:
    return mail.outbox


def test_a_letter_after_ten_minutes(mei: User, bo: User) -> None:
    mine = post(mei, "A lantern").post.id
    comment(bo, mine, "where is\n\nthat?")
    time_passes(9)
    assert letters() == []
    time_passes(2)
    [sent] = letters()
    assert sent.to == ["mei@example.org"] and sent.subject == "Bo commented on your post"
    assert "“where is that?”" in sent.body and f"/posts/{mine}" in sent.body
    assert states() == ["sent"]
    time_passes()
    assert len(letters()) == 1


def test_several_lines_are_one_letter_in_the_reader_s_language(
    mei: User, bo: User, wen: User
) -> None:
    User.objects.filter(pk=mei.pk).update(language="zh")
    first, second = post(mei).post.id, post(mei).post.id
    comment(bo, first)
    comment(wen, first)
    comment(bo, second)
    time_passes()
    [sent] = letters()
    assert (
        sent.subject == "Bo 评论了你的动态，还有 1 条" and "Wen 和 Bo 评论了你的动态" in sent.body
    )
    assert set(states()) <= {"sent", "dropped"}


def test_what_was_read_or_is_gone_does_not_leave(mei: User, bo: User) -> None:
    comment(bo, post(mei).post.id)
    read_all(mei)
    time_passes()
    said = comment(bo, post(mei).post.id)
    feed.delete_comment(bo.pk, said.id)
    time_passes()
    comment(bo, post(mei).post.id)
    accounts.block(mei.pk, bo.pk)
    time_passes()
    assert letters() == [] and states() == ["dropped"] * 3


def test_only_what_is_wanted_and_only_to_a_confirmed_address(mei: User, bo: User) -> None:
    mine = post(mei).post.id
    feed.like(bo.pk, mine)
    assert states() == [], "likes do not leave by themselves"
    wishes.wish(mei.pk, "like", "mail", True)
    wishes.wish(mei.pk, "comment", "mail", False)
    feed.like(bo.pk, post(mei).post.id)
    comment(bo, mine)
    assert states() == ["waiting"]
    wishes.wish(mei.pk, "like", "mail", False)
    time_passes()
    assert letters() == [] and states() == ["dropped"], "as it is wanted when it leaves"
    EmailAddress.objects.update(verified=False)
    wishes.wish(mei.pk, "like", "mail", True)
    feed.like(bo.pk, post(mei).post.id)
    assert len(states()) == 1


def test_quiet_hours_and_digest_move_what_is_due(mei: User, bo: User) -> None:
    change = DeliveryChange(
        mail=True, zone="Asia/Shanghai", quiet_from=0, quiet_to=1439, digest_at=None
    )
    wishes.change(mei.pk, change)
    comment(bo, post(mei).post.id)
    local = Errand.objects.get().due_at.astimezone(zone("Asia/Shanghai"))
    assert (local.hour, local.minute) == (23, 59)
    sending.send_due()
    all_jobs()
    assert letters() == [] and states() == ["waiting"]


@pytest.mark.parametrize(
    "wrong",
    [{"zone": "Nowhere"}, {"quiet_from": 5}, {"quiet_from": 5, "quiet_to": 5}],
)
def test_what_cannot_be_meant_is_refused(mei: User, wrong: dict[str, Any]) -> None:
    plain = {"mail": True, "zone": "UTC", "quiet_from": None, "quiet_to": None, "digest_at": None}
    with pytest.raises(Refused, match="bad_field"):
        wishes.change(mei.pk, DeliveryChange(**plain | wrong))


# Once at most --------------------------------------------------------------------------------


def given(mei: User, bo: User) -> list[int]:
    """An errand in the hands of a job."""
    comment(bo, post(mei).post.id)
    Errand.objects.update(due_at=F("due_at") - timedelta(hours=1))
    assert sending.send_due() == 1
    return list(Errand.objects.values_list("pk", flat=True))


def test_many_workers_give_what_is_due_once(mei: User, bo: User) -> None:
    for _ in range(3):
        comment(bo, post(mei).post.id)
    Errand.objects.update(due_at=F("due_at") - timedelta(hours=1))
    assert sum(at_once([sending.send_due] * 6)) == 1  # type: ignore[arg-type]
    all_jobs()
    assert len(letters()) == 1


def test_a_job_that_runs_many_times_at_once_sends_once(mei: User, bo: User) -> None:
    ids = given(mei, bo)
    at_once([partial(jobs.send_letter.call, mei.pk, ids)] * 6)
    jobs.send_letter.call(mei.pk, ids)
    assert len(letters()) == 1 and states() == ["sent"]


@pytest.mark.parametrize("sent", [False, True], ids=["before", "after"])
def test_a_process_that_dies_while_it_sends_leaves_it_at_that(
    mei: User, bo: User, monkeypatch: pytest.MonkeyPatch, sent: bool
) -> None:
    """Before or after the mail server took it: nobody knows, and it does not leave again."""
    ids = given(mei, bo)
    really = EmailMessage.send

    class Killed(BaseException):
        pass

    def die(self: EmailMessage, *_: Any, **__: Any) -> int:
        if sent:
            really(self)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", die)
        with pytest.raises(Killed):
            jobs.send_letter.call(mei.pk, ids)
    assert states() == ["sending"]
    for _ in range(3):
        jobs.send_letter.call(mei.pk, ids)
    assert len(letters()) == (1 if sent else 0) and states() == ["sending"]


def test_what_the_mail_server_refused_is_tried_again(
    mei: User, bo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(mei, bo)

    def refuse(*_: Any, **__: Any) -> int:
        raise SMTPSenderRefused(451, b"later", "jianghu@localhost")

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refuse)
        all_jobs()
    assert states() == ["given"] and letters() == []
    Retry.objects.update(due_at=F("due_at") - timedelta(hours=1))
    assert revive() == 1
    all_jobs()
    assert states() == ["sent"] and len(letters()) == 1


def test_a_line_that_breaks_while_it_sends_is_not_tried_again(
    mei: User, bo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(mei, bo)

    def broken(*_: Any, **__: Any) -> int:
        raise SMTPServerDisconnected("in the middle of it")

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", broken)
        all_jobs()
    assert states() == ["sending"] and not Retry.objects.exists()


def test_what_is_new_in_a_line_that_waits_leaves_with_it(mei: User, bo: User, wen: User) -> None:
    mine = post(mei).post.id
    comment(bo, mine)
    Errand.objects.update(due_at=F("due_at") - timedelta(minutes=9))
    comment(wen, mine)
    assert states() == ["waiting", "waiting"]
    time_passes(2)
    [sent] = letters()
    assert "Wen and Bo" in sent.subject and states() == ["sent", "dropped"]
    time_passes()
    assert len(letters()) == 1


# No more of it -------------------------------------------------------------------------------


def test_one_click_without_signing_in(mei: User, bo: User) -> None:
    comment(bo, post(mei).post.id)
    time_passes()
    [sent] = letters()
    headers = sent.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(r"<https?://[^/]+(/unsubscribe/[^>/]+)>", headers["List-Unsubscribe"])
    assert found and found[1] in sent.body
    link, stranger = found[1], factories.browser(csrf=True)
    assert stranger.get(link).status_code in {200, 503}, "the page, when it is built"
    assert Delivery.objects.filter(person=mei, mail=False).count() == 0, "to look stops nothing"
    body = "List-Unsubscribe=One-Click"
    for _ in range(2):
        answer = stranger.post(link, body, "application/x-www-form-urlencoded")
        assert answer.status_code == 204
    assert Delivery.objects.get(person=mei).mail is False
    comment(bo, post(mei).post.id)
    time_passes()
    assert len(letters()) == 1
    assert factories.signed_in(mei).get("/api/notices/settings").json()["mail"] is False


def test_what_waits_when_it_is_stopped_does_not_leave(mei: User, bo: User) -> None:
    comment(bo, post(mei).post.id)
    wishes.stop_letters(mei.pk)
    time_passes()
    assert letters() == [] and states() == ["dropped"]


def test_nobody_else_s_letters_are_stopped(mei: User, bo: User) -> None:
    mine = ticket(mei.pk)
    assert holder(mine) == mei.pk
    for forged in (
        mine[:-1],
        mine.replace(str(mei.pk), str(bo.pk), 1),
        str(mei.pk),
        "",
        "~",
        "a~b",
    ):
        assert holder(forged) is None
        if forged:
            assert factories.browser().post(f"/unsubscribe/{forged}").status_code == 404
    assert Delivery.objects.count() == 0


def test_old_errands_are_forgotten(mei: User, bo: User) -> None:
    comment(bo, post(mei).post.id)
    assert sending.prune() == 0
    Errand.objects.update(due_at=F("due_at") - timedelta(days=31))
    assert sending.prune() == 1
