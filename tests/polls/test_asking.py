"""Putting a vote to a chat or to the feed, once, and taking it back with its place."""

from __future__ import annotations

import pytest

from server import access
from server.accounts.models import User
from server.chat import queries as chat_queries
from server.chat import services as chat
from server.chat.models import Message
from server.errors import Refused
from server.feed import queries as feed_queries
from server.feed import services as feed
from server.feed.models import Post
from server.media import files
from server.media.models import Picture
from server.polls import policies, queries, services
from server.polls.models import Option, Poll
from server.polls.schemas import InFeed, InRoom, OptionDraft, PollDraft, PollEntry
from server.realtime import topics
from server.realtime.models import LoggedEvent
from tests.factories import (
    ballot,
    client_id,
    item,
    person,
    picture,
    post,
    say,
    store,
    vote_in_feed,
    vote_in_room,
)
from tests.feed.together import in_threads
from tests.realtime.conftest import Remembering


def draft(place: InRoom | InFeed, **fields: object) -> PollDraft:
    kept = {
        "client_id": client_id(),
        "place": place,
        "question": "Which one?",
        "options": [OptionDraft(text="Tea"), OptionDraft(text="Coffee")],
    }
    return PollDraft.model_validate(kept | fields)


def seen(who: User, poll_id: int) -> bool:
    """Asked in every way there is; all must agree."""
    answers = {
        (who.pk, poll_id) in policies.watchable([who.pk], [poll_id]),
        access.may_watch(who.pk, str(topics.poll(poll_id))),
        bool(queries.poll_entries(who.pk, [poll_id])),
        poll_id in [entry.poll.id for entry in queries.open_votes(who.pk).polls],
    }
    assert len(answers) == 1
    return answers.pop()


def test_a_vote_in_a_chat_is_a_message(mei: User, bo: User, lin: User, room: int) -> None:
    entry = vote_in_room(bo, room, ["Tea", "Coffee", "Water"])
    poll = entry.poll
    assert (poll.room_id, poll.post_id, poll.eligible, poll.voted) == (room, None, 3, 0)
    assert [option.text for option in poll.options] == ["Tea", "Coffee", "Water"]
    assert (entry.may_close, entry.mine.choices, entry.mine.revision) == (True, [], 0)
    last = chat_queries.room_page(mei.pk, room).page.messages[-1]
    assert last.attachment is not None and last.attachment.kind == "poll"
    assert last.attachment.poll_id == poll.id
    assert seen(mei, poll.id) and seen(bo, poll.id)
    assert not seen(lin, poll.id)
    assert policies.authorities([poll.id]) == {poll.id: topics.room(room)}


@pytest.mark.parametrize("audience", ["friends", "everyone"])
def test_a_vote_in_the_feed_is_a_post(mei: User, bo: User, lin: User, audience: str) -> None:
    entry = vote_in_feed(mei, audience)  # type: ignore[arg-type]
    poll = entry.poll
    [shown] = feed_queries.feed_page(bo.pk).entries
    assert (shown.post.poll_id, shown.post.id) == (poll.id, poll.post_id)
    assert (poll.room_id, poll.eligible) == (None, None)
    assert seen(mei, poll.id) and seen(bo, poll.id)
    answered = queries.poll_entries(lin.pk, [poll.id])
    assert bool(answered) == (audience == "everyone")
    assert policies.authorities([poll.id]) == {poll.id: topics.author(mei.pk)}


def test_pictures_and_items_to_choose_from(mei: User, bo: User, room: int) -> None:
    camera, photo = item(mei, store(mei)).item, picture(bo)
    entry = services.ask(
        bo.pk,
        draft(
            InRoom(room_id=room),
            options=[OptionDraft(picture_id=photo.id), OptionDraft(item_id=camera.id)],
        ),
    )
    first, second = entry.poll.options
    assert first.picture is not None and first.picture.id == photo.id
    assert second.item is not None and second.item.id == camera.id
    assert Picture.objects.get(pk=photo.id).guard == str(topics.poll(entry.poll.id))


def test_what_cannot_be_asked_leaves_nothing_behind(
    mei: User, bo: User, lin: User, room: int
) -> None:
    photo, tea = picture(mei), OptionDraft(text="Tea")
    everywhere = [
        (mei, {"options": [tea, OptionDraft(item_id=99)]}),
        (bo, {"options": [tea, OptionDraft(picture_id=photo.id)]}),
        (mei, {"options": [OptionDraft(picture_id=photo.id)] * 2}),
        (mei, {"options": [tea, OptionDraft(text="\u200b")]}),
        (mei, {"question": "\u202e"}),
    ]
    for who, fields in everywhere:
        for place in (InRoom(room_id=room), InFeed(audience="friends")):
            with pytest.raises(Refused, match="bad_field"):
                services.ask(who.pk, draft(place, **fields))
    for who, foreign in ((lin, room), (mei, 999)):
        with pytest.raises(Refused, match="not_found"):
            services.ask(who.pk, draft(InRoom(room_id=foreign)))
    assert not Poll.objects.exists() and not Option.objects.exists()
    assert not Post.objects.exists() and not Message.objects.exists()
    assert not Picture.objects.exclude(guard=None).exists()


