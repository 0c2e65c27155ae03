"""Pictures in the admin: to look at, never to edit."""

from django.contrib import admin
from django.http import HttpRequest

from server.media.models import Picture


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin[Picture]):
    list_display = ["id", "owner", "width", "height", "size", "state", "public", "guard"]
    list_filter = ["state", "public"]
    search_fields = ["owner__username", "guard"]
    readonly_fields = [field.name for field in Picture._meta.fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
