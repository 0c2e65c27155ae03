"""Activities as their readers see them: of rows, and of examples that are no rows."""

from collections.abc import Sequence
from typing import cast

from server.accounts.queries import cards
from server.catalogue.queries import item_cards
from server.feed.schemas import OfMine as Audience
from server.groups.models import Group
from server.groups.queries import group_cards
from server.polls.models import Poll
from server.realtime.clock import millis
from server.sharing.kinds import Kind, named
from server.sharing.models import Activity
from server.sharing.schemas import ActivityView, PollLine


def views(rows: Sequence[Activity]) -> list[ActivityView]:
    """In the order given. At most seven queries, one for each sort of thing in them and for what
    hangs on it; without those whose thing is no more."""
    people = cards({row.author_id for row in rows})
    items = item_cards(_subjects(rows, "bookmark"))
    polls = dict(Poll.objects.filter(pk__in=_subjects(rows, "vote")).values_list("pk", "question"))
    groups = group_cards(list(Group.objects.filter(pk__in=_subjects(rows, "group"))))
    found = []
    for row in rows:
        question = polls.get(row.subject) if row.kind == "vote" else None
        view = ActivityView(
            id=row.pk or 0,
            kind=named(row.kind),
            person=people[row.author_id],
            item=items.get(row.subject) if row.kind == "bookmark" else None,
            poll=None if question is None else PollLine(id=row.subject, question=question),
            group=groups.get(row.subject) if row.kind == "group" else None,
            audience=cast(Audience, row.audience),
            at=millis(row.shown_at or row.due_at),
        )
        if view.item or view.poll or view.group:
            found.append(view)
    return found


def _subjects(rows: Sequence[Activity], kind: Kind) -> set[int]:
    return {row.subject for row in rows if row.kind == kind}
