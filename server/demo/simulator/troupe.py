"""Who takes part, who is watching, and how much may still be done this hour."""

import time
from collections import deque

from server.demo.simulator.budget import Budget
from server.demo.simulator.person import Person
from server.demo.simulator.words import dice

WARM_UP = 30 * 60.0
"""Seconds after the start, or after anybody real was noticed, in which somebody may be watching."""
LISTEN = 45.0
"""Seconds in which a chat belongs to whoever real has spoken there."""


class Troupe:
    """The demo people of this run. `lately`: what was said most recently, not to say it again."""

    def __init__(self, people: list[Person], budget: Budget) -> None:
        self.people = people
        self.lately: deque[str] = deque(maxlen=40)
        self._budget = budget
        self._noticed = time.monotonic()
        self._here: set[int] = set()
        self._spoken: dict[str, float] = {}

    def is_real(self, other: int) -> bool:
        """Whether somebody is not one of ours: a visitor, whoever they came in as."""
        return all(person.id != other or person.still for person in self.people)

    def anyone(self) -> Person | None:
        """Somebody who may act now: here, awake, and not behind a counter."""
        able = [one for one in self.people if one.ready and not one.host and not one.away]
        return dice.choice(able) if able else None

    def by_name(self, username: str) -> Person | None:
        """One of ours who is here; whoever is away looks up to speak."""
        return next((one for one in self.people if one.username == username and one.ready), None)

    def away(self) -> Person | None:
        """One of ours who looked away."""
        return next((one for one in self.people if one.away and one.ready), None)

    def may(self, kind: str) -> bool:
        """Whether one more of this kind is in the budget; counts it."""
        return self._budget.take(kind, watched=self.watched)

    # Visitors ------------------------------------------------------------------------------------

    @property
    def watched(self) -> bool:
        """Whether somebody real may be watching."""
        visited = any(person.still for person in self.people)
        here = any(self.is_real(other) for other in self._here)
        return here or visited or time.monotonic() - self._noticed < WARM_UP

    def notice(self, other: int, state: str = "") -> None:
        """Somebody real did something, or came ("online") or went."""
        if not self.is_real(other):
            return
        self._noticed = time.monotonic()
        if state == "online":
            self._here.add(other)
        elif state:
            self._here.discard(other)

    def listen(self, title: str) -> None:
        """Somebody real speaks in this chat: no scenes there for a while."""
        self._spoken[title] = time.monotonic()

    def is_listening(self, title: str) -> bool:
        """Whether somebody real has spoken there a moment ago."""
        return time.monotonic() - self._spoken.get(title, -LISTEN) < LISTEN
