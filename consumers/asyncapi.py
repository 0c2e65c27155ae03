"""The socket described for machines, from the same classes that speak on it."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from consumers.socket import ALL_COMMANDS
from server.errors import CLOSES, CODES
from server.realtime.events import EVENTS, Event, Logged, Snapshot

Json = dict[str, Any]
_REF = "#/components/schemas/"
_TOPIC: Json = {"type": "string", "title": "topic"}
_WHOLE: Json = {"type": "integer"}


def describe() -> Json:
    """An AsyncAPI 3 document. `LiveEvent`, `ClientFrame` and `ServerFrame` are its three unions."""
    schemas = _shapes()
    schemas |= _events() | _client_frames() | _server_frames()
    messages = {name: {"payload": {"$ref": _REF + name}} for name in ("ClientFrame", "ServerFrame")}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Jianghu live",
            "version": "1",
            "description": "One WebSocket per tab. The rules are in docs/protocol.md.",
        },
        "channels": {"live": {"address": "/ws", "messages": messages}},
        "operations": {
            "say": _operation("receive", "ClientFrame"),
            "hear": _operation("send", "ServerFrame"),
        },
        "components": {"schemas": dict(sorted(schemas.items()))},
        "x-close-codes": [
            {"code": c.code, "reconnect": c.reconnect, "meaning": c.meaning} for c in CLOSES
        ],
    }


def _operation(action: str, message: str) -> Json:
    return {
        "action": action,
        "channel": {"$ref": "#/channels/live"},
        "messages": [{"$ref": f"#/channels/live/messages/{message}"}],
    }


def _shapes() -> Json:
    """Every shape that events and commands are made of, each once."""
    models: set[type[BaseModel]] = set(EVENTS.values())
    models |= {command.body for command in ALL_COMMANDS.values()}
    models |= {command.reply for command in ALL_COMMANDS.values() if command.reply}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, definitions = models_json_schema(
        [(model, "serialization") for model in ordered], ref_template=_REF + "{model}"
    )
    found: Json = definitions["$defs"]
    return found


def _object(required: Json, optional: Json | None = None, description: str = "") -> Json:
    return {
        "type": "object",
        "description": description,
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


def _map(key: str, value: Json) -> Json:
    return {"type": "object", "propertyNames": {"title": key}, "additionalProperties": value}


def _union(names: list[str], description: str) -> Json:
    return {"oneOf": [{"$ref": _REF + name} for name in names], "description": description}


def _events() -> Json:
    """`<Name>Event` is how the event stands in a frame; `<Name>` is its data."""
    found: Json = {}
    for name, event in sorted(EVENTS.items()):
        found[f"{event.__name__}Event"] = _object(
            {
                "topic": {**_TOPIC, "pattern": f"^{_kinds(event)}:[1-9][0-9]*$"},
                **_position(event),
                "type": {"const": name},
                "data": {"$ref": _REF + event.__name__},
            },
            {"key": {"type": "string"}} if issubclass(event, Snapshot) else None,
            (event.__doc__ or "").strip().splitlines()[0],
        )
    found["LiveEvent"] = _union(sorted(found), "Anything that can happen.")
    return found


def _kinds(event: type[Event]) -> str:
    kinds = "|".join(event.topic_kinds)
    return kinds if len(event.topic_kinds) == 1 else f"({kinds})"


def _position(event: type[Event]) -> Json:
    if issubclass(event, Logged):
        return {"number": {**_WHOLE, "minimum": 1}}
    if issubclass(event, Snapshot):
        return {"version": {**_WHOLE, "minimum": 0}}
    return {}


def _client_frames() -> Json:
    """`<Op>Frame`: the fields of the command's body beside `op` and `ref`; `x-body` names the shape
    they are when it has a name of its own, `x-reply` the data of the answer."""
    found: Json = {}
    for op, command in ALL_COMMANDS.items():
        name = "".join(part.capitalize() for part in op.split(".")) + "Frame"
        head = _object({"op": {"const": op}, "ref": _WHOLE})
        body = command.body.model_json_schema(ref_template=_REF + "{model}")
        found[name] = {
            **head,
            "properties": head["properties"] | body.get("properties", {}),
            "required": head["required"] + body.get("required", []),
            "x-reply": _REPLIES.get(op) or (command.reply.__name__ if command.reply else None),
        }
        if not command.body.__name__.endswith("Body"):
            found[name]["x-body"] = command.body.__name__
    found["ClientFrame"] = _union(list(found), "What a client may say.")
    return found


_REPLIES = {"join": "Joined", "ping": "Pong"}
"""Of what the socket itself does."""


def _server_frames() -> Json:
    events = {"type": "array", "items": {"$ref": _REF + "LiveEvent"}}
    names = {"type": "array", "items": _TOPIC}
    numbers = _map("topic", {**_WHOLE, "title": "number"})
    error = _object(
        {
            "code": {"enum": sorted(CODES)},
            "message": {"type": "string"},
            "retry": {"type": "boolean"},
        },
        {
            "fields": _map("field", {"type": "string", "title": "what is wrong"}),
            "retry_after": {"type": "number"},
        },
        "The error as REST and socket show it.",
    )
    joined = _object(
        {
            "epoch": {"type": "string"},
            "joined": {"type": "array", "items": _object({"topic": _TOPIC, "head": _WHOLE})},
            "resets": names,
            "refused": {
                "type": "array",
                "items": _object({"topic": _TOPIC, "code": {"enum": sorted(CODES)}}),
            },
        },
        description="The data of the reply to a join.",
    )
    hello = {
        "op": {"const": "hello"},
        "protocol": {"const": 1},
        "socket": {"type": "string"},
        "worker": {"type": "string"},
        "person_id": _WHOLE,
        "epoch": {"type": "string"},
        "time": _WHOLE,
    }
    frames = {
        "HelloFrame": _object(hello, description="First, once."),
        "ReplyFrame": _object(
            {"op": {"const": "reply"}, "ref": _WHOLE, "data": {"type": "object"}},
            {"events": events},
            "The answer to one frame, with `events` to a join; writes are committed before it "
            "leaves.",
        ),
        "ErrorFrame": _object(
            {
                "op": {"const": "error"},
                "ref": {"type": ["integer", "null"]},
                "error": {"$ref": _REF + "ErrorBody"},
            },
            description="The answer when it is no (`ref` is null when unreadable); the socket "
            "stays open.",
        ),
        "EventsFrame": _object(
            {"op": {"const": "events"}, "events": events},
            description="Something happened on a joined topic; several may share a frame.",
        ),
        "HeadsFrame": _object(
            {"op": {"const": "heads"}, "heads": numbers, "time": _WHOLE},
            description="Every 20 s: where the joined topics stand that moved lately (it is also "
            "the heartbeat).",
        ),
        "DroppedFrame": _object(
            {"op": {"const": "dropped"}, "topics": names},
            description="The right to watch these has ended; forget them, do not rejoin.",
        ),
    }
    union = _union(list(frames), "What the server says.")
    pong = _object({"time": _WHOLE}, description="The data of the reply to a ping.")
    shapes = {"ErrorBody": error, "Joined": joined, "Pong": pong, "ServerFrame": union}
    return frames | shapes
