"""What demo people do of their own accord, one act at a time.

An act returns a few words on what was done, or None when there was nothing to do just then.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from server.demo.art.catalogue import THINGS
from server.demo.script import Line
from server.demo.simulator.person import Person, Room
from server.demo.simulator.troupe import Troupe
from server.demo.simulator.words import Deck, Scene, dice, remark, scenes
from server.demo.stories.remarks import EMOJI, QUESTIONS, THOUGHTS, Question, Thought

COMMENTS_UP_TO = 12
"""Under a post with more, nobody adds one."""
OPEN_AT_ONCE = 2
"""Votes of ours that are open at the same time."""

_TITLES = {thing.slug: thing.title.en for thing in THINGS}

Act = Callable[[], Awaitable[str | None]]


class Acts:
    """The repertoire. A scene goes on where it stopped, in its chat, one line per act."""

    def __init__(self, troupe: Troupe) -> None:
        self._troupe = troupe
        self._scenes: Deck[tuple[str, Scene]] = Deck(scenes())
        self._thoughts: Deck[Thought] = Deck(THOUGHTS)
        self._questions: Deck[Question] = Deck(QUESTIONS)
        self._playing: dict[str, list[Line]] = {}
        self._items: dict[str, int] = {}
        self._votes: list[int] = []
        self._repertoire: list[tuple[int, Act]] = [
            (38, self._talk),
            (14, self._react),
            (14, self._like),
            (12, self._vote),
            (8, self._read),
            (6, self._comment),
            (4, self._step_away),
            (2, self._post),
            (2, self._ask),
        ]

    async def one(self) -> str | None:
        """Some act; another one when the first finds nothing to do."""
        weights = [weight for weight, _ in self._repertoire]
        for _, act in dice.choices(self._repertoire, weights, k=4):
            if did := await act():
                return did
        return None

    def interrupt(self, title: str) -> None:
        """Somebody real speaks in this chat: the scene is over."""
        self._playing.pop(title, None)

    # In chats ------------------------------------------------------------------------------------

    async def _talk(self) -> str | None:
        title = self._next_chat()
        if title is None or not self._troupe.may("message"):
            return None
        lines = self._playing[title]
        line = lines.pop(0)
        if not lines:
            del self._playing[title]
        person = self._troupe.by_name(line.who)
        room = person.room_named(title) if person else None
        if person is None or room is None:
            self.interrupt(title)
            return None
        item = await self._item(person, line.marks.item) if line.marks.item else None
        await person.say(room, line.words, **({"item_id": item} if item else {}))
        return f"{person.username} says in {title}"

    def _next_chat(self) -> str | None:
        """A chat whose scene goes on, or one where a scene may begin: at most two at once."""
        if self._playing and (len(self._playing) > 1 or dice.random() < 0.8):
            return dice.choice(list(self._playing))
        found = self._scenes.draw(self._may_play)
        if found is None:
            return None
        title, scene = found
        self._playing[title] = list(scene)
        return title

    def _may_play(self, found: tuple[str, Scene]) -> bool:
        title, scene = found
        if title in self._playing or self._troupe.is_listening(title):
            return False
        people = [self._troupe.by_name(line.who) for line in scene]
        return all(person is not None and person.room_named(title) for person in people)

    async def _react(self) -> str | None:
        if (found := self._somewhere()) is None:
            return None
        person, room = found
        others = [one for one in room.recent if one["author"]["id"] != person.id]
        if not others:
            return None
        message, emoji = dice.choice(others[-6:]), dice.choice(EMOJI)
        await person.react(message, emoji)
        return f"{person.username} presses {emoji}"

    async def _read(self) -> str | None:
        if (found := self._somewhere()) is None:
            return None
        person, room = found
        if room.read >= room.last:
            return None
        await person.read(room)
        return f"{person.username} reads {room.title or room.kind}"

    def _somewhere(self) -> tuple[Person, Room] | None:
        """Somebody, and a chat of theirs in which something was said lately."""
        person = self._troupe.anyone()
        rooms = [room for room in person.rooms.values() if room.recent] if person else []
        return (person, dice.choice(rooms)) if person and rooms else None

    # Votes ---------------------------------------------------------------------------------------

    async def _vote(self) -> str | None:
        person = self._troupe.anyone()
        if person is None:
            return None
        entries = (await person.api.call("GET", "/polls/open"))["polls"]
        # Somebody who has voted changes their mind now and then, not all the time.
        entries = [e for e in entries if not e["mine"]["choices"] or dice.random() < 0.2]
        if not entries:
            return None
        return await self.vote_in(person, dice.choice(entries))

    async def vote_in(self, person: Person, entry: dict[str, Any]) -> str:
        """A ballot, different from the last one."""
        poll, before = entry["poll"], set(entry["mine"]["choices"])
        options = [option["id"] for option in poll["options"] if option["id"] not in before]
        many = poll["choice"] == "multiple" and len(options) > 1 and dice.random() < 0.4
        await person.vote(poll["id"], dice.sample(options, 2 if many else 1))
        return f"{person.username} {'changes a vote' if before else 'votes'}"

    async def _ask(self) -> str | None:
        found = self._questions.draw(self._may_ask)
        if found is None or not await self._few_open() or not self._troupe.may("vote"):
            return None
        person = self._troupe.by_name(found.who)
        room = person.room_named(found.room) if person else None
        if person is None or room is None:
            return None
        draft = {
            "client_id": dice.randbytes(16).hex(),
            "place": {"kind": "room", "room_id": room.id},
            "question": found.words,
            "options": [await self._option(person, choice) for choice in found.choices],
            "closes_in": found.minutes * 60,
        }
        entry = await person.api.call("POST", "/polls", draft)
        self._votes.append(entry["poll"]["id"])
        return f"{person.username} asks in {found.room}"

    def _may_ask(self, question: Question) -> bool:
        person = self._troupe.by_name(question.who)
        return person is not None and person.room_named(question.room) is not None

    async def _few_open(self) -> bool:
        """Whether fewer of our own votes are open than may be at once."""
        person = self._troupe.anyone()
        if not self._votes or person is None:
            return person is not None
        ids = ",".join(map(str, self._votes[-10:]))
        polls = (await person.api.call("GET", f"/polls?ids={ids}"))["polls"]
        # One that this person may not see counts as open.
        closed = {entry["poll"]["id"] for entry in polls if entry["poll"]["closed_at"]}
        self._votes = [vote for vote in self._votes[-10:] if vote not in closed]
        return len(self._votes) < OPEN_AT_ONCE

    async def _option(self, person: Person, choice: str) -> dict[str, Any]:
        if choice.startswith("["):
            return {"item_id": await self._item(person, choice[1:-1])}
        return {"text": choice}

    # The feed ------------------------------------------------------------------------------------

    async def _like(self) -> str | None:
        person = self._troupe.anyone()
        entry = await self._some_post(person, lambda entry: not entry["liked"])
        if person is None or entry is None:
            return None
        await person.like(entry["post"]["id"])
        return f"{person.username} likes a post"

    async def _comment(self) -> str | None:
        person = self._troupe.anyone()
        few = COMMENTS_UP_TO
        entry = await self._some_post(person, lambda entry: entry["counts"]["comments"] < few)
        if person is None or entry is None or not self._troupe.may("comment"):
            return None
        return await self.comment_on(person, entry["post"])

    async def comment_on(self, person: Person, post: dict[str, Any]) -> str:
        """Say something fitting under a post."""
        words = remark(_about(post), post["text"], self._troupe.lately)
        self._troupe.lately.append(words)
        await person.comment(post["id"], words)
        return f"{person.username} comments"

    async def _some_post(
        self, person: Person | None, fits: Callable[[dict[str, Any]], bool]
    ) -> dict[str, Any] | None:
        """One of the newest posts this person sees that is somebody else's."""
        if person is None:
            return None
        entries = (await person.api.call("GET", "/feed"))["entries"][:12]
        others = [e for e in entries if e["post"]["author"]["id"] != person.id and fits(e)]
        return dice.choice(others) if others else None

    async def _post(self) -> str | None:
        found = self._thoughts.draw(lambda one: self._troupe.by_name(one.who) is not None)
        person = self._troupe.by_name(found.who) if found else None
        if found is None or person is None or not self._troupe.may("post"):
            return None
        draft = {
            "client_id": dice.randbytes(16).hex(),
            "text": found.words,
            "item_id": await self._item(person, found.item) if found.item else None,
            "audience": found.audience,
        }
        await person.api.call("POST", "/posts", draft)
        return f"{person.username} posts"

    # Elsewhere -----------------------------------------------------------------------------------

    async def _step_away(self) -> str | None:
        """Whoever is away comes back first; at most one of us looks away at a time."""
        gone = self._troupe.away()
        person = gone or self._troupe.anyone()
        if person is None:
            return None
        await person.go(away=person is not gone)
        return f"{person.username} {'comes back' if person is gone else 'looks away'}"

    async def _item(self, person: Person, slug: str) -> int:
        """The id of a thing of the demo market. Raises LookupError when it is not for sale."""
        if slug not in self._items:
            title = _TITLES[slug]
            words = "%20".join(title.replace("/", "%2F").split())
            found = (await person.api.call("GET", f"/items?q={words}"))["items"]
            [self._items[slug]] = [item["id"] for item in found if item["title"] == title][:1]
        return self._items[slug]


def _about(post: dict[str, Any]) -> str:
    if post["poll_id"]:
        return "poll"
    if post["item"]:
        category: str = post["item"]["category"]
        return category
    return "pictures" if post["pictures"] else "words"
