"""Chats in the admin: who is where and how much is said, not what."""

from django.contrib import admin
from django.http import HttpRequest

from server.chat.models import Membership, Room


class _ReadOnly:
    """Rooms change through services only, which tell everyone who watches."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class MembershipInline(_ReadOnly, admin.TabularInline[Membership, Room]):
    model = Membership
    extra = 0


@admin.register(Room)
class RoomAdmin(_ReadOnly, admin.ModelAdmin[Room]):
    list_display = ["id", "kind", "title", "member_count", "last_ordinal", "active_at"]
    list_filter = ["kind"]
    search_fields = ["title"]
    inlines = [MembershipInline]
