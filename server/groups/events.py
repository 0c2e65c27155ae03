"""What is told live of groups."""

from server.groups.schemas import GroupCard, GroupLine
from server.realtime.events import Logged, Snapshot
from server.schema import Id


class GroupChanged(Snapshot, type="group.changed", topic="group"):
    """The group as everybody sees it: its name, how many are in it, whether it is archived."""

    group: GroupCard


class GroupTied(Logged, type="group.tied", topic="user"):
    """How I stand to a group has changed. line: null when I may not see the group any more."""

    group_id: Id
    line: GroupLine | None


class GroupWaiting(Snapshot, type="group.waiting", topic="user"):
    """How many ask to come into a group that I decide for; key = group id."""

    group_id: Id
    waiting: int
