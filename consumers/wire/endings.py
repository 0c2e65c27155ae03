"""Sockets of sessions that are about to end: held until it is known whether they did."""

from collections.abc import Iterable, Mapping
from time import monotonic

from consumers.wire.outlet import Outlet

Told = dict[str, tuple[int, float]]
"""digest of a session -> (whose it is, when we were told)."""


class Endings:
    """What was announced and is not known yet. people: person -> their sockets here."""

    def __init__(self, people: Mapping[int, Iterable[Outlet]]):
        self._people = people
        self._told: Told = {}

    def announce(self, person_id: int, sessions: Iterable[str]) -> None:
        """What is committed from now on may be later than the end of these sessions."""
        self._told |= dict.fromkeys(sessions, (person_id, monotonic()))
        for outlet in self._people.get(person_id, ()):
            self.attach(outlet)

    def attach(self, outlet: Outlet) -> None:
        """Hold this socket if its session is about to end."""
        if outlet.session in self._told:
            outlet.hold()

    def due(self, seconds: float) -> tuple[Told, list[Outlet]]:
        """Those announced so long ago, and their sockets that are still here."""
        since = monotonic() - seconds
        due = {name: told for name, told in self._told.items() if told[1] < since}
        people = {person_id for person_id, _ in due.values()}
        return due, [o for p in people for o in self._people.get(p, ()) if o.session in due]

    def conclude(self, due: Told, outlets: Iterable[Outlet]) -> None:
        """These have not ended, unless it was announced again meanwhile."""
        for name, told in due.items():
            if self._told.get(name) is told:
                del self._told[name]
        for outlet in outlets:
            if outlet.session not in self._told:
                outlet.release()
