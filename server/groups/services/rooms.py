"""The chats of a group. Coming into one is a member's own act: making one seats nobody else,
however many are in the group. Whoever leaves the group leaves them in the same transaction.
"""

from django.db import transaction

from server.chat import services as chat
from server.chat.queries import room_card
from server.chat.schemas import RoomCard
from server.errors import Refused
from server.groups.models import Group, GroupRoom
from server.groups.schemas import ROOMS, GroupRoomChange, GroupRoomDraft
from server.groups.services.holding import decide, hold, tell
from server.schema import digest


def make_room(person_id: int, group_id: int, draft: GroupRoomDraft) -> RoomCard:
    """A new chat of the group, in which I am. Repeating the client_id returns the first.

    Raises Refused: not_found, forbidden, closed, full (so many rooms), bad_field, altered_replay.
    """
    with transaction.atomic():
        group, _ = decide(person_id, group_id)
        used_for = digest(draft)
        room, new = chat.open_club(
            person_id, draft.client_id, used_for, draft.title, draft.slow_seconds
        )
        if new:
            if GroupRoom.objects.filter(group=group).count() >= ROOMS:
                raise Refused("full", f"At most {ROOMS} rooms in a group.")
            GroupRoom.objects.create(group=group, room=room)
            tell(group)
        elif not GroupRoom.objects.filter(group=group, room=room).exists():
            raise Refused("altered_replay")
        chat.enter_club(room.pk, person_id, from_now=False)
        return room_card(person_id, room.pk)


def change_room(person_id: int, group_id: int, room_id: int, change: GroupRoomChange) -> None:
    """Another title or pace. Raises Refused: not_found, forbidden, closed, bad_field."""
    with transaction.atomic():
        group, _ = decide(person_id, group_id)
        chat.change_club(_room(group, room_id), change.title, change.slow_seconds)
        tell(group)


def enter_room(person_id: int, group_id: int, room_id: int) -> RoomCard:
    """Come into a chat of a group that I am in; doing it again changes nothing.

    What was said before is mine to read if that is the group's choice. Raises Refused: not_found,
    forbidden (not in the group), closed, full.
    """
    with transaction.atomic():
        group, me = hold(person_id, group_id)
        if me is None or me.state != "member":
            raise Refused("forbidden", "Only members of the group come into its rooms.")
        chat.enter_club(_room(group, room_id), person_id, from_now=group.history == "joined")
        return room_card(person_id, room_id)


def _room(group: Group, room_id: int) -> int:
    if not GroupRoom.objects.filter(group=group, room=room_id).exists():
        raise Refused("not_found", "This group has no such room.")
    return room_id
