"""Reading what is shared by itself, and the ledger that says so."""

from collections.abc import Collection
from typing import cast

from django.conf import settings
from django.db.models import OuterRef, Subquery

from server.accounts.models import FriendList, User
from server.feed.schemas import Audience
from server.http import from_cursor, to_cursor
from server.realtime.clock import millis
from server.sharing import texts
from server.sharing.kinds import KINDS, Kind, named
from server.sharing.models import Consent
from server.sharing.schemas import (
    ConsentPage,
    ConsentText,
    ConsentView,
    SharedKind,
    SharingView,
)

LINES_A_PAGE = 30


def in_force(people: Collection[int], kind: Kind) -> dict[int, Consent]:
    """The newest line of each of these people, of those who ever said anything. One query."""
    newest = Consent.objects.filter(person=OuterRef("person"), kind=kind).order_by("-turn")
    rows = Consent.objects.filter(person__among=sorted(people), kind=kind)
    rows = rows.filter(pk=Subquery(newest.values("pk")[:1]))
    return {row.person_id: row for row in rows}


def sharing(person_id: int) -> SharingView:
    """Every kind, and whom it is for. Two queries."""
    newest = Consent.objects.filter(person=person_id, kind=OuterRef("kind")).order_by("-turn")
    rows = Consent.objects.filter(person=person_id, pk=Subquery(newest.values("pk")[:1]))
    said = {row.kind: row for row in rows}
    present = User.objects.values_list("show_presence", flat=True).get(pk=person_id)
    return SharingView(kinds=[_view(kind, said.get(kind), present) for kind in KINDS])


def kind_view(person_id: int, kind: Kind) -> SharedKind:
    """One of them. Two queries."""
    row = in_force([person_id], kind).get(person_id)
    present = User.objects.values_list("show_presence", flat=True).get(pk=person_id)
    return _view(kind, row, present)


def _view(kind: Kind, row: Consent | None, present: bool) -> SharedKind:
    sort = KINDS[kind]
    audience = cast(Audience, row.audience) if row else "me"
    if kind == "presence":
        audience = "friends" if present else "me"
    return SharedKind(
        kind=kind,
        here=sort.here,
        audience=audience,
        list_id=row.list_id if row else None,
        audiences=list(sort.audiences),
        delay=0 if sort.immediate else settings.SHARING_DELAY_SECONDS,
        text=text_of(kind) if sort.here else None,
        since=millis(row.at) if row else None,
    )


def text_of(kind: Kind) -> ConsentText:
    """What is shown today before somebody consents."""
    version = texts.current(kind)
    words = texts.TEXTS[kind][version]
    return ConsentText(version=version, en=words.en, zh=words.zh)


def history(person_id: int, cursor: str | None = None) -> ConsentPage:
    """My ledger. Two queries. Raises Refused(bad_field) for a cursor of another list."""
    rows = Consent.objects.filter(person=person_id)
    if after := from_cursor(cursor, int):
        rows = rows.filter(pk__lt=after[0])
    found = list(rows.order_by("-pk")[: LINES_A_PAGE + 1])
    more, found = len(found) > LINES_A_PAGE, found[:LINES_A_PAGE]
    named_lists = {row.list_id for row in found if row.list_id is not None}
    mine = FriendList.objects.filter(owner=person_id, pk__among=sorted(named_lists))
    names = dict(mine.values_list("pk", "name")) if named_lists else {}
    return ConsentPage(
        consents=[
            ConsentView(
                kind=named(row.kind),
                audience=cast(Audience, row.audience),
                list_name=names.get(row.list_id or 0),
                text=row.text,
                at=millis(row.at),
            )
            for row in found
        ],
        next=to_cursor(found[-1].pk) if more else None,
    )
