"""People in the admin, and no second door into it."""

from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect

from server.accounts import phones, second_step, sessions
from server.accounts.models import Block, Friendship, Phone, Session, User
from server.accounts.phone_numbers import masked
from server.accounts.services import end_other_sessions


def _sign_in_first(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """The admin's own form would try passwords without the limits of the real one."""
    if request.user.is_authenticated:
        return HttpResponseForbidden("This account may not use the admin.")
    return HttpResponseRedirect("/?" + urlencode({"next": "/admin/"}))


admin.site.login = _sign_in_first  # type: ignore[method-assign]


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ["username", "name", "email", "is_active", "is_staff", "joined_at"]
    list_filter = ["is_active", "is_staff", "language"]
    search_fields = ["username", "name", "email"]
    raw_id_fields = ["face"]
    exclude = ["password", "second_step_turns"]
    readonly_fields = ["joined_at", "last_login", "show_presence"]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Whoever may not come in any more is out at once, on every device."""
        super().save_model(request, obj, form, change)
        if change and not obj.is_active:
            end_other_sessions(obj.pk, None)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """People are made inactive: deleting the row would tell none of their open pages."""
        return False


@admin.register(Friendship)
class FriendshipAdmin(admin.ModelAdmin[Friendship]):
    list_display = ["low", "high", "state", "at"]
    readonly_fields = ["low", "high", "state", "asked_by", "at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """The two end it themselves: without that, each goes on seeing the other's posts."""
        return False


@admin.register(Block)
class BlockAdmin(admin.ModelAdmin[Block]):
    list_display = ["blocker", "blocked", "at"]
    readonly_fields = ["blocker", "blocked", "at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Its owner lifts it, and is told with everybody else."""
        return False


@admin.register(Session)
class SessionAdmin(admin.ModelAdmin[Session]):
    list_display = ["person", "browser", "address", "started_at", "seen_at"]
    fields = ["person", "browser", "address", "started_at", "seen_at"]
    readonly_fields = ["person", "browser", "address", "started_at", "seen_at"]
    search_fields = ["person__username"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Session) -> None:
        """Its sockets close too."""
        sessions.end(Session.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> None:
        """See delete_model."""
        sessions.end(Session.objects.filter(pk__in=queryset.values("pk")))


@admin.register(Phone)
class PhoneAdmin(admin.ModelAdmin[Phone]):
    """Masked, and not to be searched for. Deleting one is for whoever has a number now that
    somebody else had before; a letter tells that person."""

    list_display = ["person", "masked", "verified_at"]
    fields = ["person", "masked", "verified_at"]
    search_fields = ["person__username"]

    @admin.display(description="number")
    def masked(self, row: Phone) -> str:
        """Not even operators read it."""
        return masked(row.number)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Phone) -> None:
        """Its person is told."""
        phones.remove(obj.person_id)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Phone]) -> None:
        """See delete_model."""
        for person_id in sorted(queryset.values_list("person", flat=True)):
            phones.remove(person_id)


admin.site.unregister(Authenticator)  # allauth's page shows the secrets


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin[Any]):
    """Deleting one turns its person's whole second step off: for whoever lost app and codes."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    fields = ["user", "type", "created_at", "last_used_at"]
    search_fields = ["user__username"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        """Every browser of theirs is signed out too."""
        second_step.turn_off_for(obj.user_id)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """See delete_model."""
        for person_id in sorted(set(queryset.values_list("user", flat=True))):
            second_step.turn_off_for(person_id)
