"""What is told of sharing."""

from server.realtime.events import Logged
from server.sharing.kinds import Kind


class SharingChanged(Logged, type="sharing.changed", topic="user"):
    """On some device I said whom a kind is for, or the list it was for is gone."""

    kind: Kind
