"""A person's own topic, with what of theirs waits to be shown, and their presence."""

from collections.abc import Collection

from consumers.channel import Channel, Current
from server.accounts import presence
from server.realtime import topics
from server.sharing import queries as sharing
from server.sharing.events import ActivityWaiting


def _presence(ids: Collection[int]) -> list[Current]:
    return [
        Current(topics.presence(person), version, event)
        for person, (version, event) in presence.states(ids).items()
    ]


def _waiting(ids: Collection[int]) -> list[Current]:
    return [
        Current(topics.user(person), version, ActivityWaiting(waiting=waiting))
        for person, version, waiting in sharing.waiting_of(ids)
    ]


channels = (
    Channel("user", shared=_waiting),
    Channel("presence", shared=_presence),
)
