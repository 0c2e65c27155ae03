"""What a worker shows of itself: gauges that are read when asked, and how late its loop is."""

import asyncio
from time import monotonic

from consumers.wire.hub import Hub
from server import metrics

SAMPLE_SECONDS = 0.25


def show(hub: Hub) -> None:
    """Have this hub's figures read at every scrape, on the thread that answers it. Reading a
    length needs no lock."""
    metrics.SOCKETS.set_function(lambda: sum(len(tabs) for tabs in list(hub.people.values())))
    metrics.PEOPLE.set_function(lambda: len(hub.people))
    metrics.TOPICS.set_function(lambda: len(hub.watched))
    metrics.BUS_OUTBOX.set_function(lambda: hub.bus.waiting)
    metrics.BUS_HEALTHY.set_function(lambda: hub.bus.healthy)


async def sample_lag() -> None:
    """Until cancelled: ask to be woken and see how much later it happens. Everything a person
    waits for here waits at least that long."""
    while True:
        asked = monotonic()
        await asyncio.sleep(SAMPLE_SECONDS)
        metrics.LOOP_LAG.observe(max(0.0, monotonic() - asked - SAMPLE_SECONDS))
