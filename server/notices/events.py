"""What a person's pages learn live of their notices."""

from server.realtime.events import Logged


class NoticesChanged(Logged, type="notices.changed", topic="user"):
    """My newest notice and my mark are these now. How many are unread is asked for: whether a
    notice may be seen is decided when it is."""

    last: int
    read: int
