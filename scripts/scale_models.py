"""Models of a large Jianghu for simulate_scale.py: placing, queues, storms.

Seeded, so that the same inputs give the same figures. Standard library only.
"""

from __future__ import annotations

import heapq
import random
from bisect import bisect_left
from itertools import accumulate
from zlib import crc32

SEED = 20_261_123


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def seeded(stream: int) -> random.Random:
    """A source of chance of its own for each model."""
    return random.Random(SEED + stream)  # noqa: S311  (repeatable, guards nothing)


# Who watches a room ----------------------------------------------------------------------------

ROOMS = (
    # share of messages, members, share of them who are here
    (0.70, 2, 0.75),
    (0.25, 8, 0.40),
    (0.05, 120, 0.25),
)


def watchers(tabs: float, rounds: int = 100_000) -> list[int]:
    """How many sockets watch a room in which somebody just spoke, message by message."""
    chance = seeded(0)
    shares = [share for share, *_ in ROOMS]
    found = []
    for _ in range(rounds):
        (_, members, here) = chance.choices(ROOMS, shares)[0]
        others = sum(chance.random() < here for _ in range(members))
        found.append(1 + others + sum(chance.random() < tabs - 1 for _ in range(others)))
    return found


def processes(counts: list[int], workers: int) -> list[int]:
    """On how many workers those sockets are, when a load balancer spreads them without memory."""
    chance = seeded(1)
    return [len({chance.randrange(workers) for _ in range(count)}) for count in counts]


# Redis -----------------------------------------------------------------------------------------


def shard_balance(shards: int, topics: int = 300_000, publications: int = 1_000_000) -> float:
    """The busiest of the Redis, as a multiple of their mean. Topics are as unequal as people are
    (Zipf 0.8) and are placed as channels_redis does it: by the low 12 bits of CRC-32."""
    chance = seeded(2)
    weights = list(accumulate((rank + 1) ** -0.8 for rank in range(topics)))
    loads = [0] * shards
    ring = 4096 / shards
    for _ in range(publications):
        topic = bisect_left(weights, chance.random() * weights[-1])
        loads[int((crc32(b"room.%d" % topic) & 0xFFF) / ring)] += 1
    return max(loads) / (publications / shards)


# A worker's loop -------------------------------------------------------------------------------


def loop_wait(
    frames: float, sockets: list[int], delivery_us: float, other: float, events: int = 300_000
) -> tuple[float, float]:
    """Seconds that a frame waits for the loop: (p50, p99).

    frames a second, each to one of `sockets`; other: share of the core that commands, joins and
    pages take, in pieces of 0.3 ms on the mean. One server, first come first served.
    """
    chance = seeded(3)
    pieces = other / 0.0003
    free_at, now, waits = 0.0, 0.0, []
    for _ in range(events):
        now += chance.expovariate(frames + pieces)
        begin = max(now, free_at)
        if chance.random() < frames / (frames + pieces):
            waits.append(begin - now)
            free_at = begin + chance.choice(sockets) * delivery_us * 1e-6
        else:
            free_at = begin + chance.expovariate(1 / 0.0003)
    return percentile(waits, 0.5), percentile(waits, 0.99)


def batches(
    arrivals: float, commit_s: float, each_s: float, most: int = 100, messages: int = 100_000
) -> tuple[float, float]:
    """One worker's natural batching: what waits is committed together. arrivals a second.

    Returns (mean batch, p99 seconds from arrival to commit).
    """
    chance = seeded(4)
    now, free_at, done = 0.0, 0.0, 0
    line: list[float] = []
    waits: list[float] = []
    coming = chance.expovariate(arrivals)
    commits = 0
    while done < messages:
        while coming <= max(free_at, now):
            line.append(coming)
            coming += chance.expovariate(arrivals)
        if not line:
            now = coming
            continue
        some, line = line[:most], line[most:]
        begin = max(free_at, some[-1])
        free_at = begin + commit_s + each_s * len(some)
        now = free_at
        waits += [free_at - at for at in some]
        done += len(some)
        commits += 1
    return done / commits, percentile(waits, 0.99)


# A zone is lost --------------------------------------------------------------------------------


def storm(clients: int, rate: float, patience: float = 10.0) -> tuple[float, float]:
    """So many clients of one remaining worker come back, which answers `rate` handshakes a second.

    Each waits a random time up to min(30, 0.5 * 2^n) s before its n-th attempt and gives an attempt
    up after `patience` seconds. Returns seconds until (99 %, all) are back.
    """
    chance = seeded(5)
    attempts = [(chance.random() * 0.5, client, 1) for client in range(clients)]
    heapq.heapify(attempts)
    free_at = 0.0
    back: list[float] = []
    while attempts:
        at, client, tries = heapq.heappop(attempts)
        begin = max(at, free_at)
        if begin - at > patience:
            # It gave up while it waited in line; the worker notices a closed socket for nothing.
            wait = chance.random() * min(30.0, 0.5 * 2**tries)
            heapq.heappush(attempts, (at + patience + wait, client, tries + 1))
            continue
        free_at = begin + 1 / rate
        back.append(free_at)
    return percentile(back, 0.99), max(back)
