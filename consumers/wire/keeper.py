"""Keeps a hub honest: compares with the log what the bus may have lost, and checks rights anew.

At least every CHECK_SECONDS, and at once when something is in doubt, one query reads the heads and
the rule versions of every topic watched here; what is missing is read from the log and delivered.
"""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from time import monotonic

import structlog

from consumers.channel import Channel, Current
from consumers.wire.bridge import on_database_thread
from consumers.wire.hub import Hub
from server import access, metrics
from server.accounts.queries import live_sessions
from server.errors import SIGNED_OUT, Refused
from server.realtime import replay
from server.realtime.publish import Envelope
from server.realtime.snapshots import encode_snapshot
from server.realtime.topics import Topic

log = structlog.get_logger(__name__)

CHECK_SECONDS = 2.0
SNAPSHOT_CHECK_SECONDS = 5.0
SNAPSHOTS_A_CHECK = 500


class Keeper:
    """Runs beside a hub for as long as the worker lives."""

    def __init__(self, hub: Hub, channels: dict[str, Channel]):
        self._hub, self._channels = hub, channels
        self._checked_at = self._snapshots_at = monotonic()
        self._rotation: list[str] = []

    async def run(self) -> None:
        """Until cancelled. A database that is away only makes it come back later."""
        while True:
            # Not wait_for: in 3.11 it can swallow a cancellation that comes as the event is set.
            with suppress(TimeoutError):
                async with asyncio.timeout(CHECK_SECONDS / 4):
                    await self._hub.mind.wait()
            self._hub.mind.clear()
            try:
                await self._round()
            except Refused:
                await asyncio.sleep(0.5)
            except Exception:
                log.exception("keeper_failed")
                await asyncio.sleep(0.5)

    async def _round(self) -> None:
        await self._check_rights()
        now = monotonic()
        if self._hub.doubtful or now - self._checked_at >= CHECK_SECONDS:
            everything = now - self._checked_at >= CHECK_SECONDS
            names = list(self._hub.watched) if everything else list(self._hub.doubtful)
            self._hub.doubtful.clear()
            if everything:
                self._checked_at = now
            await self._compare(names)
        if now - self._snapshots_at >= SNAPSHOT_CHECK_SECONDS:
            self._snapshots_at = now
            await self._compare_snapshots()

    # Rights ----------------------------------------------------------------------------------

    async def _check_rights(self) -> None:
        while self._hub.recheck:
            authority, only = next(iter(self._hub.recheck.items()))
            del self._hub.recheck[authority]
            try:
                for name in list(self._hub.governed.get(authority, ())):
                    await self._check_topic(name, only)
                self._hub.resume(authority)
            except BaseException:
                # Nothing may stay paused with nobody coming back for it.
                self._hub.recheck[authority] = None
                raise

    async def _check_topic(self, name: str, only: Collection[int] | None) -> None:
        if (watched := self._hub.watched.get(name)) is None:
            return
        people = {outlet.person_id for outlet in watched.outlets}
        people |= {join.outlet.person_id for join in watched.joins}
        if only is not None:
            people &= set(only)
        if people:
            allowed = await on_database_thread(access.watchers, watched.topic, people)
            self._hub.keep_only(name, people, allowed)
        if watched.topic.kind == "user":
            await self._check_sessions(watched.topic.id)

    async def _check_sessions(self, person_id: int) -> None:
        """The rules of a person's own topic are newer when a session of theirs has ended."""
        outlets = list(self._hub.people.get(person_id, ()))
        alive = await on_database_thread(live_sessions, {one.session_key for one in outlets})
        for outlet in outlets:
            if outlet.session_key not in alive:
                outlet.close(SIGNED_OUT)

    # The log ---------------------------------------------------------------------------------

    async def _compare(self, names: list[str]) -> None:
        """One query for positions; a second one only when something is missing."""
        if not names:
            return
        authorities = {str(self._hub.watched[n].authority) for n in names if n in self._hub.watched}
        positions = await on_database_thread(replay.positions, list({*names, *authorities}))
        for authority in authorities:
            known = self._hub.auth.get(authority)
            if known is not None and positions[authority].auth_version > known:
                self._hub.check_again(authority, None, positions[authority].auth_version)
        cursors = {}
        for name in names:
            watched = self._hub.watched.get(name)
            number = None if watched is None else watched.number
            if number is not None and number < positions[name].head:
                cursors[name] = number
        if cursors:
            await self._repair(cursors, positions)

    async def _repair(self, cursors: dict[str, int], positions: dict[str, replay.Position]) -> None:
        past = await on_database_thread(replay.missed, cursors, positions)
        log.info("repaired", topics=len(cursors), resets=len(past.resets))
        metrics.REPAIRED.inc(sum(map(len, past.events.values())))
        metrics.REPAIR_RESETS.inc(len(past.resets))
        for name, events in past.events.items():
            watched = self._hub.watched.get(name)
            if watched is not None:
                version = positions[str(watched.authority)].auth_version
                self._hub.repaired(name, events, version)
        for name in past.resets:
            self._hub.skipped(name, positions[name].head)

    # Snapshots -------------------------------------------------------------------------------

    async def _compare_snapshots(self) -> None:
        """A lost snapshot has no gap to be seen by, so a slice of them is read anew in turn."""
        if not self._rotation:
            self._rotation = list(self._hub.watched)
        names, self._rotation = (
            self._rotation[:SNAPSHOTS_A_CHECK],
            self._rotation[SNAPSHOTS_A_CHECK:],
        )
        owners = {
            watched.topic: watched.authority
            for watched in map(self._hub.watched.get, names)
            if watched is not None
        }
        if owners:
            for envelope in await on_database_thread(self._read_shared, owners):
                self._hub.take(envelope)

    def _read_shared(self, owners: dict[Topic, Topic]) -> list[Envelope]:
        """The states, and after them the versions of the rules: a revocation that was committed
        before a state is then always in the version it carries."""
        by_kind: dict[str, list[int]] = {}
        for topic in owners:
            by_kind.setdefault(topic.kind, []).append(topic.id)
        found: list[Current] = []
        for kind, ids in by_kind.items():
            found += self._channels[kind].shared(ids)
        rules = replay.positions(sorted({str(owners[now.topic]) for now in found}))
        return [
            Envelope(
                kind="snapshot",
                topic=str(now.topic),
                text=encode_snapshot(now.topic, now.version, now.event, now.key),
                position=now.version,
                key=f"{now.event.type}/{now.key}",
                authority=str(owners[now.topic]),
                auth_version=rules[str(owners[now.topic])].auth_version,
            )
            for now in found
        ]
