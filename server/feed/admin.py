from django.contrib import admin
from django.http import HttpRequest

from server.feed.models import Comment, Post


class _Readable:
    """To look at; changes go through the services, which tell every open page."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Post)
class PostAdmin(_Readable, admin.ModelAdmin[Post]):
    list_display = ["id", "author", "audience", "text", "likes", "comments", "at", "deleted_at"]
    list_select_related = ["author"]
    search_fields = ["text", "author__username"]


@admin.register(Comment)
class CommentAdmin(_Readable, admin.ModelAdmin[Comment]):
    list_display = ["id", "post_id", "author", "text", "at", "deleted_at"]
    list_select_related = ["author"]
    search_fields = ["text", "author__username"]
