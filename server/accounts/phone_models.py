"""Telephone numbers, the codes on their way to them, and how many went there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from server.accounts.phone_numbers import masked

TRIES = 5
"""Codes that may be tried against one that was sent."""


class Phone(models.Model):
    """A number, as E.164, that its person has shown to be theirs; nobody else has it."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    number = models.CharField(max_length=16, unique=True)
    verified_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{masked(self.number)} of {self.person_id}"


class PhoneCode(models.Model):
    """A number that a person says is theirs, and the code that they are to read there. A new one
    takes its place.

    The code stands nowhere: it is a keyed hash of `salt` (phones.py). state: whether it left.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    number = models.CharField(max_length=16)
    salt = models.CharField(max_length=32)
    client_id = models.CharField(max_length=32)
    state = models.CharField(
        max_length=6,
        choices=[("asked", "asked"), ("sent", "sent"), ("failed", "failed")],
        default="asked",
    )
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tries__lte=TRIES), name="phone_code_not_overtried")
        ]

    def __str__(self) -> str:
        return f"for {self.person_id}: {self.state}"


class PhonePace(models.Model):
    """When codes were asked for lately, by one person or for one number.

    key: the person, or a keyed hash of the number: whoever reads this table learns of no number.
    times: seconds since 1970 by the database's clock, the oldest first.
    """

    key = models.CharField(primary_key=True, max_length=70)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    times = models.JSONField(default=list)
    touched_at = models.DateTimeField(db_default=Now(), db_index=True)

    def __str__(self) -> str:
        return f"{len(self.times)} of {self.key[:1]}"
