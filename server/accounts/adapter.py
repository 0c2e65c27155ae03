"""Where allauth's sign-up and password change meet our people and sessions."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, JsonResponse

from server.accounts import services
from server.accounts.models import User


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth asks here; the answers are our services."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Typed in any case, kept in small letters."""
        cleaned: str = super().clean_username(username.lower(), shallow)
        return cleaned

    def save_user(
        self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True
    ) -> User:
        """The new person. Of two who take one username at the same moment, one is told so."""
        given: dict[str, Any] = form.cleaned_data
        user.name = given.get("name") or given["username"]
        user.language = given.get("language") or "en"
        try:
            with transaction.atomic():
                saved: User = super().save_user(request, user, form, commit)
                return saved
        except IntegrityError as error:
            raise ImmediateHttpResponse(self._taken()) from error

    def _taken(self) -> JsonResponse:
        [message] = self.validation_error("username_taken").messages
        problem = {"message": message, "code": "username_taken", "param": "username"}
        return JsonResponse({"status": 400, "errors": [problem]}, status=400)

    def set_password(self, user: User, password: str) -> None:
        """Every other browser of the person is signed out."""
        services.set_password(user, password, self._own_session(user))

    def _own_session(self, user: User) -> str | None:
        request: HttpRequest | None = self.request
        if request is None or request.user.pk != user.pk:
            return None
        return request.session.session_key
