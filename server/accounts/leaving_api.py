"""The routes of leaving and of coming back, among allauth's: they ask for the password and for a
code of the second step as it does.

Whoever is leaving gets no session: between the password (and the code) and being signed in stands a
stage that only undoing passes.
"""

from typing import Any

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStage, LoginStageController
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.httpkit import headed_redirect_response
from allauth.headless.base.response import (
    AuthenticationResponse,
    ConflictResponse,
    UnauthorizedResponse,
)
from allauth.headless.base.views import APIView
from allauth.headless.constants import Client
from allauth.headless.internal.restkit import inputs
from allauth.headless.internal.restkit.response import APIResponse
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest
from django.urls import URLPattern, path

from server.accounts import leaving, second_step
from server.accounts.models import Leaving, User
from server.accounts.second_step_api import Readable, UsesCode
from server.errors import Refused
from server.http import person_id
from server.realtime.clock import millis

_STANDING = "standing"


class Stage(LoginStage):  # type: ignore[misc]
    """The last one: whoever is leaving may take that back, or turn round."""

    key = "leaving"
    urlname = "account_inactive"

    def handle(self) -> tuple[Any, bool]:
        """Nobody else is held up."""
        person: User = self.login.user
        if person.is_active:
            return None, True
        self.state[_STANDING] = person.get_session_auth_hash()
        return headed_redirect_response(self.urlname), True

    def row(self) -> Leaving | None:
        """While it may be undone and the password is still the one that was given."""
        person: User = self.login.user
        if self.state.get(_STANDING) != person.get_session_auth_hash():
            return None
        return leaving.may_come_back(person.pk)


class _CodeInput(UsesCode, inputs.Input):  # type: ignore[misc]
    """A code where the second step is on; without it, whatever is given is not looked at."""

    code = inputs.CharField(required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self) -> str:
        if second_step.app_of(self.user.pk) is None:
            return ""
        return super().clean_code()


class _Leave(Readable):
    """For whoever gave the password a moment ago. Answered with the day it becomes final."""

    input_class = _CodeInput
    http_method_names = ["post"]

    def get_input_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not did_recently_reauthenticate(request):
            raise ReauthenticationRequired
        if leaving.standing(person_id(request)).holdings:
            return ConflictResponse(request)  # before a code is used up for nothing
        with transaction.atomic():
            return super().handle(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            row = leaving.ask(person_id(request))
        except Refused as refusal:
            if refusal.code.name == "conflict":
                return ConflictResponse(request)
            return UnauthorizedResponse(request)
        logout(request)
        return APIResponse(request, data={"due_at": millis(row.due_at)})


class _ComeBack(APIView):  # type: ignore[misc]
    """GET: until when it can be undone. POST: undo it and be signed in."""

    handle_json_input = False
    http_method_names = ["get", "post"]
    row: Leaving

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.stage = LoginStageController.enter(request, Stage.key)
        row = self.stage.row() if self.stage else None
        if row is None:
            if self.stage:
                clear_login(request)
            return UnauthorizedResponse(request)
        self.row = row
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return APIResponse(request, data={"due_at": millis(self.row.due_at)})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():  # it is undone and they come in, or neither
            try:
                leaving.undo(self.row.pk)
            except Refused:
                clear_login(request)
                return UnauthorizedResponse(request)
            self.stage.login.user.refresh_from_db()
            self.stage.exit()
        return AuthenticationResponse(request)


def paths(below: str) -> list[URLPattern]:
    """To stand before allauth's own."""
    return [
        path(f"{below}account/leaving", _Leave.as_api_view(client=Client.BROWSER)),
        path(f"{below}auth/leaving", _ComeBack.as_api_view(client=Client.BROWSER)),
    ]
