"""Everything that may be done in groups. One verb, one transaction, every caller."""

from server.groups.services.holding import decide, heard, hold, keep, leave_effects, speak
from server.groups.services.joining import approve, decline, invite, join, leave
from server.groups.services.making import archive, change, create, reopen
from server.groups.services.parting import erase_standing, interests_held, part_in_groups
from server.groups.services.rooms import change_room, enter_room, make_room
from server.groups.services.ruling import ban, give_role, remove, transfer, unban

__all__ = [
    "approve",
    "archive",
    "ban",
    "change",
    "change_room",
    "create",
    "decide",
    "decline",
    "enter_room",
    "erase_standing",
    "give_role",
    "heard",
    "hold",
    "interests_held",
    "invite",
    "join",
    "keep",
    "leave",
    "leave_effects",
    "make_room",
    "part_in_groups",
    "remove",
    "reopen",
    "speak",
    "transfer",
    "unban",
]
