"""The demo world as it is made: through the services, in the past, once."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from pytest_django import DjangoDbBlocker

from server.accounts import queries as accounts
from server.accounts.models import Friendship, User
from server.accounts.presence import states
from server.catalogue import queries as catalogue
from server.catalogue.models import Item, Store, StoreStaff
from server.chat import queries as chat
from server.chat.models import Message, Room
from server.chat.shapes import message_views
from server.demo.past import past
from server.demo.queries import PASSWORD, demo_people
from server.demo.seeding.plant import Occupied, plant, planted
from server.feed import queries as feed
from server.feed.models import Comment, Post
from server.feed.services import recount as recount_post
from server.polls import queries as polls
from server.polls.models import Poll
from server.polls.services import recount as recount_poll
from server.realtime.clock import millis, now
from server.realtime.models import LoggedEvent, TopicHead
from tests.chat.apply import logged
from tests.factories import direct_room, friends, person, say

pytestmark = pytest.mark.timeout(300)  # making a world on a busy machine takes its time

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[datetime]:
    """The demo world, made once for this file; the moment it was made."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert plant(lambda words: None)
        yield now()
        transaction.set_rollback(True)


def username(name: str) -> int:
    return User.objects.values_list("pk", flat=True).get(username=name)


def everything() -> dict[str, int]:
    """How many rows every table of ours has."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("server.")
    }


# What there is -------------------------------------------------------------------------------


def test_as_much_as_was_promised(world: datetime) -> None:
    assert Store.objects.count() >= 6
    assert Item.objects.count() >= 60
    assert {"phones", "laptops", "clothing", "makeup", "cameras"} <= set(
        Item.objects.values_list("category", flat=True)
    )
    assert User.objects.exclude(face=None).count() >= 30
    assert not User.objects.filter(face=None).exists()
    assert Room.objects.filter(last_ordinal__gte=5).count() >= 8
    assert Room.objects.filter(last_ordinal__gte=600).exists()
    assert Poll.objects.filter(closed_at=None).count() >= 5
    assert Poll.objects.exclude(closed_at=None).count() >= 3
    assert Post.objects.count() >= 60
    assert Friendship.objects.filter(state="asked").count() >= 5
    assert set(StoreStaff.objects.values_list("store")) == set(Store.objects.values_list("pk"))


def test_making_it_again_adds_nothing_and_is_quick(world: datetime, settings: Any) -> None:
    settings.DEMO = True
    before, out, err = everything(), io.StringIO(), io.StringIO()
    started = time.monotonic()
    call_command("seed_demo", stdout=out, stderr=err)
    assert time.monotonic() - started < 2
    assert everything() == before
    assert not err.getvalue()
    assert PASSWORD in out.getvalue() and "wen (Wen Li)" in out.getvalue()


def test_everybody_can_come_in(world: datetime) -> None:
    people = demo_people().people
    assert len(people) >= 30 and all(one.face for one in people)
    user = authenticate(None, username=people[0].username, password=PASSWORD)
    assert user is not None
    assert authenticate(None, username=people[0].username, password="another") is None


def test_every_item_has_a_picture_and_words_in_both_languages(world: datetime) -> None:
    for item in Item.objects.all():
        assert item.title and item.title_zh and item.about and item.about_zh
    page = catalogue.item_page(username("wen"))
    assert len({item.category for item in page.items[:7]}) == 7  # some of each at the top
    assert all(item.picture and item.picture.alt for item in page.items)


def test_what_wen_sees_when_she_comes_in(world: datetime) -> None:
    wen = username("wen")
    rooms = chat.room_list(wen).rooms
    unread = [room.last_ordinal - room.read_ordinal for room in rooms]
    assert len(rooms) >= 8 and sum(map(bool, unread)) >= 3 and sum(unread) < 60
    assert {room.kind for room in rooms} == {"direct", "group", "store"}
    entries = feed.feed_page(wen).entries
    assert len(entries) == feed.POSTS_A_PAGE
    assert len({entry.post.author.id for entry in entries}) >= 8
    assert any(e.post.poll_id for e in entries) and any(e.post.item for e in entries)
    votes = polls.open_votes(wen).polls
    assert len(votes) >= 5 and any(not entry.mine.choices for entry in votes)
    left = [entry.poll.deadline - millis(world) for entry in votes if entry.poll.deadline]
    assert min(left) > 3600_000 and max(left) < 5 * 86_400_000
    ties = accounts.ties(wen)
    assert ties.asking and ties.asked and 6 <= len(ties.friends) <= 15


def test_secret_votes_name_nobody(world: datetime) -> None:
    secret = Poll.objects.filter(names="secret").values_list("pk", flat=True)
    views = polls.poll_states(list(secret))
    assert views and all(view.voted for view in views)
    assert not any(option.voters for view in views for option in view.options)


# The past ------------------------------------------------------------------------------------


def test_nothing_is_from_the_future_and_history_is_old(world: datetime) -> None:
    for model, column in ((Message, "at"), (Post, "at"), (Comment, "at"), (Item, "listed_at")):
        times = model.objects.values_list(column, flat=True)
        assert max(times) < world
        assert min(times) < world - 10 * DAY
    assert min(User.objects.values_list("joined_at", flat=True)) < world - 300 * DAY
    seen = states(list(User.objects.values_list("pk", flat=True)))
    assert len(seen) == User.objects.count()
    assert all(event.state == "offline" for _, event in seen.values())


def test_order_of_rows_is_order_of_time(world: datetime) -> None:
    posts = list(Post.objects.order_by("pk").values_list("at", flat=True))
    assert posts == sorted(posts)
    for model, place in ((Comment, "post"), (Message, "room")):
        rows = list(model.objects.order_by(place, "pk").values_list(place, "at"))
        assert rows == sorted(rows)


def test_the_log_has_no_holes(world: datetime) -> None:
    counted = dict(LoggedEvent.objects.values_list("topic").annotate(Count("pk")).order_by())
    heads = dict(TopicHead.objects.filter(head__gt=0).values_list("topic", "head"))
    assert counted == heads
    assert max(LoggedEvent.objects.values_list("recorded_at", flat=True)) < world


def test_the_logged_events_tell_what_the_rows_say(world: datetime) -> None:
    for room in Room.objects.all():
        told = _told(room)
        fresh = {m.id: m for m in message_views(list(room.messages.order_by("ordinal")))}
        assert told == fresh
    for post in Post.objects.exclude(number=0):
        [text] = LoggedEvent.objects.filter(
            topic=f"author:{post.author_id}", number=post.number
        ).values_list("encoded", flat=True)
        said = orjson.loads(text)["data"]["post"]
        assert (said["at"], said["text"]) == (millis(post.at), post.text)


def _told(room: Room) -> dict[int, Any]:
    """The messages of a room as somebody who heard every event has them."""
    from server.realtime.topics import room as room_topic

    messages: dict[int, Any] = {}
    for _, event in logged(room_topic(room.pk)):
        match event.type:
            case "message.sent":
                messages[event.message.id] = event.message
            case "message.edited":
                change = event.model_dump(include={"text", "mentions", "edited_at"})
                messages[event.message_id] = messages[event.message_id].model_copy(update=change)
            case "reaction.added":
                message = messages[event.message_id]
                pressed = {one.emoji: list(one.people) for one in message.reactions}
                pressed.setdefault(event.emoji, []).append(event.person_id)
                reactions = [{"emoji": e, "people": who} for e, who in pressed.items()]
                data = message.model_dump() | {"reactions": reactions}
                messages[event.message_id] = type(message).model_validate(data)
            case "message.deleted":
                del messages[event.message_id]
    deleted = room.messages.exclude(deleted_at=None)
    return messages | {view.id: view for view in message_views(list(deleted))}


def test_counts_equal_their_rows(world: datetime) -> None:
    posts = dict(Post.objects.values_list("pk", "counts_version"))
    votes = dict(Poll.objects.values_list("pk", "version"))
    for post in posts:
        recount_post(post)
    for poll in votes:
        recount_poll(poll)
    assert posts == dict(Post.objects.values_list("pk", "counts_version"))
    assert votes == dict(Poll.objects.values_list("pk", "version"))


# past(), by itself ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_inside_the_past_it_is_then_and_afterwards_it_is_now() -> None:
    moment = datetime(2020, 2, 29, 23, 59, 58, 765_000, tzinfo=UTC)
    one, other = person("mei2"), person("bo2")
    friends(one, other)
    room = direct_room(one, other)
    with past(moment):
        assert now() == moment
        early = say(one, room)
        born = person("wen2")
    late = say(one, room)
    then = Message.objects.get(pk=early.message_id).at
    assert then == moment
    assert User.objects.get(pk=born.pk).joined_at == moment
    assert Message.objects.get(pk=late.message_id).at > datetime(2025, 1, 1, tzinfo=UTC)
    told = LoggedEvent.objects.get(topic=f"room:{room}", number=early.number)
    assert orjson.loads(told.encoded)["data"]["message"]["at"] == millis(moment)
    assert told.recorded_at == moment


@pytest.mark.django_db
def test_people_with_a_public_password_are_not_made_where_real_ones_are() -> None:
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("seed_demo", stdout=io.StringIO(), stderr=io.StringIO())
    assert not planted()


@pytest.mark.django_db
def test_a_world_is_not_made_over_somebody_elses_name(settings: Any) -> None:
    settings.DEMO = True
    assert not planted()
    person("wen", name="Another Wen")
    with pytest.raises(Occupied, match="wen"):
        planted()
    before = everything()
    with pytest.raises(CommandError, match="wen"):
        call_command("seed_demo", stdout=io.StringIO(), stderr=io.StringIO())
    assert everything() == before
