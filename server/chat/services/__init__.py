"""Everything that may be done in chats. One verb, one transaction, every caller."""

from server.chat.services.clubs import (
    change_club,
    enter_club,
    freeze_clubs,
    leave_clubs,
    open_club,
)
from server.chat.services.members import (
    add_members,
    leave,
    remove_member,
    sync_staff,
)
from server.chat.services.messages import delete, edit
from server.chat.services.parting import erase_quotes, erase_seat, groups_held
from server.chat.services.reactions import react, unreact
from server.chat.services.receipts import mark_delivered, mark_read, typing, typing_again
from server.chat.services.rooms import (
    create_group,
    open_direct,
    open_store_chat,
    rename,
    tell_marks,
    tell_writable,
)
from server.chat.services.seats import hold_seats
from server.chat.services.sending import post_poll, send, send_all

__all__ = [
    "add_members",
    "change_club",
    "create_group",
    "delete",
    "edit",
    "enter_club",
    "erase_quotes",
    "erase_seat",
    "freeze_clubs",
    "groups_held",
    "hold_seats",
    "leave",
    "leave_clubs",
    "mark_delivered",
    "mark_read",
    "open_club",
    "open_direct",
    "open_store_chat",
    "post_poll",
    "react",
    "remove_member",
    "rename",
    "send",
    "send_all",
    "sync_staff",
    "tell_marks",
    "tell_writable",
    "typing",
    "typing_again",
    "unreact",
]
