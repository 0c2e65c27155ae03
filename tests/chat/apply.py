"""A browser in miniature: what it loaded, and what it makes of the events it is told.

`Browser(person)` loads as the real one does: the list, and each room's page. `catch_up()` then
applies what the log holds after the numbers it has, and the snapshots a join gives. The property
is that afterwards it shows what a fresh load shows: `browser.check()`.
"""

from __future__ import annotations

from typing import Any

import orjson

from server.accounts.models import User
from server.chat import events, queries
from server.chat.schemas import (
    RECEIPTS_UP_TO,
    Message,
    Quote,
    Reaction,
    ReadMark,
    RoomCard,
    RoomPage,
)
from server.realtime import log
from server.realtime.events import EVENTS
from server.realtime.models import LoggedEvent
from server.realtime.topics import Topic, room, user

WHOLE = 100


def logged(topic: Topic, after: int = 0) -> list[tuple[int, Any]]:
    """(number, event) of a topic after a number, read back from what goes over the wire."""
    rows = LoggedEvent.objects.filter(topic=str(topic), number__gt=after).order_by("number")
    told = [orjson.loads(text) for text in rows.values_list("encoded", flat=True)]
    assert all(one["topic"] == str(topic) for one in told)
    return [(one["number"], EVENTS[one["type"]].model_validate(one["data"])) for one in told]


def types(topic: Topic, after: int = 0) -> list[str]:
    """The names of a topic's events."""
    return [event.type for _, event in logged(topic, after)]


Mark = tuple[int, int]
"""How far somebody has read, and how far it has reached them."""


