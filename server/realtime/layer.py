"""channels-redis' pub/sub layer, told many things at once.

One PUBLISH and the wait for its answer cost a worker 180 µs, however little is said, and a busy
one publishes for fifty rooms after every commit: they go as one pipeline. After a restart thousands
of groups are joined: as one SUBSCRIBE. The layer has no public way to say either (4.3), so this
reaches into its connections; its version is pinned, tests/consumers/test_bus.py holds the contract.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer


class ManyPubSubLayer(RedisPubSubChannelLayer):  # type: ignore[misc]
    """The layer, with the plural of two of its verbs, and one that tells who listens."""

    async def group_tell(self, group: str, message: dict[str, Any]) -> int:
        """Send one message. Returns how many processes listen to the group: Redis answers that to
        every publication, and the layer forgets it."""
        layer = self._get_layer()
        name = layer._get_group_channel_name(group)
        shard = layer._get_shard(name)
        async with shard._lock:
            shard._ensure_redis()
            listeners: int = await shard._redis.publish(name, self.serialize(message))
        return listeners

    async def group_send_many(self, said: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Send messages to groups, in this order for each group. Raises what Redis does; how much
        of it has been sent then is unknown."""
        layer = self._get_layer()
        for shard, groups in _by_shard(layer, [group for group, _ in said]).items():
            async with shard._lock:
                shard._ensure_redis()
                pipeline = shard._redis.pipeline(transaction=False)
                for group, message in said:
                    if group in groups:
                        pipeline.publish(groups[group], self.serialize(message))
                await pipeline.execute()

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
