"""A demo person: where they are, what they heard, and every single thing they can do."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from server.demo.simulator.api import Api
from server.demo.simulator.client import Client, Event
from server.demo.simulator.words import typing_time

RECENT = 12
"""Messages of a chat that a person has in mind."""
WHISPER_EVERY = 2.5
"""Seconds between whispers while typing: the protocol allows one in two."""


REACHED_EVERY = 1.0
"""Seconds for which what has reached a person is gathered before it is said."""


class Stage(Protocol):
    """What a person tells the director about."""

    pace: float

    def heard(self, person: "Person", room: "Room", message: dict[str, Any]) -> None:
        """A message that is not one's own."""

    def asked(self, person: "Person", other: int, *, now: bool) -> None:
        """Somebody asks for friendship, just now or some time ago."""

    def posted(self, person: "Person", post: dict[str, Any]) -> None:
        """A friend posted."""

    def around(self, other: int, state: str) -> None:
        """A friend came or went."""


@dataclass(slots=True)
class Room:
    """A chat as one person knows it."""

    id: int
    kind: str
    title: str
    people: set[int]
    last: int
    read: int
    writable: bool
    recent: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=RECENT))


class Person:
    """host: stands behind a shop's counter and only answers. still: does nothing, because a
    visitor has come in as this person."""

    def __init__(self, url: str, username: str, password: str, stage: Stage, *, host: bool) -> None:
        self.username = username
        self.host = host
        self.id = 0
        self.rooms: dict[int, Room] = {}
        self.friends: set[int] = set()
        self.away = False
        self.still = False
        self._reached: dict[int, int] = {}
        self.api = Api(url, username, password)
        self.client = Client(self.api, self._hear, self._load)
        self._stage = stage
        self._hearing: dict[str, Callable[[Event], None]] = {
            "message.sent": self._message,
            "message.deleted": self._deleted,
            "room.opened": self._room_opened,
            "room.closed": lambda event: self._forget(event["data"]["room_id"]),
            "tie.changed": self._tie,
            "post.published": lambda event: stage.posted(self, event["data"]["post"]),
            "presence.changed": lambda event: stage.around(
                event["data"]["person_id"], event["data"]["state"]
            ),
        }

    @property
    def ready(self) -> bool:
        """Whether this person is here and may act."""
        return self.client.online.is_set() and not self.still

    def room_named(self, title: str) -> Room | None:
        """A group of mine by its title."""
        rooms = (room for room in self.rooms.values() if room.title == title)
        return next(rooms, None)

    # Arriving ------------------------------------------------------------------------------------

    async def _load(self) -> None:
        """Everything by REST, then every topic from that moment on."""
        me = await self.api.call("GET", "/me")
        rooms = (await self.api.call("GET", "/rooms"))["rooms"]
        ties = await self.api.call("GET", "/friends")
        self.id = me["person"]["id"]
        self.rooms = {card["id"]: _room(card) for card in rooms}
        self.friends = {tie["person"]["id"] for tie in ties["friends"]}
        topics: dict[str, int | None] = {f"user:{self.id}": min(me["head"], ties["head"])}
        topics |= {f"room:{card['id']}": card["head"] for card in rooms}
        topics |= {f"{kind}:{friend}": None for friend in self.friends for kind in FOLLOWED}
        await self.client.join(topics)
        for room in self.rooms.values():
            if room.last > room.read:
                self._note_reached(room)
        for tie in ties["asking"]:
            self._stage.asked(self, tie["person"]["id"], now=False)

    # Hearing -------------------------------------------------------------------------------------

    def _hear(self, event: Event) -> None:
        if hear := self._hearing.get(event["type"]):
            hear(event)

    def _message(self, event: Event) -> None:
        message = event["data"]["message"]
        room = self.rooms.get(message["room_id"])
        if room is None:
            return
        room.last = max(room.last, message["ordinal"])
        room.recent.append(message)
        if message["author"]["id"] == self.id:
            room.read = max(room.read, message["ordinal"])
        else:
            self._note_reached(room)
            self._stage.heard(self, room, message)

    def _note_reached(self, room: Room) -> None:
        if not self._reached:
            self._soon(self._say_reached())
        self._reached[room.id] = room.last

    async def _say_reached(self) -> None:
        await asyncio.sleep(REACHED_EVERY)
        gathered, self._reached = self._reached, {}
        marks = [{"room_id": room, "ordinal": last} for room, last in gathered.items()]
        await self.client.say("room.delivered", marks=marks)

    def _deleted(self, event: Event) -> None:
        room = self.rooms.get(int(event["topic"].partition(":")[2]))
        if room is not None:
            kept = [one for one in room.recent if one["id"] != event["data"]["message_id"]]
            room.recent = deque(kept, maxlen=RECENT)

    def _room_opened(self, event: Event) -> None:
        card = event["data"]["room"]
        room = self.rooms[card["id"]] = _room(card)
        self._soon(self.client.join({f"room:{room.id}": card["head"]}))
        last = card["last_message"]
        if last and last["author"]["id"] != self.id:
            room.recent.append(last)
            self._note_reached(room)
            self._stage.heard(self, room, last)

    def _forget(self, room_id: int) -> None:
        self.rooms.pop(room_id, None)

    def _tie(self, event: Event) -> None:
        tie, other = event["data"]["tie"], event["data"]["person"]["id"]
        if tie == "asking":
            self._stage.asked(self, other, now=True)
        elif tie == "friends":
            self.friends.add(other)
            self._soon(self.client.join({f"{kind}:{other}": None for kind in FOLLOWED}))
        else:
            self.friends.discard(other)

    def _soon(self, work: Awaitable[object]) -> None:
        self.client.later(work)

    # Doing ---------------------------------------------------------------------------------------

    async def say(self, room: Room, words: str, **more: Any) -> None:
        """Read, type for as long as it takes, send. more: item_id, reply_to.

        Raises api.No, client.Lost.
        """
        await self.read(room)
        left = typing_time(words) / self._stage.pace
        while left > 0:
            await self.client.say("typing", room_id=room.id, on=True)
            await asyncio.sleep(min(left, WHISPER_EVERY))
            left -= WHISPER_EVERY
        await self.client.write("message.send", room_id=room.id, text=words, **more)

    async def read(self, room: Room) -> None:
        """Up to the last message."""
        if room.read < room.last:
            room.read = room.last
            await self.client.say("room.read", room_id=room.id, ordinal=room.last)

    async def react(self, message: dict[str, Any], emoji: str) -> None:
        """Press an emoji."""
        await self.client.say("message.react", message_id=message["id"], emoji=emoji)

    async def vote(self, poll_id: int, choices: list[int]) -> None:
        """Give or change a ballot."""
        await self.client.say("poll.vote", poll_id=poll_id, choices=choices)

    async def like(self, post_id: int) -> None:
        """Like a post."""
        await self.client.say("post.like", post_id=post_id)

    async def comment(self, post_id: int, words: str) -> None:
        """Say something under a post."""
        await self.client.write("comment.add", post_id=post_id, text=words)

    async def go(self, *, away: bool) -> None:
        """Look away, or come back."""
        await self.client.say("here", away=away)
        self.away = away

    async def direct_room(self, other: int) -> Room:
        """The chat with a friend, opened when there is none yet."""
        card = await self.api.call("POST", "/rooms/direct", {"person_id": other})
        if card["id"] not in self.rooms:
            self.rooms[card["id"]] = _room(card)
            await self.client.join({f"room:{card['id']}": card["head"]})
        return self.rooms[card["id"]]

    async def is_visited(self) -> bool:
        """Whether a browser is signed in as this person now, or was a few minutes ago."""
        sessions = await self.api.call("GET", "/me/sessions")
        mine = next((one for one in sessions if one["current"]), None)
        if mine is None:
            return False
        return any(
            one["browser"] and mine["seen_at"] - one["seen_at"] < VISIT_MS for one in sessions
        )


FOLLOWED = ("author", "presence")
"""What a person watches of each friend."""
VISIT_MS = 10 * 60 * 1000


def _room(card: dict[str, Any]) -> Room:
    return Room(
        id=card["id"],
        kind=card["kind"],
        title=card["title"] or "",
        people={person["id"] for person in card["people"]},
        last=card["last_ordinal"],
        read=card["read_ordinal"],
        writable=card["writable"],
        recent=deque([card["last_message"]] if card["last_message"] else [], maxlen=RECENT),
    )
