"""What a worker does on the side, when the world does not stand still."""

from typing import Any

from django.db import transaction

from server.accounts import presence
from server.accounts.models import User
from server.realtime import presence as leases
from tests.consumers.conftest import OpenTab, in_database

People = list[User]


async def test_a_worker_taken_for_dead_tells_its_people_again(
    people: People, tab: OpenTab, worker: Any
) -> None:
    """It had no way to the database for half a minute, and another worker retired it."""
    bo = people[1].pk

    async def state() -> str | None:
        found = (await in_database(presence.states, [bo])).get(bo)
        return found[1].state if found else None

    await tab(people[1])
    rounds = worker._rounds
    await rounds._presence()
    assert await state() == "online"

    def retire() -> None:
        with transaction.atomic():
            leases.settle(leases.retire(worker.name) or set())

    await in_database(retire)
    assert await state() == "offline"
    await rounds._renew()
    await rounds._presence()
    assert await state() == "online"
