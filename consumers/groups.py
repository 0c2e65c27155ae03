"""Groups: the card everybody sees who may see the group, and how many wait for me to decide."""

from collections.abc import Collection

from consumers.channel import Channel, Current, Pair
from server.groups import queries
from server.realtime import topics


def _states(ids: Collection[int]) -> list[Current]:
    return [
        Current(topics.group(event.group.id), version, event)
        for version, event in queries.group_states(ids)
    ]


def _waiting(pairs: Collection[Pair]) -> list[Current]:
    people, groups = {person for person, _ in pairs}, {group for _, group in pairs}
    return [
        Current(topics.user(person), version, event, key=str(event.group_id))
        for person, version, event in queries.waiting_of(people, groups)
        if (person, event.group_id) in pairs
    ]


channels = (Channel("group", shared=_states, mine=_waiting),)
