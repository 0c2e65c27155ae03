"""A person's own topic, their presence, and the item cards anybody may watch."""

from collections.abc import Collection

from consumers.channel import Channel, Current
from server.accounts import presence
from server.realtime import topics


def _presence(ids: Collection[int]) -> list[Current]:
    return [
        Current(topics.presence(person), version, event)
        for person, (version, event) in presence.states(ids).items()
    ]


channels = (
    Channel("user"),
    Channel("presence", shared=_presence),
)
