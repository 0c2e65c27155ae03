"""refresh(): have a topic's current state sent whole, soon, at most a few times a second."""

from collections.abc import Callable
from functools import partial

from server.realtime.events import Snapshot
from server.realtime.log import current_auth
from server.realtime.publish import Envelope, publish_on_commit, refresh_on_commit
from server.realtime.topics import Topic

Load = Callable[[], tuple[int, Snapshot] | None]
"""Reads (version, state) from the tables; None when there is nothing to tell any more."""


def refresh(
    topic: Topic,
    event: type[Snapshot],
    load: Load,
    *,
    key: str = "",
    authority: Topic | None = None,
) -> None:
    """Publish the state of this type and key that `load` reads after commit.

    The version must be read no later than the state it names, so that equal versions never
    show an older state. A lost frame heals with the next one, or when the hub checks.
    """
    # The type is part of the name: my like of post 7 must not stand in for my vote in poll 7.
    refresh_on_commit(topic, f"{event.type}/{key}", partial(_envelope, topic, load, key, authority))


def publish_state(
    topic: Topic, version: int, event: Snapshot, *, key: str = "", auth_version: int
) -> None:
    """Publish after commit a state that the transaction itself has made and holds the lock of.

    auth_version: of the topic's rules, read in the same transaction (see log.current_auths).
    """
    publish_on_commit(state_envelope(topic, version, event, key=key, auth_version=auth_version))


def state_envelope(
    topic: Topic, version: int, event: Snapshot, *, key: str = "", auth_version: int
) -> Envelope:
    """The same as a publication, for those who publish many."""
    return Envelope(
        kind="snapshot",
        topic=str(topic),
        text=encode_snapshot(topic, version, event, key),
        position=version,
        key=f"{event.type}/{key}",
        authority=str(topic),
        auth_version=auth_version,
    )


def _envelope(topic: Topic, load: Load, key: str, authority: Topic | None) -> Envelope | None:
    if (loaded := load()) is None:
        return None
    version, event = loaded
    # After the state: a revocation committed before it is then always in the version it carries.
    auth_version = current_auth(authority or topic)
    return Envelope(
        kind="snapshot",
        topic=str(topic),
        text=encode_snapshot(topic, version, event, key),
        position=version,
        key=f"{event.type}/{key}",
        authority=str(authority or topic),
        auth_version=auth_version,
    )


def encode_snapshot(topic: Topic, version: int, event: Snapshot, key: str = "") -> str:
    """A snapshot as JSON text."""
    return event.encode(topic, version=version, **({"key": key} if key else {}))
