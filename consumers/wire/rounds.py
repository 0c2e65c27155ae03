"""What a worker does on the side: presence, sessions, heartbeats, and the domain's duties."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from time import monotonic

import structlog

from consumers.wire import codec
from consumers.wire.bridge import at_leisure, on_database_thread
from consumers.wire.clock import Clock
from consumers.wire.frames import Frame
from consumers.wire.hub import Hub
from consumers.wire.outlet import Outlet
from server import metrics
from server.accounts import presence
from server.accounts.queries import live_sessions, settled_sessions
from server.errors import SIGNED_OUT, Refused
from server.realtime.topics import user
from server.ticker import DUTIES, Duty

log = structlog.get_logger(__name__)

PRESENCE_SECONDS = 1.0
GRACE_SECONDS = 8.0
"""A person whose last tab closed is still here this long: a reload is not a departure."""

RENEW_SECONDS = 10.0
NEWCOMER_SECONDS = 1.0
SESSION_SECONDS = 25.0
"""An ended session whose news was lost keeps its sockets for 30 s at most: this, and the query."""

OUTCOME_SECONDS = 1.0
HEARTBEAT_SECONDS = 20.0
HEADS_FOR_SECONDS = 90.0
"""A heartbeat names the topics that moved this recently."""


class Rounds:
    """Runs beside a hub for as long as the worker lives."""

    def __init__(self, hub: Hub, clock: Clock):
        self._hub, self._clock = hub, clock
        self._told: dict[int, bool] = {}
        """person -> away, as last reported."""
        self._left: dict[int, float] = {}
        """person -> when the last socket here closed."""

    async def run(self) -> None:
        """All rounds, until cancelled."""
        rounds: list[tuple[float, Callable[[], Awaitable[None]]]] = [
            (PRESENCE_SECONDS, self._presence),
            (RENEW_SECONDS, self._renew),
            (NEWCOMER_SECONDS, self._newcomers),
            (SESSION_SECONDS, self._sessions),
            (OUTCOME_SECONDS, self._outcomes),
            (HEARTBEAT_SECONDS, self._heartbeat),
            *((duty.every, self._duty(duty)) for duty in DUTIES),
        ]
        await self._once(self._renew)
        async with asyncio.TaskGroup() as group:
            for every, one in rounds:
                group.create_task(self._repeat(every, one))

    async def _repeat(self, every: float, one: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(every)
            await self._once(one)

    async def _once(self, one: Callable[[], Awaitable[None]]) -> None:
        try:
            await one()
        except Refused as refusal:
            log.warning("round_put_off", round=getattr(one, "__name__", "duty"), why=str(refusal))
        except Exception:
            log.exception("round_failed")

    def _duty(self, duty: Duty) -> Callable[[], Awaitable[None]]:
        async def do_duty() -> None:
            await (at_leisure if duty.long else on_database_thread)(duty.run)

        return do_duty

    async def _presence(self) -> None:
        """Changes since the last round, all people in a few writes; none when nothing changed.

        Only those who stirred are looked at: to look at 10,000 every second kept others waiting.
        """
        hub, now = self._hub, monotonic()
        stirred, hub.stirred = hub.stirred, set()
        changed: dict[int, bool] = {}
        for person in stirred:
            if outlets := hub.people.get(person):
                self._left.pop(person, None)
                away = all(outlet.away for outlet in outlets)
                if self._told.get(person) is not away:
                    changed[person] = away
            elif person in self._told:
                self._left.setdefault(person, now)
        gone = [person for person, at in self._left.items() if now - at >= GRACE_SECONDS]
        if not changed and not gone:
            return
        try:
            taken_for_dead = await on_database_thread(presence.report, hub.worker, changed, gone)
        except BaseException:
            hub.stirred |= stirred
            raise
        if taken_for_dead:
            self._tell_all()
        self._told |= changed
        for person in gone:
            self._told.pop(person, None)
            self._left.pop(person, None)

    def _tell_all(self) -> None:
        """What we told is forgotten, since the others took us for dead: everybody is told anew."""
        self._told.clear()
        self._hub.stirred.update(self._hub.people)

    async def _renew(self) -> None:
        """Taken for dead meanwhile, when the database was out of reach: tell everybody again."""
        if await on_database_thread(presence.renew, self._hub.worker):
            self._tell_all()
        await self._clock.read()

    async def resign(self) -> None:
        """The worker stops: its people may come back on another one."""
        await on_database_thread(presence.resign, self._hub.worker)

    async def _sessions(self) -> None:
        """Bounds the case that the broadcast of a sign-out was lost. One query."""
        if outlets := [outlet for ours in self._hub.people.values() for outlet in ours]:
            await self._check(outlets)

    async def _newcomers(self) -> None:
        """A session may end after its handshake has read it and before this process is subscribed
        to its person: that broadcast found nobody. One query for all who came in this second."""
        if not (outlets := list(self._hub.newcomers)):
            return
        await self._hub.bus.ready([user(person) for person in {o.person_id for o in outlets}])
        await self._check(outlets)
        self._hub.newcomers.difference_update(outlets)

    async def _outcomes(self) -> None:
        """We were told that a session ends, and have not heard since whether it did."""
        due, outlets = self._hub.endings.due(OUTCOME_SECONDS)
        if outlets:
            await self._check(outlets, settled_sessions)
        self._hub.endings.conclude(due, outlets)

    async def _check(
        self,
        outlets: list[Outlet],
        ask: Callable[[Collection[str]], set[str]] = live_sessions,
    ) -> None:
        alive = await on_database_thread(ask, {o.session_key for o in outlets})
        for outlet in outlets:
            if outlet.session_key not in alive:
                outlet.close(SIGNED_OUT)

    async def _heartbeat(self) -> None:
        """Heads of what moved lately, so that a client learns of a loss on its own leg."""
        since = monotonic() - HEADS_FOR_SECONDS
        moved = {
            name: watched.number
            for name, watched in self._hub.watched.items()
            if watched.number is not None and watched.moved_at >= since
        }
        now = self._clock.now()
        quiet = Frame(codec.frame("heads", heads={}, time=now))
        for count, outlet in enumerate(
            [outlet for ours in self._hub.people.values() for outlet in ours]
        ):
            mine = {name: moved[name] for name in outlet.topics & moved.keys()}
            frame = Frame(codec.frame("heads", heads=mine, time=now)) if mine else quiet
            metrics.HEADS.sent(frame.size, 1)
            outlet.write(frame)
            if count % 200 == 199:
                await asyncio.sleep(0)
