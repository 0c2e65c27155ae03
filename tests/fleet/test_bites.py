"""Every case under fire is shown to bite: the same case, against workers with one deliberate defect
each (see altered_worker.py), must complain, and in the words that belong to the defect."""

from __future__ import annotations

import asyncio
import signal

import psycopg
import pytest

from tests.fleet.client import No
from tests.fleet.crowd import Crowd, crowd, eventually
from tests.fleet.harness import Fleet
from tests.fleet.proxy import lines
from tests.fleet.test_bad_networks import flooded, presence_goes, slow_readers_delay_nobody
from tests.fleet.test_clock_jump import HOUR, Clock, through_jumps
from tests.fleet.test_kill import all_killed, rolling_restart
from tests.fleet.test_postgres_outage import shut_out, told_in_time
from tests.fleet.test_redis_outage import (
    FROZEN,
    FULL,
    STOPPED,
    Fault,
    cut_off,
    flushed,
    live_again,
    without_redis,
)
from tests.fleet.test_repeat import last_words
from tests.fleet.test_revocation import (
    CLOSED_WITHIN,
    COMPARED_WITHIN,
    RIGHTS,
    SESSIONS,
    scene,
    sessions_end,
)

pytestmark = pytest.mark.timeout(180)


async def talked(them: Crowd, within: float = 3) -> None:
    """The least of all cases: some messages, and the checker."""
    sends = await them.talk(20, 1)
    await them.acknowledged(sends, within=10)
    await them.settle(within=within)
    await them.check()


async def test_a_repeat_that_is_a_new_message(pliable: Fleet) -> None:
    await pliable.serve_altered("forgets_client_ids")
    async with crowd(pliable, people=4) as them:
        with pytest.raises(AssertionError, match="acknowledged and is lost"):
            await talked(them)


async def test_a_publication_before_the_commit(pliable: Fleet) -> None:
    await pliable.serve_altered("publishes_before_commit")
    async with crowd(pliable, people=4) as them:
        with pytest.raises(AssertionError, match="with other content"):
            await talked(them)


async def test_a_replay_with_a_hole(pliable: Fleet) -> None:
    await pliable.serve_altered("skips_in_replay")
    async with (
        lines(pliable.port, 3) as ways,
        crowd(pliable, people=4, via=["", *(line.url for line in ways)]) as them,
    ):
        for line in ways:
            line.away = True
            line.cut()
        sends = [them.clients[0].message(them.room_id, f"missed {n}") for n in range(3)]
        await asyncio.gather(*sends)
        for line in ways:
            line.away = False
        with pytest.raises(AssertionError, match="3 clients are behind"):
            await them.settle(within=2.5)


@pytest.mark.long
async def test_a_flood_that_is_suffered(pliable: Fleet) -> None:
    await pliable.serve_altered("suffers_floods")
    async with crowd(pliable, people=4) as them:
        with pytest.raises(AssertionError, match=r"closed with \[\]"):
            await flooded(them, seconds=1)


@pytest.mark.long
async def test_a_wall_clock(pliable: Fleet) -> None:
    clock = Clock(pliable)
    await pliable.serve_altered("brisk_pings,wall_clock", **clock.env)
    with pytest.raises(AssertionError, match="the time that is told is off by 3600 s"):
        await through_jumps(pliable, clock, [HOUR])


@pytest.mark.long
async def test_timers_by_the_wall_clock(pliable: Fleet) -> None:
    clock = Clock(pliable)
    await pliable.serve_altered("brisk_pings,wall_timers", **clock.env)
    with pytest.raises(AssertionError, match="no ping any more"):
        await through_jumps(pliable, clock, [-HOUR])


@pytest.mark.long
async def test_nobody_compares_with_the_log(pliable: Fleet) -> None:
    await pliable.serve_altered("die_before_publish,no_keeper")
    async with crowd(pliable, people=8) as them:
        with pytest.raises(AssertionError, match="the others see what the log has"):
            await last_words(them)


@pytest.mark.long
async def test_no_subscription_after_an_outage(pliable: Fleet) -> None:
    await pliable.serve_altered("no_resubscribe")
    with pytest.raises(AssertionError, match="not by push"):
        await live_again(pliable, times=4)


@pytest.mark.long
async def test_no_end_of_half_open_sockets(pliable: Fleet) -> None:
    await pliable.serve_altered("no_ping_timeout")
    with pytest.raises(AssertionError, match="all offline"):
        await presence_goes(pliable, many=3, noticed_within=6)


@pytest.mark.long
async def test_no_end_of_what_waits_unread(pliable: Fleet) -> None:
    await pliable.serve_altered("small_buffers,no_limit")
    async with crowd(pliable, people=10) as them:
        with pytest.raises(AssertionError, match="0 of 3 slow readers were cut off"):
            await slow_readers_delay_nobody(them, 3, 20, 4)


@pytest.mark.long
async def test_waiting_for_a_silent_database(pliable: Fleet) -> None:
    await pliable.serve_altered("waits_for_ever")
    async with crowd(pliable, people=4) as them:
        pliable.postgres.freeze()
        try:
            sends = await them.talk(4, 1)
            await asyncio.sleep(6)
            with pytest.raises(AssertionError, match="nobody was told"):
                told_in_time(them.recorder.waits)
        finally:
            pliable.postgres.thaw()
        await them.acknowledged(sends, within=20)


