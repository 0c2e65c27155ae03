"""What somebody who leaves for good has in groups."""

from server.accounts.schemas import Holding
from server.groups.models import Group, Member
from server.groups.policies import mine
from server.groups.services.holding import standing, tell, tell_waiting
from server.groups.services.joining import depart, inherit
from server.realtime import topics
from server.realtime.revoke import revoke


def interests_held(person_id: int) -> list[Holding]:
    """The groups of others that this person owns. One query."""
    owned = Member.objects.filter(person=person_id, role="owner", group__member_count__gt=1)
    rows = owned.order_by("group__name", "group").values_list("group", "group__name")
    return [Holding(kind="interest", id=pk, title=name, title_zh=None) for pk, name in rows]


def part_in_groups(one: int, other: int, none_left: bool) -> None:
    """A block stands between two people: in the groups of both neither sees what the other shows
    there any more. Three queries and a few for each such group."""
    if none_left:
        return
    shared = mine(one).filter(group__in=mine(other).values("group"))
    for group_id in shared.order_by("group").values_list("group_id", flat=True):
        for person in (one, other):
            revoke(topics.members(group_id), person)


def erase_standing(person_id: int) -> bool:
    """Take the person out of one group that they are in, or stand to in another way, if there is
    any; what falls to them meanwhile is passed on."""
    mine = Member.objects.filter(person=person_id).order_by("group").values("group")[:1]
    rows = Group.objects.filter(pk__in=mine)
    group = rows.select_for_update(no_key=True, of=("self",)).first()
    if group is None:
        return False
    me = standing(group, person_id)
    if me is None:
        return True  # sent out of it at this moment
    depart(group, me)
    tell(group, *inherit(group, me))
    if me.state == "asked":
        tell_waiting(group)
    return True