class Browser:
    """One person's open pages: cards by room, and a page for each room it knew at the start."""

    def __init__(self, who: User) -> None:
        self.me = who.pk
        self.number = log.head(user(self.me))
        self.cards = {card.id: card for card in queries.room_list(self.me).rooms}
        self.pages = {pk: queries.room_page(self.me, pk, WHOLE) for pk in self.cards}

    def check(self) -> None:
        """Catch up, and compare with a fresh load."""
        self.catch_up()
        fresh = Browser(User.objects.get(pk=self.me))
        assert self.number == fresh.number
        assert self.cards.keys() == fresh.cards.keys()
        for pk, card in self.cards.items():
            other = fresh.cards[pk]
            faces = len(card.people)
            # Of more than four others only four are known: a face that moves up is not told.
            assert card.people == other.people[:faces]
            assert faces == len(other.people) or other.member_count > len(other.people) + 1
            assert card.model_copy(update={"people": other.people}) == other
        for pk, page in self.pages.items():
            self._check_page(page, fresh.pages[pk])

    def _check_page(self, page: RoomPage, fresh: RoomPage) -> None:
        assert page.page == fresh.page
        assert page.members == fresh.members
        assert by_person(page.reads) == by_person(fresh.reads)

    def catch_up(self) -> None:
        for number, event in logged(user(self.me), self.number):
            assert number == self.number + 1
            self.number = number
            self._mine(event)
        for pk in self.cards:
            for number, event in logged(room(pk), self.cards[pk].head):
                assert number == self.cards[pk].head + 1
                self._of_room(pk, event)
                self._card(pk, head=number)
                self._page(pk, head=number)
        self._snapshots()

    def _snapshots(self) -> None:
        for pk, ordinal in queries.my_reads(self.me, list(self.cards)).items():
            self._card(pk, read_ordinal=max(ordinal, self.cards[pk].read_ordinal))
        for pk, (_, marks) in queries.room_reads(list(self.pages)).items():
            known = by_person(self.pages[pk].reads)
            self._reads(
                pk,
                {who: _later(mark, known.get(who)) for who, mark in by_person(marks.reads).items()},
            )

    # What is told to me alone ---------------------------------------------------------------

    def _mine(self, event: Any) -> None:
        match event:
            case events.RoomOpened():
                self.cards[event.room.id] = event.room
            case events.RoomClosed():
                self.cards.pop(event.room_id, None)
                self.pages.pop(event.room_id, None)
            case events.RoomWritable() if event.room_id in self.cards:
                self._card(event.room_id, writable=event.writable)

    # What is told to a room -----------------------------------------------------------------

    def _of_room(self, pk: int, event: Any) -> None:
        match event:
            case events.MessageSent():
                self._sent(pk, event.message)
            case events.MessageEdited():
                change = {"text": event.text, "mentions": event.mentions}
                self._message(pk, event.message_id, **change, edited_at=event.edited_at)
            case events.MessageDeleted():
                self._deleted(pk, event.message_id)
            case events.ReactionAdded() | events.ReactionRemoved():
                self._reacted(pk, event)
            case events.RoomRenamed():
                self._card(pk, title=event.title)
            case events.MemberJoined():
                self._joined(pk, event)
            case events.MemberLeft():
                self._left(pk, event)
            case _:
                raise AssertionError(f"unknown event {event!r}")

    def _sent(self, pk: int, message: Message) -> None:
        self._card(pk, last_ordinal=message.ordinal, last_message=message, active_at=message.at)
        if message.author.id == self.me:
            self._card(pk, read_ordinal=message.ordinal)
        if pk in self.pages:
            assert not self.pages[pk].page.later
            self._page(pk, messages=[*self.pages[pk].page.messages, message])
            known = by_person(self.pages[pk].reads)
            if known:
                self._reads(pk, known | {message.author.id: (message.ordinal, message.ordinal)})

    def _deleted(self, pk: int, message_id: int) -> None:
        nothing: dict[str, Any] = {
            "text": "",
            "pictures": [],
            "attachment": None,
            "reply_to": None,
            "mentions": [],
            "reactions": [],
            "edited_at": None,
            "deleted": True,
        }
        self._message(pk, message_id, **nothing)
        self._change_messages(pk, lambda one: one.model_copy(update=_unquoted(one, message_id)))

    def _reacted(self, pk: int, event: events.ReactionAdded | events.ReactionRemoved) -> None:
        def press(message: Message) -> Message:
            pressed = {one.emoji: list(one.people) for one in message.reactions}
            people = pressed.setdefault(event.emoji, [])
            if isinstance(event, events.ReactionAdded):
                people.append(event.person_id)
            else:
                people.remove(event.person_id)
            found = [Reaction(emoji=emoji, people=who) for emoji, who in pressed.items() if who]
            return message.model_copy(update={"reactions": found})

        self._change_messages(pk, lambda one: press(one) if one.id == event.message_id else one)

    def _joined(self, pk: int, event: events.MemberJoined) -> None:
        card, member = self.cards[pk], event.member
        if len(card.people) < 4 and member.person.id != self.me:
            self._card(pk, people=[*card.people, member.person])
        self._card(pk, member_count=event.member_count)
        if pk not in self.pages:
            return
        page = self.pages[pk]
        self.pages[pk] = page.model_copy(update={"members": [*page.members, member]})
        known = by_person(page.reads)
        if event.member_count > RECEIPTS_UP_TO:
            self._reads(pk, {})
        elif known:
            self._reads(pk, known | {member.person.id: (card.last_ordinal, card.last_ordinal)})

    def _left(self, pk: int, event: events.MemberLeft) -> None:
        card = self.cards[pk]
        people = [one for one in card.people if one.id != event.person_id]
        role = "owner" if event.owner_id == self.me else card.role
        self._card(pk, people=people, member_count=event.member_count, role=role)
        if pk not in self.pages:
            return
        page = self.pages[pk]
        members = [
            one.model_copy(
                update={"role": "owner" if one.person.id == event.owner_id else one.role}
            )
            for one in page.members
            if one.person.id != event.person_id
        ]
        self.pages[pk] = page.model_copy(update={"members": members})
        known = by_person(page.reads)
        known.pop(event.person_id, None)
        self._reads(pk, known)

    # Small changes --------------------------------------------------------------------------

    def _card(self, pk: int, **change: Any) -> None:
        self.cards[pk] = self.cards[pk].model_copy(update=change)

    def _page(self, pk: int, **change: Any) -> None:
        if pk in self.pages:
            page = self.pages[pk]
            self.pages[pk] = page.model_copy(update={"page": page.page.model_copy(update=change)})

    def _reads(self, pk: int, marks: dict[int, Mark]) -> None:
        reads = [
            ReadMark(person_id=person, ordinal=read, delivered=delivered)
            for person, (read, delivered) in marks.items()
        ]
        self.pages[pk] = self.pages[pk].model_copy(update={"reads": reads})

    def _message(self, pk: int, message_id: int, **change: Any) -> None:
        self._change_messages(
            pk, lambda one: one.model_copy(update=change) if one.id == message_id else one
        )

    def _change_messages(self, pk: int, change: Any) -> None:
        card: RoomCard = self.cards[pk]
        if card.last_message:
            self._card(pk, last_message=change(card.last_message))
        if pk in self.pages:
            self._page(pk, messages=[change(one) for one in self.pages[pk].page.messages])


def by_person(reads: list[ReadMark]) -> dict[int, Mark]:
    """{person: how far they have read, how far it has reached them}."""
    return {mark.person_id: (mark.ordinal, mark.delivered) for mark in reads}


def _later(one: Mark, other: Mark | None) -> Mark:
    return one if other is None else (max(one[0], other[0]), max(one[1], other[1]))


def _unquoted(message: Message, message_id: int) -> dict[str, Quote]:
    quote = message.reply_to
    if quote is None or quote.message_id != message_id:
        return {}
    return {"reply_to": quote.model_copy(update={"excerpt": ""})}
