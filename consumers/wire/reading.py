"""What joins read. A crowd that comes back at once is read for together: the number of queries does
not grow with the number of people, and who missed nothing costs no query of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from consumers.channel import Channel, Current
from server import access
from server.realtime import log, replay
from server.realtime.instant import one_instant
from server.realtime.snapshots import encode_snapshot
from server.realtime.topics import Topic


@dataclass(frozen=True, slots=True)
class Question:
    """One join: who, which topics after which number, and whose rules govern them."""

    person_id: int
    wanted: dict[Topic, int | None]
    owners: dict[Topic, Topic]
    epoch: str | None


@dataclass(frozen=True, slots=True)
class State:
    """A topic's present state, encoded once for everybody who joins at this moment."""

    now: Current
    text: str

    @property
    def key(self) -> str:
        return f"{self.now.event.type}/{self.now.key}"


@dataclass(slots=True)
class Reading:
    """What the database said at one instant, after the topics were being listened to. cursors: of
    the allowed topics whose past is wanted. resets: those of another epoch."""

    epoch: str
    positions: dict[str, replay.Position]
    allowed: set[Topic]
    cursors: dict[str, int]
    resets: set[str]
    current: list[State]


class Reader:
    """Reads for joins on a database thread. channels: kind -> channel."""

    def __init__(self, channels: dict[str, Channel]):
        self._channels = channels

    def read_all(self, questions: Sequence[Question]) -> list[Reading]:
        """A reading for each question, all of one instant.

        Or a right could end between the question whether this person may watch and the reading of
        what they would see, and later state slip into the answer.
        """
        present = log.epoch()  # outside: its very first reading may write
        with one_instant():
            names = {str(t) for q in questions for t in (*q.wanted, *q.owners.values())}
            positions = replay.positions(sorted(names))
            asked = {(q.person_id, topic) for q in questions for topic in q.wanted}
            allowed = access.allowed(asked)
            shared, mine = self._states(allowed)
        return [self._reading(q, present, positions, allowed, shared, mine) for q in questions]

    def _states(
        self, allowed: set[tuple[int, Topic]]
    ) -> tuple[dict[Topic, list[State]], dict[tuple[int, Topic], list[State]]]:
        """What everybody sees, by topic; what is somebody's own in it, by (person, topic)."""
        shared: dict[Topic, list[State]] = {}
        mine: dict[tuple[int, Topic], list[State]] = {}
        for kind, channel in self._channels.items():
            pairs = {(person, topic.id) for person, topic in allowed if topic.kind == kind}
            if not pairs:
                continue
            for now in channel.shared({thing for _, thing in pairs}):
                shared.setdefault(now.topic, []).append(_encoded(now))
            for now in channel.mine(pairs):
                about = (now.topic.id, Topic(kind, int(now.key)))
                mine.setdefault(about, []).append(_encoded(now))
        return shared, mine

    def _reading(
        self,
        question: Question,
        present: str,
        positions: dict[str, replay.Position],
        allowed: set[tuple[int, Topic]],
        shared: dict[Topic, list[State]],
        mine: dict[tuple[int, Topic], list[State]],
    ) -> Reading:
        person_id, wanted = question.person_id, question.wanted
        may = {topic for topic in wanted if (person_id, topic) in allowed}
        cursors = {
            str(topic): after
            for topic, after in wanted.items()
            if topic in may and after is not None
        }
        resets: set[str] = set()
        if question.epoch is not None and question.epoch != present:
            cursors, resets = {}, set(cursors)
        current = []
        for topic in wanted:
            if topic in may:
                current += shared.get(topic, [])
                current += mine.get((person_id, topic), [])
        return Reading(present, positions, may, cursors, resets, current)


def _encoded(now: Current) -> State:
    return State(now, encode_snapshot(now.topic, now.version, now.event, now.key))


def missed(reading: Reading, person_id: int) -> replay.Replay:
    """The events after the cursors of a reading. One query, none when nothing was missed.

    Everyone on a topic was sent the same bytes, and since then some of them may have been hidden
    from this person by a block: such a past is a reset, and the page is loaded as it is for them.

    They are read later than the positions, and yet of the same instant: a numbered event never
    changes but by being emptied, and those beyond the heads that were read are left out.
    """
    past = replay.missed(reading.cursors, reading.positions, events=replay.REPLAY_EVENTS)
    for name in access.withheld(person_id, {name: reading.cursors[name] for name in past.events}):
        del past.events[name]
        past.resets.add(name)
    return replay.within(past, replay.REPLAY_BYTES)


def behind(reading: Reading) -> bool:
    """Whether anything was missed (or a cursor is of another world), so that `missed` must ask."""
    heads = reading.positions
    return any(heads[name].head != after for name, after in reading.cursors.items())
