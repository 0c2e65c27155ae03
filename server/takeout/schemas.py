"""A takeout as the wire shows it. What stands inside one: records.py."""

from typing import Annotated, Literal

from pydantic import Field

from server.schema import ClientId, Milliseconds, Shape

State = Literal["none", "working", "ready", "failed"]


class TakeoutView(Shape):
    """My download of everything of mine. version only grows: of two views the higher is true."""

    version: int
    state: State
    progress: Annotated[int, Field(ge=0, le=100)]
    """Per cent, while working."""
    size: int
    """Bytes, when ready."""
    asked_at: Milliseconds | None
    ready_at: Milliseconds | None
    expires_at: Milliseconds | None
    again_at: Milliseconds | None
    """From then on another one may be asked for; null: now."""


class TakeoutDraft(Shape):
    """Ask for one. Repeating a client_id changes nothing."""

    client_id: ClientId
