"""Numbers, the mark, pages, muting: what is unread follows from them and is kept nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from server.accounts.models import User
from server.errors import Refused
from server.feed import services as feed
from server.happenings import Happening
from server.notices import queries, services
from server.notices.models import Box, Cause, Mute, Notice
from server.realtime.topics import user
from tests import factories
from tests.accounts.apply import logged
from tests.factories import comment, friends, person, post
from tests.notices.conftest import causes, read_all, seen, unread


def changes(who: User) -> list[dict[str, int]]:
    return [e["data"] for e in logged(user(who.pk)) if e["type"] == "notices.changed"]


def test_the_mark_is_told_and_never_goes_back(mei: User, bo: User) -> None:
    first, second = post(mei).post.id, post(mei).post.id
    comment(bo, first)
    comment(bo, second)
    now = queries.unread(mei.pk)
    assert (now.unread, now.more, now.last - now.read) == (2, False, 2)
    services.mark_read(mei.pk, now.read + 1)
    assert unread(mei) == 1
    services.mark_read(mei.pk, now.read)
    assert unread(mei) == 1, "not back"
    services.mark_read(mei.pk, 10**9)
    after = queries.unread(mei.pk)
    assert (after.unread, after.read, after.last) == (0, now.last, now.last), "nor beyond the last"
    assert changes(mei)[-1] == {"last": now.last, "read": now.last}
    told = len(changes(mei))
    services.mark_read(mei.pk, now.last)
    assert len(changes(mei)) == told, "nothing new is not told"


def test_what_is_new_in_a_line_brings_it_to_the_top_unread(mei: User, bo: User, wen: User) -> None:
    first, second = post(mei).post.id, post(mei).post.id
    comment(bo, first)
    comment(bo, second)
    read_all(mei)
    assert [view.subject for view in seen(mei, "comment")] == [second, first]
    comment(wen, first)
    assert [view.subject for view in seen(mei, "comment")] == [first, second]
    assert unread(mei) == 1 and seen(mei, "comment")[0].number == queries.unread(mei.pk).last


def test_numbers_have_no_holes_and_each_change_is_told(mei: User, bo: User) -> None:
    for _ in range(5):
        comment(bo, post(mei).post.id)
    numbers = sorted(Notice.objects.filter(person=mei).values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert [one["last"] for one in changes(mei)][-5:] == numbers[-5:]


def test_a_mark_never_passes_over_what_could_not_be_seen(
    mei: User, bo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written before the mark was moved to the last number, and given its own after that."""
    mine = post(mei).post.id
    with monkeypatch.context() as patch:
        patch.setattr(services, "refresh_on_commit", lambda *_: None)
        comment(bo, mine)
    services.mark_read(mei.pk, 10**9)
    assert unread(mei) == 0
    services.settle(mei.pk)
    assert unread(mei) == 1 and seen(mei, "comment")[0].subject == mine


def test_pages_follow_each_other_and_are_short_when_something_is_gone(mei: User, bo: User) -> None:
    posts = [post(mei).post.id for _ in range(queries.LINES_A_PAGE + 5)]
    for one in posts:
        comment(bo, one)
    for one in posts[-10:]:
        feed.delete_post(mei.pk, one)
    first = queries.page(mei.pk)
    assert len(first.notices) == queries.LINES_A_PAGE - 10 and first.next
    rest = queries.page(mei.pk, first.next)
    shown = [view.subject for view in (*first.notices, *rest.notices) if view.kind == "comment"]
    assert shown == posts[-11::-1] and rest.next is None
    with pytest.raises(Refused, match="bad_field"):
        queries.page(mei.pk, "nonsense")


def test_the_count_looks_at_no_more_than_it_shows(mei: User, bo: User) -> None:
    mine = [
        Notice(person=mei, kind="comment", subject=one, number=one, fresh=False)
        for one in range(1000, 1250)
    ]
    made = Notice.objects.bulk_create(mine)
    Box.objects.filter(pk=mei.pk).update(last=1250)
    said = comment(bo, post(mei).post.id).id
    Cause.objects.bulk_create(Cause(notice=one, cause=said, actor=bo) for one in made)
    counted = queries.unread(mei.pk)
    assert counted.more and counted.unread <= queries.COUNTED


