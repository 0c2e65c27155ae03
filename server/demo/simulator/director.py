"""The director: brings people in, has them act at a gentle pace, has visitors answered."""

import asyncio
import time
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

import structlog

from server.demo.art.people import PEOPLE
from server.demo.queries import PASSWORD
from server.demo.simulator.acts import Acts
from server.demo.simulator.api import Locked, SignedOut
from server.demo.simulator.budget import Budget
from server.demo.simulator.client import TROUBLE
from server.demo.simulator.person import Person, Room
from server.demo.simulator.troupe import Troupe
from server.demo.simulator.words import answer, dice, fresh, is_chinese
from server.demo.stories.answers import HELLO, HELLO_ZH
from server.demo.stories.remarks import EMOJI

VISITOR = "wen"
"""The person a visitor most likely comes in as: never acted."""
FIRST = ("mei", "bo", "yu", "hao", "lin", "nora", "sol", "xia", "ru", "ye")
"""Who comes in first; then the others in their order."""
BETWEEN = (3.5, 7.5)
"""Seconds between two acts of all together, while somebody may be watching."""
BETWEEN_ALONE = (25.0, 70.0)
AT_ONCE = 4
"""Acts under way at the same time: typing takes its time."""
HOPELESS = 3
"""So many people who cannot sign in, and nobody who can."""
LOOK_FOR_VISITORS = 45.0
SOON, LATER = (3.0, 9.0), (60.0, 900.0)
"""Seconds until a request is accepted: one that comes, and one that has waited already."""
NEWS = 120.0
"""Seconds after which a message is no longer answered."""

log = structlog.get_logger("demo.simulator")


def cast(people: int) -> tuple[list[str], list[str]]:
    """Usernames of those who act, and of those who stand behind a counter."""
    hosts = [person.username for person in PEOPLE if person.store]
    others = [p.username for p in PEOPLE if p.username not in {VISITOR, *hosts, *FIRST}]
    return [*FIRST, *others][:people], hosts


