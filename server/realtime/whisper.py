"""whisper(): tell whoever is there; nothing is stored and nothing depends on it."""

from server.realtime.events import Whisper
from server.realtime.publish import Envelope, publish_now
from server.realtime.topics import Topic


def whisper(topic: Topic, event: Whisper, *, person_id: int) -> None:
    """Send to everyone on the topic but the person it comes from."""
    publish_now(
        Envelope(kind="whisper", topic=str(topic), text=event.encode(topic), person_id=person_id)
    )
