"""The consent ledger. A line is added under the person's own lock, and the newest one counts: so
what is shown under that lock was allowed at that moment, and a line tells from when to when.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from server.accounts import lists
from server.accounts.ages import check_public
from server.accounts.schemas import MeChange
from server.accounts.services import change_me
from server.errors import Refused
from server.feed.schemas import OfMine as Audience
from server.feed.schemas import ToList
from server.feed.schemas import WantedOfMine as Wanted
from server.realtime.log import record
from server.realtime.topics import user
from server.sharing import queries, texts
from server.sharing.events import SharingChanged
from server.sharing.kinds import KINDS, Kind, named
from server.sharing.models import Activity, Consent
from server.sharing.schemas import ConsentDraft, SharedKind


def consent(person_id: int, kind: Kind, draft: ConsentDraft) -> SharedKind:
    """Say whom a kind is for from now on; what waits to be shown is dropped when that is somebody
    else than before. Saying the same again adds no line.

    Raises Refused: forbidden (a kind that is not here yet; a minor, for everyone), bad_field (an
    audience that the kind does not have, no list of mine), conflict (other words are shown today),
    signed_out.
    """
    sort = KINDS[kind]
    if not sort.here:
        raise Refused("forbidden", "There is nothing of this kind to be shown yet.")
    if draft.text != texts.current(kind):
        raise Refused("conflict", "The words have changed: read them again.")
    with transaction.atomic():
        audience, list_id = addressed(person_id, draft.audience)
        if audience not in sort.audiences:
            raise Refused("bad_field", fields={"audience": "not for this kind"})
        before = queries.kind_view(person_id, kind)
        if (before.audience, before.list_id) != (audience, list_id):
            _say(person_id, kind, audience, list_id, draft.text)
        if kind == "presence":  # the switch stays where it was: it is what presence is judged by
            change_me(person_id, MeChange(show_presence=audience == "friends"))
        return queries.kind_view(person_id, kind)


def addressed(person_id: int, wanted: Wanted) -> tuple[Audience, int | None]:
    """Whom it is for, with the person, and a list that is named, held until the transaction ends.

    Raises Refused: bad_field (no list of mine), forbidden (a minor, for everyone), signed_out.
    """
    lists.hold(person_id)
    if isinstance(wanted, ToList):
        if lists.held(person_id, wanted.list_id) is None:
            raise Refused("bad_field", fields={"audience": "no such list of yours"})
        return "list", wanted.list_id
    if wanted == "everyone":
        check_public(person_id)
    return wanted, None


def _say(person_id: int, kind: Kind, audience: Audience, list_id: int | None, text: int) -> None:
    """Add a line that says something else than the one before, with the person held."""
    before = queries.in_force([person_id], kind).get(person_id)
    if before and (before.audience, before.list_id) == (audience, list_id):
        return
    Consent.objects.create(
        person_id=person_id,
        kind=kind,
        turn=before.turn + 1 if before else 1,
        audience=audience,
        list_id=list_id,
        text=text,
    )
    waiting = Activity.objects.filter(author=person_id, kind=kind, state="waiting")
    waiting.update(state="dropped")
    record(user(person_id), SharingChanged(kind=kind))


# What is said elsewhere ----------------------------------------------------------------------


def presence_said(person_id: int, fields: Mapping[str, Any]) -> None:
    """Somebody shows or hides whether they are here."""
    if "show_presence" in fields:
        audience: Audience = "friends" if fields["show_presence"] else "me"
        _say(person_id, "presence", audience, None, texts.ELSEWHERE)


def forget_list(list_id: int) -> None:
    """What was for a list that is about to be deleted is for nobody else from now on, and what was
    shown to it is its author's alone."""
    newest = Consent.objects.filter(person=OuterRef("person"), kind=OuterRef("kind"))
    rows = Consent.objects.filter(list_id=list_id)
    rows = rows.filter(pk=Subquery(newest.order_by("-turn").values("pk")[:1]))
    for row in rows.order_by("pk"):
        _say(row.person_id, named(row.kind), "me", None, texts.LIST_GONE)
    Activity.objects.filter(list=list_id).update(audience="me", list=None)
