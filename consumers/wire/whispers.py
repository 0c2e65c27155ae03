"""Whispers go on while the database is silent, for those whom it let whisper a short while ago.

Nothing depends on a whisper, and no right can be taken away while nothing can be committed: so who
may still watch the place, and was let speak there under the same rules, is believed for a minute.
"""

import asyncio
from time import monotonic
from typing import Any

from consumers.channel import Command
from consumers.wire.bridge import on_database_thread
from consumers.wire.hub import Hub
from consumers.wire.outlet import Outlet
from server.errors import Refused

PATIENCE = 1.0
"""Seconds the database gets to answer: later a whisper is no news."""

BELIEVED_SECONDS = 60.0
MOST = 20_000


class Whispers:
    """Asks the database, and goes on without it when it does not answer."""

    def __init__(self, hub: Hub):
        self._hub = hub
        self._let: dict[tuple[int, str], tuple[float, int | None]] = {}
        """(person, topic) -> when the database last let them, under which version of the rules."""

    async def say(self, command: Command, outlet: Outlet, body: Any) -> None:
        """Raises Refused: the service's own, or unavailable."""
        assert command.again is not None
        topic = str(command.again.topic(body))
        key, rules = (outlet.person_id, topic), self._hub.auth.get(topic)
        try:
            async with asyncio.timeout(PATIENCE):
                await on_database_thread(command.run, outlet.person_id, body)
        except (TimeoutError, Refused) as error:
            if isinstance(error, Refused) and error.code.name != "unavailable":
                self._let.pop(key, None)
                raise
            if not self._believed(outlet, topic):
                raise Refused("unavailable", retry_after=1) from error
            command.again.run(outlet.person_id, body)
        else:
            if len(self._let) >= MOST:
                self._let.clear()
            self._let[key] = monotonic(), rules

    def _believed(self, outlet: Outlet, topic: str) -> bool:
        let, watched = self._let.get((outlet.person_id, topic)), self._hub.watched.get(topic)
        if let is None or watched is None or topic not in outlet.topics:
            return False
        at, rules = let
        unchanged = self._hub.auth.get(topic) == rules and watched.paused is None
        return unchanged and monotonic() - at <= BELIEVED_SECONDS
