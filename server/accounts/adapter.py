"""Where allauth's sign-up, passwords and letters meet our people, sessions and pages."""

from smtplib import SMTPException
from typing import Any
from urllib.parse import quote, urlsplit

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.adapter import DefaultHeadlessAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language_from_request

from server.accounts import addresses, leaving, second_step, services
from server.accounts.letters import LETTERS
from server.accounts.mailing import send_letter
from server.accounts.models import User

log = structlog.get_logger(__name__)

ASKED_FOR = {
    "account/email/password_reset_key",
    "account/email/unknown_account",
    "account/email/email_confirmation",
}
"""Letters that somebody waits for: that one could not be sent is their answer. The first two are
one case for whoever asks, or the answer would tell who has an account."""


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
        user.birth_year = given.get("birth_year")
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

    def get_login_stages(self) -> list[str]:
        """allauth's, with our second step in the place of its own, and the way back at the end."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "server.accounts.second_step_api.Stage"}
        stages = [ours.get(stage, stage) for stage in super().get_login_stages()]
        return [*stages, "server.accounts.leaving_api.Stage"]

    def pre_login(self, request: HttpRequest, user: User, **hook: Any) -> HttpResponse | None:
        """Whoever is leaving comes as far as the stage that lets them take it back."""
        if not user.is_active and leaving.may_come_back(user.pk):
            return None
        refused: HttpResponse | None = super().pre_login(request, user, **hook)
        return refused

    def set_password(self, user: User, password: str) -> None:
        """Every other browser of the person is signed out."""
        services.set_password(user, password, self._own_session(user))

    def _own_session(self, user: User) -> str | None:
        request: HttpRequest | None = self.request
        if request is None or request.user.pk != user.pk:
            return None
        return request.session.session_key

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Our own letter for the occasion, where we have one."""
        if template_prefix not in LETTERS:
            rendered: EmailMessage = super().render_mail(template_prefix, email, context, headers)
            return rendered
        user: User | None = context.get("user")
        letter = LETTERS[template_prefix][user.language if user else _asked_language()]
        links = ("password_reset_url", "activate_url", "signup_url")
        link = next(context[name] for name in links if name in context)
        body = letter.body.format(link=link, username=user.username if user else "")
        return EmailMessage(
            letter.subject, body, to=[email] if isinstance(email, str) else email, headers=headers
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """That something was changed: asked for in the transaction of the change, sent by a job.
        email: where to, when that is not the person's address any more."""
        if template_prefix in LETTERS:
            send_letter.enqueue(user.pk, template_prefix, address=email or "")

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Their pages learn of it; whoever else had given it without an answer never had it."""
        with transaction.atomic():
            if email_address.can_set_verified():
                addresses.take_from_others(email_address.user_id, email_address.email)
            confirmed: bool = super().confirm_email(request, email_address)
            if confirmed:
                addresses.tell(email_address.user_id)
        return confirmed

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away keeps nobody from signing up. Who waits for a letter is told
        503; the log names neither them nor the key."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            log.warning("mail_not_sent", letter=template_prefix, error=type(error).__name__)
            if template_prefix in ASKED_FOR:
                answer = JsonResponse({"status": 503, "errors": []}, status=503)
                raise ImmediateHttpResponse(answer) from error


def _asked_language() -> str:
    asked = get_language_from_request(allauth_context.request)
    return "zh" if asked.startswith("zh") else "en"


class Pages(DefaultHeadlessAdapter):  # type: ignore[misc]
    """Where letters lead. Only to an origin of ours, port and all, whatever Host was claimed: the
    reader would hand the key to whoever listens there."""

    def get_frontend_url(self, urlname: str, **kwargs: str) -> str:
        """The page of ours for allauth's name of it."""
        path = settings.HEADLESS_FRONTEND_URLS[urlname]
        path = path.format(**{name: quote(value, safe=":") for name, value in kwargs.items()})
        return _our_origin(self.request) + path


def _our_origin(request: HttpRequest | None) -> str:
    ours: list[str] = settings.ORIGINS
    host = request.get_host().lower() if request is not None else ""
    return next((origin for origin in ours if urlsplit(origin).netloc.lower() == host), ours[0])


class SecondStepSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of the second step are encrypted: who reads the database can make no codes."""

    def get_totp_label(self, user: User) -> str:
        """How the app names the account."""
        return user.username

    def encrypt(self, text: str) -> str:
        """What the database keeps."""
        return second_step.cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was encrypted. Raises InvalidToken when its key is not known any more."""
        return second_step.cipher().decrypt(encrypted_text).decode()
