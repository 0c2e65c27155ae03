"""Death between commit and reply, or between commit and publication: what was committed is told
once, to everybody."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.fleet.crowd import Crowd, crowd, eventually, report, spread
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
        assert await them.check() == SENDS
        report(
            f"commit, then death: {deaths} deaths, {repeats} repeats by outboxes, "
            f"{SENDS} by hand, {SENDS} rows",
        )


TOLD_WITHIN = 4.0
"""A hub looks at the heads every 2 s, and half a second later at the latest."""


@pytest.mark.parametrize(
    "deaths", [pytest.param(1, id="short"), pytest.param(8, id="long", marks=pytest.mark.long)]
)
async def test_death_between_commit_and_publication(pliable: Fleet, deaths: int) -> None:
    await pliable.serve_altered("die_before_publish")
    async with crowd(pliable, people=8) as them:
        took = [await last_words(them) for _ in range(deaths)]
        await them.settle(within=10)
        assert await them.check() == deaths
        report(
            f"commit, then death before the publication, {deaths} times: those on the other "
            f"worker saw it after {max(took):.2f} s at most",
        )


async def last_words(them: Crowd) -> float:
    """One sends, and their worker dies with the message committed and nobody told. Seconds until
    everyone on the other worker has it, who never had to reconnect."""
    await spread(them.clients, them.fleet.workers)
    speaker = them.clients[0]
    others = [client for client in them.clients if client.worker != speaker.worker]
    assert others
    worker, outages = speaker.worker, len(them.recorder.outages)
    before = others[0].numbers[them.topic]
    started = time.monotonic()
    sending = asyncio.create_task(speaker.message(them.room_id, "last words"))
    await eventually(
        lambda: all(other.numbers[them.topic] > before for other in others),
        TOLD_WITHIN,
        f"the others see what the log has; they stand at {before}",
    )
    took = time.monotonic() - started
    await asyncio.wait_for(sending, 20)
    await them.fleet.wait_until_ready()
    assert len(them.recorder.outages) > outages and worker not in {o.worker for o in others}
    return took
