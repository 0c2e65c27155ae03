"""What is shown to those who are in a group: its posts, and what it meets for."""

from collections.abc import Collection

from consumers.channel import Channel, Current
from server.gatherings import queries
from server.gatherings.events import GatheringChanged
from server.realtime import topics


def _states(ids: Collection[int]) -> list[Current]:
    return [
        Current(
            topics.members(view.group_id),
            view.version,
            GatheringChanged(gathering=view),
            key=str(view.id),
        )
        for view in queries.recent(ids)
    ]


channels = (Channel("members", shared=_states),)
