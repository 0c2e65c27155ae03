"""What is known while the world is being made, and the one order in which everything happens."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from server.demo.art.people import PEOPLE
from server.demo.past import past
from server.demo.seeding.drawings import Drawings, client_id, shown

Act = Callable[[], object]
Acts = Iterator[tuple[datetime, Act]]
"""Each with its moment."""

LAST = timedelta(seconds=20)
"""Everything happened at least this long ago."""

HOST = {person.store: person.username for person in PEOPLE if person.store}
"""Who speaks for a store, by its slug."""

_CHINESE = "lin xia oldhe ming shan yan ning peng wu su lei hua ye feng ru fan lan dong qing rui"


@dataclass(slots=True)
class World:
    """Ids by the names the stories use. now: the moment before which everything happened."""

    now: datetime
    drawings: Drawings
    people: dict[str, int] = field(default_factory=dict)
    stores: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)

    def ago(self, **span: float) -> datetime:
        """A moment this long before now."""
        return self.now - timedelta(**span)

    def pictures(self, who: str, names: tuple[str, ...], use: str) -> list[int]:
        """These pictures, uploaded by this person, each unused."""
        return [
            self.drawings.hang(
                self.people[who], shown(name), language_of(who), client_id(use, place)
            )
            for place, name in enumerate(names)
        ]

    def play(self, *stories: Acts) -> int:
        """Do every act at its moment, in one order. Returns how many there were.

        One order matters: a post's id is its place in time, an item's card in a message shows the
        price of that day.
        """
        acts = [act for story in stories for act in story]
        for moment, act in sorted(acts, key=lambda act: act[0]):
            with past(min(moment, self.now - LAST)):
                act()
        return len(acts)


def language_of(who: str) -> str:
    """What somebody writes in, and reads the interface in."""
    return "zh" if who in _CHINESE.split() else "en"
