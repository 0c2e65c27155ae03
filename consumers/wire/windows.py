"""When what was gathered for a topic leaves."""

import asyncio
from collections.abc import Callable
from time import monotonic

from consumers.wire.topic import Watched

UNNOTICED_SECONDS = 0.040
"""A busy topic rests four times as long as it worked, up to this (docs/adr/0026)."""

LONGEST_PAUSE = 1.0
"""However late the loop is, nobody waits longer for what was gathered."""


def pause_after(regular: float, begun: float, due: float | None) -> float:
    """Seconds until the next frame of a busy topic. The window stretches with what the last round
    cost, for as long as nobody notices; and further with how late the loop was for it: a third of
    the time at most goes to one topic, and a worker that cannot keep up sends fewer, larger frames
    instead of falling further behind."""
    took = monotonic() - begun
    late = 0.0 if due is None else max(0.0, begun - due)
    unnoticed = min(UNNOTICED_SECONDS, 4 * took)
    return max(regular, unnoticed, min(LONGEST_PAUSE, 2 * (took + late)))


def send_at(
    moment: float, send: Callable[[Watched, float], None], watched: Watched
) -> asyncio.Handle:
    """Send then, or in this turn of the loop when the moment is over. No timer runs while nothing
    waits: one that finds nothing to send would wake an idle worker after every event."""
    loop, now = asyncio.get_running_loop(), monotonic()
    if moment <= now:
        return loop.call_soon(send, watched, now)
    return loop.call_later(moment - now, send, watched, moment)
