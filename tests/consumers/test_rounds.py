"""What a worker does on the side, when the world does not stand still."""

from typing import Any

from server.accounts import presence
from server.accounts.models import User
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
    await in_database(presence.retire, worker.name)
    assert await state() == "offline"
    await rounds._renew()
    await rounds._presence()
    assert await state() == "online"