class Director:
    """`await Director(url, people, pace).run()` until cancelled.

    pace: how many times faster than life. Raises Locked when nobody can sign in.
    """

    def __init__(self, url: str, people: int, pace: float) -> None:
        self.pace = pace
        acting, hosts = cast(people)
        everyone = [
            *(Person(url, name, PASSWORD, self, host=False) for name in acting),
            *(Person(url, name, PASSWORD, self, host=True) for name in hosts),
        ]
        self._troupe = Troupe(everyone, Budget())
        self._acts = Acts(self._troupe)
        self._answered: set[int] = set()
        self._locked = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until cancelled; then everybody signs out, as far as the server still answers."""
        nobody: Locked | None = None
        try:
            async with asyncio.TaskGroup() as group:
                for place, person in enumerate(self._troupe.people):
                    group.create_task(self._live(person, place))
                group.create_task(self._act())
                group.create_task(self._look_for_visitors())
        except* Locked as locked:
            # Raised from here it would now and then come wrapped in a group of its own.
            nobody = next(one for one in locked.exceptions if isinstance(one, Locked))
        finally:
            for task in self._tasks:
                task.cancel()
            leaving = (person.api.leave() for person in self._troupe.people)
            await asyncio.gather(*leaving, return_exceptions=True)
        if nobody is not None:
            raise nobody

    async def _live(self, person: Person, place: int) -> None:
        """They come one after the other, not all at once. Somebody whose password a visitor has
        changed stays away; when nobody can come in there is no demo world."""
        await self.rest(0.4 * place)
        try:
            await person.client.run()
        except Locked as locked:
            self._locked += 1
            if self._locked >= HOPELESS and not any(one.id for one in self._troupe.people):
                raise
            log.debug("locked_out", who=person.username, answer=locked.answer)

    async def _act(self) -> None:
        under_way: set[asyncio.Task[None]] = set()
        while True:
            await self.rest(dice.uniform(*(BETWEEN if self._troupe.watched else BETWEEN_ALONE)))
            under_way = {task for task in under_way if not task.done()}
            if len(under_way) < AT_ONCE and self._troupe.anyone():
                under_way.add(self._soon(self._one_act()))

    async def _one_act(self) -> None:
        if did := await self._acts.one():
            log.debug("act", did=did)

    async def _look_for_visitors(self) -> None:
        """Somebody whom a visitor has come in as keeps still: nobody likes to be spoken for."""
        while True:
            for person in self._troupe.people:
                if person.client.online.is_set():
                    with suppress(*TROUBLE, SignedOut):
                        person.still = await person.is_visited()
            await self.rest(LOOK_FOR_VISITORS)

    async def rest(self, seconds: float) -> None:
        """At the pace of this run."""
        await asyncio.sleep(seconds / self.pace)

    def _soon(self, work: Awaitable[None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(self._bravely(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _bravely(self, work: Awaitable[None]) -> None:
        """A restart, a refusal or a thing that is gone must not end the show."""
        try:
            await work
        except (*TROUBLE, SignedOut, LookupError, ValueError) as problem:
            log.debug("act_failed", why=repr(problem))

    # Somebody real -------------------------------------------------------------------------------

    def heard(self, person: Person, room: Room, message: dict[str, Any]) -> None:
        """Of all of ours who hear a visitor, one answers; all of them read it."""
        author = message["author"]["id"]
        if not self._troupe.is_real(author):
            return
        self._troupe.notice(author)
        self._troupe.listen(room.title)
        self._acts.interrupt(room.title)
        if time.time() - message["at"] / 1000 > NEWS or not person.ready:
            return
        self._soon(self._read(person, room))
        if (message["attachment"] or {}).get("kind") == "poll":
            self._soon(self._vote(person, message["attachment"]["poll_id"]))
        elif message["id"] not in self._answered:
            self._answered.add(message["id"])
            self._soon(self._answer(room.id, message))

    async def _read(self, person: Person, room: Room) -> None:
        await self.rest(dice.uniform(0.8, 5))
        await person.read(room)

    async def _vote(self, person: Person, poll_id: int) -> None:
        await self.rest(dice.uniform(3, 25))
        entry = await person.api.call("GET", f"/polls/{poll_id}")
        log.debug("act", did=await self._acts.vote_in(person, entry))

    async def _answer(self, room_id: int, message: dict[str, Any]) -> None:
        """After a moment, unless more was said meanwhile: then that is answered."""
        await self.rest(dice.uniform(1.5, 3))
        able = [one for one in self._troupe.people if one.ready and room_id in one.rooms]
        if not able or not self._troupe.may("answer"):
            return
        person = _who_answers(able, room_id, message)
        room = person.rooms[room_id]
        newer = [m for m in room.recent if m["ordinal"] > message["ordinal"]]
        if any(one["author"]["id"] == message["author"]["id"] for one in newer):
            return
        counter = room.kind == "store"
        words = answer(message["text"], counter=counter, lately=self._troupe.lately)
        self._troupe.lately.append(words)
        await person.say(room, words)
        log.debug("act", did=f"{person.username} answers in {room.title or room.kind}")
        others = [one for one in able if one is not person]
        if others and dice.random() < 0.4:
            await dice.choice(others).react(message, dice.choice(EMOJI))

    def asked(self, person: Person, other: int, *, now: bool) -> None:
        """Friendship is accepted after a while, and whoever asked is greeted."""
        if now:
            self._troupe.notice(other)
        self._soon(self._accept(person, other, dice.uniform(*(SOON if now else LATER))))

    async def _accept(self, person: Person, other: int, after: float) -> None:
        await self.rest(after)
        if not person.ready:
            return
        tie = await person.api.call("PUT", f"/people/{other}/friendship")
        log.debug("act", did=f"{person.username} accepts {tie['person']['username']}")
        if self._troupe.may("answer"):
            hello = HELLO_ZH if is_chinese(tie["person"]["name"]) else HELLO
            room = await person.direct_room(other)
            await person.say(room, fresh(hello, self._troupe.lately))

    def posted(self, person: Person, post: dict[str, Any]) -> None:
        """A visitor's post is liked by most friends and answered by some."""
        if self._troupe.is_real(post["author"]["id"]) and person.ready and not person.host:
            self._troupe.notice(post["author"]["id"])
            self._soon(self._welcome(person, post))

    async def _welcome(self, person: Person, post: dict[str, Any]) -> None:
        await self.rest(dice.uniform(3, 20))
        if dice.random() < 0.8:
            await person.like(post["id"])
        if post["poll_id"]:
            await self._vote(person, post["poll_id"])
        if dice.random() < 0.4 and self._troupe.may("comment"):
            log.debug("act", did=await self._acts.comment_on(person, post))

    def around(self, other: int, state: str) -> None:
        """Friends of ours who are not ours: somebody is watching."""
        self._troupe.notice(other, state)


def _who_answers(able: list[Person], room_id: int, message: dict[str, Any]) -> Person:
    """Whoever is meant, else whoever spoke there last, else anybody; at the counter the host."""
    meant = [one for one in able if one.id in message["mentions"]]
    hosts = [one for one in able if one.rooms[room_id].kind == "store" and one.host]
    said = [m["author"]["id"] for m in able[0].rooms[room_id].recent]
    spoke = sorted(
        (one for one in able if one.id in said), key=lambda one: said[::-1].index(one.id)
    )
    return (meant or hosts or spoke or [dice.choice(able)])[0]
