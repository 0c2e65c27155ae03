"""What others will see of what is shown by itself: before I say so, while it waits, and of old.

Asked of the very rule by which their pages are filled, by me alone: they are not written down as
shown it, and whether somebody mutes me is not mine to learn. As whom one looks: feed/readers.py.
"""

from django.db import transaction
from django.db.models.functions import Now

from server.accounts.queries import cards
from server.errors import Refused
from server.feed.readers import Looking, looking
from server.groups.models import Member
from server.sharing import texts
from server.sharing.examples import example_of
from server.sharing.kinds import KINDS, Kind
from server.sharing.ledger import addressed
from server.sharing.models import Activity, Consent
from server.sharing.policies import seers
from server.sharing.queries import in_force, offered
from server.sharing.schemas import ActivityPreview, ActivityPreviewDraft
from server.sharing.views import views

OPEN = ("waiting", "shown")


def activity(person_id: int, reader: str, activity_id: int) -> ActivityPreview:
    """What this reader sees of something of mine, or will when it has waited long enough.

    Raises Refused(not_found): none of mine, no such reader for me.
    """
    found = looking(person_id, reader)
    with transaction.atomic():
        row = Activity.objects.filter(pk=activity_id, author=person_id).first()
        if row is None:
            raise Refused("not_found")
        if row.state == "waiting":
            _show(row)
        shown = _as_seen(found, row)
        transaction.set_rollback(True)
    return shown


def before(person_id: int, kind: Kind, draft: ActivityPreviewDraft) -> ActivityPreview:
    """What this reader would see of a kind if it were for that audience: the example, said, done
    and shown, read as they would read it, and never was. Nothing is kept and nobody is told.

    Raises Refused: not_found (no such reader for me), forbidden (a kind of which there is nothing
    yet; a minor, for everyone), bad_field (an audience that the kind does not have), signed_out.
    """
    if not KINDS[kind].here:
        raise Refused("forbidden", "There is nothing of this kind to be shown yet.")
    found = looking(person_id, draft.reader)
    subject = example_of(person_id, kind)
    with transaction.atomic():
        audience, list_id = addressed(person_id, draft.audience)
        if audience not in KINDS[kind].audiences:
            raise Refused("bad_field", fields={"audience": "not for this kind"})
        if subject is None or audience == "me":
            return _nothing(found)
        row = _done(person_id, kind, subject, _said(person_id, kind, audience, list_id))
        shown = _as_seen(found, row)
        transaction.set_rollback(True)
    if shown.activity is None:
        return shown
    return shown.model_copy(update={"activity": shown.activity.model_copy(update={"id": 0})})


def _said(person_id: int, kind: Kind, audience: str, list_id: int | None) -> Consent:
    """With the person held. It is taken back with everything else."""
    newest = in_force([person_id], kind).get(person_id)
    return Consent.objects.create(
        person_id=person_id,
        kind=kind,
        turn=newest.turn + 1 if newest else 1,
        audience=audience,
        list_id=list_id,
        text=texts.current(kind),
    )


def _done(person_id: int, kind: Kind, subject: int, consent: Consent) -> Activity:
    """What the example is of, as if it were done now. The group of an example may be one that its
    person is not in."""
    mine = Activity.objects.filter(author=person_id, kind=kind, subject=subject, state__in=OPEN)
    mine.update(state="undone")
    if kind == "group":
        seat = {"state": "member", "role": "member"}
        inside = Member.objects.filter(group=subject, person=person_id)
        if not inside.filter(state="member").exists():
            inside.delete()
            Member.objects.create(group_id=subject, person_id=person_id, **seat)
    row = Activity.objects.create(
        author_id=person_id,
        kind=kind,
        subject=subject,
        consent=consent,
        audience=consent.audience,
        list_id=consent.list_id,
        due_at=Now(),
    )
    _show(row)
    return row


def _show(row: Activity) -> None:
    Activity.objects.filter(pk=row.pk).update(state="shown", shown_at=Now())
    row.refresh_from_db()


def _as_seen(reader: Looking, row: Activity) -> ActivityPreview:
    if reader.several:
        see = seers(reader.ids, row)
        unseen = [who for who in reader.ids if who not in see]
        people = cards(unseen) if unseen else {}
        return ActivityPreview(
            reader=None,
            activity=next(iter(views([row])), None) if see else None,
            unseen=[people[who] for who in unseen],
        )
    for who in reader.ids:
        if found := views(list(offered(who).filter(pk=row.pk))):
            return ActivityPreview(reader=reader.person, activity=found[0], unseen=[])
    return ActivityPreview(reader=reader.person, activity=None, unseen=[])


def _nothing(reader: Looking) -> ActivityPreview:
    people = cards(reader.ids) if reader.several and reader.ids else {}
    return ActivityPreview(reader=reader.person, activity=None, unseen=list(people.values()))
