"""The one order in which a topic is joined, so that nothing falls between past and present:

subscribe and listen -> read positions -> authorise -> read what was missed -> merge by number ->
one reply -> live. A hole or an unknown epoch answers `reset`, never a partial result.
"""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from consumers.channel import Channel
from consumers.wire import codec
from consumers.wire.batch import Batcher
from consumers.wire.bridge import on_database_thread
from consumers.wire.frames import Frame
from consumers.wire.hub import Hub
from consumers.wire.limits import TOPICS_PER_JOIN, TOPICS_PER_SOCKET
from consumers.wire.outlet import Outlet
from consumers.wire.reading import Question, Reader, Reading, State, behind, missed
from server import access, metrics
from server.errors import Refused
from server.realtime.publish import Envelope
from server.realtime.replay import Replay
from server.realtime.topics import Topic
from server.schema import Shape

READ_TOGETHER = 200
"""Joins that one reading answers."""

READINGS = 20
"""How often a join reads anew because a right was revoked while it read."""

TopicName = Annotated[str, Field(max_length=40, title="topic")]


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


class Joiner:
    """Joins sockets to topics. channels: kind -> channel."""

    def __init__(self, hub: Hub, channels: dict[str, Channel]):
        self._hub = hub
        self._reader: Batcher[Question, Reading] = Batcher(
            Reader(channels).read_all, most=READ_TOGETHER, calls=2
        )

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
            question = Question(outlet.person_id, wanted, owners, body.epoch)
            reading, past = await self._read(join, question)
            self._admit(join, ref, question, unknown, reading, past)
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

    async def _read(self, join: Join, question: Question) -> tuple[Reading, Replay]:
        """Read, and read again when a right was revoked while we did.

        What was heard is asked too: until the first join here is answered the hub knows no version
        of the rules, and an event committed after a revocation would be let into that answer.
        """
        for _ in range(READINGS):
            reading, past = await self._reader.do(question), Replay()
            if behind(reading):
                past = await on_database_thread(missed, reading, question.person_id)
            # Nothing is waited for after this: what is revoked later finds a watcher.
            for authority in set(map(str, question.owners.values())):
                newest = max(self._hub.auth.get(authority, 0), join.rules(authority))
                if newest > reading.positions[authority].auth_version:
                    break
            else:
                past.resets |= reading.resets
                return reading, past
        # A database restored to an older state never catches up with what we heard.
        raise Refused("unavailable", "The rules keep changing.", retry_after=1)

    def _admit(
        self,
        join: Join,
        ref: int,
        question: Question,
        unknown: list[str],
        reading: Reading,
        past: Replay,
    ) -> None:
        """On the loop, without a pause: become a watcher and answer."""
        joined, events = [], []
        refused = [{"topic": name, "code": "not_found"} for name in unknown]
        for topic, after in question.wanted.items():
            name = str(topic)
            if topic not in reading.allowed or name in join.revoked:
                refused.append({"topic": name, "code": "not_found"})
                continue
            before = [text for _, text in past.events.get(name, [])]
            later, head = _in_order(join.heard, name, reading.positions[name].head)
            self._become_watcher(join, topic, head)
            if name not in past.resets and after is not None:
                events += before + later
            joined.append({"topic": name, "head": head})
            metrics.joined(after, len(before) + len(later), reset=name in past.resets)
        for authority in set(map(str, question.owners.values())):
            self._learn_rules(authority, reading.positions[authority].auth_version)
        events += [state.text for state in reading.current]
        self._learn_snapshots(reading.current)
        data = {
            "epoch": reading.epoch,
            "joined": joined,
            "resets": sorted(past.resets),
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

    def _learn_snapshots(self, current: list[State]) -> None:
        """The first state read here is what later ones are compared with. Not a newer one: who
        joined before may not have it, and the keeper must still find that out."""
        for state in current:
            if watched := self._hub.watched.get(str(state.now.topic)):
                watched.latest.setdefault(state.key, (state.now.version, state.text))

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
