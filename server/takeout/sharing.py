"""What I share by itself, and said so."""

from collections.abc import Iterator

from server.accounts.models import FriendList
from server.realtime.clock import millis
from server.sharing.models import Consent
from server.takeout import records
from server.takeout.reading import lots


def consents(person_id: int) -> Iterator[records.ConsentRecord]:
    """My ledger, the oldest line first."""
    names = dict(FriendList.objects.filter(owner=person_id).values_list("pk", "name"))
    for rows in lots(Consent.objects.filter(person=person_id)):
        for row in rows:
            yield records.ConsentRecord(
                kind=row.kind,
                audience=row.audience,
                list=names.get(row.list_id or 0),
                version=row.text,
                at=millis(row.at),
            )
