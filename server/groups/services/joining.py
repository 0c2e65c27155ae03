"""Coming into a group and leaving it."""

from django.db import transaction

from server.accounts.policies import friends_of
from server.deeds import Deed, did, undid
from server.errors import Refused
from server.groups import queries
from server.groups.models import Group, Member
from server.groups.policies import may_invite
from server.groups.queries import deciding
from server.groups.schemas import ANSWER_LENGTH, GroupLine
from server.groups.services.holding import (
    count_off,
    decide,
    hold,
    moment,
    put_away,
    seat,
    standing,
    tell,
    tell_role,
    tell_waiting,
)
from server.happenings import Happening, happened
from server.text import clean_words


def join(person_id: int, group_id: int, answers: list[str]) -> GroupLine:
    """Come into a group, or ask to where one has to; whoever is invited comes in. Doing it again
    changes nothing.

    Raises Refused: not_found, closed (archived), forbidden (banned, or only invited people may),
    bad_field (its questions are not answered), full.
    """
    with transaction.atomic():
        group, me = hold(person_id, group_id)
        state = me.state if me else "none"
        if state == "banned":
            raise Refused("forbidden", "You may not come into this group.")
        if state == "invited" or (state != "member" and group.entry == "open"):
            me = seat(group, person_id, moment(group))
            tell(group, person_id)
            if group.entry == "open":
                did(Deed("group", person_id, group_id))
            if state == "asked":
                tell_waiting(group)
        elif state == "none":
            me = _ask(group, person_id, answers)
        return queries.line_of(group, me)


def _ask(group: Group, person_id: int, answers: list[str]) -> Member:
    if group.entry != "request":
        raise Refused("forbidden", "Only invited people may come into this group.")
    if len(answers) != len(group.questions):
        raise Refused("bad_field", fields={"answers": f"{len(group.questions)} are asked for"})
    said = [clean_words(one, ANSWER_LENGTH, field="answers") for one in answers]
    group.waiting += 1
    me = Member.objects.create(
        group=group, person_id=person_id, state="asked", answers=said, since=moment(group)
    )
    tell(group, person_id)
    tell_waiting(group)
    told = (Happening("group.asked", who, group.pk, me.pk, person_id) for who in deciding(group.pk))
    happened(*told)
    return me


def leave(person_id: int, group_id: int) -> None:
    """Go out of a group, take my request back, or decline an invitation. Doing it again changes
    nothing, but that a hidden group is not there any more.

    When its owner goes, the moderator who has been there longest owns it; without one it is
    archived. Raises Refused(not_found).
    """
    with transaction.atomic():
        group, me = hold(person_id, group_id, archived=True)
        if me is None or me.state == "banned":
            return
        depart(group, me)
        tell(group, person_id, *inherit(group, me))
        if me.state == "asked":
            tell_waiting(group)


def inherit(group: Group, gone: Member) -> list[int]:
    """Who owns a locked group when this one has gone, if that is somebody else now."""
    if gone.role != "owner":
        return []
    moderators = Member.objects.filter(group=group, role="moderator").order_by("place")
    heir = moderators.first()
    if heir is None:
        put_away(group, group.archived_at or moment(group))
        return []
    heir.role = "owner"
    heir.save(update_fields=["role"])
    group.moderator_count -= 1
    tell_role(group, heir.person_id)
    return [heir.person_id]


def depart(group: Group, row: Member) -> None:
    """This person is nothing to a locked group any more; tell() follows."""
    count_off(group, row)
    if row.state == "member":
        undid(Deed("group", row.person_id, group.pk))
    row.delete()


def approve(person_id: int, group_id: int, other_id: int) -> None:
    """Let somebody in who asks. Whoever is in already stays so.

    Raises Refused: not_found (also when they do not ask), forbidden, closed, full.
    """
    with transaction.atomic():
        group, _ = decide(person_id, group_id)
        other = standing(group, other_id)
        if other and other.state == "member":
            return
        if other is None or other.state != "asked":
            raise Refused("not_found", "They do not ask to come in.")
        _let_in(group, other)


def _let_in(group: Group, other: Member) -> None:
    """Whoever asks is in a locked group, and is told."""
    seat(group, other.person_id, moment(group))
    tell(group, other.person_id)
    tell_waiting(group)
    happened(Happening("group.let_in", other.person_id, group.pk, other.pk, None))


def decline(person_id: int, group_id: int, other_id: int) -> None:
    """Do not let somebody in who asks; they may ask again. Raises Refused: not_found (also when
    they do not ask), forbidden."""
    with transaction.atomic():
        group, _ = decide(person_id, group_id, archived=True)
        other = standing(group, other_id)
        if other is None or other.state != "asked":
            raise Refused("not_found", "They do not ask to come in.")
        depart(group, other)
        tell(group, other_id)
        tell_waiting(group)


def invite(person_id: int, group_id: int, other_id: int) -> None:
    """Ask a friend of mine in. Whoever asks to come in comes in; whoever is in or invited stays so.

    Somebody who is banned is not invited: those who decide are told so, nobody else. Raises
    Refused: not_found, closed, forbidden (I may not invite, no friend of mine, banned), full.
    """
    with transaction.atomic():
        group, me = hold(person_id, group_id)
        if not may_invite(group, me):
            raise Refused("forbidden", "Only its owner and moderators may invite.")
        if not friends_of(person_id).filter(pk=other_id).exists():
            raise Refused("forbidden", "Only friends of yours can be invited.")
        other = standing(group, other_id)
        if other and other.state == "banned" and me and me.role != "member":
            raise Refused("forbidden", "They are banned from this group. Lift the ban first.")
        if other and other.state == "asked" and me and me.role != "member":
            _let_in(group, other)
        elif other is None:
            row = Member.objects.create(
                group=group,
                person_id=other_id,
                state="invited",
                invited_by_id=person_id,
                since=moment(group),
            )
            tell(group, other_id)
            happened(Happening("group.invited", other_id, group.pk, row.pk, person_id))
