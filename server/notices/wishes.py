"""How a person wants to be reached. Every verb may be repeated."""

from django.conf import settings
from django.db import transaction

from server.errors import Refused
from server.happenings import Kind
from server.notices import push, sending
from server.notices.hours import zone
from server.notices.models import Delivery, Mute, Wish
from server.notices.policies import KINDS
from server.notices.schemas import DeliveryChange, DeliveryView, KindView
from server.notices.sending import Way


def read(person_id: int) -> DeliveryView:
    """How a person is reached. At most four queries."""
    row = sending.delivery_of(person_id)
    wished = sending.wishes(person_id)
    muted = Mute.objects.filter(person=person_id, subject=0)
    silent = set(muted.values_list("kind", flat=True))
    return DeliveryView(
        mail=row.mail,
        can_mail=settings.CAN_MAIL,
        address=sending.address_of(person_id),
        zone=row.zone,
        quiet_from=row.quiet_from,
        quiet_to=row.quiet_to,
        digest_at=row.digest_at,
        push_key=push.public_key(),
        kinds=[
            KindView(
                kind=kind,
                page=kind not in silent,
                mail=sending.wants(wished, kind, "mail"),
                push=sending.wants(wished, kind, "push"),
            )
            for kind in KINDS
        ],
    )


def change(person_id: int, change: DeliveryChange) -> DeliveryView:
    """Be reached so from now on; what waits already leaves as it was due.

    Raises Refused(bad_field): an unknown zone, half of quiet hours, or none of a day left.
    """
    try:
        zone(change.zone)
    except ValueError as error:
        raise Refused("bad_field", fields={"zone": "not a time zone"}) from error
    quiet = (change.quiet_from, change.quiet_to)
    if (quiet[0] is None) is not (quiet[1] is None) or (quiet[0] is not None and len({*quiet}) < 2):
        raise Refused("bad_field", fields={"quiet_from": "from and to, and not the same"})
    with transaction.atomic():
        Delivery.objects.update_or_create(
            person_id=person_id, defaults=change.model_dump(mode="python")
        )
    return read(person_id)


def wish(person_id: int, kind: Kind, way: Way, wanted: bool) -> None:
    """Want a kind on a way, or not."""
    with transaction.atomic():
        Wish.objects.update_or_create(
            person_id=person_id, kind=kind, way=way, defaults={"wanted": wanted}
        )


def stop_letters(person_id: int) -> None:
    """No more letters of notices, by the link in one of them. What waits does not leave either."""
    with transaction.atomic():
        Delivery.objects.update_or_create(person_id=person_id, defaults={"mail": False})
