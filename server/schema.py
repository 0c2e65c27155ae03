"""The one language of REST and socket: strict shapes, unknown fields are errors."""

from hashlib import blake2b
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

ClientId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""Idempotency key made by the client: 128 random bits in hex."""

Milliseconds = Annotated[int, Field(ge=0)]
"""A moment: integer milliseconds since 1970 UTC, by the database's clock."""

Id = Annotated[int, Field(ge=1, lt=2**53)]


class Shape(BaseModel):
    """Base of everything that crosses the wire in either direction."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        json_schema_serialization_defaults_required=True,
    )


def digest(draft: Shape, *aside: str) -> str:
    """Names what a draft says, its client_id aside: tells a retry from another use of the id.
    aside: other fields that say nothing of it."""
    content = draft.model_dump_json(exclude={"client_id", *aside})
    return blake2b(content.encode(), digest_size=16).hexdigest()
