"""allauth's routes of the second step, with our rules for codes (second_step.py)."""

from typing import Any

import structlog
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStageController
from allauth.headless.base.response import ConflictResponse, UnauthorizedResponse
from allauth.headless.base.views import APIView, AuthenticationStageAPIView
from allauth.headless.constants import Client
from allauth.headless.mfa import inputs, views
from allauth.headless.mfa.response import AuthenticatorDeletedResponse, RecoveryCodesResponse
from allauth.mfa.adapter import get_adapter
from allauth.mfa.internal.flows.add import validate_can_add_authenticator
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import flows as recovery_flows
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal import flows as totp_flows
from cryptography.fernet import InvalidToken
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path

from server.accounts import leaving, second_step
from server.accounts.models import User
from server.accounts.services import end_other_sessions
from server.http import person_id
from server.realtime.clock import now

log = structlog.get_logger(__name__)

_STANDING = "standing"


class Stage(AuthenticateStage):  # type: ignore[misc]
    """Between the password and the code. What the password opened is worth nothing once the
    password, or the second step itself, is another."""

    def handle(self) -> tuple[Any, bool]:
        """Ask for a code if the person has the second step on."""
        answer, goes_on = super().handle()
        if answer:
            self.state[_STANDING] = self.login.user.get_session_auth_hash()
        return answer, goes_on

    def stands(self) -> bool:
        """Nothing was changed since the password was given."""
        person: User = self.login.user
        standing: str | None = self.state.get(_STANDING)
        if standing != person.get_session_auth_hash():
            return False
        return person.is_active or leaving.may_come_back(person.pk) is not None


class UsesCode:
    """A form's `code` is used up by being looked at, in the order of requests."""

    user: User
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        """Raises ValidationError: incorrect_code, too_many_login_attempts."""
        code: str = self.cleaned_data["code"]
        try:
            self.authenticator = second_step.use_code(self.user.pk, code)
        except second_step.WrongCode:
            raise get_adapter().validation_error("incorrect_code") from None
        except second_step.TooManyWrong:
            told = "Too many wrong codes. Wait five minutes."
            raise ValidationError(told, code="too_many_login_attempts") from None
        self.authenticator.user = self.user
        return code


class _SignInInput(UsesCode, inputs.AuthenticateInput):  # type: ignore[misc]
    pass


class _ReauthenticateInput(UsesCode, inputs.ReauthenticateInput):  # type: ignore[misc]
    pass


class _ActivateInput(inputs.ActivateTOTPInput):  # type: ignore[misc]
    """Remembers of which half minute the first code is: it signs nobody in afterwards."""

    step: int

    def clean_code(self) -> str:
        """Wrong codes are not counted: whoever asks was shown the secret. Raises ValidationError:
        incorrect_code, unverified_email."""
        validate_can_add_authenticator(self.user)
        code: str = self.cleaned_data["code"]
        step = second_step.matching_step(self.secret, code, now().timestamp())
        if step is None:
            raise get_adapter().validation_error("incorrect_code")
        self.step = step
        return code


class Readable(APIView):  # type: ignore[misc]
    """Secrets of a former SECRET_KEY cannot be read: that is our fault, not a wrong code."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        except InvalidToken:
            log.error("second_step_unreadable", path=request.path)
            return JsonResponse({"status": 503, "errors": []}, status=503)


class _Trusted(Readable):
    """For whoever gave the password again a moment ago; everybody else is asked for it first."""

    request: HttpRequest

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        raise_if_reauthentication_required(request, app="allauth.mfa")
        return super().handle(request, *args, **kwargs)

    def turned(self) -> None:
        """Only this browser stays. Its session is saved in the same transaction: between the two
        it would be dead."""
        person, session = self.request.user, self.request.session
        assert isinstance(person, User)
        second_step.turn(person)
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        try:
            session.save()
        except UpdateError:
            raise SessionInterrupted("This browser was signed out meanwhile.") from None
        end_other_sessions(person.pk, session.session_key)


class _SignIn(Readable, views.AuthenticateView):  # type: ignore[misc]
    input_class = _SignInInput

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.stage = LoginStageController.enter(request, Stage.key)
        if self.stage and not self.stage.stands():
            clear_login(request)
            self.stage = None
        if not self.stage:
            return UnauthorizedResponse(request)
        with transaction.atomic():  # the code is used and somebody comes in, or neither
            # Not the stage's own, which reads the person anew: who was found to stand comes in.
            return super(AuthenticationStageAPIView, self).handle(request)


class _Reauthenticate(Readable, views.ReauthenticateView):  # type: ignore[misc]
    input_class = _ReauthenticateInput

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return super().handle(request, *args, **kwargs)


class _Status(Readable, views.AuthenticatorsView):  # type: ignore[misc]
    pass


class _App(_Trusted, views.ManageTOTPView):  # type: ignore[misc]
    """GET: a new secret. POST: turn on, answered with the recovery codes. DELETE: turn off."""

    input_class = {"POST": _ActivateInput}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            second_step.lock_person(person_id(request))
            if second_step.app_of(person_id(request)):
                return ConflictResponse(request)
            Authenticator.objects.filter(user=person_id(request)).delete()  # codes without an app
            app, codes = totp_flows.activate_totp(request, self.input)
            app.data["step"] = self.input.step
            app.save(update_fields=["data"])
            self.turned()
        return RecoveryCodesResponse(request, codes, can_view=True)

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            second_step.lock_person(person_id(request))
            if app := second_step.app_of(person_id(request)):
                totp_flows.deactivate_totp(request, app)
                self.turned()
        return AuthenticatorDeletedResponse(request)


class _RecoveryCodes(_Trusted, views.ManageRecoveryCodesView):  # type: ignore[misc]
    """POST: new ones in the place of the old. They are shown in that answer and never again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            second_step.lock_person(person_id(request))
            if not second_step.app_of(person_id(request)):
                return ConflictResponse(request)
            codes = recovery_flows.generate_recovery_codes(request)
        return RecoveryCodesResponse(request, codes, can_view=True)


_VIEWS = {
    "auth/2fa/authenticate": _SignIn,
    "auth/2fa/reauthenticate": _Reauthenticate,
    "account/authenticators": _Status,
    "account/authenticators/totp": _App,
    "account/authenticators/recovery-codes": _RecoveryCodes,
}


def paths(below: str) -> list[URLPattern]:
    """To stand before allauth's own."""
    return [
        path(below + route, view.as_api_view(client=Client.BROWSER))
        for route, view in _VIEWS.items()
    ]
