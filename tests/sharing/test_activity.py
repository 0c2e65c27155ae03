"""What is done is shown by itself only with consent, later, to those it is for; and goes again."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consumers.registry import CHANNELS
from server.accounts import distance, lists
from server.accounts import services as accounts
from server.accounts.models import User
from server.bookmarks import services as bookmarks
from server.bookmarks.schemas import FolderDraft
from server.chat import services as chat
from server.errors import Refused
from server.feed import services as feed
from server.feed.schemas import ToList
from server.groups import services as groups
from server.polls import services as polls
from server.sharing import queries, services
from server.sharing.models import Activity, Showing
from tests import factories
from tests.factories import befriend, person
from tests.sharing.world import keep, pass_time, say, seen, states, told
from tests.threads import at_once


@pytest.fixture
def item(lin: User) -> int:
    return factories.item(lin, factories.store(lin)).item.id


def test_without_consent_a_whole_journey_leaves_nothing(mei: User, bo: User, lin: User) -> None:
    """Look, bookmark, vote, join, ask the seller: nothing is even written down."""
    shop = factories.store(lin)
    thing = factories.item(lin, shop).item.id
    vote = factories.vote_in_feed(bo, "everyone")
    group = factories.interest(lin)
    keep(mei, thing)
    factories.ballot(mei, vote, 0)
    groups.join(mei.pk, group.group.id, [])
    room = chat.open_store_chat(mei.pk, shop.store.id)
    factories.say(mei, room.id, "Is it still there?")
    assert pass_time() == 0
    assert not Activity.objects.exists() and not Showing.objects.exists()
    assert told("activity.shown") == [] and seen(bo) == []


def test_it_waits_then_is_shown_to_those_it_is_for(
    mei: User, bo: User, lin: User, item: int
) -> None:
    say(mei, "bookmark", "friends")
    keep(mei, item)
    assert services.release_due() == 0 and seen(bo) == []
    [own] = queries.mine(mei.pk).activities
    assert own.state == "waiting" and own.activity.item is not None
    assert pass_time() == 1 and pass_time() == 0
    [view] = seen(bo)
    assert (view.kind, view.person.id, view.item and view.item.id) == ("bookmark", mei.pk, item)
    assert seen(lin) == []
    assert told("activity.shown") == [(f"author:{mei.pk}", {"activity_id": view.id})]
    for keep_away, who in ((distance.mute, (bo.pk, mei.pk)), (distance.restrict, (mei.pk, bo.pk))):
        keep_away(*who, wanted=True)
        assert seen(bo) == [] and len(seen(mei)) == 1
        keep_away(*who, wanted=False)
        assert len(seen(bo)) == 1


def test_it_is_taken_back_before_and_after(mei: User, bo: User, item: int) -> None:
    say(mei, "bookmark", "friends")
    keep(mei, item)
    row = Activity.objects.get()
    services.undo(mei.pk, row.pk)
    assert pass_time() == 0 and told("activity.shown") == []
    bookmarks.drop(mei.pk, [item])
    keep(mei, item)
    assert pass_time() == 1
    [view] = seen(bo)
    with pytest.raises(Refused, match="not_found"):
        services.undo(bo.pk, view.id)
    services.undo(mei.pk, view.id)
    services.undo(mei.pk, view.id)
    assert seen(bo) == [] and states(mei) == ["undone", "undone"]
    assert told("activity.withdrawn") == [(f"author:{mei.pk}", {"activity_id": view.id})]


def test_whoever_changes_their_mind_stops_what_waits(mei: User, bo: User, item: int) -> None:
    say(mei, "bookmark", "friends")
    keep(mei, item)
    say(mei, "bookmark", "me")
    say(mei, "bookmark", "friends")  # not even when they change it back
    assert pass_time() == 0 and states(mei) == ["dropped"]


def test_consent_is_asked_for_again_when_it_is_shown(mei: User, bo: User, item: int) -> None:
    """A line that came in between by another road than the page."""
    say(mei, "bookmark", "friends")
    keep(mei, item)
    Activity.objects.update(state="dropped")
    say(mei, "bookmark", "me")
    Activity.objects.update(state="waiting")
    assert pass_time() == 0 and states(mei) == ["dropped"] and seen(bo) == []


def test_what_lies_in_a_folder_is_nobodys_business(mei: User, bo: User, item: int) -> None:
    say(mei, "bookmark", "everyone")
    folder = bookmarks.make_folder(mei.pk, FolderDraft(name="Gifts")).id
    keep(mei, item, folder_id=folder)
    assert not Activity.objects.exists()
    bookmarks.drop(mei.pk, [item])
    keep(mei, item)
    bookmarks.move(mei.pk, [item], folder)
    assert pass_time() == 0
    bookmarks.drop(mei.pk, [item])
    keep(mei, item)
    assert pass_time() == 1 and len(seen(bo)) == 1
    keep(mei, item, folder_id=folder)
    assert seen(bo) == [] and len(told("activity.withdrawn")) == 1


def test_of_votes_only_that_one_took_part_and_only_in_open_ones(
    mei: User, bo: User, lin: User
) -> None:
    say(mei, "vote", "friends")
    befriend(mei, lin)
    room = factories.group_room(lin, mei)
    factories.ballot(mei, factories.vote_in_feed(lin, "everyone", names="secret"), 0)
    factories.ballot(mei, factories.vote_in_feed(lin, "friends"), 0)
    factories.ballot(mei, factories.vote_in_room(lin, room), 0)
    assert not Activity.objects.exists()
    vote = factories.vote_in_feed(lin, "everyone", question="Tea or coffee?")
    factories.ballot(mei, vote, 0)
    assert pass_time() == 1
    [view] = seen(bo)
    assert view.poll is not None and view.poll.question == "Tea or coffee?"
    assert "Coffee" not in view.model_dump_json()
    # Narrowed afterwards, it is told no more; neither is it to whom its author blocked.
    feed.change_audience(lin.pk, vote.poll.post_id or 0, "friends")
    assert seen(bo) == []
    feed.change_audience(lin.pk, vote.poll.post_id or 0, "everyone")
    assert len(seen(bo)) == 1
    accounts.block(lin.pk, bo.pk)
    assert seen(bo) == []
    polls.withdraw(mei.pk, vote.poll.id)
    assert states(mei) == ["undone"]


def test_across_a_block_nothing_is_told_live(mei: User, bo: User, lin: User) -> None:
    accounts.block(lin.pk, bo.pk)
    say(mei, "vote", "friends")
    factories.ballot(mei, factories.vote_in_feed(lin, "everyone"), 0)
    assert pass_time() == 1
    assert told("activity.shown") == [] and seen(bo) == [] and len(seen(mei)) == 1


def test_of_groups_only_open_ones_while_they_are_and_one_is_in(
    mei: User, bo: User, lin: User
) -> None:
    say(mei, "group", "friends")
    asked = factories.interest(lin, entry="request")
    groups.join(mei.pk, asked.group.id, [])
    groups.approve(lin.pk, asked.group.id, mei.pk)
    assert not Activity.objects.exists()
    made = factories.interest(lin).group.id
    groups.join(mei.pk, made, [])
    assert pass_time() == 1
    assert [view.group and view.group.id for view in seen(bo)] == [made]
    groups.leave(mei.pk, made)
    assert seen(bo) == [] and states(mei) == ["undone"]


def test_a_list_sees_it_and_nobody_else(mei: User, bo: User, lin: User, item: int) -> None:
    befriend(mei, lin)
    close = lists.make(mei.pk, "close")
    lists.add(mei.pk, close.id, bo.pk)
    say(mei, "bookmark", ToList(list_id=close.id))
    keep(mei, item)
    assert pass_time() == 1
    assert len(seen(bo)) == 1 and seen(lin) == []
    [(topic, _)] = told("activity.shown")
    assert topic.startswith("list:")
    accounts.end_tie(mei.pk, bo.pk)
    assert seen(bo) == []
    lists.delete(mei.pk, close.id)
    assert seen(lin) == [] and len(seen(mei)) == 1


def test_who_was_shown_it_is_written_down_once(mei: User, bo: User, lin: User, item: int) -> None:
    befriend(mei, lin)
    say(mei, "bookmark", "friends")
    keep(mei, item)
    pass_time()
    for who in (bo, bo, lin, mei):
        seen(who)
    row = Activity.objects.get()
    page = queries.viewers(mei.pk, row.pk)
    assert [one.person.id for one in page.viewers] == [bo.pk, lin.pk]
    assert queries.mine(mei.pk).activities[0].seen_by == 2
    with pytest.raises(Refused, match="not_found"):
        queries.viewers(bo.pk, row.pk)
    accounts.block(bo.pk, mei.pk)  # being blocked is never told
    assert [one.person.id for one in queries.viewers(mei.pk, row.pk).viewers] == [lin.pk]


def test_a_page_costs_the_same_however_much_is_on_it(mei: User, bo: User, lin: User) -> None:
    say(mei, "bookmark", "friends")
    shop = factories.store(lin)

    def cost() -> int:
        seen(bo)
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            seen(bo)
        return len(queries_made)

    for n in (1, 4):
        for _ in range(n):
            keep(mei, factories.item(lin, shop).item.id)
        assert pass_time() == n
        if n == 1:
            before = cost()
    assert cost() == before <= 12
    times = [view.at for view in seen(bo)]
    assert len(times) == 5 and times == sorted(times, reverse=True)


def test_many_workers_show_it_once_and_an_undo_at_once_leaves_nothing(
    mei: User, bo: User, lin: User
) -> None:
    say(mei, "bookmark", "friends")
    shop = factories.store(lin)
    for turn in range(4):
        keep(mei, factories.item(lin, shop).item.id)
        row = Activity.objects.order_by("pk").last()
        assert row is not None
        calls: list[Any] = [pass_time, pass_time, services.release_due]
        if turn % 2:
            calls.append(partial(services.undo, mei.pk, row.pk))
        assert not [one for one in at_once(calls) if isinstance(one, BaseException)]
        row.refresh_from_db()
        frames = [data["activity_id"] for _, data in told("activity.shown")]
        assert frames.count(row.pk) == (row.number > 0)
        if turn % 2:
            assert row.state == "undone"
            back = [data["activity_id"] for _, data in told("activity.withdrawn")]
            assert back.count(row.pk) == frames.count(row.pk)
        else:
            assert row.state == "shown"


def test_a_process_that_dies_has_shown_nothing_and_the_next_one_does(
    mei: User, bo: User, item: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(mei, "bookmark", "friends")
    keep(mei, item)

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(services, "_tell_waiting", die)  # after the frame, before the commit
        with pytest.raises(KeyboardInterrupt):
            pass_time()
    assert told("activity.shown") == [] and seen(bo) == []
    assert pass_time() == 1 and len(told("activity.shown")) == 1


def test_whoever_is_leaving_shows_nothing(mei: User, bo: User, item: int) -> None:
    say(mei, "bookmark", "friends")
    keep(mei, item)
    User.objects.filter(pk=mei.pk).update(is_active=False)
    assert pass_time() == 0 and seen(bo) == [] and states(mei) == ["dropped"]
    assert services.erase_activities(mei.pk) and not services.erase_activities(mei.pk)


def test_a_minor_shows_nothing_to_everyone(lin: User, bo: User, item: int) -> None:
    ann = person("ann")
    befriend(ann, bo)
    say(ann, "bookmark", "everyone")
    keep(ann, item)
    assert pass_time() == 1
    row = Activity.objects.get()
    assert policies_see(lin, row) and policies_see(bo, row)
    User.objects.filter(pk=ann.pk).update(birth_year=2015)
    assert not policies_see(lin, row) and policies_see(bo, row)


def policies_see(who: User, row: Activity) -> bool:
    from server.sharing.policies import visible

    return visible(who.pk).filter(pk=row.pk).exists()


def test_what_waits_stands_in_every_page_that_joins(
    mei: User, bo: User, lin: User, django_assert_num_queries: Any
) -> None:
    """As it was told live, to its author alone; the queries do not grow with the people."""
    state = CHANNELS["user"].shared
    everybody = [mei.pk, bo.pk, lin.pk]
    with django_assert_num_queries(1):
        assert state(everybody) == []
    shop = factories.store(lin)
    for who in (mei, bo):
        say(who, "bookmark", "friends")
        keep(who, factories.item(lin, shop).item.id)
    with CaptureQueriesContext(connection) as few:
        [alone] = state([mei.pk])
    with django_assert_num_queries(len(few)):
        now = state(everybody)
    assert [str(one.topic) for one in now] == [f"user:{mei.pk}", f"user:{bo.pk}"]
    assert now[0] == alone
    assert (alone.version, alone.event) == services._waiting_now(mei.pk)
    pass_time()
    assert state(everybody) == []
