"""Chats over HTTP: lists, pages and everything that changes a room."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from server.chat import queries, services
from server.chat.schemas import (
    EditHistory,
    Emoji,
    GroupDraft,
    MemberDraft,
    MessageDraft,
    MessagePage,
    PersonRef,
    ReadDraft,
    RoomCard,
    RoomChange,
    RoomList,
    RoomPage,
    Sent,
    StoreRef,
    TextChange,
)
from server.errors import Refused
from server.http import person_id
from server.schema import Id

router = Router(tags=["chat"])

Ordinal = Annotated[int | None, Query(), Field(ge=0, lt=2**53)]
Limit = Annotated[int, Query(), Field(ge=1, le=100)]
Done = Status[None]
DONE: Done = Status(204, None)


@router.get("/rooms", response=RoomList, summary="My chats")
def get_rooms(request: HttpRequest) -> RoomList:
    """The most recently active first, with what is unread in each."""
    return queries.room_list(person_id(request))


@router.post("/rooms", response=RoomCard, summary="Make a group")
def create_group(request: HttpRequest, draft: GroupDraft) -> RoomCard:
    """Of friends of mine. Repeating a client_id is safe."""
    return services.create_group(person_id(request), draft)


@router.post("/rooms/direct", response=RoomCard, summary="Open the chat with a person")
def open_direct(request: HttpRequest, draft: PersonRef) -> RoomCard:
    """The one there is, or a new one with a friend."""
    return services.open_direct(person_id(request), draft.person_id)


@router.post("/rooms/store", response=RoomCard, summary="Ask the seller")
def open_store_chat(request: HttpRequest, draft: StoreRef) -> RoomCard:
    """My chat with the people of a store; send an item's card with the first message."""
    return services.open_store_chat(person_id(request), draft.store_id)


@router.get("/rooms/{room_id}", response=RoomPage, summary="A chat")
def get_room(request: HttpRequest, room_id: Id, limit: Limit = 50) -> RoomPage:
    """Its people and the messages around the first unread one, or the latest."""
    return queries.room_page(person_id(request), room_id, limit)


@router.patch("/rooms/{room_id}", response=RoomCard, summary="Rename a group")
def rename(request: HttpRequest, room_id: Id, change: RoomChange) -> RoomCard:
    """Its owner only."""
    return services.rename(person_id(request), room_id, change.title)


@router.get("/rooms/{room_id}/messages", response=MessagePage, summary="A page of messages")
def get_messages(
    request: HttpRequest,
    room_id: Id,
    before: Ordinal = None,
    after: Ordinal = None,
    around: Ordinal = None,
    limit: Limit = 50,
) -> MessagePage:
    """Next to an ordinal, or the latest."""
    return queries.messages(
        person_id(request), room_id, before=before, after=after, around=around, limit=limit
    )


@router.post("/rooms/{room_id}/messages", response=Sent, summary="Send a message")
def send(request: HttpRequest, room_id: Id, draft: MessageDraft) -> Sent:
    """Repeating a client_id is safe: the first answer comes back."""
    if draft.room_id != room_id:
        raise Refused("bad_field", fields={"room_id": "differs from the path's"})
    return services.send(person_id(request), draft)


@router.patch("/messages/{message_id}", response={204: None}, summary="Edit a message")
def edit(request: HttpRequest, message_id: Id, change: TextChange) -> Done:
    """One's own; the earlier wording stays in the history."""
    services.edit(person_id(request), message_id, change.text)
    return DONE


@router.delete("/messages/{message_id}", response={204: None}, summary="Delete a message")
def delete(request: HttpRequest, message_id: Id) -> Done:
    """For everyone; its author or the group's owner."""
    services.delete(person_id(request), message_id)
    return DONE


@router.get("/messages/{message_id}/edits", response=EditHistory, summary="Earlier wordings")
def get_edits(request: HttpRequest, message_id: Id) -> EditHistory:
    """The oldest first."""
    return queries.edits(person_id(request), message_id)


@router.put("/messages/{message_id}/reactions/{emoji}", response={204: None}, summary="React")
def react(request: HttpRequest, message_id: Id, emoji: Emoji) -> Done:
    """Pressing it twice is once."""
    services.react(person_id(request), message_id, emoji)
    return DONE


@router.delete(
    "/messages/{message_id}/reactions/{emoji}", response={204: None}, summary="Take a reaction back"
)
def unreact(request: HttpRequest, message_id: Id, emoji: Emoji) -> Done:
    """One that is not there stays not there."""
    services.unreact(person_id(request), message_id, emoji)
    return DONE


@router.post("/rooms/{room_id}/read", response={204: None}, summary="I have read up to here")
def mark_read(request: HttpRequest, room_id: Id, draft: ReadDraft) -> Done:
    """A mark never goes back."""
    services.mark_read(person_id(request), room_id, draft.ordinal)
    return DONE


@router.post("/rooms/{room_id}/members", response={204: None}, summary="Add friends to a group")
def add_members(request: HttpRequest, room_id: Id, draft: MemberDraft) -> Done:
    """Any member may bring friends of theirs; those who are there already stay as they are."""
    services.add_members(person_id(request), room_id, draft.person_ids)
    return DONE


@router.delete(
    "/rooms/{room_id}/members/{other_id}", response={204: None}, summary="Leave or remove"
)
def remove_member(request: HttpRequest, room_id: Id, other_id: Id) -> Done:
    """Myself: I leave the group. Somebody else: its owner only."""
    me = person_id(request)
    if other_id == me:
        services.leave(me, room_id)
    else:
        services.remove_member(me, room_id, other_id)
    return DONE
