"""My telephone number over HTTP. Whoever gives, changes or removes it gives the password first, or
an open browser would be enough; allauth remembers when that was."""

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.http import HttpRequest
from ninja import Router

from server.accounts import phones
from server.accounts.schemas import PhoneAgain, PhoneCheck, PhoneDraft, PhoneStanding
from server.errors import Refused
from server.http import person_id

router = Router(tags=["people"])


@router.get("/me/phone", response=PhoneStanding, summary="My telephone number")
def get_phone(request: HttpRequest) -> PhoneStanding:
    """Nobody else is shown it."""
    return phones.standing(person_id(request))


@router.post("/me/phone", response=PhoneStanding, summary="Give a number, or another one")
def give_phone(request: HttpRequest, draft: PhoneDraft) -> PhoneStanding:
    """A code goes there, three an hour at most; the number is mine once I have given that back.
    The answer is the same whether or not somebody has it. `password`: give that first."""
    _check_password(request)
    return phones.ask(person_id(request), draft)


@router.post("/me/phone/code", response=PhoneStanding, summary="Have another code sent")
def send_again(request: HttpRequest, wanted: PhoneAgain) -> PhoneStanding:
    """To the same number; the former code is void. Not before `again_at`."""
    return phones.ask_again(person_id(request), wanted.client_id)


@router.post("/me/phone/check", response=PhoneStanding, summary="Give the code back")
def check_code(request: HttpRequest, given: PhoneCheck) -> PhoneStanding:
    """Within ten minutes, five times at most. `conflict`: another account has the number."""
    return phones.check(person_id(request), given.code)


@router.delete("/me/phone/coming", response=PhoneStanding, summary="Never mind the new number")
def never_mind(request: HttpRequest) -> PhoneStanding:
    """The present one stays."""
    return phones.never_mind(person_id(request))


@router.delete("/me/phone", response=PhoneStanding, summary="Remove my number")
def remove_phone(request: HttpRequest) -> PhoneStanding:
    """At once. `password`: give that first."""
    _check_password(request)
    return phones.remove(person_id(request))


def _check_password(request: HttpRequest) -> None:
    if not did_recently_reauthenticate(request):
        raise Refused("password")
