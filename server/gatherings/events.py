"""What is told live of gatherings."""

from server.gatherings.schemas import Gathering, Word
from server.realtime.events import Snapshot
from server.schema import Id


class GatheringChanged(Snapshot, type="gathering.changed", topic="members"):
    """A gathering of the group with its counts, and nobody's name; key = its id."""

    gathering: Gathering


class GatheringAnswered(Snapshot, type="gathering.answered", topic="user"):
    """What I answered, or that a place came free for me; key = the gathering's id, version = the
    gathering's. answer: null when I am not in its group any more."""

    gathering_id: Id
    answer: Word | None
