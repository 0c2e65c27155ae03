"""channels-redis' pub/sub layer, told many things at once.

A busy worker publishes for fifty rooms after every commit: they go as one write. Through a pool of
connections each publication would cost 300 µs more than what it does, so one connection is kept for
them. After a restart thousands of groups are joined: as one SUBSCRIBE. The layer has no public way
to say any of this (4.3), so this reaches into its connections; its version is pinned, and
tests/consumers/test_bus.py holds the contract.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from channels_redis.pubsub import (
    RedisPubSubChannelLayer,
    RedisPubSubLoopLayer,
    RedisSingleShardConnection,
)
from redis.asyncio import Connection

log = structlog.get_logger(__name__)

QUIET_SECONDS = 5.0
"""Where nothing is said, the receiver looks up this often. The layer's own does ten times a second,
which is a third of what an idle worker costs."""

NOTHING_SECONDS, AGAIN_SECONDS = 0.1, 1.0
"""How often it looks while nothing is subscribed, and after what failed."""

ANSWER_SECONDS = 5.0
"""A Redis that has not answered a round of publications by then is away."""


class Shard(RedisSingleShardConnection):  # type: ignore[misc]
    """One Redis: a connection to hear from, one to publish on, and a pool for the rest."""

    def __init__(self, host: Any, channel_layer: Any):
        super().__init__(host, channel_layer)
        self._publisher: Connection | None = None

    async def publish_many(self, said: Sequence[tuple[str, bytes]]) -> list[int]:
        """Publish in this order. Returns how many processes listened to each. Raises what Redis
        does, or TimeoutError; how much has been sent then is unknown."""
        async with self._lock:
            self._ensure_redis()
            try:
                # One limit for the round: the connection's own would cost a task for every answer.
                async with asyncio.timeout(ANSWER_SECONDS):
                    publisher = await self._own_publisher()
                    packed = publisher.pack_commands(("PUBLISH", *one) for one in said)
                    await publisher.send_packed_command(packed)
                    return [int(await publisher.read_response()) for _ in said]
            except BaseException:
                # The answers still to come would be taken for those to the next round.
                await self._leave()
                raise

    async def _own_publisher(self) -> Connection:
        """The kept connection. One that Redis has closed since is made anew: a restart while
        nothing was said loses nothing."""
        known = self._publisher
        if known is not None and known._reader is not None and not known._reader.at_eof():
            return known
        await self._leave()
        pool = self._redis.connection_pool
        made: Connection = pool.connection_class(
            **{**pool.connection_kwargs, "socket_timeout": None}
        )
        self._publisher = made
        await made.connect()  # type: ignore[no-untyped-call]
        return made

    async def _leave(self) -> None:
        publisher, self._publisher = self._publisher, None
        if publisher is not None:
            await publisher.disconnect(nowait=True)

    async def flush(self) -> None:
        """End it, as the layer does when its loop ends."""
        async with self._lock:
            await self._leave()
        await super().flush()

    async def _do_receiving(self) -> None:
        while True:
            try:
                if self._pubsub and self._pubsub.subscribed:
                    self._receive_message(
                        await self._pubsub.get_message(
                            ignore_subscribe_messages=True, timeout=QUIET_SECONDS
                        )
                    )
                else:
                    await asyncio.sleep(NOTHING_SECONDS)
            except (asyncio.CancelledError, GeneratorExit):
                raise
            except Exception as error:
                log.warning("receive_failed", error=repr(error))
                await asyncio.sleep(AGAIN_SECONDS)


class _Others(asyncio.Queue[bytes]):
    """Takes no message that begins so. The byte before it says how many fields a message has."""

    def __init__(self, start: bytes):
        super().__init__()
        self._start = start

    def put_nowait(self, item: bytes) -> None:
        if not item.startswith(self._start, 1):
            super().put_nowait(item)


class ManyPubSubLayer(RedisPubSubChannelLayer):  # type: ignore[misc]
    """The layer, with the plural of two of its verbs, and one that tells who listens."""

    async def new_channel_without(self, start: dict[str, Any], prefix: str) -> str:
        """A channel of this process that messages with these first fields do not reach. What a
        process says to a group comes back to it: a third of what publishing costs, when it is
        queued and read only to be thrown away. Encrypted messages have no such start, and come."""
        channel: str = await self.new_channel(prefix)
        self._get_layer().channels[channel] = _Others(self.serialize(start)[1:])
        return channel

    def _get_layer(self) -> RedisPubSubLoopLayer:
        known = len(self._layers)
        layer = super()._get_layer()
        if len(self._layers) != known:
            layer._shards = [Shard(shard.host, layer) for shard in layer._shards]
        return layer

    async def group_tell(self, group: str, message: dict[str, Any]) -> int:
        """Send one message. Returns how many processes listen to the group: Redis answers that to
        every publication, and the layer forgets it."""
        layer = self._get_layer()
        name = layer._get_group_channel_name(group)
        [listeners] = await layer._get_shard(name).publish_many([(name, self.serialize(message))])
        return int(listeners)

    async def group_send_many(self, said: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Send messages to groups, in this order for each group. Raises what Redis does; how much
        of it has been sent then is unknown."""
        layer = self._get_layer()
        for shard, groups in _by_shard(layer, [group for group, _ in said]).items():
            await shard.publish_many(
                [(groups[group], self.serialize(told)) for group, told in said if group in groups]
            )

    async def group_add_many(self, groups: Iterable[str], channel: str) -> None:
        """Add a channel of this process to groups. Raises what Redis does; asking again is safe."""
        layer = self._get_layer()
        if channel not in layer.channels:
            raise RuntimeError(f"{channel} is not a channel of this process")
        for shard, named in _by_shard(layer, groups).items():
            async with shard._lock:
                shard._ensure_redis()
                shard._ensure_receiver()
                fresh = [name for name in named.values() if name not in shard._subscribed_to]
                if fresh:
                    await shard._pubsub.subscribe(*fresh)
                    shard._subscribed_to.update(fresh)
            for name in named.values():
                layer.groups.setdefault(name, set()).add(channel)


def _by_shard(layer: Any, groups: Iterable[str]) -> dict[Any, dict[str, str]]:
    """Connection -> group -> the name it has in Redis."""
    found: dict[Any, dict[str, str]] = defaultdict(dict)
    for group in groups:
        name = layer._get_group_channel_name(group)
        found[layer._get_shard(name)][group] = name
    return found
