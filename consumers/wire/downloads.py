"""A large answer leaves as fast as its reader reads: Daphne would hold all of it in memory."""

import asyncio
from time import monotonic
from typing import Any

import structlog

log = structlog.get_logger(__name__)

UNSENT_BYTES = 512 * 1024
"""What may wait for one reader before the next part is asked for."""

LOOK_SECONDS = 0.02
STALLED_SECONDS = 60.0
"""A reader who takes nothing for so long is let go."""


async def taken(request: Any) -> None:
    """Return when the peer of a Daphne request has taken most of what was written to it, or is
    gone."""
    least, give_up = UNSENT_BYTES, 0.0
    while (channel := request.channel) is not None:
        unsent = channel.transport.unsent()
        if unsent <= UNSENT_BYTES:
            return
        now = monotonic()
        if not give_up or unsent < least:
            least, give_up = unsent, now + STALLED_SECONDS
        elif now >= give_up:
            log.warning("download_stalled", unsent=unsent)
            channel.forceAbortClient()
            return
        await asyncio.sleep(LOOK_SECONDS)
