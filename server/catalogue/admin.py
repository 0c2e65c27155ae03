"""Stores in the admin. Items change through their own page, where everyone sees it live."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from server.catalogue.models import Item, Store, StoreStaff
from server.catalogue.services import staff_changed


class StaffInline(admin.TabularInline[StoreStaff, Store]):
    model = StoreStaff
    raw_id_fields = ["person"]
    extra = 0


@admin.register(Store)
class StoreAdmin(admin.ModelAdmin[Store]):
    list_display = ["name", "name_zh", "opened_at"]
    search_fields = ["name", "name_zh"]
    raw_id_fields = ["mark", "cover"]
    inlines = [StaffInline]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Who was taken off the staff must not go on reading the store's chats."""
        super().save_related(request, form, formsets, change)
        staff_changed(form.instance.pk)


@admin.register(Item)
class ItemAdmin(admin.ModelAdmin[Item]):
    list_display = ["title", "store", "category", "price_minor", "currency", "stock", "state"]
    list_filter = ["category", "state", "store"]
    search_fields = ["title", "title_zh"]
    readonly_fields = [field.name for field in Item._meta.fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
