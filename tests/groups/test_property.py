"""Whatever people do in and to a group: it is the rule, and it is counted right."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.accounts.models import User
from server.chat import services as chat
from server.chat.models import Membership, Room
from server.chat.policies import watchable
from server.errors import Refused
from server.groups import policies, queries, services
from server.groups.models import Group, GroupRoom, Member
from server.groups.schemas import GroupRoomDraft, InterestChange
from tests.factories import client_id, friends, interest, person
from tests.groups.hands import check_counts

ENTRIES = ["open", "request", "invite", "hidden"]
VERBS = [
    "join", "leave", "invite", "approve", "decline", "remove", "ban", "unban", "moderator",
    "member", "transfer", "archive", "reopen", "room", "enter", "enter", "go", *ENTRIES,
]  # fmt: skip

ACTS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 3), st.integers(0, 3)), max_size=40
)


def act(group: int, verb: str, me: int, other: int) -> None:
    """One verb by one person, about another where it takes one. Raises Refused."""
    if verb in ENTRIES:
        services.change(me, group, InterestChange.model_validate({"entry": verb}))
    elif verb in {"moderator", "member"}:
        services.give_role(me, group, other, verb)
    elif verb == "join":
        services.join(me, group, [])
    elif verb == "room":
        services.make_room(me, group, GroupRoomDraft(client_id=client_id(), title="Talk"))
    elif verb in {"enter", "go"}:
        room = GroupRoom.objects.filter(group=group).values_list("room", flat=True).first()
        if room is not None:
            services.enter_room(me, group, room) if verb == "enter" else chat.leave(me, room)
    elif verb in {"leave", "archive", "reopen"}:
        getattr(services, verb)(me, group)
    else:
        getattr(services, verb)(me, group, other)


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(entry=st.sampled_from(ENTRIES), acts=ACTS)
def test_in_random_worlds_it_is_the_rule(entry: str, acts: list[tuple[str, int, int]]) -> None:
    people = [person() for _ in range(4)]
    friends(*people)
    name = client_id()
    group = interest(people[0], name, entry).group.id
    other = interest(people[3], entry="open").group.id
    for verb, one, two in acts:
        before = Group.objects.get(pk=group).version
        try:
            act(group, verb, people[one].pk, people[two].pk)
        except Refused:
            assert Group.objects.get(pk=group).version == before, "a refusal changes nothing"
        check_counts(group)
        check_rooms(group, people)
    check_rule(group, name, other, people)


def check_rooms(group: int, people: list[User]) -> None:
    """Who is in a room of the group is in the group, and whoever writes there is in the room."""
    rooms = list(GroupRoom.objects.filter(group=group).values_list("room", flat=True))
    inside = policies.inside([who.pk for who in people], [group])
    for person_id, room in watchable([who.pk for who in people], rooms):
        assert (person_id, group) in inside, "membership and the right to a room disagree"
        assert Membership.objects.filter(room=room, person=person_id, left_at=None).exists()
    seats = Membership.objects.filter(room__in=rooms, left_at=None)
    for room in rooms:
        assert Room.objects.get(pk=room).member_count == seats.filter(room=room).count()
        assert Room.objects.get(pk=room).frozen == bool(Group.objects.get(pk=group).archived_at)


def check_rule(group: int, name: str, other: int, people: list[User]) -> None:
    row = Group.objects.get(pk=group)
    states = dict(Member.objects.filter(group=group).values_list("person_id", "state"))
    pairs = policies.watchable([who.pk for who in people], [group, other])
    for who in people:
        state = states.get(who.pk, "none")
        sees = row.entry != "hidden" or state in {"member", "invited"}
        assert ((who.pk, group) in pairs) == sees
        assert policies.visible_groups(who.pk).filter(pk=group).exists() == sees
        assert (who.pk, other) in pairs
        mine = {line.group.id for line in queries.my_groups(who.pk).groups}
        assert (group in mine) == (sees and state in {"member", "invited", "asked"})
        found = {line.group.id for line in queries.find(who.pk, name).groups}
        assert (group in found) == (row.entry != "hidden" and row.archived_at is None)