@pytest.mark.parametrize("kind", ["room", "feed"])
def test_a_retry_returns_the_first_vote(mei: User, bo: User, room: int, kind: str) -> None:
    place = InRoom(room_id=room) if kind == "room" else InFeed(audience="friends")
    asked = draft(place)
    first = services.ask(mei.pk, asked)
    events = LoggedEvent.objects.count()
    assert services.ask(mei.pk, asked) == first
    assert LoggedEvent.objects.count() == events
    other_place = InFeed(audience="everyone") if kind == "room" else InRoom(room_id=room)
    for change in ({"question": "Other?"}, {"names": "secret"}, {"place": other_place}):
        with pytest.raises(Refused, match="altered_replay"):
            services.ask(mei.pk, asked.model_copy(update=change))
    assert Poll.objects.count() == 1


def test_a_client_id_used_for_other_words_is_refused(mei: User, room: int) -> None:
    used = client_id()
    say(mei, room, client_id=used)
    with pytest.raises(Refused, match="altered_replay"):
        services.ask(mei.pk, draft(InRoom(room_id=room), client_id=used))
    used = client_id()
    post(mei, client_id=used)
    with pytest.raises(Refused, match="altered_replay"):
        services.ask(mei.pk, draft(InFeed(audience="friends"), client_id=used))
    assert not Poll.objects.exists() and not Option.objects.exists()


@pytest.mark.parametrize("kind", ["room", "feed"])
def test_the_same_question_sent_at_once_is_asked_once(mei: User, room: int, kind: str) -> None:
    asked = draft(InRoom(room_id=room) if kind == "room" else InFeed(audience="friends"))
    results: list[PollEntry] = []
    assert in_threads(*[lambda: results.append(services.ask(mei.pk, asked))] * 12) == []
    assert len({entry.poll.id for entry in results}) == 1
    assert Poll.objects.count() == 1
    assert Message.objects.filter(poll_id__isnull=False).count() + Post.objects.count() == 1
    assert Option.objects.count() == 2


def test_deleting_the_message_takes_the_vote_along(
    mei: User, bo: User, room: int, transport: Remembering
) -> None:
    entry = vote_in_room(bo, room, closes_in=10)
    assert seen(mei, entry.poll.id)
    message = Message.objects.get(poll_id=entry.poll.id)
    chat.delete(bo.pk, message.pk)
    _is_gone(mei, bo, entry, transport)


def test_deleting_the_post_takes_the_vote_along(
    mei: User, bo: User, transport: Remembering
) -> None:
    entry = vote_in_feed(bo, closes_in=10)
    assert seen(mei, entry.poll.id)
    assert entry.poll.post_id
    feed.delete_post(bo.pk, entry.poll.post_id)
    _is_gone(mei, bo, entry, transport)


@pytest.mark.parametrize("kind", ["room", "feed"])
def test_pictures_of_a_deleted_vote_leave_the_disk(
    mei: User, bo: User, room: int, kind: str
) -> None:
    place = InRoom(room_id=room) if kind == "room" else InFeed(audience="friends")
    kept, gone = picture(bo), picture(bo)
    services.ask(
        bo.pk, draft(place, options=[OptionDraft(picture_id=kept.id), OptionDraft(text="no")])
    )
    entry = services.ask(
        bo.pk, draft(place, options=[OptionDraft(picture_id=gone.id), OptionDraft(text="no")])
    )
    assert services.forget_deleted() == 0
    if kind == "room":
        chat.delete(bo.pk, Message.objects.get(poll_id=entry.poll.id).pk)
    else:
        assert entry.poll.post_id
        feed.delete_post(bo.pk, entry.poll.post_id)
    row = Picture.objects.get(pk=gone.id)
    assert files.read(row.token, row.widths[0])
    assert services.forget_deleted() == 1 and services.forget_deleted() == 0
    with pytest.raises(FileNotFoundError):
        files.read(row.token, row.widths[0])
    row = Picture.objects.get(pk=kept.id)
    assert row.state == "ready" and files.read(row.token, row.widths[0])


def _is_gone(mei: User, bo: User, entry: PollEntry, transport: Remembering) -> None:
    assert not seen(mei, entry.poll.id) and not seen(bo, entry.poll.id)
    for act in (
        lambda: ballot(mei, entry, 0),
        lambda: services.withdraw(mei.pk, entry.poll.id),
        lambda: services.close(bo.pk, entry.poll.id),
        lambda: queries.ballots_page(mei.pk, entry.poll.id),
    ):
        with pytest.raises(Refused, match="not_found"):
            act()
    Poll.objects.update(deadline="2026-01-01T00:00:00Z")
    transport.published.clear()
    services.announce_due()
    assert transport.published == []


@pytest.mark.django_db
def test_whoever_asked_once_has_asked_whatever_became_of_it() -> None:
    mei, bo = person(), person()
    assert not queries.has_asked(mei.pk).ever
    entry = vote_in_feed(mei)
    services.close(mei.pk, entry.poll.id)
    assert queries.has_asked(mei.pk).ever and not queries.has_asked(bo.pk).ever
