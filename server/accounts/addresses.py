"""Whether a person's address is known to be theirs. allauth keeps addresses and confirms them."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from server.accounts import contacts
from server.accounts.events import ProfileChanged
from server.accounts.models import User
from server.accounts.queries import me_of
from server.errors import Refused
from server.realtime.log import lock_next, record
from server.realtime.topics import user


def check_confirmed(person_id: int) -> None:
    """Raises Refused(forbidden) for whoever gave an address that nobody has confirmed: it may be
    somebody else's. Whoever gave none has nothing to confirm, and where no letters are sent nobody
    can. At most two queries."""
    if not settings.CAN_MAIL:
        return
    email = User.objects.filter(pk=person_id).values_list("email", flat=True).first()
    known = EmailAddress.objects.filter(user=person_id, email__iexact=email, verified=True)
    if email and not known.exists():
        raise Refused("forbidden", "Confirm your address first.")


def take_from_others(person_id: int, email: str) -> None:
    """The address turned out to be this person's: others who had given it have none. Call it in the
    transaction that confirms it; nobody else has confirmed it."""
    others = User.objects.filter(email__iexact=email).exclude(pk=person_id)
    others.update(email="")
    EmailAddress.objects.filter(email__iexact=email, verified=False).exclude(
        user=person_id
    ).delete()


def tell(person_id: int) -> None:
    """My pages look again: my address was confirmed, or is another one."""
    with transaction.atomic():
        rows = User.objects.select_for_update(no_key=True, of=("self",)).select_related("face")
        if person := rows.filter(pk=person_id, is_active=True).first():
            contacts.renew(person_id)
            me = me_of(person, lock_next(user(person_id)))
            record(user(person_id), ProfileChanged(me=me))
