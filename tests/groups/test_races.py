"""The same thing at the same time, as on two workers: one result, whatever came first."""

from __future__ import annotations

from functools import partial

import pytest

from server.accounts.models import User
from server.chat.models import Membership, Message
from server.groups import services
from server.groups.models import Group, Member
from server.groups.schemas import GROUP_PEOPLE, GroupRoomDraft, InterestChange, InterestDraft
from server.realtime.topics import user
from tests.chat.apply import types
from tests.factories import client_id, friends, interest, person, say
from tests.groups.hands import check_counts, codes, let_in, standing
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_draft_many_times_is_one_group(mei: User) -> None:
    draft = InterestDraft(client_id=client_id(), name="Once", entry="open")
    assert codes(at_once([partial(services.create, mei.pk, draft)] * 10)) == {"ok": 10}
    assert Group.objects.count() == 1 and Member.objects.count() == 1


def test_the_last_place_goes_to_one(mei: User) -> None:
    for _ in range(4):
        pk = interest(mei).group.id
        Group.objects.filter(pk=pk).update(member_count=GROUP_PEOPLE - 1)
        results = at_once([partial(services.join, person().pk, pk, []) for _ in range(6)])
        assert codes(results) == {"ok": 1, "full": 5}
        assert Group.objects.get(pk=pk).member_count == GROUP_PEOPLE
        assert Member.objects.filter(group=pk, state="member").count() == 2


def test_one_person_in_ten_tabs_comes_in_once(mei: User, bo: User) -> None:
    pk = interest(mei).group.id
    assert codes(at_once([partial(services.join, bo.pk, pk, [])] * 10)) == {"ok": 10}
    assert types(user(bo.pk)).count("group.tied") == 1
    check_counts(pk)


def test_approved_by_two_at_once_is_in_once(mei: User, bo: User, liu: User) -> None:
    for _ in range(4):
        pk = interest(mei, entry="request").group.id
        let_in(mei, pk, bo)
        services.give_role(mei.pk, pk, bo.pk, "moderator")
        services.join(liu.pk, pk, [])
        before = types(user(liu.pk)).count("group.tied")
        results = at_once([partial(services.approve, who.pk, pk, liu.pk) for who in (mei, bo) * 3])
        assert codes(results) == {"ok": 6}
        assert types(user(liu.pk)).count("group.tied") == before + 1
        check_counts(pk)


def test_approved_declined_and_taken_back_at_once_ends_in_one_of_them(
    mei: User, bo: User, liu: User
) -> None:
    for _ in range(6):
        pk = interest(mei, entry="request").group.id
        let_in(mei, pk, bo)
        services.give_role(mei.pk, pk, bo.pk, "moderator")
        services.join(liu.pk, pk, [])
        results = at_once(
            [
                partial(services.approve, mei.pk, pk, liu.pk),
                partial(services.decline, bo.pk, pk, liu.pk),
                partial(services.ban, bo.pk, pk, liu.pk),
            ]
        )
        assert codes(results).keys() <= {"ok", "not_found"}
        assert standing(pk, liu) in {"member", "none", "banned"}
        check_counts(pk)


def test_leaving_while_being_made_the_owner(mei: User, bo: User) -> None:
    for _ in range(6):
        pk = interest(mei).group.id
        let_in(mei, pk, bo)
        results = at_once(
            [partial(services.transfer, mei.pk, pk, bo.pk), partial(services.leave, bo.pk, pk)]
        )
        assert codes(results[1:]) == {"ok": 1}
        assert codes(results[:1]).keys() <= {"ok", "not_found"}
        assert (standing(pk, mei), standing(pk, bo)) == ("owner", "none")
        assert not Group.objects.get(pk=pk).archived_at
        check_counts(pk)


def test_an_owner_and_moderators_leaving_at_once(mei: User, bo: User, liu: User) -> None:
    for _ in range(4):
        pk = interest(mei).group.id
        other = person()
        friends(mei, other)
        let_in(mei, pk, bo, liu, other)
        for who in (bo, liu):
            services.give_role(mei.pk, pk, who.pk, "moderator")
        results = at_once([partial(services.leave, who.pk, pk) for who in (mei, bo, other)])
        assert codes(results) == {"ok": 3}
        assert standing(pk, liu) == "owner"
        check_counts(pk)


def test_hidden_while_somebody_comes_in(mei: User, stranger: User) -> None:
    for _ in range(4):
        pk = interest(mei).group.id
        hide = partial(services.change, mei.pk, pk, InterestChange(entry="hidden"))
        results = at_once([hide, partial(services.join, stranger.pk, pk, [])])
        assert codes(results[:1]) == {"ok": 1}
        came = codes(results[1:])
        assert came.keys() <= {"ok", "not_found"}
        assert standing(pk, stranger) == ("member" if came["ok"] else "none")
        check_counts(pk)


def test_invited_banned_and_joining_at_once(mei: User, bo: User, liu: User) -> None:
    for _ in range(6):
        pk = interest(mei, entry="invite").group.id
        let_in(mei, pk, bo)
        services.give_role(mei.pk, pk, bo.pk, "moderator")
        services.invite(mei.pk, pk, liu.pk)
        results = at_once(
            [
                partial(services.join, liu.pk, pk, []),
                partial(services.ban, bo.pk, pk, liu.pk),
                partial(services.invite, mei.pk, pk, liu.pk),
            ]
        )
        assert codes(results).keys() <= {"ok", "forbidden"}
        assert standing(pk, liu) == "banned"
        check_counts(pk)


def test_coming_into_a_room_while_being_sent_out_of_the_group(mei: User, bo: User) -> None:
    for _ in range(8):
        pk = interest(mei).group.id
        let_in(mei, pk, bo)
        draft = GroupRoomDraft(client_id=client_id(), title="Talk")
        room = services.make_room(mei.pk, pk, draft).id
        results = at_once(
            [
                partial(services.enter_room, bo.pk, pk, room),
                partial(services.remove, mei.pk, pk, bo.pk),
                partial(say, bo, room),
            ]
        )
        assert codes(results[1:2]) == {"ok": 1}
        assert codes(results).keys() <= {"ok", "forbidden", "not_found"}
        assert not Membership.objects.filter(room=room, person=bo, left_at=None).exists()
        check_counts(pk)


def test_in_a_slow_room_one_of_many_at_once_is_said(mei: User, bo: User) -> None:
    pk = interest(mei).group.id
    let_in(mei, pk, bo)
    draft = GroupRoomDraft(client_id=client_id(), title="Slow", slow_seconds=60)
    room = services.make_room(mei.pk, pk, draft).id
    services.enter_room(bo.pk, pk, room)
    results = at_once([partial(say, bo, room, f"tab {n}") for n in range(8)])
    assert codes(results) == {"ok": 1, "slow_mode": 7}
    assert Message.objects.filter(room=room, author=bo).count() == 1


def test_one_room_made_many_times_at_once_is_one(mei: User) -> None:
    pk = interest(mei).group.id
    draft = GroupRoomDraft(client_id=client_id(), title="Once")
    assert codes(at_once([partial(services.make_room, mei.pk, pk, draft)] * 8)) == {"ok": 8}
    assert Membership.objects.filter(room__kind="club", left_at=None).count() == 1
