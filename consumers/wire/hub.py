"""One per process: takes each publication once and hands the same bytes to every local socket.

No decode, no database, no task and no JSON per socket. Everything here runs on the loop, so a
method without `await` is atomic; the races that remain are with other processes.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from time import monotonic, time
from typing import Any

import structlog
from channels.layers import get_channel_layer
from django.conf import settings

from consumers.wire import codec
from consumers.wire.bus import Bus
from consumers.wire.endings import Endings
from consumers.wire.frames import Frame
from consumers.wire.outlet import Outlet, write_to_all
from consumers.wire.topic import Watched
from consumers.wire.windows import pause_after, send_at
from server import metrics
from server.errors import SIGNED_OUT
from server.realtime import topics
from server.realtime.publish import Envelope
from server.realtime.topics import Topic

log = structlog.get_logger(__name__)

GATHER_SECONDS: float = settings.GATHER_SECONDS
"""A busy topic's events leave together this often; the first of a quiet one leaves at once."""

SNAPSHOT_SECONDS = 0.200
"""A snapshot is sent to its watchers at most this often."""


class Hub:
    """Local watchers by topic, and the road from the bus to them."""

    def __init__(self, worker: str):
        self.worker = worker
        self.watched: dict[str, Watched] = {}
        self.governed: dict[str, set[str]] = defaultdict(set)
        """authority -> the watched topics whose rules it holds (itself included)."""
        self.auth: dict[str, int] = {}
        """authority -> version of its rules that the local watchers were checked against."""
        self.people: dict[int, set[Outlet]] = defaultdict(set)
        self.stirred: set[int] = set()
        """People who came, went or looked away since their presence was last told."""
        self.newcomers: set[Outlet] = set()
        """Connected, but their session may have ended before we could be told of it."""
        self.endings = Endings(self.people)
        self.mind = asyncio.Event()
        """Set when something wants checking before the next regular round."""
        self.doubtful: set[str] = set()
        """Watched topics with a gap, to be repaired from the log."""
        self.recheck: dict[str, set[int] | None] = {}
        """Authorities whose watchers must be checked again: these people, or None for all."""
        self.bus = Bus(get_channel_layer(), worker, self.take)

    # Sockets ---------------------------------------------------------------------------------

    def attach(self, outlet: Outlet) -> None:
        """A person connected: from now on this process hears what concerns them."""
        self.people[outlet.person_id].add(outlet)
        self.stirred.add(outlet.person_id)
        self.newcomers.add(outlet)
        self.endings.attach(outlet)
        self.bus.want(topics.user(outlet.person_id))

    def detach(self, outlet: Outlet) -> None:
        """A socket is gone: nothing of it may stay."""
        for name in list(outlet.topics):
            self.drop(outlet, name)
        self.newcomers.discard(outlet)
        self.stirred.add(outlet.person_id)
        here = self.people[outlet.person_id]
        here.discard(outlet)
        if not here:
            del self.people[outlet.person_id]
            self._unwant(topics.user(outlet.person_id))
        outlet.stop()

    def drop(self, outlet: Outlet, name: str) -> None:
        """Stop sending a topic to a socket."""
        outlet.topics.discard(name)
        if watched := self.watched.get(name):
            watched.outlets.discard(outlet)
            self.tidy(watched)

    def watch(self, topic: Topic, authority: Topic) -> Watched:
        """The local record of a topic, made and subscribed when it is the first time."""
        name = str(topic)
        if (watched := self.watched.get(name)) is None:
            watched = self.watched[name] = Watched(topic)
            watched.authority = authority
            self.governed[str(authority)].add(name)
            self.bus.want(topic)
            self.bus.want(authority)
        return watched

    def tidy(self, watched: Watched) -> None:
        """Forget a topic that nobody here watches any more."""
        name, authority = str(watched.topic), str(watched.authority)
        if not watched.idle() or self.watched.get(name) is not watched:
            return
        watched.close()
        del self.watched[name]
        governed = self.governed[authority]
        governed.discard(name)
        if not governed:
            del self.governed[authority]
            self.auth.pop(authority, None)
        self._unwant(watched.topic)
        self._unwant(watched.authority)

    def _unwant(self, topic: Topic) -> None:
        """Leave a topic's group unless another reason to hear it remains."""
        name = str(topic)
        needed = (
            name in self.watched
            or name in self.governed
            or (topic.kind == "user" and topic.id in self.people)
        )
        if not needed:
            self.bus.unwant(topic)

    # Publications ----------------------------------------------------------------------------

    def take(self, envelope: Envelope) -> None:
        """One publication, from this process or through the bus."""
        if envelope.kind == "revoke":
            self._revoked(envelope)
        elif envelope.kind == "sessions":
            self._sessions_ended(envelope)
        elif envelope.kind == "ending":
            self.endings.announce(envelope.person_id or 0, envelope.sessions)
        elif watched := self.watched.get(envelope.topic):
            self._offer(watched, envelope)

    def _offer(self, watched: Watched, envelope: Envelope) -> None:
        if watched.paused is not None:
            watched.paused.append(envelope)
            return
        known = self.auth.get(envelope.authority)
        if known is not None and envelope.auth_version > known:
            # A revocation was committed before this event and we have not heard of it:
            # whoever lost the right must not get what came after.
            self.check_again(envelope.authority, None, envelope.auth_version)
            self._offer(watched, envelope)
            return
        for join in watched.joins:
            join.heard.append(envelope)
        if envelope.kind == "logged":
            self._number(watched, envelope)
        elif envelope.kind == "snapshot":
            self._snapshot(watched, envelope)
        else:
            self._whisper(watched, envelope)

    def _number(self, watched: Watched, envelope: Envelope) -> None:
        """Deliver in number order; a gap is repaired from the log before anything passes it."""
        if watched.number is None or envelope.position <= watched.number:
            return
        if envelope.position > watched.number + 1:
            watched.held[envelope.position] = envelope
            self.doubt(str(watched.topic))
            return
        self._deliver(watched, envelope)
        while next_one := watched.held.pop((watched.number or 0) + 1, None):
            self._deliver(watched, next_one)

    def _deliver(self, watched: Watched, envelope: Envelope) -> None:
        watched.number = envelope.position
        watched.moved_at = monotonic()
        watched.gathered.append(envelope.text)
        if watched.flush is None:
            # At once, yet after whatever was committed together with it: that is one frame.
            watched.flush = send_at(watched.open_at, self._flush, watched)

    def _flush(self, watched: Watched, due: float | None = None) -> None:
        """Send what was gathered. What comes within the window after it waits for its end."""
        watched.flush = None
        if not watched.gathered:
            return
        begun = monotonic()
        frame = Frame(codec.events(watched.gathered))
        watched.gathered = []
        metrics.LOGGED.sent(frame.size, len(watched.outlets))
        write_to_all(watched.outlets, frame)
        watched.open_at = monotonic() + pause_after(GATHER_SECONDS, begun, due)

    def _snapshot(self, watched: Watched, envelope: Envelope) -> None:
        """Keep the latest; send at most every SNAPSHOT_SECONDS, the last one always."""
        version, _ = watched.latest.get(envelope.key, (-1, ""))
        if envelope.position <= version:
            return
        watched.latest[envelope.key] = (envelope.position, envelope.text)
        watched.stale.add(envelope.key)
        if watched.snapshot_flush is None:
            watched.snapshot_flush = send_at(
                watched.snapshots_open_at, self._flush_snapshots, watched
            )

    def _flush_snapshots(self, watched: Watched, due: float | None = None) -> None:
        watched.snapshot_flush = None
        if not watched.stale:
            return
        begun = monotonic()
        frame = Frame(codec.events([watched.latest[key][1] for key in sorted(watched.stale)]))
        watched.stale.clear()
        metrics.SNAPSHOT.sent(frame.size, len(watched.outlets))
        write_to_all(watched.outlets, frame)
        watched.snapshots_open_at = monotonic() + pause_after(SNAPSHOT_SECONDS, begun, due)

    def _whisper(self, watched: Watched, envelope: Envelope) -> None:
        frame = Frame(codec.events([envelope.text]))
        metrics.WHISPER.sent(frame.size, len(watched.outlets))
        write_to_all(watched.outlets, frame, but=envelope.person_id)

    # Rights ----------------------------------------------------------------------------------

    def _revoked(self, envelope: Envelope) -> None:
        known = self.auth.get(envelope.authority)
        if known is None:
            # The first join under this authority is still reading: it must hear of it, for what
            # it has read may be from before.
            for name in self.governed.get(envelope.authority, ()):
                for join in self.watched[name].joins:
                    join.heard.append(envelope)
            return
        if envelope.auth_version <= known:
            return
        missed_one = envelope.auth_version > known + 1
        only = None if missed_one or envelope.person_id is None else envelope.person_id
        self.check_again(envelope.authority, only, envelope.auth_version)

    def check_again(self, authority: str, person_id: int | None, version: int) -> None:
        """Hold everything under this authority until its watchers have been checked."""
        self.auth[authority] = version
        for name in self.governed.get(authority, ()):
            watched = self.watched[name]
            if watched.paused is None:
                self._flush_gathered(watched)
                watched.paused = []
        if person_id is None or self.recheck.get(authority, set()) is None:
            self.recheck[authority] = None
        else:
            people = self.recheck.setdefault(authority, set())
            if people is not None:
                people.add(person_id)
        self.mind.set()

    def _flush_gathered(self, watched: Watched) -> None:
        """What was committed before the revocation still goes to those who could see it then."""
        if watched.flush is not None:
            watched.flush.cancel()
            self._flush(watched)

    def keep_only(self, name: str, checked: Iterable[int], allowed: set[int]) -> None:
        """After a check: those of the checked people who are not allowed watch no more."""
        watched = self.watched.get(name)
        if watched is None:
            return
        out = set(checked) - allowed
        goodbye = Frame(codec.frame("dropped", topics=[name]))
        for outlet in [o for o in watched.outlets if o.person_id in out]:
            self.drop(outlet, name)
            outlet.write(goodbye)
        for join in watched.joins:
            if join.outlet.person_id in out:
                join.revoked.add(name)

    def resume(self, authority: str) -> None:
        """The check is done: let through what waited, unless another one was asked meanwhile."""
        for name in list(self.governed.get(authority, ())):
            if authority in self.recheck:
                return  # also when what waited on another topic tells of a newer revocation
            watched = self.watched[name]
            waiting, watched.paused = watched.paused or [], None
            for envelope in waiting:
                self._offer(watched, envelope)

    def _sessions_ended(self, envelope: Envelope) -> None:
        for outlet in list(self.people.get(envelope.person_id or 0, ())):
            if not envelope.sessions or outlet.session in envelope.sessions:
                outlet.close(SIGNED_OUT)

    # Doubt -----------------------------------------------------------------------------------

    def doubt(self, name: str) -> None:
        """This topic may have missed something: have it compared with the log now."""
        self.doubtful.add(name)
        self.mind.set()

    def repaired(self, name: str, events: list[tuple[int, str]], auth_version: int) -> None:
        """Events the bus did not bring, read from the log. They pass the same door."""
        if (watched := self.watched.get(name)) is None:
            return
        for number, text in events:
            self._offer(
                watched,
                Envelope(
                    kind="logged",
                    topic=name,
                    text=text,
                    position=number,
                    authority=str(watched.authority),
                    auth_version=auth_version,
                ),
            )

    def skipped(self, name: str, head: int) -> None:
        """Too much was missed to be worth sending. The watchers are told the head at once: they
        join again by number, and need not wait for the next heartbeat to learn of it."""
        if (watched := self.watched.get(name)) is None or head <= (watched.number or 0):
            return
        watched.number = head
        watched.moved_at = monotonic()
        watched.held = {number: one for number, one in watched.held.items() if number > head}
        frame = Frame(codec.frame("heads", heads={name: head}, time=int(time() * 1000)))
        write_to_all(watched.outlets, frame)
        if after := watched.held.pop(head + 1, None):
            self._number(watched, after)

    def stats(self) -> dict[str, Any]:
        """For logs and tests."""
        return {
            "sockets": sum(len(outlets) for outlets in self.people.values()),
            "people": len(self.people),
            "topics": len(self.watched),
        }
