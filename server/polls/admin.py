from django.contrib import admin
from django.http import HttpRequest

from server.polls.models import Option, Poll


class _ToRead:
    """To look at; changes go through the services. Ballots are not here: votes may be secret."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class OptionInline(_ToRead, admin.TabularInline[Option, Poll]):
    model = Option
    extra = 0


@admin.register(Poll)
class PollAdmin(_ToRead, admin.ModelAdmin[Poll]):
    list_display = ["id", "author", "question", "choice", "names", "voted", "deadline", "closed_at"]
    list_select_related = ["author"]
    search_fields = ["question", "author__username"]
    inlines = [OptionInline]
