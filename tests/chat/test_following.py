"""Whatever people do in whatever order: who follows the events sees what a fresh load shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.accounts import services as accounts
from server.accounts.models import User
from server.catalogue import services as catalogue
from server.chat import queries, services
from server.chat.models import Membership, Message, Room
from server.errors import Refused
from tests.chat.apply import Browser
from tests.factories import direct_room, friends, group_room, person, say, store

WORDS = ["好", "@bo 看", "see @小美", "ok", "https://example.org"]
EMOJI = ["👍", "❤️", "🎉"]
VERBS = [
    *["say", "say", "say", "reply", "edit", "delete", "react", "unreact", "read", "deliver"],
    *["leave", "add", "remove", "rename", "block", "unblock", "hire", "follow"],
]

step = st.tuples(
    st.sampled_from(VERBS),
    st.integers(0, 3),  # who
    st.integers(0, 3),  # where
    st.integers(0, 40),  # what
)


class World:
    """Four people, two groups, a direct chat, a chat with a store; what is unread, by rule."""

    def __init__(self) -> None:
        names = {"mei": "小美", "bo": "Bo", "liu": "老刘", "an": "An"}
        self.people = [person(username, name=name) for username, name in names.items()]
        mei, bo, liu, an = self.people
        friends(mei, bo, liu)
        friends(bo, an)
        self.shop = store(liu).store.id
        self.rooms = [
            group_room(mei, bo, liu),
            group_room(bo, an, title="Two"),
            direct_room(mei, bo),
            services.open_store_chat(mei.pk, self.shop).id,
        ]
        self.unread: dict[tuple[int, int], set[int]] = defaultdict(set)
        self.browsers = [Browser(who) for who in self.people]

    def do(self, verb: str, who: int, where: int, what: int) -> None:
        """One step; what the rules refuse changes nothing, which the comparison shows."""
        with suppress(Refused), transaction.atomic():
            getattr(self, verb)(self.people[who], self.rooms[where], what)

    def message(self, room: int, what: int) -> int:
        found = Message.objects.filter(room=room).order_by("ordinal")
        ids = list(found.values_list("pk", flat=True)) or [10**9]
        return ids[what % len(ids)]

    def _said(self, who: User, room: int, **fields: object) -> None:
        sent = say(who, room, **fields)
        for seat in Membership.objects.filter(room=room, left_at=None):
            self.unread[seat.person_id, room].add(sent.ordinal)
        self.unread[who.pk, room].clear()

    def say(self, who: User, room: int, what: int) -> None:
        mentions = [one.pk for one in self.people[: what % 3]]
        self._said(who, room, text=WORDS[what % len(WORDS)], mentions=mentions)

    def reply(self, who: User, room: int, what: int) -> None:
        self._said(who, room, text="re", reply_to=self.message(room, what))

    def edit(self, who: User, room: int, what: int) -> None:
        services.edit(who.pk, self.message(room, what), f"{WORDS[what % len(WORDS)]} {what}")

    def delete(self, who: User, room: int, what: int) -> None:
        services.delete(who.pk, self.message(room, what))

    def react(self, who: User, room: int, what: int) -> None:
        services.react(who.pk, self.message(room, what), EMOJI[what % len(EMOJI)])

    def unreact(self, who: User, room: int, what: int) -> None:
        services.unreact(who.pk, self.message(room, what), EMOJI[what % len(EMOJI)])

    def read(self, who: User, room: int, what: int) -> None:
        services.mark_read(who.pk, room, what % 12)
        kept = {ordinal for ordinal in self.unread[who.pk, room] if ordinal > what % 12}
        self.unread[who.pk, room] = kept

    def deliver(self, who: User, room: int, what: int) -> None:
        rooms = Room.objects.values_list("pk", flat=True)
        services.mark_delivered(who.pk, dict.fromkeys(rooms, what % 12))

    def leave(self, who: User, room: int, what: int) -> None:
        services.leave(who.pk, room)
        self.unread[who.pk, room].clear()

    def add(self, who: User, room: int, what: int) -> None:
        services.add_members(who.pk, room, [self.people[what % 4].pk])

    def remove(self, who: User, room: int, what: int) -> None:
        services.remove_member(who.pk, room, self.people[what % 4].pk)
        self.unread[self.people[what % 4].pk, room].clear()

    def rename(self, who: User, room: int, what: int) -> None:
        services.rename(who.pk, room, f"Title {what % 3}")

    def block(self, who: User, room: int, what: int) -> None:
        accounts.block(who.pk, self.people[what % 4].pk)

    def unblock(self, who: User, room: int, what: int) -> None:
        accounts.unblock(who.pk, self.people[what % 4].pk)

    def hire(self, who: User, room: int, what: int) -> None:
        catalogue.hire(who.pk, self.shop, self.people[what % 4].pk)

    def follow(self, who: User, room: int, what: int) -> None:
        """Some catch up now and then, some only at the end, some begin in the middle."""
        place = self.people.index(who)
        self.browsers[place].check()
        if what % 2:
            self.browsers[place] = Browser(who)

    def check(self) -> None:
        for browser in self.browsers:
            browser.check()
        for who in self.people:
            for card in queries.room_list(who.pk).rooms:
                expected = len(self.unread[who.pk, card.id])
                assert card.last_ordinal - card.read_ordinal == expected
        for room in Room.objects.all():
            present = Membership.objects.filter(room=room, left_at=None)
            assert room.member_count == present.count()
            ordinals = Message.objects.filter(room=room).order_by("ordinal")
            assert list(ordinals.values_list("ordinal", flat=True)) == list(
                range(1, room.last_ordinal + 1)
            )
            owners = present.filter(role="owner").count()
            assert owners == (1 if room.kind == "group" and room.member_count else 0)


@contextmanager
def forgotten() -> Iterator[None]:
    """Each example starts from nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(step, min_size=5, max_size=40))
def test_whoever_follows_sees_what_is_there(
    db: None, steps: list[tuple[str, int, int, int]]
) -> None:
    with forgotten():
        world = World()
        for one in steps:
            world.do(*one)
        world.check()


def test_the_comparison_notices_a_lost_event(db: None) -> None:
    world = World()
    world.browsers[0].number += 1
    try:
        say(world.people[0], world.rooms[2])
        world.browsers[0].check()
    except AssertionError:
        return
    raise AssertionError("a browser that skipped an event passed for a fresh one")
