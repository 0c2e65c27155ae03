"""The one order in which a topic is joined, so that nothing falls between past and present:

subscribe and listen -> read positions -> authorise -> read what was missed -> merge by number ->
one reply -> live. A hole or an unknown epoch answers `reset`, never a partial result.
"""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from consumers.channel import Channel, Current
from consumers.wire import codec
from consumers.wire.bridge import on_database_thread
from consumers.wire.frames import Frame
from consumers.wire.hub import Hub
from consumers.wire.limits import TOPICS_PER_JOIN, TOPICS_PER_SOCKET
from consumers.wire.outlet import Outlet
from server import access, metrics
from server.errors import Refused
from server.realtime import log, replay
from server.realtime.instant import one_instant
from server.realtime.publish import Envelope
from server.realtime.snapshots import encode_snapshot
from server.realtime.topics import Topic
from server.schema import Shape

READINGS = 20
"""How often a join reads anew because a right was revoked while it read."""

TopicName = Annotated[str, Field(max_length=40)]


class Wanted(Shape):
    """A topic, and the last number of it that the client has."""

    topic: TopicName
    after: Annotated[int, Field(ge=0)] | None = None


class JoinBody(Shape):
    """What a join frame carries."""

    epoch: Annotated[str, Field(max_length=32)] | None = None
    topics: Annotated[list[Wanted], Field(min_length=1, max_length=TOPICS_PER_JOIN)]


class LeaveBody(Shape):
    """What a leave frame carries."""

    topics: Annotated[list[TopicName], Field(max_length=TOPICS_PER_SOCKET)]


@dataclass(eq=False, slots=True)
class Join:
    """A join under way: what was published on its topics since it began to listen."""

    outlet: Outlet
    heard: list[Envelope] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)

    def rules(self, authority: str) -> int:
        """The newest version of an authority's rules that was heard of meanwhile."""
        versions = (e.auth_version for e in self.heard if e.authority == authority)
        return max(versions, default=0)


@dataclass(slots=True)
class Reading:
    """What the database said: all of it read after the topics were being listened to."""

    epoch: str
    positions: dict[str, replay.Position]
    allowed: set[Topic]
    past: replay.Replay
    current: list[Current]


