"""What becomes of the job that sends a code."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest
from django.db.models.functions import Now
from django_tasks_db.models import DBTaskResult

from server.accounts import phone_senders, phones
from server.accounts.models import PhonePace, User
from server.jobs import services as jobs
from server.jobs.models import JobsLease, Retry
from server.jobs.work import work
from tests.accounts.phones import (
    NUMBER,
    OTHER,
    Outbox,
    Text,
    all_jobs,
    ask,
    code_sent,
    coming,
    later,
    mei,
    refusal,
    texts,
)
from tests.factories import client_id, person

pytestmark = pytest.mark.django_db
__all__ = ["mei", "texts"]


@pytest.mark.django_db(transaction=True)
def test_it_is_sent_after_the_commit_by_a_job_that_knows_neither_code_nor_number(
    mei: User, texts: list[Text]
) -> None:
    ask(mei)
    assert texts == []
    job = DBTaskResult.objects.get()
    assert NUMBER not in str(job.args_kwargs)
    code = code_sent()
    assert code not in str(job.args_kwargs) and len(texts) == 1


@pytest.mark.django_db(transaction=True)
def test_a_process_that_dies_loses_no_code_and_makes_no_second(
    mei: User, texts: list[Text], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the provider has it: it is sent. Killed after: the same text with the same
    key, which the provider drops; never another code."""

    class Killed(BaseException):
        pass

    real = Outbox.send

    def before(self: Outbox, *text: str) -> None:
        raise Killed

    def after(self: Outbox, *text: str) -> None:
        real(self, *text)
        raise Killed

    for dies in (before, after):
        texts.clear()
        PhonePace.objects.all().delete()
        ask(mei)
        monkeypatch.setattr(Outbox, "send", dies)
        with pytest.raises(Killed):
            work("first")
        monkeypatch.setattr(Outbox, "send", real)
        JobsLease.objects.all().delete()
        assert jobs.revive() == 1
        all_jobs()
        assert len(set(texts)) == 1, "one text, one code, one key"
        assert coming(mei).state == "sent"
        assert not work("third")
        phones.check(mei.pk, texts[-1][1][-6:])
        phones.remove(mei.pk)
        all_jobs()


def test_a_provider_that_is_away_is_asked_again_and_what_it_says_is_kept_nowhere(
    mei: User, texts: list[Text]
) -> None:
    Outbox.failures = [OSError(f"cannot reach {NUMBER}")]
    ask(mei)
    assert work("test")
    assert texts == [] and coming(mei).state == "asked"
    [row] = DBTaskResult.objects.all()
    assert "NotSent: OSError" in row.traceback and NUMBER[1:] not in row.traceback
    Retry.objects.update(due_at=Now())
    jobs.revive()
    assert phones.check(mei.pk, code_sent()).number


def test_a_number_that_takes_no_texts_is_told_and_not_tried_again(
    mei: User, texts: list[Text]
) -> None:
    Outbox.failures = [phone_senders.Unreachable()]
    ask(mei)
    all_jobs()
    assert texts == [] and coming(mei).state == "failed"


def test_nothing_is_sent_for_who_left_or_when_it_is_too_late(mei: User, texts: list[Text]) -> None:
    ask(mei)
    User.objects.filter(pk=mei.pk).update(is_active=False)
    all_jobs()
    bo = person("bo")
    ask(bo, OTHER)
    later(phones.VALID.total_seconds())
    all_jobs()
    assert texts == []


def test_where_nothing_sends_nothing_is_offered(mei: User, settings: Any) -> None:
    settings.PHONE_SENDER = ""
    assert not phones.standing(mei.pk).sends
    for call in (partial(ask, mei), lambda: phones.ask_again(mei.pk, client_id())):
        assert refusal(call).code.name == "not_found"


def test_the_console_shows_the_text_and_not_the_whole_number(
    mei: User, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PHONE_SENDER = "server.accounts.phone_senders.Console"
    ask(mei)
    all_jobs()
    shown = capsys.readouterr().out
    [code] = re.findall(r"#(\d{6})\n", shown)
    assert "Text to +86 ••• 00" in shown and NUMBER not in shown
    assert phones.check(mei.pk, code).number
