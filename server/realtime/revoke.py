"""Revocation goes forward too: those who lost a right are dropped at once, on every worker."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b

from server.realtime.log import bump_auth
from server.realtime.publish import Envelope, hold_now, publish_on_commit
from server.realtime.topics import Topic, user


def revoke(authority: Topic, person_id: int | None = None) -> None:
    """This person may no longer watch the topic nor what it governs (None: check everybody).

    Call it inside the revoking transaction, once for each topic. The new version is carried by
    every later event, so a hub that missed this call re-checks before it delivers.
    """
    version = bump_auth(authority)
    publish_on_commit(
        Envelope(
            kind="revoke",
            topic=str(authority),
            authority=str(authority),
            auth_version=version,
            person_id=person_id,
        )
    )


def hold_sockets(session_keys: Mapping[int, Sequence[str]]) -> None:
    """The sockets of these sessions (person -> keys) hear nothing more, on any worker.

    Call it inside the ending transaction, when it has locked the sessions and before it commits:
    an event names the rules of its topic and not the sessions of its readers, so nothing else
    keeps what is committed a moment later, on another worker, from sockets not closed yet. Should
    the transaction fail, the sockets are given what they were not sent (see Rounds._outcomes).
    """
    hold_now(
        *(
            Envelope(
                kind="ending",
                topic=str(user(person_id)),
                person_id=person_id,
                sessions=tuple(map(session_digest, keys)),
            )
            for person_id, keys in session_keys.items()
        )
    )


def end_sockets(person_id: int, session_keys: list[str] | None = None) -> None:
    """Close the sockets of these sessions of a person (None: of all) on every worker.

    Call it inside the ending transaction. The new version of the person's own topic tells a hub
    that missed this to look at their sessions again.
    """
    digests = tuple(session_digest(key) for key in session_keys or ())
    publish_on_commit(
        Envelope(
            kind="sessions",
            topic=str(user(person_id)),
            authority=str(user(person_id)),
            auth_version=bump_auth(user(person_id)),
            person_id=person_id,
            sessions=digests,
        )
    )


def session_digest(session_key: str) -> str:
    """Names a session without being usable as one, for the bus and the logs."""
    return blake2b(session_key.encode(), digest_size=12).hexdigest()