class Joiner:
    """Joins sockets to topics. channels: kind -> channel."""

    def __init__(self, hub: Hub, channels: dict[str, Channel]):
        self._hub, self._channels = hub, channels

    async def join(self, outlet: Outlet, ref: int, body: JoinBody) -> None:
        """Answer one join frame. Raises Refused when nothing of it can be done."""
        wanted, unknown = self._parse(body)
        if len(outlet.topics | {str(topic) for topic in wanted}) > TOPICS_PER_SOCKET:
            raise Refused("full", f"At most {TOPICS_PER_SOCKET} topics a socket.")
        owners = await self._owners(list(wanted))
        unknown += [str(topic) for topic in wanted if topic not in owners]
        wanted = {topic: after for topic, after in wanted.items() if topic in owners}
        join = Join(outlet)
        watched = [self._hub.watch(topic, owners[topic]) for topic in wanted]
        for one in watched:
            one.joins.add(join)
        try:
            await self._hub.bus.ready([*wanted, *owners.values()])
            reading = await self._read(join, wanted, owners, body.epoch)
            self._admit(join, ref, wanted, owners, unknown, reading)
        finally:
            for one in watched:
                one.joins.discard(join)
                self._hub.tidy(one)

    def _parse(self, body: JoinBody) -> tuple[dict[Topic, int | None], list[str]]:
        wanted: dict[Topic, int | None] = {}
        unknown = []
        for entry in body.topics:
            try:
                wanted[Topic.parse(entry.topic)] = entry.after
            except ValueError:
                unknown.append(entry.topic)
        return wanted, unknown

    async def _owners(self, wanted: list[Topic]) -> dict[Topic, Topic]:
        """Each existing topic's authority; it never changes, so a watched one's is known."""
        owners, ask = {}, []
        for topic in wanted:
            if watched := self._hub.watched.get(str(topic)):
                owners[topic] = watched.authority
            elif access.RULES[topic.kind].authorities is None:
                owners[topic] = topic
            else:
                ask.append(topic)
        if ask:
            owners |= await on_database_thread(access.authorities, ask)
        return owners

    async def _read(
        self,
        join: Join,
        wanted: dict[Topic, int | None],
        owners: dict[Topic, Topic],
        epoch: str | None,
    ) -> Reading:
        """Read, and read again when a right was revoked while we did.

        What was heard is asked too: until the first join here is answered the hub knows no version
        of the rules, and an event committed after a revocation would be let into that answer.
        """
        for _ in range(READINGS):
            reading = await on_database_thread(
                self._from_database, join.outlet.person_id, wanted, owners, epoch
            )
            for authority in set(map(str, owners.values())):
                newest = max(self._hub.auth.get(authority, 0), join.rules(authority))
                if newest > reading.positions[authority].auth_version:
                    break
            else:
                return reading
        # A database restored to an older state never catches up with what we heard.
        raise Refused("unavailable", "The rules keep changing.", retry_after=1)

    def _from_database(
        self,
        person_id: int,
        wanted: dict[Topic, int | None],
        owners: dict[Topic, Topic],
        epoch: str | None,
    ) -> Reading:
        present = log.epoch()  # outside: its very first reading may write
        with one_instant():
            # Or a right could end between the question whether this person may watch and the
            # reading of what they would see, and later state slip into the answer.
            return self._at_one_instant(person_id, wanted, owners, epoch, present)

    def _at_one_instant(
        self,
        person_id: int,
        wanted: dict[Topic, int | None],
        owners: dict[Topic, Topic],
        epoch: str | None,
        present: str,
    ) -> Reading:
        names = {str(topic) for topic in (*wanted, *owners.values())}
        positions = replay.positions(sorted(names))
        allowed = access.watchable(person_id, list(wanted))
        cursors = {
            str(topic): after
            for topic, after in wanted.items()
            if topic in allowed and after is not None
        }
        if epoch is not None and epoch != present:
            past = replay.Replay(resets=set(cursors))
        else:
            past = replay.missed(cursors, positions, events=replay.REPLAY_EVENTS)
            past = replay.within(past, replay.REPLAY_BYTES)
        current: list[Current] = []
        for kind, channel in self._channels.items():
            if ids := [topic.id for topic in allowed if topic.kind == kind]:
                current += channel.shared(ids)
                current += channel.mine(person_id, ids)
        return Reading(present, positions, allowed, past, current)

    def _admit(
        self,
        join: Join,
        ref: int,
        wanted: dict[Topic, int | None],
        owners: dict[Topic, Topic],
        unknown: list[str],
        reading: Reading,
    ) -> None:
        """On the loop, without a pause: become a watcher and answer."""
        joined, events = [], []
        refused = [{"topic": name, "code": "not_found"} for name in unknown]
        for topic in wanted:
            name = str(topic)
            if topic not in reading.allowed or name in join.revoked:
                refused.append({"topic": name, "code": "not_found"})
                continue
            past = [text for _, text in reading.past.events.get(name, [])]
            later, head = _in_order(join.heard, name, reading.positions[name].head)
            self._become_watcher(join, topic, head)
            if name not in reading.past.resets and wanted[topic] is not None:
                events += past + later
            joined.append({"topic": name, "head": head})
            missed = len(past) + len(later)
            metrics.joined(wanted[topic], missed, reset=name in reading.past.resets)
        for authority in set(map(str, owners.values())):
            self._learn_rules(authority, reading.positions[authority].auth_version)
        events += [
            encode_snapshot(now.topic, now.version, now.event, now.key) for now in reading.current
        ]
        self._learn_snapshots(reading.current)
        data = {
            "epoch": reading.epoch,
            "joined": joined,
            "resets": sorted(reading.past.resets),
            "refused": refused,
        }
        join.outlet.write(Frame(codec.joined(ref, data, events)))
        for envelope in join.heard:
            if envelope.kind == "snapshot" and envelope.topic in join.outlet.topics:
                join.outlet.write(Frame(codec.events([envelope.text])))

    def _become_watcher(self, join: Join, topic: Topic, head: int) -> None:
        name = str(topic)
        watched = self._hub.watched[name]
        watched.outlets.add(join.outlet)
        join.outlet.topics.add(name)
        if watched.number is None:
            # The first watcher here: numbers start with what its reply says.
            watched.number = head
            if any(
                e.kind == "logged" and e.topic == name and e.position > head for e in join.heard
            ):
                self._hub.doubt(name)

    def _learn_snapshots(self, current: list[Current]) -> None:
        """The first state read here is what later ones are compared with. Not a newer one: who
        joined before may not have it, and the keeper must still find that out."""
        for now in current:
            if watched := self._hub.watched.get(str(now.topic)):
                text = encode_snapshot(now.topic, now.version, now.event, now.key)
                watched.latest.setdefault(f"{now.event.type}/{now.key}", (now.version, text))

    def _learn_rules(self, authority: str, version: int) -> None:
        """The first reading sets the version; a newer one means we missed a revocation."""
        known = self._hub.auth.get(authority)
        if known is None and authority in self._hub.governed:
            self._hub.auth[authority] = version
        elif known is not None and version > known:
            self._hub.check_again(authority, None, version)


def _in_order(heard: list[Envelope], name: str, head: int) -> tuple[list[str], int]:
    """What was heard beyond the head without a hole; the rest comes live or by repair."""
    later = []
    for envelope in sorted(
        (e for e in heard if e.kind == "logged" and e.topic == name), key=lambda e: e.position
    ):
        if envelope.position == head + 1:
            head = envelope.position
            later.append(envelope.text)
    return later, head
