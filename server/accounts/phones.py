"""A person's telephone number: said, shown to be theirs by a code that is sent there, taken out.

A number that somebody else has is treated like any other: the code goes there, and only whoever
reads it there is told, as with an address (adr/0022). Everything about one person's number waits
for that person's row. The code stands nowhere: it is a keyed hash of its row's salt, so that the
job that sends it need not be given it, and sends the same when it has to begin anew.
"""

from datetime import timedelta
from hashlib import sha256
from math import ceil
from secrets import token_hex
from typing import Literal
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.crypto import constant_time_compare, salted_hmac
from django_tasks import task

from server.accounts import addresses, phone_pace
from server.accounts.letters import CODE_BY_TEXT
from server.accounts.mailing import send_letter
from server.accounts.phone_models import TRIES, Phone, PhoneCode
from server.accounts.phone_numbers import cleaned, shown
from server.accounts.phone_senders import Unreachable, sender
from server.accounts.schemas import PhoneComing, PhoneDraft, PhoneStanding
from server.accounts.second_step import lock_person
from server.errors import Refused
from server.jobs.runs import hold
from server.realtime.clock import millis, now

log = structlog.get_logger(__name__)

VALID = timedelta(minutes=10)
KEPT = timedelta(days=1)
"""How long a code that is over stays, for its person to read that it is."""


class NotSent(Exception):
    """The provider did not take it. Without what it said: that may name the number."""


def standing(person_id: int) -> PhoneStanding:
    """My number, the one that is to be mine, and when another code may be had. Four queries."""
    mine = Phone.objects.filter(pk=person_id).first()
    coming = PhoneCode.objects.filter(pk=person_id).first()
    again = phone_pace.again_at(person_id)
    return PhoneStanding(
        sends=bool(settings.PHONE_SENDER),
        number=shown(mine.number) if mine else None,
        coming=_coming(coming) if coming else None,
        again_at=ceil(again * 1000) if again else None,
    )


def _coming(row: PhoneCode) -> PhoneComing:
    return PhoneComing(
        number=shown(row.number),
        state="sent" if row.state == "sent" else "failed" if row.state == "failed" else "asked",
        expires_at=millis(row.expires_at),
        tries_left=TRIES - row.tries,
    )


def ask(person_id: int, draft: PhoneDraft) -> PhoneStanding:
    """Have a code sent to a number; one that was sent before is void. The present number stays
    until the new one is shown to be theirs.

    Whose it is now is not looked at. Repeating a client_id sends nothing. Raises Refused:
    bad_field (`number`: country, invalid, no_texts, yours), too_fast, altered_replay, not_found
    (no codes are sent from here).
    """
    _check_sends()
    try:
        number = cleaned(draft.number)
    except ValueError as error:
        raise Refused("bad_field", fields={"number": str(error)}) from None
    with transaction.atomic():
        lock_person(person_id)
        coming = PhoneCode.objects.filter(pk=person_id).first()
        if coming and coming.client_id == draft.client_id:
            if coming.number != number:
                raise Refused("altered_replay")
        elif Phone.objects.filter(pk=person_id, number=number).exists():
            raise Refused("bad_field", fields={"number": "yours"})
        else:
            _send(person_id, number, draft.client_id)
    return standing(person_id)


def ask_again(person_id: int, client_id: str) -> PhoneStanding:
    """Have another code sent to the number that is to be mine. Raises Refused: not_found (there is
    none), too_fast."""
    _check_sends()
    with transaction.atomic():
        lock_person(person_id)
        coming = PhoneCode.objects.filter(pk=person_id).first()
        if coming is None:
            raise Refused("not_found", "No number was given.")
        if coming.client_id != client_id:
            _send(person_id, coming.number, client_id)
    return standing(person_id)


def _send(person_id: int, number: str, client_id: str) -> None:
    phone_pace.take(person_id, number)
    PhoneCode.objects.filter(pk=person_id).delete()
    row = PhoneCode.objects.create(
        person_id=person_id,
        number=number,
        salt=token_hex(16),
        client_id=client_id,
        expires_at=now() + VALID,
    )
    send_code.enqueue(person_id, row.salt)


