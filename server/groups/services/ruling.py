"""What those who decide in a group do to its people."""

from django.db import transaction

from server.errors import Refused
from server.groups.models import Group, Member
from server.groups.schemas import MODERATORS
from server.groups.services.holding import (
    count_off,
    decide,
    moment,
    own,
    standing,
    tell,
    tell_role,
    tell_waiting,
)
from server.groups.services.joining import depart

RANK = {"member": 0, "moderator": 1, "owner": 2}


def remove(person_id: int, group_id: int, other_id: int) -> None:
    """Send somebody out, or take an invitation back; they may come again as anybody may.

    Raises Refused: not_found (also when they are nothing to the group), forbidden (they are no
    less than I am in it).
    """
    with transaction.atomic():
        group, me = decide(person_id, group_id, archived=True)
        other = _below(group, me, other_id)
        if other.state == "banned":
            raise Refused("not_found", "They are not in this group.")
        depart(group, other)
        tell(group, other_id)
        if other.state == "asked":
            tell_waiting(group)


def ban(person_id: int, group_id: int, other_id: int) -> None:
    """Send somebody out for good: who is in, asks or is invited. Doing it again changes nothing.

    Raises Refused like remove().
    """
    with transaction.atomic():
        group, me = decide(person_id, group_id, archived=True)
        other = _below(group, me, other_id)
        if other.state == "banned":
            return
        before = other.state
        count_off(group, other)
        other.state, other.role, other.place = "banned", "member", 0
        other.answers, other.invited_by, other.since = [], None, moment(group)
        other.save()
        tell(group, other_id)
        if before == "asked":
            tell_waiting(group)


def unban(person_id: int, group_id: int, other_id: int) -> None:
    """They may come again. Doing it again changes nothing. Raises Refused: not_found, forbidden."""
    with transaction.atomic():
        group, _ = decide(person_id, group_id, archived=True)
        other = standing(group, other_id)
        if other and other.state == "banned":
            depart(group, other)
            tell(group, other_id)


def give_role(person_id: int, group_id: int, other_id: int, role: str) -> None:
    """Its owner makes a member a moderator, or a moderator a member.

    Raises Refused: not_found, forbidden (also for the owner's own), closed, full.
    """
    with transaction.atomic():
        group, me = own(person_id, group_id)
        other = _below(group, me, other_id)
        if other.state != "member":
            raise Refused("not_found", "They are not in this group.")
        if other.role == role:
            return
        if role == "moderator" and group.moderator_count >= MODERATORS:
            raise Refused("full", f"At most {MODERATORS} moderators in a group.")
        _set_role(group, other, role)
        if role == "moderator":
            tell_role(group, other_id)
        tell(group, other_id)


def transfer(person_id: int, group_id: int, other_id: int) -> None:
    """Its owner makes a member the owner and is a moderator from then on (a member, where there are
    as many moderators as can be).

    Raises Refused: not_found, forbidden, closed.
    """
    with transaction.atomic():
        group, me = own(person_id, group_id)
        other = _below(group, me, other_id)
        if other.state != "member":
            raise Refused("not_found", "They are not in this group.")
        if other.role == "moderator":
            group.moderator_count -= 1
        _set_role(group, me, "moderator" if group.moderator_count < MODERATORS else "member")
        other.role = "owner"
        other.save(update_fields=["role"])
        tell_role(group, other_id)
        tell(group, person_id, other_id)


def _set_role(group: Group, row: Member, role: str) -> None:
    """Keeps the count of moderators; an owner is none."""
    group.moderator_count += (role == "moderator") - (row.role == "moderator")
    row.role = role
    row.save(update_fields=["role"])


def _below(group: Group, me: Member, other_id: int) -> Member:
    """How somebody stands to a locked group over whom I decide. Raises Refused."""
    other = standing(group, other_id)
    if other is None:
        raise Refused("not_found", "They are not in this group.")
    if RANK[other.role] >= RANK[me.role]:
        raise Refused("forbidden", "They are no less in this group than you are.")
    return other
