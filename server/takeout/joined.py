"""The groups that I am in, and those that I asked or was invited to."""

from collections.abc import Iterator

from server.groups.models import Member
from server.groups.policies import visible_groups
from server.realtime.clock import millis
from server.takeout import records
from server.takeout.reading import lots


def groups(person_id: int) -> Iterator[records.GroupRecord]:
    """How I stand to groups, as far as they are there for me."""
    rows = Member.objects.filter(person=person_id, group__in=visible_groups(person_id).values("pk"))
    for some in lots(rows.select_related("group")):
        for row in some:
            yield records.GroupRecord(
                name=row.group.name,
                standing=row.state,
                role=row.role if row.state == "member" else None,
                answers=row.answers,
                since=millis(row.since),
            )
