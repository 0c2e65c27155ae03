"""Reading notices: a page is an index range, and a count looks at no more lines than it shows."""

from collections.abc import Sequence
from typing import cast

from django.db.models import F, OuterRef, Q, QuerySet

from server.accounts.queries import cards
from server.accounts.schemas import PersonCard
from server.happenings import Kind
from server.http import from_cursor, to_cursor
from server.lookups import FirstOfEach
from server.notices.models import Box, Cause, Mute, Notice
from server.notices.policies import Line, look
from server.notices.schemas import MuteList, MuteView, NoticePage, NoticeView, Unread
from server.realtime.clock import millis
from server.realtime.instant import one_instant

LINES_A_PAGE = 30
COUNTED = 99
"""Unread lines that are looked at."""

CAUSES = 20
"""Of a line, the latest that are looked at."""

PEOPLE = 3
EXCERPT = 140


def page(person_id: int, cursor: str | None = None) -> NoticePage:
    """Lines I may see now, the newest first. At most 24 queries, whatever the history.

    Raises Refused(bad_field) for a cursor of another list.
    """
    with one_instant():
        box = _box(person_id)
        rows = _numbered(person_id)
        if after := from_cursor(cursor, int):
            rows = rows.filter(number__lt=after[0])
        found = list(rows.order_by("-number")[: LINES_A_PAGE + 1])
        more, found = len(found) > LINES_A_PAGE, found[:LINES_A_PAGE]
        return NoticePage(
            notices=visible(person_id, found),
            next=to_cursor(found[-1].number) if more else None,
            last=box.last,
            read=box.read,
        )


def unread(person_id: int) -> Unread:
    """How many lines above my mark I may see now. Two queries when there is none."""
    with one_instant():
        box = _box(person_id)
        rows = _numbered(person_id).filter(number__gt=box.read) if box.last > box.read else None
        found = list(rows.order_by("-number")[: COUNTED + 1]) if rows is not None else []
        more, found = len(found) > COUNTED, found[:COUNTED]
        seen = look(person_id, _lines(_unmuted(person_id, found)))
        return Unread(unread=len(seen), more=more, last=box.last, read=box.read)


def visible(person_id: int, rows: Sequence[Notice]) -> list[NoticeView]:
    """Those of a person's lines that they may see now, in the order given."""
    return views(look(person_id, _lines(_unmuted(person_id, rows))))


def mutes(person_id: int) -> MuteList:
    """What I want to hear no more of, kinds first."""
    rows = list(Mute.objects.filter(person=person_id).order_by("kind", "subject"))
    single = {(row.kind, row.subject) for row in rows if row.subject}
    about: dict[tuple[str, int], str] = {}
    if single:
        named = Q(kind__in={kind for kind, _ in single}, subject__in={one for _, one in single})
        found = [
            row
            for row in Notice.objects.filter(named, person=person_id)
            if (row.kind, row.subject) in single
        ]
        for view in views(look(person_id, _lines(found))):
            name = view.about or ", ".join(person.name for person in view.people)
            about[view.kind, view.subject] = name
    return MuteList(
        mutes=[
            MuteView(
                kind=cast(Kind, row.kind),
                subject=row.subject,
                about=about.get((row.kind, row.subject), ""),
            )
            for row in rows
        ]
    )


def _box(person_id: int) -> Box:
    return Box.objects.filter(pk=person_id).first() or Box(person_id=person_id)


def _numbered(person_id: int) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person_id, number__gt=0)


def _unmuted(person_id: int, rows: Sequence[Notice]) -> list[Notice]:
    """One query, none without rows."""
    if not rows:
        return []
    muted = set(Mute.objects.filter(person=person_id).values_list("kind", "subject"))
    return [row for row in rows if not muted & {(row.kind, 0), (row.kind, row.subject)}]


def _lines(rows: Sequence[Notice]) -> list[Line]:
    """With their latest causes. Two queries."""
    if not rows:
        return []
    latest = Cause.objects.filter(notice=OuterRef("pk")).order_by("-pk").values(value=F("pk"))
    given = Notice.objects.filter(pk__among=[row.pk for row in rows])
    found = dict(given.annotate(latest=FirstOfEach(latest[:CAUSES])).values_list("pk", "latest"))
    wanted = sorted(pk for ids in found.values() for pk in ids or ())
    causes = {cause.pk: cause for cause in Cause.objects.filter(pk__among=wanted)}
    lines = []
    for row in rows:
        ids = found.get(row.pk) or []
        kept = [causes[pk] for pk in ids if pk in causes]
        lines.append(Line(row, kept, more=len(ids) == CAUSES))
    return lines


def views(lines: Sequence[Line]) -> list[NoticeView]:
    """Looked-at lines as shapes. One query."""
    people = {line.row.pk: _people(line) for line in lines}
    shown = {person for ids in people.values() for person in ids[:PEOPLE]}
    known = cards(shown)
    return [_view(line, people[line.row.pk], known) for line in lines]


def _people(line: Line) -> list[int]:
    """Each once, whoever did it last first."""
    return list(dict.fromkeys(cause.actor_id for cause in line.causes if cause.actor_id))


def _view(line: Line, people: Sequence[int], known: dict[int, PersonCard]) -> NoticeView:
    shown = [known[person] for person in people[:PEOPLE] if person in known]
    count = len(people) if line.total is None else line.total
    return NoticeView(
        id=line.row.pk,
        number=line.row.number,
        kind=cast(Kind, line.row.kind),
        subject=line.row.subject,
        room_id=line.room_id,
        people=shown,
        others=max(0, count - len(shown)),
        more=line.more and line.total is None,
        about=_excerpt(line.about),
        said=_excerpt(line.said),
        at=millis(line.causes[0].at if line.causes else line.row.at),
    )


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"
