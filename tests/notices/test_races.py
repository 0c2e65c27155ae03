"""Many at the same moment, in several threads with connections of their own."""

from __future__ import annotations

from functools import partial

import pytest

from server.accounts import services as accounts
from server.accounts.models import User
from server.errors import Refused
from server.feed import services as feed
from server.feed.schemas import CommentDraft
from server.happenings import Happening
from server.notices import queries, services
from server.notices.jobs import tell_voters
from server.notices.models import Box, Notice
from server.polls import services as polls
from server.polls.schemas import BallotDraft
from tests.factories import ballot, client_id, comment, friends, person, post, vote_in_feed
from tests.notices.conftest import causes, read_all, seen, unread
from tests.threads import at_once


def fine(results: list[object]) -> None:
    assert not [one for one in results if isinstance(one, BaseException)], results


def test_one_comment_sent_by_many_workers_is_one_notice(mei: User, bo: User) -> None:
    draft = CommentDraft(client_id=client_id(), post_id=post(mei).post.id, text="once")
    fine(at_once([partial(feed.comment, bo.pk, draft)] * 12))
    assert causes(mei, "comment") == 1 and unread(mei) == 1


def test_one_happening_told_by_many_workers_is_one_notice(mei: User, bo: User) -> None:
    said = comment(bo, post(mei).post.id)
    read_all(mei)
    told = Happening("comment", mei.pk, said.post_id, said.id, bo.pk)
    fine(at_once([partial(services.note, [told])] * 12))
    assert causes(mei, "comment") == 1 and unread(mei) == 0, "told again it is no news"


def test_many_things_at_once_have_each_a_number(mei: User) -> None:
    crowd = [person() for _ in range(6)]
    friends(mei, *crowd)
    posts = [post(mei).post.id for _ in range(3)]
    read_all(mei)
    before = Box.objects.get(pk=mei.pk).last
    fine(at_once([partial(comment, who, one) for who in crowd for one in posts]))
    assert causes(mei, "comment") == 18 and unread(mei) == 3
    assert not Notice.objects.filter(person=mei, fresh=True).exists()
    numbers = sorted(Notice.objects.filter(person=mei).values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers) and numbers[-1] == Box.objects.get(pk=mei.pk).last
    assert numbers[-3] > before


def test_settled_by_many_at_once_each_line_is_settled_once(
    mei: User, bo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_all(mei)
    before = Box.objects.get(pk=mei.pk).last
    with monkeypatch.context() as patch:
        patch.setattr(services, "refresh_on_commit", lambda *_: None)
        for _ in range(4):
            comment(bo, post(mei).post.id)
    fine(at_once([partial(services.settle, mei.pk)] * 8))
    assert Box.objects.get(pk=mei.pk).last == before + 4 and unread(mei) == 4


def test_crossing_requests_make_one_notice(mei: User) -> None:
    for _ in range(10):
        other = person()
        fine(
            at_once(
                [
                    partial(accounts.ask_friend, mei.pk, other.pk),
                    partial(accounts.ask_friend, other.pk, mei.pk),
                ]
            )
        )
        told = [*seen(other, "friend.accepted", "friend.asked")]
        mine = [
            view
            for view in queries.page(mei.pk).notices
            if view.people and view.people[0].id == other.pk
        ]
        assert len(told) + len(mine) == 1, "whoever asked first is told, once"


def test_votes_at_once(mei: User) -> None:
    crowd = [person() for _ in range(8)]
    friends(mei, *crowd)
    entry = vote_in_feed(mei)
    read_all(mei)
    draft = BallotDraft(poll_id=entry.poll.id, choices=[entry.poll.options[0].id])
    fine(at_once([partial(polls.vote, who.pk, draft) for who in crowd for _ in range(2)]))
    [view] = seen(mei, "vote")
    assert len(view.people) + view.others == 8 and causes(mei, "vote") == 8 and unread(mei) == 1


def test_the_end_of_a_vote_told_by_two_processes_is_told_once(mei: User) -> None:
    crowd = [person() for _ in range(5)]
    friends(mei, *crowd)
    entry = vote_in_feed(mei)
    for who in crowd:
        ballot(who, entry, 0)
    polls.close(mei.pk, entry.poll.id)
    fine(at_once([partial(tell_voters.call, entry.poll.id)] * 3))
    for who in crowd:
        assert causes(who, "vote.closed") == 1
        assert len(seen(who, "vote.closed")) == 1


def test_reading_while_something_comes_loses_nothing(mei: User, bo: User) -> None:
    posts = [post(mei).post.id for _ in range(8)]

    def look() -> None:
        services.mark_read(mei.pk, queries.page(mei.pk).last)

    results = at_once([*(partial(comment, bo, one) for one in posts), *[look] * 8])
    assert not [
        one for one in results if isinstance(one, BaseException) and not isinstance(one, Refused)
    ]
    page = queries.page(mei.pk)
    unseen = [view for view in page.notices if view.number > page.read]
    assert unread(mei) == len(unseen) and len(seen(mei, "comment")) == 8
