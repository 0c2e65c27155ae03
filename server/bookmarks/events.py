"""What a person's own devices learn live about their bookmarks."""

from server.realtime.events import Logged
from server.schema import Id


class BookmarksChanged(Logged, type="bookmarks.changed", topic="user"):
    """I keep these items now and those no more; with neither, only folders, notes or words changed.

    What is shown of them is worth loading again: GET /api/bookmarks, /api/bookmarks/index.
    """

    kept: list[Id]
    dropped: list[Id]
