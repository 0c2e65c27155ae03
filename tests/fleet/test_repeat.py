"""Death between commit and reply: a thousand sends, repeated, are a thousand rows."""

from __future__ import annotations

import asyncio

import pytest

from tests.fleet.crowd import crowd, report
from tests.fleet.harness import Fleet
from tests.services.plugin import services

SENDS = 1_000
CLIENTS = 20


@pytest.mark.timeout(300)
async def test_a_thousand_repeated_sends_are_a_thousand_rows() -> None:
    folder, entry = services.subfolder("mortal"), "tests.fleet.mortal_worker"
    async with (
        Fleet(folder, workers=2, entry=entry, extra={"DIE_EVERY": "150"}) as fleet,
        crowd(fleet, people=CLIENTS) as them,
    ):
        speakers = [them.clients[number % CLIENTS] for number in range(SENDS)]
        in_flight = asyncio.Semaphore(10)

        async def say(number: int) -> None:
            async with in_flight:
                await speakers[number].message(them.room_id, f"message {number}")

        await asyncio.wait_for(asyncio.gather(*(say(number) for number in range(SENDS))), 200)
        attempts = list(them.recorder.attempts.values())
        repeats = sum(attempt.tries - 1 for attempt in attempts)
        deaths = fleet.logs().count("worker_died")
        assert deaths >= 5 and repeats >= deaths / 2, "deaths must have made clients repeat"

        # Once more, all of them: the recorder refuses an answer that differs from the first.
        by_name = {client.name: client for client in them.clients}

        async def again(attempt_number: int) -> None:
            attempt = attempts[attempt_number]
            body = {k: v for k, v in attempt.body.items() if k != "client_id"}
            first = attempt.ack
            async with in_flight:
                client = by_name[attempt.client]
                second = await client.send(attempt.op, client_id=attempt.client_id, **body)
            assert second == first

        await asyncio.wait_for(asyncio.gather(*(again(number) for number in range(SENDS))), 200)
        await them.settle(within=10)
        assert them.check() == SENDS
        report(
            fleet.folder,
            f"commit, then death: {deaths} deaths, {repeats} repeats by outboxes, "
            f"{SENDS} by hand, {SENDS} rows",
        )
