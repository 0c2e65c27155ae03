"""Who may see a gathering: whoever is in its group, as its posts. Nobody else learns from any
answer that there is one, or that there is the group."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from server.gatherings.models import Gathering
from server.groups import policies as groups
from server.groups.models import Member


def visible_gatherings(person_id: int) -> QuerySet[Gathering]:
    """Every gathering of the groups that this person is in; where newcomers do not read what was
    before, those that were not over then."""
    there = Q(reads_from=None) | Q(reads_from__lte=OuterRef("over_at"))
    inside = groups.mine(person_id).filter(there, group=OuterRef("group"))
    return Gathering.objects.filter(Exists(inside))


def may_change(row: Gathering, me: Member | None) -> bool:
    """Whether somebody in its group changes and cancels it: who made it, and those who decide."""
    inside = me is not None and me.state == "member"
    return inside and me is not None and (me.person_id == row.made_by_id or groups.decides(me))
