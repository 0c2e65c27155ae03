"""By what people want to be found among the contacts of others, and how much each asks."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class ContactKey(models.Model):
    """The fingerprint of an address by which somebody wants to be found."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    digest = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "digest"], name="contact_key_once")
        ]

    def __str__(self) -> str:
        return f"a contact key of {self.person_id}"


class ContactPace(models.Model):
    """How many contacts a person asked for since their day began."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    since = models.DateTimeField(db_default=Now())
    asked = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.asked} contacts asked for by {self.person_id}"
