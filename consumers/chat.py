"""Rooms: messages, reactions, read marks and typing."""

from collections.abc import Collection
from typing import Annotated

from pydantic import Field

from consumers.channel import Again, Channel, Command, Current, Pair
from server.chat import queries, services
from server.chat.events import RoomRead
from server.chat.schemas import Emoji, MessageDraft, Sent, Text
from server.realtime import topics
from server.schema import Id, Shape


class EditBody(Shape):
    """New words for a message of mine."""

    message_id: Id
    text: Text


class MessageBody(Shape):
    """One message."""

    message_id: Id


class ReactBody(Shape):
    """An emoji on a message."""

    message_id: Id
    emoji: Emoji


class ReadBody(Shape):
    """I have read this room up to here."""

    room_id: Id
    ordinal: Annotated[int, Field(ge=0)]


class DeliveredMark(Shape):
    """Up to here a room has reached my page."""

    room_id: Id
    ordinal: Annotated[int, Field(ge=0)]


class DeliveredBody(Shape):
    """How far my rooms have reached my page."""

    marks: Annotated[list[DeliveredMark], Field(min_length=1, max_length=queries.ROOMS)]


class TypingBody(Shape):
    """I am writing, or have stopped."""

    room_id: Id
    on: bool


def _edit(person_id: int, body: EditBody) -> None:
    services.edit(person_id, body.message_id, body.text)


def _delete(person_id: int, body: MessageBody) -> None:
    services.delete(person_id, body.message_id)


def _react(person_id: int, body: ReactBody) -> None:
    services.react(person_id, body.message_id, body.emoji)


def _unreact(person_id: int, body: ReactBody) -> None:
    services.unreact(person_id, body.message_id, body.emoji)


def _read(person_id: int, body: ReadBody) -> None:
    services.mark_read(person_id, body.room_id, body.ordinal)


def _delivered(person_id: int, body: DeliveredBody) -> None:
    services.mark_delivered(person_id, {mark.room_id: mark.ordinal for mark in body.marks})


def _typing(person_id: int, body: TypingBody) -> None:
    services.typing(person_id, body.room_id, body.on)


def _typing_again(person_id: int, body: TypingBody) -> None:
    services.typing_again(person_id, body.room_id, body.on)


def _reads(ids: Collection[int]) -> list[Current]:
    return [
        Current(topics.room(room), version, event)
        for room, (version, event) in queries.room_reads(ids).items()
    ]


def _my_reads(pairs: Collection[Pair]) -> list[Current]:
    """How far each has read on another device while this one was away."""
    people, rooms = {person for person, _ in pairs}, {room for _, room in pairs}
    return [
        Current(
            topics.user(person), ordinal, RoomRead(room_id=room, ordinal=ordinal), key=str(room)
        )
        for person, room, ordinal in queries.reads_of(people, rooms)
        if (person, room) in pairs
    ]


channels = (
    Channel(
        "room",
        commands=(
            Command("message.send", MessageDraft, Sent, services.send, services.send_all),
            Command("message.edit", EditBody, None, _edit),
            Command("message.delete", MessageBody, None, _delete),
            Command("message.react", ReactBody, None, _react),
            Command("message.unreact", ReactBody, None, _unreact),
            Command("room.read", ReadBody, None, _read),
            Command("room.delivered", DeliveredBody, None, _delivered),
            Command(
                "typing",
                TypingBody,
                None,
                _typing,
                again=Again(lambda body: topics.room(body.room_id), _typing_again),
            ),
        ),
        shared=_reads,
        mine=_my_reads,
    ),
)
