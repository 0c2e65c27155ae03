"""From asking to the end of the week: one at a time, told live, and nothing left behind."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django_tasks_db.models import DBTaskResult

from server.accounts.models import User
from server.errors import Refused
from server.jobs import queue, runs
from server.jobs import services as jobs
from server.jobs.models import JobsLease, Retry
from server.jobs.work import work
from server.realtime.topics import user
from server.takeout import files, queries, services
from server.takeout import jobs as makers
from server.takeout.models import Takeout
from server.takeout.schemas import TakeoutDraft
from tests.accounts.apply import logged
from tests.factories import client_id, picture
from tests.takeout.conftest import all_jobs, ask, content, stored
from tests.threads import at_once


def draft() -> TakeoutDraft:
    return TakeoutDraft(client_id=client_id())


def told(who: User) -> list[dict[str, object]]:
    """What their pages learn, in order."""
    found = [e["data"]["takeout"] for e in logged(user(who.pk)) if e["type"] == "takeout.changed"]
    assert [one["version"] for one in found] == list(range(1, len(found) + 1))
    return found


def hours_pass(hours: float) -> None:
    """For every takeout there is."""
    by = timedelta(hours=hours)
    Takeout.objects.update(asked_at=F("asked_at") - by)
    Takeout.objects.filter(state="ready").update(expires_at=F("expires_at") - by)


def test_asked_packed_and_ready(mei: User) -> None:
    assert queries.mine(mei.pk).state == "none"
    asked = ask(mei)
    assert (asked.state, asked.progress, asked.size) == ("working", 0, 0)
    assert queries.ready_file(mei.pk) is None
    all_jobs()
    ready = queries.mine(mei.pk)
    assert ready.state == "ready" and ready.size == len(content(mei)) > 0
    assert ready.ready_at and ready.expires_at
    assert ready.expires_at - ready.ready_at == services.KEPT.total_seconds() * 1000
    assert [one["state"] for one in told(mei)] == ["working", "ready"]
    assert told(mei)[-1] == ready.model_dump()


def test_asking_again_while_it_is_made_is_the_same_one(mei: User) -> None:
    assert ask(mei) == ask(mei)
    assert DBTaskResult.objects.count() == 1 and len(told(mei)) == 1


def test_the_same_client_id_is_the_same_one_for_ever(mei: User) -> None:
    once = draft()
    services.ask(mei.pk, once)
    all_jobs()
    hours_pass(2)
    assert services.ask(mei.pk, once).state == "ready"
    assert DBTaskResult.objects.count() == 1


def test_one_an_hour(mei: User) -> None:
    ask(mei)
    all_jobs()
    hours_pass(0.9)
    with pytest.raises(Refused, match="too_fast") as refused:
        ask(mei)
    assert 0 < (refused.value.retry_after or 0) <= 360
    services.take_back(mei.pk)
    with pytest.raises(Refused, match="too_fast"):
        ask(mei)
    hours_pass(0.2)
    assert ask(mei).state == "working"


def test_the_next_one_takes_the_place_of_the_last(mei: User) -> None:
    ask(mei)
    all_jobs()
    hours_pass(2)
    ask(mei)
    assert stored() == [] and queries.ready_file(mei.pk) is None
    all_jobs()
    assert len(stored()) == 1


def test_twelve_tabs_at_once_are_one_job(mei: User) -> None:
    answers = at_once([lambda: services.ask(mei.pk, draft())] * 12)
    assert all(answer == answers[0] for answer in answers), answers
    assert DBTaskResult.objects.count() == 1 and len(told(mei)) == 1


def test_after_a_week_it_is_gone(mei: User) -> None:
    ask(mei)
    all_jobs()
    hours_pass(7 * 24 - 1)
    assert services.remove_old() == 0 and stored()
    hours_pass(2)
    assert queries.ready_file(mei.pk) is None, "not to be had, although nobody has removed it yet"
    assert sum(at_once([services.remove_old] * 4)) == 1  # type: ignore[arg-type]
    assert stored() == [] and queries.mine(mei.pk).state == "none"
    assert [one["state"] for one in told(mei)] == ["working", "ready", "none"]


def test_removed_at_once_on_request(mei: User) -> None:
    ask(mei)
    all_jobs()
    assert services.take_back(mei.pk).state == "none"
    assert stored() == [] and queries.ready_file(mei.pk) is None
    assert services.take_back(mei.pk).state == "none", "again"
    assert len(told(mei)) == 3


def test_taken_back_before_it_begins_nothing_is_made(mei: User) -> None:
    ask(mei)
    services.take_back(mei.pk)
    all_jobs()
    assert stored() == [] and queries.mine(mei.pk).state == "none"
    assert DBTaskResult.objects.finished().count() == 1


def test_taken_back_at_the_last_moment_nothing_is_left(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = files.write

    def slow(token: str, attempt: int, file: object) -> str:
        name = really(token, attempt, file)  # type: ignore[arg-type]
        services.take_back(mei.pk)
        return name

    monkeypatch.setattr(files, "write", slow)
    ask(mei)
    all_jobs()
    assert stored() == [] and queries.mine(mei.pk).state == "none"


def test_progress_is_told_now_and_then_and_only_grows(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(makers, "PACE", 0.0)
    for _ in range(30):
        picture(mei)
    ask(mei)
    all_jobs()
    steps = [one["progress"] for one in told(mei)]
    assert steps == sorted(steps) and steps[0] == 0 and steps[-1] == 100  # type: ignore[type-var]
    assert 5 < len(steps) <= 100 / makers.STEP + 2


def test_a_big_one_does_not_flood_their_pages(mei: User) -> None:
    for _ in range(30):
        picture(mei)
    ask(mei)
    all_jobs()
    assert len(told(mei)) <= 4, "one a second at most"


def fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(makers, "pack", broken)


def test_one_that_fails_for_good_is_admitted_and_may_be_asked_for_again(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as here:
        fails(here)
        ask(mei)
        for _ in range(queue.ATTEMPTS):
            assert work("p")
            assert services.admit_failures() == (not Retry.objects.exists())
            Retry.objects.update(due_at=Now())
            jobs.revive()
    assert queries.mine(mei.pk).state == "failed"
    assert [one["state"] for one in told(mei)] == ["working", "failed"]
    assert services.admit_failures() == 0
    assert ask(mei).state == "working"
    all_jobs()
    assert queries.mine(mei.pk).state == "ready"


def test_one_whose_job_is_not_there_any_more_is_admitted_too(mei: User) -> None:
    ask(mei)
    assert services.admit_failures() == 0
    DBTaskResult.objects.all().delete()
    assert services.admit_failures() == 1
    assert queries.mine(mei.pk).state == "failed"


def test_what_failed_once_succeeds_the_next_time(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as here:
        fails(here)
        ask(mei)
        assert work("p")
    Retry.objects.update(due_at=Now())
    jobs.revive()
    all_jobs()
    assert queries.mine(mei.pk).state == "ready" and len(stored()) == 1


def test_a_death_after_the_file_and_before_the_row_leaves_one_takeout(mei: User) -> None:
    ask(mei)
    run = queue.claim("dies")
    assert run is not None
    token = Takeout.objects.get().token
    files.write(token, 1, BytesIO(b"half of it"))
    JobsLease.objects.all().delete()
    assert jobs.revive() == 1
    all_jobs("lives")
    assert stored() == [f"{token}-2.zip"] and queries.mine(mei.pk).state == "ready"


def test_one_that_was_taken_for_dead_and_comes_back_changes_nothing(mei: User) -> None:
    ask(mei)
    run = queue.claim("frozen")
    assert run is not None
    token = Takeout.objects.get().token
    JobsLease.objects.all().delete()
    assert jobs.revive() == 1
    all_jobs("other")
    before = queries.mine(mei.pk)
    entered = runs.enter(run)
    with pytest.raises(runs.Lost):
        services.finish(mei.pk, token, BytesIO(b"too late"))
    runs.leave(entered)
    assert queries.mine(mei.pk) == before and stored() == [f"{token}-2.zip"]


def test_a_process_that_ends_hands_it_on(mei: User) -> None:
    for _ in range(3):
        picture(mei)
    ask(mei)
    assert work("ends", stopping=lambda: True)
    assert queries.mine(mei.pk).state == "working" and stored() == []
    all_jobs("next")
    assert queries.mine(mei.pk).state == "ready"
    assert DBTaskResult.objects.get().worker_ids == ["next"]


def test_each_has_their_own(mei: User, bo: User) -> None:
    ask(mei)
    all_jobs()
    assert queries.mine(bo.pk).state == "none" and queries.ready_file(bo.pk) is None
    services.take_back(bo.pk)
    assert queries.mine(mei.pk).state == "ready"
