"""What I share by itself, and said so."""

from collections.abc import Iterator

from server.accounts.models import FriendList
from server.realtime.clock import millis
from server.sharing.models import Activity, Consent
from server.takeout.consented import ActivityRecord, ConsentRecord
from server.takeout.reading import lots, moment


def consents(person_id: int) -> Iterator[ConsentRecord]:
    """My ledger, the oldest line first."""
    names = dict(FriendList.objects.filter(owner=person_id).values_list("pk", "name"))
    for rows in lots(Consent.objects.filter(person=person_id)):
        for row in rows:
            yield ConsentRecord(
                kind=row.kind,
                audience=row.audience,
                list=names.get(row.list_id or 0),
                version=row.text,
                at=millis(row.at),
            )


def activities(person_id: int) -> Iterator[ActivityRecord]:
    """What came of it, the oldest first."""
    for rows in lots(Activity.objects.filter(author=person_id)):
        for row in rows:
            yield ActivityRecord(
                kind=row.kind,
                subject=row.subject,
                audience=row.audience,
                state=row.state,
                at=millis(row.at),
                shown_at=moment(row.shown_at),
            )
