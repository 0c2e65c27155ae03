"""Reading groups. One that is not mine to see costs the same as one that is not there: a query."""

from collections.abc import Collection, Sequence
from typing import cast

from django.db.models import Q, QuerySet

from server.accounts.models import User
from server.accounts.policies import separated_from
from server.accounts.queries import cards
from server.accounts.schemas import PersonCard
from server.chat.policies import rooms_of
from server.errors import Refused
from server.groups import schemas
from server.groups.events import GroupChanged, GroupWaiting
from server.groups.models import Group, GroupRoom, Member
from server.groups.policies import DECIDE, decides, listed, visible_groups
from server.http import from_cursor, to_cursor
from server.media.queries import picture_views
from server.realtime import log
from server.realtime.clock import millis
from server.realtime.instant import one_instant
from server.realtime.topics import user

MY_GROUPS = 500
GROUPS_A_PAGE = 30
MEMBERS_A_PAGE = 60
REQUESTS_A_PAGE = 50
BANNED_SHOWN = 500

# Pages. The epoch is read before the instant: the first reading of all has to make it. -----------


def my_groups(person_id: int) -> schemas.GroupList:
    """Groups I am in, am invited to or have asked. Three queries, however many."""
    epoch = log.epoch()
    with one_instant():
        rows = Member.objects.filter(person=person_id).exclude(state="banned")
        # Who had asked before it was hidden is told no more than anybody.
        rows = rows.exclude(state="asked", group__entry="hidden")
        mine = list(rows.select_related("group").order_by("-since", "-pk")[:MY_GROUPS])
        shown = group_cards([row.group for row in mine])
        return schemas.GroupList(
            groups=[_line(shown[row.group_id], row) for row in mine],
            head=log.head(user(person_id)),
            epoch=epoch,
        )


def find(person_id: int, words: str = "", cursor: str | None = None) -> schemas.GroupsFound:
    """Groups that anybody may find, the largest first: by words of the name or a topic.

    Raises Refused(bad_field) for a cursor of another list.
    """
    rows = listed()
    for word in words[: schemas.SEARCH_LENGTH].lower().replace("#", " ").split():
        rows = rows.filter(words__contains=word)
    if after := from_cursor(cursor, int, int):
        count, pk = after
        rows = rows.filter(Q(member_count__lt=count) | Q(member_count=count, pk__lt=pk))
    found = list(rows.order_by("-member_count", "-pk")[: GROUPS_A_PAGE + 1])
    more, found = len(found) > GROUPS_A_PAGE, found[:GROUPS_A_PAGE]
    shown = group_cards(found)
    mine = Member.objects.filter(person=person_id, group__in=[group.pk for group in found])
    standing = {row.group_id: row for row in mine}
    return schemas.GroupsFound(
        groups=[_line(shown[group.pk], standing.get(group.pk)) for group in found],
        next=to_cursor(found[-1].member_count, found[-1].pk) if more else None,
    )


def group_page(person_id: int, group_id: int) -> schemas.GroupPage:
    """A group as I see it. Raises Refused(not_found)."""
    epoch = log.epoch()
    with one_instant():
        group = seen(person_id, group_id)
        me = Member.objects.filter(group=group, person=person_id).first()
        owners = Member.objects.filter(group=group, role="owner")
        owner = owners.values_list("person_id", flat=True).first()
        inviter = me.invited_by_id if me and me.state == "invited" else None
        people = _here({pk for pk in (owner, inviter) if pk is not None})
        line = _line(group_cards([group])[group.pk], me)
        return schemas.GroupPage(
            group=line.group,
            rules=group.rules,
            questions=group.questions,
            history=cast(schemas.History, group.history),
            since=millis(group.created_at),
            owner=people.get(owner or 0),
            standing=line.standing,
            role=line.role,
            invited_by=people.get(inviter or 0),
            waiting=group.waiting if decides(me) else 0,
            head=log.head(user(person_id)),
            epoch=epoch,
        )


def members_page(person_id: int, group_id: int, cursor: str | None = None) -> schemas.MembersPage:
    """Who is in a group that I am in, those whom a block separates from me left out (but for those
    who decide). Raises Refused: not_found, forbidden (not in it), bad_field."""
    group, me = _mine(person_id, group_id)
    if me.state != "member":
        raise Refused("forbidden", "Only its members see who is in a group.")
    rows = Member.objects.filter(group=group, state="member", person__is_active=True)
    if not decides(me):
        rows = rows.exclude(person__in=separated_from(person_id))
    if after := from_cursor(cursor, int):
        rows = rows.filter(place__gt=after[0])
    found = list(rows.order_by("place")[: MEMBERS_A_PAGE + 1])
    more, found = len(found) > MEMBERS_A_PAGE, found[:MEMBERS_A_PAGE]
    people = cards({row.person_id for row in found})
    return schemas.MembersPage(
        members=[
            schemas.GroupMember(
                person=people[row.person_id],
                role=cast(schemas.GroupRole, row.role),
                since=millis(row.since),
            )
            for row in found
        ],
        next=to_cursor(found[-1].place) if more else None,
    )