def check(person_id: int, code: str) -> PhoneStanding:
    """The number is mine if this is the code that was sent there; it is good for nothing
    afterwards.

    Raises Refused: bad_field (`code`: wrong), closed (too late, or too many wrong ones), not_found
    (none was asked for), conflict (another account has that number: whoever reads this holds the
    telephone).
    """
    with transaction.atomic():
        lock_person(person_id)
        outcome = _try(person_id, code)
    # Outside, or the count of tries would be undone with it.
    if outcome == "wrong":
        raise Refused("bad_field", fields={"code": "wrong"})
    if outcome == "taken":
        raise Refused("conflict", "Another account has this number.", fields={"number": "taken"})
    return standing(person_id)


def _try(person_id: int, code: str) -> Literal["right", "wrong", "taken"]:
    rows = PhoneCode.objects.filter(pk=person_id)
    if not rows.filter(tries__lt=TRIES, expires_at__gt=Now()).update(tries=F("tries") + 1):
        raise Refused("closed" if rows.exists() else "not_found")
    row = rows.get()
    if not _is_code(row, code):
        return "wrong"
    rows.delete()
    return "right" if _keep(person_id, row.number) else "taken"


def _keep(person_id: int, number: str) -> bool:
    """Whether the number is theirs now. Of two at the same moment, the constraint takes one."""
    mine = Phone.objects.filter(pk=person_id)
    try:
        with transaction.atomic():
            changed = mine.update(number=number, verified_at=Now())
            if not changed:
                Phone.objects.create(person_id=person_id, number=number)
    except IntegrityError:
        return False
    send_letter.enqueue(person_id, "phones/changed" if changed else "phones/added")
    addresses.tell(person_id)
    return True


def never_mind(person_id: int) -> PhoneStanding:
    """The number that was to be mine is forgotten, and its code void."""
    with transaction.atomic():
        lock_person(person_id)
        PhoneCode.objects.filter(pk=person_id).delete()
    return standing(person_id)


def remove(person_id: int) -> PhoneStanding:
    """My number is nobody's again; a letter says so."""
    with transaction.atomic():
        lock_person(person_id)
        if Phone.objects.filter(pk=person_id).delete()[0]:
            send_letter.enqueue(person_id, "phones/removed")
            addresses.tell(person_id)
    return standing(person_id)


@task()
def send_code(person_id: int, salt: str) -> None:
    """Send the code of this row, if it still waits for that.

    Idempotent but for a moment: when the process dies after the provider took it, the same text is
    given to the provider again with the same key.
    """
    with transaction.atomic():
        hold()
        row = (
            PhoneCode.objects.filter(
                pk=person_id,
                salt=salt,
                state="asked",
                expires_at__gt=Now(),
                person__is_active=True,
            )
            .select_related("person")
            .first()
        )
    if row is None or not settings.PHONE_SENDER:
        return
    state = _sent(row, row.person.language)
    with transaction.atomic():
        hold()
        PhoneCode.objects.filter(pk=person_id, salt=salt).update(state=state)


def _sent(row: PhoneCode, language: str) -> Literal["sent", "failed"]:
    words = CODE_BY_TEXT["zh" if language == "zh" else "en"]
    # With the last line browsers offer the code on our page, and on no other.
    host = urlsplit(settings.ORIGINS[0]).hostname
    text = words.format(code=_code(row, settings.SECRET_KEY), host=host)
    try:
        sender().send(row.number, text, sha256(row.salt.encode()).hexdigest()[:32])
    except Unreachable:
        log.info("phone_unreachable", person=row.person_id)
        return "failed"
    except Exception as error:
        raise NotSent(type(error).__name__) from None
    return "sent"


def forget_old() -> int:
    """What was asked for long ago. Returns how many rows went. Safe on many workers at once."""
    codes, _ = PhoneCode.objects.filter(expires_at__lt=Now() - KEPT).delete()
    return codes + phone_pace.forget_old()


def _check_sends() -> None:
    if not settings.PHONE_SENDER:
        raise Refused("not_found", "No codes are sent from here.")


def _is_code(row: PhoneCode, code: str) -> bool:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(code, _code(row, key)) for key in keys)


def _code(row: PhoneCode, key: str) -> str:
    about = f"{row.salt}:{row.person_id}:{row.number}"
    digest = salted_hmac("phones.code", about, secret=key, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06}"
