"""Who may see a group and who decides in it. Every path asks here, and asks first: what is not seen
is answered like what is not there, by the same query.

The rule is written twice, as a filter and for sets of people; tests hold the two together.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from server.groups.models import Group, Member

NEAR = ("member", "invited")
"""How one stands to a hidden group to know of it."""
DECIDE = ("owner", "moderator")


def listed() -> QuerySet[Group]:
    """The groups that anybody may find."""
    return Group.objects.exclude(entry="hidden").filter(archived_at=None)


def visible_groups(person_id: int) -> QuerySet[Group]:
    """Every group that exists for this person: all that are not hidden, and hidden ones that they
    are in or invited to."""
    near = Member.objects.filter(group=OuterRef("pk"), person=person_id, state__in=NEAR)
    return Group.objects.filter(~Q(entry="hidden") | Exists(near))


def watchable(people: Collection[int], ids: Collection[int]) -> set[tuple[int, int]]:
    """Those (person, group) of which the group exists for the person. Two queries, whatever there
    is: a number that depended on it would tell."""
    if not people or not ids:
        return set()
    shown = Group.objects.filter(pk__in=ids).exclude(entry="hidden")
    open_to_all = set(shown.values_list("pk", flat=True))
    near = Member.objects.filter(person__in=people, group__in=ids, state__in=NEAR)
    pairs = set(near.values_list("person_id", "group_id"))
    return pairs | {(person, group) for group in open_to_all for person in people}


def sees(group: Group, me: Member | None) -> bool:
    """The same of a loaded group and one's standing. No query."""
    return group.entry != "hidden" or (me is not None and me.state in NEAR)


def inside(people: Collection[int], ids: Collection[int]) -> set[tuple[int, int]]:
    """Those (person, group) of which the person is in the group. One query."""
    if not people or not ids:
        return set()
    rows = Member.objects.filter(person__in=people, group__in=ids, state="member")
    return set(rows.values_list("person_id", "group_id"))


def mine(person_id: int) -> QuerySet[Member]:
    """The memberships of a person."""
    return Member.objects.filter(person=person_id, state="member")


def readers(
    people: Collection[int], ids: Collection[int]
) -> dict[tuple[int, int], tuple[str, datetime | None]]:
    """(person, group) -> (role, since when they read), of those who are in. One query."""
    if not people or not ids:
        return {}
    rows = Member.objects.filter(person__in=people, group__in=ids, state="member")
    return {
        (person, group): (role, since)
        for person, group, role, since in rows.values_list(
            "person_id", "group_id", "role", "reads_from"
        )
    }


def decides(me: Member | None) -> bool:
    """Whether somebody lets people in and sends them out."""
    return me is not None and me.role in DECIDE


def may_invite(group: Group, me: Member | None) -> bool:
    """Into an open group whoever is in it, else those who decide."""
    return decides(me) or (group.entry == "open" and me is not None and me.state == "member")
