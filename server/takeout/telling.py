"""How I am told of things, and of what not."""

from collections.abc import Iterator

from server.notices.models import Delivery, Mute, Wish
from server.takeout.reached import DeliveryRecord, SilenceRecord, WishRecord
from server.takeout.reading import lots


def silences(person_id: int) -> Iterator[SilenceRecord]:
    """What I want to hear no more of, the oldest first."""
    for rows in lots(Mute.objects.filter(person=person_id)):
        for row in rows:
            yield SilenceRecord(kind=row.kind, about=row.subject)


def delivery(person_id: int) -> Iterator[DeliveryRecord]:
    """How I am reached; nothing when I never said."""
    for row in Delivery.objects.filter(pk=person_id):
        yield DeliveryRecord(
            mail=row.mail,
            zone=row.zone,
            quiet_from=row.quiet_from,
            quiet_to=row.quiet_to,
            digest_at=row.digest_at,
        )


def wishes(person_id: int) -> Iterator[WishRecord]:
    """The kinds of which I said so, the oldest first."""
    for rows in lots(Wish.objects.filter(person=person_id)):
        for row in rows:
            yield WishRecord(kind=row.kind, way=row.way, wanted=row.wanted)
