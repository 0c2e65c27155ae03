"""A person's takeout: one file with everything of theirs, for a week."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Takeout(models.Model):
    """One row a person, made when they first ask, and the lock under which all of it happens.

    token: names this takeout and its files, another one each time; empty while there is none.
    version: grows with every change that is told. job: what makes it.
    """

    STATES = [(state, state) for state in ("none", "working", "ready", "failed")]

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    version = models.BigIntegerField(default=0)
    state = models.CharField(max_length=7, choices=STATES, default="none")
    client_id = models.CharField(max_length=32, default="")
    token = models.CharField(max_length=32, default="")
    job = models.UUIDField(null=True)
    progress = models.PositiveSmallIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    file = models.CharField(max_length=60, default="")
    asked_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(expires_at__isnull=False) & ~Q(file=""),
                name="takeout_ready_is_whole",
            )
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(state="ready"), name="takeout_ending"),
            models.Index(fields=["job"], condition=Q(state="working"), name="takeout_working"),
        ]

    def __str__(self) -> str:
        return f"takeout of {self.person_id}: {self.state}"
