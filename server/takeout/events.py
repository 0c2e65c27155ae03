"""What a person's devices learn live about their takeout."""

from server.realtime.events import Logged
from server.takeout.schemas import TakeoutView


class TakeoutChanged(Logged, type="takeout.changed", topic="user"):
    """Mine was asked for, goes on (every twentieth part), is ready, failed, or is gone."""

    takeout: TakeoutView