def rooms(person_id: int, group_id: int) -> schemas.GroupRooms:
    """The chats of a group that I am in. Raises Refused: not_found, forbidden (not in it)."""
    group, me = _mine(person_id, group_id)
    if me.state != "member":
        raise Refused("forbidden", "Only its members see the rooms of a group.")
    rows = GroupRoom.objects.filter(group=group).select_related("room").order_by("room")
    there = rooms_of(person_id).values_list("pk", flat=True)
    mine = set(there.filter(pk__in=[row.room_id for row in rows]))
    return schemas.GroupRooms(
        rooms=[
            schemas.GroupRoom(
                id=row.room_id,
                title=row.room.title,
                member_count=row.room.member_count,
                slow_seconds=row.room.slow_seconds,
                mine=row.room_id in mine,
                active_at=millis(row.room.active_at),
            )
            for row in rows
        ]
    )


def tidies(person_id: int, room_id: int) -> bool:
    """Whether this person decides in the group whose room this is. One query."""
    return _deciding().filter(person=person_id, group__rooms__room=room_id).exists()


def requests_page(person_id: int, group_id: int) -> schemas.RequestsPage:
    """Who asks to come in, for those who decide. Raises Refused: not_found, forbidden."""
    group = _decided(person_id, group_id)
    rows = Member.objects.filter(group=group, state="asked", person__is_active=True)
    found = list(rows.order_by("since", "pk")[:REQUESTS_A_PAGE])
    people = cards({row.person_id for row in found})
    return schemas.RequestsPage(
        requests=[
            schemas.JoinRequest(
                person=people[row.person_id], answers=row.answers, since=millis(row.since)
            )
            for row in found
        ],
        waiting=group.waiting,
    )


def banned(person_id: int, group_id: int) -> schemas.BannedPeople:
    """Who may not come in, for those who decide. Raises Refused: not_found, forbidden."""
    group = _decided(person_id, group_id)
    rows = Member.objects.filter(group=group, state="banned", person__is_active=True)
    ids = list(rows.order_by("-since", "-pk").values_list("person_id", flat=True)[:BANNED_SHOWN])
    people = cards(ids)
    return schemas.BannedPeople(people=[people[pk] for pk in ids])


def seen(person_id: int, group_id: int) -> Group:
    """A group that exists for this person. Raises Refused(not_found), after one query."""
    group = visible_groups(person_id).filter(pk=group_id).first()
    if group is None:
        raise Refused("not_found")
    return group


def _mine(person_id: int, group_id: int) -> tuple[Group, Member]:
    group = seen(person_id, group_id)
    me = Member.objects.filter(group=group, person=person_id).first()
    return group, me or Member(group=group, person_id=person_id, state="none")


def _decided(person_id: int, group_id: int) -> Group:
    group, me = _mine(person_id, group_id)
    if not decides(me):
        raise Refused("forbidden", "Only its owner and moderators may do this.")
    return group


def _here(ids: Collection[int]) -> dict[int, PersonCard]:
    """Cards of those who have not left. Two queries, none for nobody."""
    if not ids:
        return {}
    here = User.objects.filter(pk__in=ids, is_active=True)
    return cards(set(here.values_list("pk", flat=True)))


# Many rows as shapes -------------------------------------------------------------------------


def group_cards(groups: Sequence[Group]) -> dict[int, schemas.GroupCard]:
    """Cards by id. One query, none where no group has a cover."""
    covers = picture_views({group.cover_id for group in groups if group.cover_id is not None})
    return {
        group.pk: schemas.GroupCard(
            id=group.pk,
            name=group.name,
            about=group.about,
            entry=cast(schemas.Entry, group.entry),
            topics=group.topics,
            cover=covers.get(group.cover_id or 0),
            member_count=group.member_count,
            archived=group.archived_at is not None,
            version=group.version,
        )
        for group in groups
    }


def line_of(group: Group, me: Member | None) -> schemas.GroupLine:
    """A loaded group, and how somebody stands to it. At most one query."""
    return _line(group_cards([group])[group.pk], me)


def _line(card: schemas.GroupCard, me: Member | None) -> schemas.GroupLine:
    inside = me is not None and me.state == "member"
    return schemas.GroupLine(
        group=card,
        standing=cast(schemas.Standing, me.state) if me else "none",
        role=cast(schemas.GroupRole, me.role) if me and inside else None,
    )


# Present states for joins and pushes ---------------------------------------------------------


def group_states(ids: Collection[int]) -> list[tuple[int, GroupChanged]]:
    """(version, state) of groups. At most two queries."""
    groups = list(Group.objects.filter(pk__in=ids))
    shown = group_cards(groups)
    return [(group.version, GroupChanged(group=shown[group.pk])) for group in groups]


def waiting_of(
    people: Collection[int], ids: Collection[int]
) -> list[tuple[int, int, GroupWaiting]]:
    """(person, version, state) where one of the people decides for one of the groups. One query."""
    rows = _deciding().filter(person__in=people, group__in=ids)
    return [
        (person, version, GroupWaiting(group_id=group, waiting=waiting))
        for person, group, version, waiting in rows.values_list(
            "person_id", "group_id", "group__version", "group__waiting"
        )
    ]


def _deciding() -> QuerySet[Member]:
    return Member.objects.filter(role__in=DECIDE)


def deciding(group_id: int) -> list[int]:
    """Who decides in a group. One query."""
    return list(_deciding().filter(group=group_id).values_list("person_id", flat=True))
