"""Text to commands and back: a bad frame gets an error reply, never an exception to the socket."""

from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import ValidationError

from consumers.channel import Command
from server.errors import Refused
from server.schema import Shape


@dataclass(frozen=True, slots=True)
class Said:
    """A frame that was understood."""

    ref: int
    command: Command
    body: Shape


class BadFrame(Exception):
    """A frame that was not; `ref` is None when even that could not be read."""

    def __init__(self, ref: int | None, refusal: Refused):
        self.ref, self.refusal = ref, refusal
        super().__init__(str(refusal))


def decode(text: str, commands: dict[str, Command]) -> Said:
    """Read one frame. Raises BadFrame with the code the client is to see."""
    try:
        frame = orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        raise BadFrame(None, Refused("bad_frame", "Not JSON.")) from error
    if not isinstance(frame, dict):
        raise BadFrame(None, Refused("bad_frame", "Not a JSON object."))
    ref = frame.pop("ref", None)
    op = frame.pop("op", None)
    if not isinstance(ref, int) or isinstance(ref, bool) or not 0 <= ref < 2**53:
        raise BadFrame(None, Refused("bad_frame", "`ref` must be a whole number from 0 on."))
    if not isinstance(op, str) or op not in commands:
        raise BadFrame(ref, Refused("bad_frame", f"Unknown op {str(op)[:40]!r}."))
    command = commands[op]
    try:
        return Said(ref, command, command.body.model_validate(frame))
    except ValidationError as error:
        fields = {".".join(map(str, e["loc"])) or "frame": e["msg"] for e in error.errors()}
        raise BadFrame(ref, Refused("bad_field", fields=fields)) from error


def frame(op: str, **fields: Any) -> str:
    """A frame that is not made of events."""
    return orjson.dumps({"op": op, **fields}, default=_shape).decode()


def reply(ref: int, data: Shape | None) -> str:
    """The answer yes."""
    said = "{}" if data is None else data.model_dump_json()
    return f'{{"op":"reply","ref":{ref},"data":{said}}}'


def joined(ref: int, data: dict[str, Any], events: list[str]) -> str:
    """The answer to a join; the events are already JSON and are not parsed again."""
    head = orjson.dumps({"op": "reply", "ref": ref, "data": data}).decode()
    return f'{head[:-1]},"events":[{",".join(events)}]}}'


def error(ref: int | None, refusal: Refused) -> str:
    """The answer no."""
    return frame("error", ref=ref, error=refusal.body())


def events(texts: list[str]) -> str:
    """Several ready-made events as one frame."""
    return '{"op":"events","events":[' + ",".join(texts) + "]}"


def _shape(value: Any) -> Any:
    if isinstance(value, Shape):
        return value.model_dump(mode="json")
    raise TypeError(type(value).__name__)