@pytest.mark.long
async def test_an_answer_before_the_disk_has_it(pliable: Fleet) -> None:
    """As if the ack left before the commit: PostgreSQL itself is told not to wait for its disk."""
    await pliable.serve_anew(
        extra={"DATABASE_URL": f"{pliable.database_url}?options=-c%20synchronous_commit%3Doff"}
    )
    set_writer_delay(pliable, "10s")
    try:
        async with crowd(pliable, people=4) as them:
            sends = await them.talk(20, 2)
            await them.acknowledged(sends, within=10)
            pliable.postgres.stop(signal.SIGQUIT)
            pliable.postgres.launch()
            await eventually(pliable.postgres.answers, 30, "PostgreSQL after a crash")
            with pytest.raises(AssertionError, match="acknowledged and is lost"):
                await them.check()
    finally:
        set_writer_delay(pliable, "200ms")


# What comes back after a loss of all workers, or of one after the other ---------------------------


@pytest.mark.long
async def test_an_answer_before_the_commit_when_all_workers_die(pliable: Fleet) -> None:
    await pliable.serve_altered("answers_too_soon")
    with pytest.raises(AssertionError, match="acknowledged"):
        await all_killed(pliable, 1)


@pytest.mark.long
async def test_workers_that_leave_without_a_word(pliable: Fleet) -> None:
    await pliable.serve_altered("leaves_without_a_word")
    with pytest.raises(AssertionError, match="closed without the promised code"):
        await rolling_restart(pliable, "SIGHUP to the supervisor")


# Redis, and connections to PostgreSQL -------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("fault", [STOPPED, FROZEN], ids=["stopped", "frozen"])
async def test_waiting_for_redis(pliable: Fleet, fault: Fault) -> None:
    await pliable.serve_altered("waits_for_the_bus")
    with pytest.raises(AssertionError, match=r"acknowledged without Redis|unavailable"):
        await without_redis(pliable, fault, 5)


@pytest.mark.long
async def test_minding_what_a_full_redis_says(pliable: Fleet) -> None:
    await pliable.serve_altered("minds_the_cache")
    with pytest.raises(AssertionError, match=r"Server Error \(500\)"):
        await without_redis(pliable, FULL, 4)


@pytest.mark.long
async def test_a_truth_that_is_flushed(pliable: Fleet) -> None:
    await pliable.serve_altered("epoch_in_redis")
    async with crowd(pliable, people=4, tabs=2) as them:
        with pytest.raises(AssertionError, match="epoch"):
            await flushed(them, 2)


@pytest.mark.long
async def test_nobody_compares_after_a_cut(pliable: Fleet) -> None:
    await pliable.serve_altered("no_keeper,no_resubscribe")
    async with crowd(pliable, people=4, tabs=2) as them:
        with pytest.raises(AssertionError, match="clients are behind"):
            await cut_off(them, 2)


@pytest.mark.long
async def test_who_is_shut_out_is_not_told_to_try_again(pliable: Fleet) -> None:
    await pliable.serve_altered("blames_itself")
    async with crowd(pliable, people=4) as them:
        with pytest.raises((AssertionError, No), match=r"internal|no answer"):
            await shut_out(them, 3)


# Rights and sessions ------------------------------------------------------------------------------


@pytest.mark.long
async def test_a_hub_that_forgets_rights(pliable: Fleet) -> None:
    await pliable.serve_altered("forgets_rights")
    async with scene(pliable, RIGHTS, 3, mute=False) as ours:
        assert {deed for ear, deed in ours.victims if ours.past(ear, deed)} == set(RIGHTS)


@pytest.mark.long
async def test_a_hub_that_ignores_the_version_of_the_rules(pliable: Fleet) -> None:
    """Told, it would be right; and what is said in a room of somebody's going has a number: where
    it is lost, the hole is a reason to look at the rules."""
    await pliable.serve_altered("ignores_versions")
    async with scene(pliable, RIGHTS[2:], 3, mute=True) as ours:
        assert {deed for ear, deed in ours.victims if ours.past(ear, deed)} == set(RIGHTS[2:])


async def test_a_hub_that_hears_of_an_end_only_afterwards(pliable: Fleet) -> None:
    await pliable.serve_altered("late_to_ends")
    with pytest.raises(AssertionError, match="frames committed later arrived"):
        await sessions_end(pliable, SESSIONS, 2, mute=False, own=True, within=CLOSED_WITHIN)


@pytest.mark.long
@pytest.mark.parametrize("mute", [False, True], ids=["told", "untold"])
async def test_a_hub_that_keeps_ended_sessions(pliable: Fleet, mute: bool) -> None:
    await pliable.serve_altered("keeps_ended_sessions")
    with pytest.raises(AssertionError, match="not closed within"):
        await sessions_end(pliable, SESSIONS, 2, mute=mute, own=True, within=COMPARED_WITHIN)


def set_writer_delay(fleet: Fleet, delay: str) -> None:
    with psycopg.connect(fleet.database_url, autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET wal_writer_delay = '{delay}'")
        connection.execute("SELECT pg_reload_conf()")