def test_muted_things_and_kinds_are_neither_shown_nor_kept(mei: User, bo: User, wen: User) -> None:
    loud, quiet = post(mei, "loud").post.id, post(mei, "quiet").post.id
    comment(bo, loud)
    comment(bo, quiet)
    services.mute(mei.pk, "comment", loud)
    services.mute(mei.pk, "comment", loud)
    assert [view.subject for view in seen(mei, "comment")] == [quiet] and unread(mei) == 1
    comment(wen, loud)
    assert causes(mei, "comment") == 2 and unread(mei) == 1
    [muted] = queries.mutes(mei.pk).mutes
    assert (muted.kind, muted.subject, muted.about) == ("comment", loud, "loud")
    services.mute(mei.pk, "like", 0)
    feed.like(bo.pk, quiet)
    assert seen(mei, "like") == [] and causes(mei, "like") == 0
    services.unmute(mei.pk, "comment", loud)
    services.unmute(mei.pk, "like", 0)
    assert len(seen(mei, "comment")) == 2
    comment(wen, loud)
    feed.like(wen.pk, quiet)
    assert causes(mei, "comment") == 3 and causes(mei, "like") == 1
    assert queries.mutes(mei.pk).mutes == []


def test_only_what_one_was_told_of_can_be_muted_and_not_without_end(
    mei: User, bo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = post(bo).post.id
    with pytest.raises(Refused, match="not_found"):
        services.mute(mei.pk, "comment", theirs)
    monkeypatch.setattr(services, "MUTES", 1)
    services.mute(mei.pk, "like", 0)
    with pytest.raises(Refused, match="full"):
        services.mute(mei.pk, "vote", 0)
    assert Mute.objects.count() == 1


def test_old_lines_are_forgotten(mei: User, bo: User) -> None:
    old, new = post(mei).post.id, post(mei).post.id
    comment(bo, old)
    comment(bo, new)
    services.prune()
    assert len(seen(mei, "comment")) == 2
    Notice.objects.filter(subject=old).update(at=F("at") - timedelta(days=91))
    services.prune()
    assert [view.subject for view in seen(mei, "comment")] == [new]


def queries_of(person_id: int) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as page:
        queries.page(person_id)
    with CaptureQueriesContext(connection) as count:
        queries.unread(person_id)
    return len(page), len(count)


def test_a_page_and_a_count_cost_the_same_however_much_is_on_them(
    mei: User, bo: User, wen: User
) -> None:
    def one_more(*people: User) -> None:
        mine = post(mei).post.id
        for who in people:
            comment(who, mine, "@mei")
            feed.like(who.pk, mine)

    crowd = [person() for _ in range(5)]
    friends(mei, *crowd)
    read_all(mei)
    one_more(bo)
    before = queries_of(mei.pk)
    for _ in range(8):
        one_more(bo, wen, *crowd)
    assert queries_of(mei.pk) == before
    read_all(mei)
    assert queries_of(mei.pk)[1] <= 4, "with nothing unread nothing is looked at"


def test_a_happening_costs_the_same_however_many_it_concerns(mei: User, bo: User) -> None:
    crowd = [person() for _ in range(40)]
    one = [Happening("room.mention", crowd[0].pk, 1, 1, bo.pk)]
    many = [Happening("room.mention", who.pk, 2, 2, bo.pk) for who in crowd]
    costs = []
    for told in (one, many):
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            services.note(told)
        costs.append(sum("notices_" in query["sql"] for query in asked))
    assert costs[0] == 3 and costs[1] <= 4, "and one to lock several lines in one order"


def test_over_http(mei: User, bo: User) -> None:
    browser = factories.signed_in(mei)
    mine = post(mei, "over HTTP").post.id
    comment(bo, mine)
    page = browser.get("/api/notices").json()
    assert page["notices"][0]["about"] == "over HTTP" and page["last"] > page["read"]
    assert browser.get("/api/notices/unread").json()["unread"] == 1
    body = {"number": page["last"]}
    answer = browser.post("/api/notices/read", body, "application/json")
    assert answer.json()["unread"] == 0
    path = f"/api/notices/mutes/comment/{mine}"
    assert browser.put(path).status_code == 204
    assert browser.get("/api/notices/mutes").json()["mutes"][0]["about"] == "over HTTP"
    assert browser.delete(path).status_code == 204
    assert browser.put("/api/notices/mutes/nothing/1").status_code == 422
    assert browser.put(f"/api/notices/mutes/comment/{mine + 99}").status_code == 404
