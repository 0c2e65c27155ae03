"""The groups that I am in, and those that I asked or was invited to; and what they meet for."""

from collections.abc import Iterator

from django.db.models import Q

from server.gatherings.models import Answer, Gathering
from server.gatherings.policies import visible_gatherings
from server.gatherings.services.times import wall_of
from server.groups.models import Member
from server.groups.policies import visible_groups
from server.realtime.clock import millis
from server.takeout import records
from server.takeout.met import GatheringRecord
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


def gatherings(person_id: int) -> Iterator[GatheringRecord]:
    """Those that I made, and those that I answered and may still see."""
    mine = Answer.objects.filter(person=person_id)
    seen = Q(pk__in=mine.values("gathering")) & Q(pk__in=visible_gatherings(person_id).values("pk"))
    rows = Gathering.objects.filter(Q(made_by=person_id) | seen).select_related("group")
    for some in lots(rows):
        words = dict(mine.filter(gathering__in=some).values_list("gathering_id", "word"))
        for row in some:
            yield GatheringRecord(
                id=row.pk,
                group=row.group.name,
                title=row.title,
                about=row.about,
                begins=wall_of(row.begins_at, row.zone),
                ends=wall_of(row.ends_at, row.zone) if row.ends_at else None,
                zone=row.zone,
                place=row.place,
                link=row.link,
                mine=row.made_by_id == person_id,
                answer=words.get(row.pk),
                cancelled=row.cancelled_at is not None,
                made_at=millis(row.created_at),
            )
