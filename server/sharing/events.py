"""What is told of sharing. An activity is told by its number alone: whoever wants to see it asks,
and so it stands exactly who was shown it, and nobody has what they may not see any more."""

from server.realtime.events import Logged, Snapshot
from server.schema import Id
from server.sharing.kinds import Kind
from server.sharing.schemas import OwnActivity


class SharingChanged(Logged, type="sharing.changed", topic="user"):
    """On some device I said whom a kind is for, or the list it was for is gone."""

    kind: Kind


class ActivityShown(Logged, type="activity.shown", topic="author list"):
    """Somebody did something that is shown by itself. See it: GET /api/activity."""

    activity_id: Id


class ActivityWithdrawn(Logged, type="activity.withdrawn", topic="author list"):
    """It was taken back: it goes from every open page."""

    activity_id: Id


class ActivityWaiting(Snapshot, type="activity.waiting", topic="user"):
    """What I did that will be shown soon, and can be taken back before anybody sees it."""

    waiting: list[OwnActivity]
