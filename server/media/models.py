"""Pictures: re-encoded by us, stored as files, visible only where they were attached."""

from secrets import token_hex

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


def new_token() -> str:
    """128 random bits: a picture's address cannot be guessed from another's."""
    return token_hex(16)


class Picture(models.Model):
    """One picture in several widths, and who may see it.

    Exactly one of these holds: nobody but the owner (guard null, not public: not yet used
    anywhere), everybody (public), or whoever may watch the topic written in `guard`.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pictures"
    )
    client_id = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    token = models.CharField(max_length=32, unique=True, default=new_token)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = models.JSONField()
    alt = models.CharField(max_length=300, default="", blank=True)
    placeholder = models.TextField()
    size = models.PositiveIntegerField()
    state = models.CharField(
        max_length=8, choices=[("ready", "ready"), ("gone", "gone")], default="ready"
    )
    public = models.BooleanField(default=False)
    guard = models.CharField(max_length=40, null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "client_id"], name="picture_client_id"),
            models.CheckConstraint(
                condition=models.Q(public=False) | models.Q(guard__isnull=True),
                name="picture_public_or_guarded",
            ),
        ]
        indexes = [models.Index(fields=["owner", "created_at"], name="picture_owner_age")]

    def __str__(self) -> str:
        return f"picture {self.pk}"
