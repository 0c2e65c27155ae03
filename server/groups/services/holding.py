"""The way into a group: its lock first, then the right to be there; and telling what has changed.

Everything that changes a group goes through hold() and ends with tell(): one after the other for
each group, on whatever worker.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db.models.functions import Now

from server.chat import services as chat
from server.errors import Refused
from server.groups import queries
from server.groups.events import GroupChanged, GroupTied, GroupWaiting
from server.groups.models import Group, GroupRoom, Member
from server.groups.policies import decides, sees, visible_groups
from server.groups.schemas import GROUP_PEOPLE
from server.happenings import Happening, happened
from server.realtime import topics
from server.realtime.log import head, record
from server.realtime.revoke import revoke
from server.realtime.snapshots import refresh

leave_effects: list[Callable[[int, int], None]] = []
"""What the apps above do when a person is in a group no more: each is called with the group, which
is locked, and the person. Their AppConfig.ready() adds to it."""


def hold(person_id: int, group_id: int, *, archived: bool = False) -> tuple[Group, Member | None]:
    """Lock a group that this person may see. Returns it and how they stand to it.

    archived: whether it may be an archived one. Raises Refused: not_found (after one query, as for
    a group that is not there), closed.
    """
    rows = visible_groups(person_id).filter(pk=group_id)
    group = rows.select_for_update(no_key=True, of=("self",)).first()
    if group is None:
        raise Refused("not_found")
    me = standing(group, person_id)
    if not sees(group, me):  # its entry, or my place in it, changed while I waited
        raise Refused("not_found")
    if group.archived_at is not None and not archived:
        raise Refused("closed", "This group is archived.")
    return group, me


def decide(person_id: int, group_id: int, *, archived: bool = False) -> tuple[Group, Member]:
    """The same for somebody who decides in it. Raises Refused: forbidden besides."""
    group, me = hold(person_id, group_id, archived=archived)
    if me is None or not decides(me):
        raise Refused("forbidden", "Only its owner and moderators may do this.")
    return group, me


def own(person_id: int, group_id: int, *, archived: bool = False) -> tuple[Group, Member]:
    """The same for its owner. Raises Refused: forbidden besides."""
    group, me = hold(person_id, group_id, archived=archived)
    if me is None or me.role != "owner":
        raise Refused("forbidden", "Only its owner may do this.")
    return group, me


def standing(group: Group, person_id: int) -> Member | None:
    """How somebody stands to a locked group."""
    return Member.objects.filter(group=group, person=person_id).first()


def moment(group: Group) -> datetime:
    """The database's clock, in the transaction that holds the group."""
    at: datetime = Group.objects.annotate(at=Now()).values_list("at", flat=True).get(pk=group.pk)
    return at


def seat(group: Group, person_id: int, at: datetime, role: str = "member") -> Member:
    """Give somebody a place in a locked group, whatever they were to it before; tell() follows.

    Raises Refused(full).
    """
    if group.member_count >= GROUP_PEOPLE:
        raise Refused("full", "There is no more room in this group.")
    before = standing(group, person_id)
    if before and before.state == "asked":
        group.waiting -= 1
    group.member_count += 1
    group.last_place += 1
    later = group.history == "joined"
    member, _ = Member.objects.update_or_create(
        group=group,
        person_id=person_id,
        defaults={
            "state": "member",
            "role": role,
            "place": group.last_place,
            "answers": [],
            "invited_by": None,
            "since": at,
            "reads_from": at if later else None,
            "reads_after": head(topics.members(group.pk)) if later else 0,
        },
    )
    return member


def count_off(group: Group, row: Member) -> None:
    """This row of a locked group ends or becomes another state: it is counted no more, and whoever
    was in the group leaves its rooms and what is shown in it."""
    if row.state == "member":
        group.member_count -= 1
        # Their place first: who answers something at this moment holds it (see heard).
        list(Member.objects.select_for_update(no_key=True).filter(pk=row.pk).values("pk"))
        for effect in leave_effects:
            effect(group.pk, row.person_id)
        chat.leave_clubs(room_ids(group), row.person_id)
        revoke(topics.members(group.pk), row.person_id)
    if row.role == "moderator":
        group.moderator_count -= 1
    if row.state == "asked":
        group.waiting -= 1


def keep(group_id: int) -> None:
    """Lock a group whoever asks, so that nobody comes or goes until the transaction ends."""
    list(Group.objects.select_for_update(no_key=True).filter(pk=group_id).values("pk"))


def speak(person_id: int, group_id: int) -> Group:
    """Lock a group for something that a member shows there. Raises Refused: not_found (also for
    whoever is not in it), closed."""
    group, me = hold(person_id, group_id)
    if me is None or me.state != "member":
        raise Refused("not_found")
    return group


def heard(person_id: int, group_id: int) -> None:
    """Hold somebody's place in a group for what they say about a thing in it: they leave before it
    or after. Raises Refused: forbidden (not in it), closed (archived)."""
    mine = Member.objects.filter(group=group_id, person=person_id, state="member")
    me = mine.select_related("group").select_for_update(of=("self",), no_key=True).first()
    if me is None:
        raise Refused("forbidden", "You are not in this group any more.")
    if me.group.archived_at is not None:
        raise Refused("closed", "This group is archived.")


def room_ids(group: Group) -> list[int]:
    """The rooms of a group. One query."""
    return list(GroupRoom.objects.filter(group=group).values_list("room_id", flat=True))


def put_away(group: Group, at: datetime | None) -> None:
    """A locked group is archived since then, or (None) open again; so are its rooms."""
    group.archived_at = at
    chat.freeze_clubs(room_ids(group), at is not None)


def tell(group: Group, *changed: int) -> None:
    """Save a locked group and tell everybody what they may see of it; those of the people whose
    standing has changed, how they stand now.

    Whoever may not see it any more is revoked before anything is told.
    """
    group.version += 1
    group.save()
    rows = {row.person_id: row for row in Member.objects.filter(group=group, person__in=changed)}
    for person in sorted(changed):
        row = rows.get(person)
        seen = sees(group, row)
        if not seen:
            revoke(topics.group(group.pk), person)
        line = queries.line_of(group, row) if seen else None
        record(topics.user(person), GroupTied(group_id=group.pk, line=line))
    refresh(topics.group(group.pk), GroupChanged, partial(_state, group.pk))


def tell_waiting(group: Group) -> None:
    """Tell those who decide how many ask. Call it after tell(), which makes the version newer."""
    for person in queries.deciding(group.pk):
        load = partial(_waiting, person, group.pk)
        refresh(topics.user(person), GroupWaiting, load, key=str(group.pk))


def tell_role(group: Group, person_id: int) -> None:
    """Tell somebody that they decide in a locked group from now on: once in the version that it has
    when tell() follows."""
    happened(Happening("group.role", person_id, group.pk, group.version + 1, None))


def _state(group_id: int) -> tuple[int, GroupChanged] | None:
    return next(iter(queries.group_states([group_id])), None)


def _waiting(person_id: int, group_id: int) -> tuple[int, GroupWaiting] | None:
    told = queries.waiting_of([person_id], [group_id])
    return (told[0][1], told[0][2]) if told else None
