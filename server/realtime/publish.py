"""The one door through which events leave the domain, always after commit."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple, Protocol

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from server.realtime.layer import ManyPubSubLayer
from server.realtime.topics import Topic

log = structlog.get_logger(__name__)

Kind = Literal["logged", "snapshot", "whisper", "revoke", "sessions", "ending"]

HOLD_SECONDS = 1.0
"""How long a session that ends waits for the processes that have its sockets."""


class Envelope(NamedTuple):
    """One publication as it travels between processes; `text` is the ready-made event.

    position: number of a logged event, version of a snapshot or of the authority's rules.
    key: of a snapshot. authority/auth_version: whose rules say who may watch, and their version
    at commit. person_id: whom a revoke concerns (None = check everybody) or a whisper comes from.
    sessions: digests of ended sessions (empty = all of that person's), or of those about to end.
    """

    kind: Kind
    topic: str
    text: str = ""
    position: int = 0
    key: str = ""
    authority: str = ""
    auth_version: int = 0
    person_id: int | None = None
    sessions: tuple[str, ...] = ()


def layer_message(envelopes: Sequence[Envelope], origin: str = "") -> dict[str, Any]:
    """Publications of one group as one channel-layer message. origin: the worker they are from."""
    return {**layer_start(origin), "envelopes": list(map(list, envelopes))}


def layer_start(origin: str) -> dict[str, Any]:
    """The fields that come first, so that a process knows its own by their bytes."""
    return {"type": "hub.envelopes", "origin": origin}


async def ask(
    layer: ManyPubSubLayer, envelopes: Sequence[Envelope], reply_to: str, question: str = ""
) -> int:
    """Say this to all who listen. Each answers on the channel `reply_to` when it has done what it
    was told. Returns how many answers there will be."""
    expected = 0
    for envelope in envelopes:
        # Not under the name that publications have: a worker of an older version skips it.
        message = {
            "type": "hub.ask",
            "asked": [list(envelope)],
            "reply_to": reply_to,
            "question": question,
        }
        expected += await layer.group_tell(Topic.parse(envelope.topic).group, message)
    return expected


class Transport(Protocol):
    """How envelopes reach the hubs. Workers install their own (see `install`)."""

    def publish(self, *envelopes: Envelope) -> None:
        """Hand over envelopes in their order; must not raise and must not block on the network."""

    def refresh(self, topic: Topic, key: str, load: Callable[[], Envelope | None]) -> None:
        """Load and publish a snapshot soon; several requests for one topic and key (type/key)
        become one."""

    def hold(self, *envelopes: Envelope) -> None:
        """Have the sockets of sessions that are about to end fall silent on every worker. Returns
        when they have, or after HOLD_SECONDS; must not raise."""


class LayerTransport:
    """For processes without a hub (commands, scripts): straight to the channel layer."""

    def publish(self, *envelopes: Envelope) -> None:
        """Send to every hub that watches the topic. A failure is logged: hubs repair from heads."""
        layer = get_channel_layer()
        for envelope in envelopes:
            group = Topic.parse(envelope.topic).group
            try:
                async_to_sync(layer.group_send)(group, layer_message([envelope]))
            except Exception as error:
                log.warning("publish_failed", topic=envelope.topic, error=repr(error))

    def refresh(self, topic: Topic, key: str, load: Callable[[], Envelope | None]) -> None:
        """Without a loop there is nothing to gather in: load and publish now."""
        if envelope := load():
            self.publish(envelope)

    def hold(self, *envelopes: Envelope) -> None:
        """Ask the hubs, and wait for their answers."""
        layer = get_channel_layer()
        if not isinstance(layer, ManyPubSubLayer):
            return  # in memory: there is no other process
        try:
            async_to_sync(self._hold)(layer, envelopes)
        except Exception as error:
            log.warning("hold_failed", error=repr(error))

    async def _hold(self, layer: ManyPubSubLayer, envelopes: Sequence[Envelope]) -> None:
        async with asyncio.timeout(HOLD_SECONDS):
            reply_to = await layer.new_channel()
            for _ in range(await ask(layer, envelopes, reply_to)):
                await layer.receive(reply_to)


_transport: Transport = LayerTransport()


def install(transport: Transport) -> Transport:
    """Use another transport in this process; returns the previous one."""
    global _transport
    previous, _transport = _transport, transport
    return previous


def publish_on_commit(*envelopes: Envelope) -> None:
    """Publish when the current transaction has committed, or now when there is none.

    robust: a failure here must not turn a committed write into an error for its author.
    """
    transaction.on_commit(lambda: _transport.publish(*envelopes), robust=True)


def refresh_on_commit(topic: Topic, key: str, load: Callable[[], Envelope | None]) -> None:
    """Have a snapshot loaded and published soon after commit."""
    # No partial: Django's report of a failure asks for the function's name, which it has not.
    transaction.on_commit(lambda: _transport.refresh(topic, key, load), robust=True)


def hold_now(*envelopes: Envelope) -> None:
    """Within a transaction, before its commit: see Transport.hold."""
    _transport.hold(*envelopes)


def publish_now(envelope: Envelope) -> None:
    """For whispers only: they belong to no transaction."""
    _transport.publish(envelope)
