"""The chats of a group: who may be in them, at what pace, since when, and until when."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.db.models import F
from django.db.models.functions import Now

from server.accounts.models import User
from server.chat import policies as chat_policies
from server.chat import queries as chat_queries
from server.chat import services as chat
from server.chat.models import Membership, Message, Room
from server.errors import Refused
from server.groups import queries, services
from server.groups.models import Group, Member
from server.groups.schemas import ROOMS, GroupRoomChange, GroupRoomDraft, InterestChange
from server.realtime.topics import room as room_topic
from server.realtime.topics import user
from tests.chat.apply import types
from tests.factories import client_id, interest, person, say
from tests.groups.hands import cost, let_in, refusal

pytestmark = pytest.mark.django_db


def room_of(owner: User, group: int, title: str = "Talk", slow: int = 0) -> int:
    draft = GroupRoomDraft(client_id=client_id(), title=title, slow_seconds=slow)
    return services.make_room(owner.pk, group, draft).id


@pytest.fixture
def group(mei: User, bo: User) -> int:
    pk = interest(mei).group.id
    let_in(mei, pk, bo)
    return pk


def test_those_who_decide_make_rooms_and_members_come_in_by_themselves(
    mei: User, bo: User, stranger: User, group: int
) -> None:
    assert refusal(partial(room_of, bo, group)) == "forbidden"
    draft = GroupRoomDraft(client_id=client_id(), title="Talk")
    card = services.make_room(mei.pk, group, draft)
    assert services.make_room(mei.pk, group, draft).id == card.id
    assert (card.kind, card.title, card.member_count) == ("club", "Talk", 1)
    [seen] = queries.rooms(bo.pk, group).rooms
    assert (seen.id, seen.mine) == (card.id, False)
    assert refusal(partial(say, bo, card.id)) == "not_found"
    assert services.enter_room(bo.pk, group, card.id).member_count == 2
    assert services.enter_room(bo.pk, group, card.id).member_count == 2
    assert types(user(bo.pk)).count("room.opened") == 1
    say(bo, card.id)
    assert [one.id for one in chat_queries.room_list(bo.pk).rooms] == [card.id]
    assert refusal(partial(services.enter_room, stranger.pk, group, card.id)) == "forbidden"
    assert refusal(partial(queries.rooms, stranger.pk, group)) == "forbidden"


def test_a_room_of_another_group_is_none_of_this_one(mei: User, bo: User, group: int) -> None:
    other = interest(mei, entry="hidden").group.id
    room = room_of(mei, other)
    assert refusal(partial(services.enter_room, bo.pk, group, room)) == "not_found"
    change = GroupRoomChange(title="Mine")
    assert refusal(partial(services.change_room, mei.pk, group, room, change)) == "not_found"


def test_a_client_id_makes_one_room_and_nothing_else(mei: User, group: int) -> None:
    draft = GroupRoomDraft(client_id=client_id(), title="Talk")
    services.make_room(mei.pk, group, draft)
    again = draft.model_copy(update={"title": "Other"})
    assert refusal(partial(services.make_room, mei.pk, group, again)) == "altered_replay"
    other = interest(mei).group.id
    assert refusal(partial(services.make_room, mei.pk, other, draft)) == "altered_replay"


def test_only_so_many_rooms(mei: User, group: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.groups.services.rooms.ROOMS", 2)
    assert ROOMS > 2
    for _ in range(2):
        room_of(mei, group)
    assert refusal(partial(room_of, mei, group)) == "full"
    assert Room.objects.filter(kind="club").count() == 2


def test_nobody_is_added_removed_or_made_owner_by_the_ways_of_chats(
    mei: User, bo: User, liu: User, group: int
) -> None:
    room = room_of(mei, group)
    services.enter_room(bo.pk, group, room)
    verbs: list[Callable[[], object]] = [
        partial(chat.add_members, mei.pk, room, [liu.pk]),
        partial(chat.remove_member, mei.pk, room, bo.pk),
        partial(chat.rename, mei.pk, room, "Other"),
    ]
    assert {refusal(verb) for verb in verbs} == {"forbidden"}
    chat.leave(bo.pk, room)
    assert not chat_policies.watchable([bo.pk], [room])
    services.enter_room(bo.pk, group, room)


ENDS: list[tuple[str, Callable[[User, User, int], None]]] = [
    ("leaving", lambda mei, bo, group: services.leave(bo.pk, group)),
    ("removed", lambda mei, bo, group: services.remove(mei.pk, group, bo.pk)),
    ("banned", lambda mei, bo, group: services.ban(mei.pk, group, bo.pk)),
    ("erased", lambda mei, bo, group: services.erase_standing(bo.pk) and None),
]


@pytest.mark.parametrize(("how", "end"), ENDS, ids=[how for how, _ in ENDS])
def test_whoever_is_out_of_the_group_is_out_of_all_its_rooms(
    mei: User, bo: User, group: int, how: str, end: Callable[[User, User, int], None]
) -> None:
    rooms = [room_of(mei, group, title) for title in ("One", "Two", "Three")]
    for room in rooms[:2]:
        services.enter_room(bo.pk, group, room)
    end(mei, bo, group)
    assert not chat_policies.watchable([bo.pk], rooms)
    assert [types(room_topic(room)).count("member.left") for room in rooms] == [1, 1, 0]
    assert types(user(bo.pk)).count("room.closed") == 2
    assert {refusal(partial(say, bo, room)) for room in rooms} == {"not_found"}


def test_making_a_room_and_leaving_write_no_row_for_each_member(mei: User, bo: User) -> None:
    small, large = interest(mei).group.id, interest(mei).group.id
    for pk in (small, large):
        let_in(mei, pk, bo)
    crowd = [person() for _ in range(60)]
    Member.objects.bulk_create(
        Member(group_id=large, person=who, state="member", place=100 + n)
        for n, who in enumerate(crowd)
    )
    Group.objects.filter(pk=large).update(member_count=62, last_place=200)
    costs = []
    for pk in (small, large):
        before = Membership.objects.count()
        made = cost(partial(room_of, mei, pk))
        assert Membership.objects.count() == before + 1
        costs.append((made, cost(partial(queries.rooms, mei.pk, pk))))
    assert costs[0] == costs[1]


def test_a_slow_room_lets_everybody_say_one_thing_at_a_time(
    mei: User, bo: User, group: int
) -> None:
    room = room_of(mei, group, slow=30)
    services.enter_room(bo.pk, group, room)
    first = say(bo, room, "one", client_id="a" * 32)
    with pytest.raises(Refused) as refused:
        say(bo, room, "two")
    assert refused.value.code.name == "slow_mode" and not refused.value.code.retry
    assert refused.value.retry_after and 29 < refused.value.retry_after <= 30
    say(mei, room, "it is one's own pace")
    assert say(bo, room, "one", client_id="a" * 32) == first, "a repetition is no second message"
    chat.leave(bo.pk, room)
    services.enter_room(bo.pk, group, room)
    assert refusal(partial(say, bo, room)) == "slow_mode", "coming back is no way round it"
    # The database's clock has moved on by half a minute.
    from datetime import timedelta

    seats = Membership.objects.filter(room=room, person=bo)
    seats.update(wrote_at=F("wrote_at") - timedelta(seconds=31))
    say(bo, room, "two")
    services.change_room(mei.pk, group, room, GroupRoomChange(slow_seconds=0))
    say(bo, room, "three")
    assert "room.slowed" in types(room_topic(room))


def test_what_was_said_before_is_for_newcomers_or_not_as_the_group_chose(
    mei: User, bo: User, liu: User, group: int
) -> None:
    room = room_of(mei, group)
    before = say(mei, room, "before-anybody-came")
    services.enter_room(bo.pk, group, room)
    page = chat_queries.room_page(bo.pk, room)
    assert [one.text for one in page.page.messages] == ["before-anybody-came"]

    services.change(mei.pk, group, InterestChange(history="joined"))
    let_in(mei, group, liu)
    services.enter_room(liu.pk, group, room)
    page = chat_queries.room_page(liu.pk, room)
    assert page.page.messages == [] and page.room.last_message is None and not page.page.earlier
    answer = partial(say, liu, room, "so", reply_to=before.message_id)
    hidden: list[Callable[[], object]] = [
        partial(chat_queries.edits, liu.pk, before.message_id),
        partial(chat.react, liu.pk, before.message_id, "👍"),
    ]
    assert {refusal(verb) for verb in hidden} == {"not_found"}
    assert refusal(answer) == "bad_field"
    say(mei, room, "after")
    for anchor in ({}, {"around": 1}, {"after": 0}, {"before": 3}):
        read = chat_queries.messages(liu.pk, room, **anchor)
        assert [one.text for one in read.messages] == ["after"], anchor
        assert not read.earlier
    assert chat_queries.messages(liu.pk, room, before=2).messages == []
    assert chat_policies.withheld(liu.pk, {room: 0}) == {room}
    joined = Membership.objects.get(room=room, person=liu).from_number
    assert chat_policies.withheld(liu.pk, {room: joined}) == set()
    assert chat_policies.withheld(bo.pk, {room: 0}) == set()
    assert len(chat_queries.messages(bo.pk, room).messages) == 2


def test_those_who_decide_take_back_what_others_said(
    mei: User, bo: User, liu: User, group: int
) -> None:
    room = room_of(mei, group)
    let_in(mei, group, liu)
    for who in (bo, liu):
        services.enter_room(who.pk, group, room)
    said = say(liu, room, "hm")
    assert refusal(partial(chat.delete, bo.pk, said.message_id)) == "forbidden"
    services.give_role(mei.pk, group, bo.pk, "moderator")
    chat.delete(bo.pk, said.message_id)
    assert Message.objects.get(pk=said.message_id).deleted_at is not None


def test_nothing_is_said_in_the_rooms_of_an_archived_group(mei: User, bo: User, group: int) -> None:
    room = room_of(mei, group)
    services.enter_room(bo.pk, group, room)
    said = say(bo, room, "last words")
    services.archive(mei.pk, group)
    verbs: list[Callable[[], object]] = [
        partial(say, bo, room),
        partial(chat.edit, bo.pk, said.message_id, "other words"),
        partial(chat.react, bo.pk, said.message_id, "👍"),
    ]
    assert {refusal(verb) for verb in verbs} == {"forbidden"}
    assert not chat_queries.room_card(bo.pk, room).writable
    assert refusal(partial(services.enter_room, mei.pk, group, room)) == "closed"
    assert len(chat_queries.messages(bo.pk, room).messages) == 1
    services.reopen(mei.pk, group)
    say(bo, room)
    services.leave(mei.pk, group)
    assert refusal(partial(say, bo, room)) == "forbidden", "without an owner it is archived too"
    assert types(room_topic(room)).count("room.frozen") == 3


def test_the_database_says_what_time_it_is(mei: User, group: int) -> None:
    room = room_of(mei, group, slow=5)
    [before] = Membership.objects.filter(room=room, person=mei).values_list(Now())
    say(mei, room)
    # Compared here: within one millisecond SQLite's words for two equal times differ.
    found = Membership.objects.filter(room=room, person=mei).values_list("wrote_at", Now())
    [(wrote, after)] = found
    assert before[0] <= wrote <= after
