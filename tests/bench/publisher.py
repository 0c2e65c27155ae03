"""Publishes on one topic at a fixed schedule (open loop), through Redis as another worker would.

`python -m tests.bench.publisher hub item:1 …` speaks to our hub; `… tutorial room …` does what the
tutorial's consumer does: `group_send` of a dictionary.
"""

import argparse
import asyncio
import time
from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer

from server.realtime.publish import Envelope
from server.realtime.topics import Topic

FILLER = "x" * 40


def for_hub(topic: str) -> tuple[str, Any]:
    """The group, and a maker of messages: whispers, so that nothing but fan-out is measured."""
    parsed = Topic.parse(topic)

    def make() -> dict[str, Any]:
        text = (
            f'{{"topic":"{topic}","type":"bench","data":'
            f'{{"t":{time.monotonic_ns()},"filler":"{FILLER}"}}}}'
        )
        return Envelope(kind="whisper", topic=topic, text=text).message() | {"origin": "publisher"}

    return parsed.group, make


def for_tutorial(group: str) -> tuple[str, Any]:
    """The same payload, as the tutorial sends it."""

    def make() -> dict[str, Any]:
        data = {"t": time.monotonic_ns(), "filler": FILLER}
        return {"type": "chat.message", "topic": group, "data": data}

    return group, make


async def publish(options: argparse.Namespace) -> None:
    layer = RedisPubSubChannelLayer(hosts=[options.redis], prefix=options.prefix)
    group, make = (for_hub if options.kind == "hub" else for_tutorial)(options.topic)
    begin = time.monotonic()
    for n in range(options.messages):
        wait = begin + n * options.interval - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        await layer.group_send(group, make())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["hub", "tutorial"])
    parser.add_argument("topic")
    parser.add_argument("--redis", required=True)
    parser.add_argument("--prefix", default="jianghu")
    parser.add_argument("--messages", type=int, required=True)
    parser.add_argument("--interval", type=float, required=True, help="seconds between two")
    asyncio.run(publish(parser.parse_args()))


if __name__ == "__main__":
    main()
