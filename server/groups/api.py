"""Groups over HTTP."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from server.chat.schemas import RoomCard
from server.groups import queries, services
from server.groups.schemas import (
    SEARCH_LENGTH,
    BannedPeople,
    GroupLine,
    GroupList,
    GroupPage,
    GroupPerson,
    GroupRoomChange,
    GroupRoomDraft,
    GroupRooms,
    GroupsFound,
    InterestChange,
    InterestDraft,
    JoinDraft,
    MembersPage,
    RequestsPage,
    RoleChange,
)
from server.http import person_id
from server.schema import Id

router = Router(tags=["groups"])

Cursor = Annotated[str | None, Query(), Field(max_length=200)]
Done = Status[None]
DONE: Done = Status(204, None)


@router.get("/me/groups", response=GroupList, summary="My groups")
def get_mine(request: HttpRequest) -> GroupList:
    """Those I am in, am invited to or have asked."""
    return queries.my_groups(person_id(request))


@router.get("/groups", response=GroupsFound, summary="Find groups")
def find(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=SEARCH_LENGTH)] = "",
    cursor: Cursor = None,
) -> GroupsFound:
    """By words of the name or a topic, the largest first; hidden ones are found by nobody."""
    return queries.find(person_id(request), q, cursor)


@router.post("/groups", response={201: GroupPage}, summary="Make a group")
def create(request: HttpRequest, draft: InterestDraft) -> Status[GroupPage]:
    """Of an interest. Repeating a client_id is safe."""
    return Status(201, services.create(person_id(request), draft))


@router.get("/groups/{group_id}", response=GroupPage, summary="A group")
def get_group(request: HttpRequest, group_id: Id) -> GroupPage:
    """404 for a hidden one of others, as for one that is not there."""
    return queries.group_page(person_id(request), group_id)


@router.patch("/groups/{group_id}", response=GroupPage, summary="Change a group")
def change(request: HttpRequest, group_id: Id, change: InterestChange) -> GroupPage:
    """Its owner only; absent fields stay."""
    return services.change(person_id(request), group_id, change)


@router.put("/groups/{group_id}/archive", response={204: None}, summary="Archive a group")
def archive(request: HttpRequest, group_id: Id) -> Done:
    """Its owner only; it can be read, and nothing changes any more."""
    services.archive(person_id(request), group_id)
    return DONE


@router.delete("/groups/{group_id}/archive", response={204: None}, summary="Open it again")
def reopen(request: HttpRequest, group_id: Id) -> Done:
    """Its owner only."""
    services.reopen(person_id(request), group_id)
    return DONE


@router.put("/groups/{group_id}/owner", response={204: None}, summary="Hand a group over")
def transfer(request: HttpRequest, group_id: Id, draft: GroupPerson) -> Done:
    """To a member; I am a moderator from then on."""
    services.transfer(person_id(request), group_id, draft.person_id)
    return DONE


@router.post("/groups/{group_id}/join", response=GroupLine, summary="Join, or ask to")
def join(request: HttpRequest, group_id: Id, draft: JoinDraft) -> GroupLine:
    """Whoever is invited, and everybody where it is open, is in at once."""
    return services.join(person_id(request), group_id, draft.answers)


@router.post("/groups/{group_id}/invitations", response={204: None}, summary="Invite a friend")
def invite(request: HttpRequest, group_id: Id, draft: GroupPerson) -> Done:
    """Members of an open group, else its owner and moderators."""
    services.invite(person_id(request), group_id, draft.person_id)
    return DONE


@router.get("/groups/{group_id}/members", response=MembersPage, summary="Who is in a group")
def get_members(request: HttpRequest, group_id: Id, cursor: Cursor = None) -> MembersPage:
    """For its members, in the order they came."""
    return queries.members_page(person_id(request), group_id, cursor)


@router.patch(
    "/groups/{group_id}/members/{other_id}", response={204: None}, summary="Make a moderator"
)
def give_role(request: HttpRequest, group_id: Id, other_id: Id, change: RoleChange) -> Done:
    """Or a member again; its owner only."""
    services.give_role(person_id(request), group_id, other_id, change.role)
    return DONE


@router.delete(
    "/groups/{group_id}/members/{other_id}", response={204: None}, summary="Leave or remove"
)
def remove(request: HttpRequest, group_id: Id, other_id: Id) -> Done:
    """Myself: I leave, take my request back or decline. Somebody else: for those who decide."""
    me = person_id(request)
    if other_id == me:
        services.leave(me, group_id)
    else:
        services.remove(me, group_id, other_id)
    return DONE


@router.get("/groups/{group_id}/rooms", response=GroupRooms, summary="Chats of a group")
def get_rooms(request: HttpRequest, group_id: Id) -> GroupRooms:
    """For its members, who come in as they like."""
    return queries.rooms(person_id(request), group_id)


@router.post("/groups/{group_id}/rooms", response={201: RoomCard}, summary="Make a chat")
def make_room(request: HttpRequest, group_id: Id, draft: GroupRoomDraft) -> Status[RoomCard]:
    """For those who decide; nobody else is in it yet. Repeating a client_id is safe."""
    return Status(201, services.make_room(person_id(request), group_id, draft))


@router.patch("/groups/{group_id}/rooms/{room_id}", response={204: None}, summary="Change a chat")
def change_room(request: HttpRequest, group_id: Id, room_id: Id, change: GroupRoomChange) -> Done:
    """Its title and its pace; for those who decide."""
    services.change_room(person_id(request), group_id, room_id, change)
    return DONE


@router.post("/groups/{group_id}/rooms/{room_id}/join", response=RoomCard, summary="Come in")
def enter_room(request: HttpRequest, group_id: Id, room_id: Id) -> RoomCard:
    """Into a chat of a group that I am in. Leave it as any chat."""
    return services.enter_room(person_id(request), group_id, room_id)


@router.get("/groups/{group_id}/requests", response=RequestsPage, summary="Who asks to come in")
def get_requests(request: HttpRequest, group_id: Id) -> RequestsPage:
    """For those who decide, with the answers."""
    return queries.requests_page(person_id(request), group_id)


@router.put("/groups/{group_id}/requests/{other_id}", response={204: None}, summary="Let them in")
def approve(request: HttpRequest, group_id: Id, other_id: Id) -> Done:
    """Twice is once."""
    services.approve(person_id(request), group_id, other_id)
    return DONE


@router.delete("/groups/{group_id}/requests/{other_id}", response={204: None}, summary="Decline")
def decline(request: HttpRequest, group_id: Id, other_id: Id) -> Done:
    """They may ask again."""
    services.decline(person_id(request), group_id, other_id)
    return DONE


@router.get("/groups/{group_id}/bans", response=BannedPeople, summary="Who is banned")
def get_bans(request: HttpRequest, group_id: Id) -> BannedPeople:
    """For those who decide."""
    return queries.banned(person_id(request), group_id)


@router.put("/groups/{group_id}/bans/{other_id}", response={204: None}, summary="Ban")
def ban(request: HttpRequest, group_id: Id, other_id: Id) -> Done:
    """Somebody who is in, asks or is invited."""
    services.ban(person_id(request), group_id, other_id)
    return DONE


@router.delete("/groups/{group_id}/bans/{other_id}", response={204: None}, summary="Lift a ban")
def unban(request: HttpRequest, group_id: Id, other_id: Id) -> Done:
    """They may come again."""
    services.unban(person_id(request), group_id, other_id)
    return DONE
