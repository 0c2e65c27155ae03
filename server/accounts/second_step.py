"""The second step of signing in: codes of an authenticator app, and recovery codes.

allauth makes, keeps and asks for them. Ours is what it leaves open: it remembers used codes and
counts wrong ones in the cache, which forgets both while Redis is away. Here both stand in the row
of the authenticator, and whatever uses or changes a person's second step waits for that person's
row.
"""

from base64 import urlsafe_b64encode
from functools import cache

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from server.accounts.models import User
from server.accounts.services import end_other_sessions
from server.realtime.clock import now

STEP_SECONDS = 30
"""How long an app shows one code. The one before and the one after count too: clocks differ."""

WRONG_AT_MOST, WRONG_SECONDS = 5, 300
"""So many wrong codes of one person in so long; then the right one is refused too."""


class WrongCode(Exception):
    """Neither a present code of the app nor an unused recovery code."""


class TooManyWrong(Exception):
    """This person has to wait before another code is looked at."""


def use_code(person_id: int, code: str) -> Authenticator:
    """What this code belongs to; it is good for nothing afterwards.

    An app's code is refused with all before it once it or a later one was used, as RFC 6238 asks.
    Raises WrongCode, TooManyWrong.
    """
    with transaction.atomic():
        lock_person(person_id)
        app = app_of(person_id)
        if app is None:
            raise WrongCode
        moment = now().timestamp()
        wrong = [at for at in app.data.get("wrong", ()) if moment - WRONG_SECONDS < at <= moment]
        if len(wrong) >= WRONG_AT_MOST:
            raise TooManyWrong
        used = _use_app(app, code, moment) or _use_recovery(person_id, code)
        app.data["wrong"] = [] if used else [*wrong, moment]
        app.save(update_fields=["data"])
    if used is None:
        raise WrongCode  # outside, or the count would be undone with it
    return used


def app_of(person_id: int) -> Authenticator | None:
    """The person's authenticator app, if the second step is on."""
    return _kept(person_id, Authenticator.Type.TOTP)


def matching_step(secret: str, code: str, moment: float, after: int = -1) -> int | None:
    """The number of the half minute that this code is of, if it is near the moment and later than
    `after`."""
    current = int(moment) // STEP_SECONDS
    for step in range(max(current - 1, after + 1), current + 2):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def lock_person(person_id: int) -> None:
    """Until the end of the transaction nobody else uses or changes their second step."""
    list(User.objects.select_for_update(no_key=True).filter(pk=person_id).values("pk"))


def turn(person: User) -> None:
    """In the transaction that turns it on or off: every session is dead that is not told the new
    `get_session_auth_hash`, also one whose sign-in began before and is written afterwards."""
    User.objects.filter(pk=person.pk).update(second_step_turns=F("second_step_turns") + 1)
    person.refresh_from_db(fields=["second_step_turns"])


def turn_off_for(person_id: int) -> None:
    """For somebody who lost app and codes: off, and signed out everywhere."""
    with transaction.atomic():
        lock_person(person_id)
        Authenticator.objects.filter(user=person_id).delete()
        turn(User.objects.get(pk=person_id))
        end_other_sessions(person_id, None)


def cipher() -> MultiFernet:
    """What the secrets in the database are encrypted with. Decrypting raises InvalidToken when
    they were encrypted with a SECRET_KEY that is not known any more."""
    return _cipher((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@cache
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    digests = (salted_hmac(__name__, "", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])


def _use_app(app: Authenticator, code: str, moment: float) -> Authenticator | None:
    step = matching_step(decrypt(app.data["secret"]), code, moment, app.data["step"])
    if step is None:
        return None
    app.data["step"] = step
    return app


def _use_recovery(person_id: int, code: str) -> Authenticator | None:
    row = _kept(person_id, Authenticator.Type.RECOVERY_CODES)
    return row if row and RecoveryCodes(row).validate_code(code) else None


def _kept(person_id: int, kind: str) -> Authenticator | None:
    row: Authenticator | None = Authenticator.objects.filter(user=person_id, type=kind).first()
    return row
