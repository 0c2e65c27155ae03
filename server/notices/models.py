"""What a person is told of: a line for each thing, and in it who did what.

Nothing is counted here. Unread is what stands above the mark and may still be seen.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

PERSON = settings.AUTH_USER_MODEL


class Box(models.Model):
    """The lock under which a person's lines get their numbers 1, 2, 3 … `last` is the newest one,
    `read` the mark up to which they have read; both only grow."""

    person = models.OneToOneField(
        PERSON, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    last = models.BigIntegerField(default=0)
    read = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(read__lte=F("last")), name="box_read_up_to_last")
        ]

    def __str__(self) -> str:
        return f"of {self.person_id}: {self.read} of {self.last}"


class Notice(models.Model):
    """One line: what happened to one thing, for one person.

    number: its place, 0 until it has one; something new in it gives it the next. fresh: something
    is new since that number was given. at: when something was last new in it.
    """

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    subject = models.BigIntegerField()
    number = models.BigIntegerField(default=0)
    fresh = models.BooleanField(default=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "subject"], name="notice_once")
        ]
        indexes = [
            models.Index(F("person"), F("number").desc(), name="notice_place"),
            models.Index(fields=["person"], condition=Q(fresh=True), name="notice_fresh"),
            models.Index(fields=["at"], name="notice_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject} for {self.person_id}"


class Cause(models.Model):
    """One thing that happened, in one line, once for ever."""

    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, related_name="causes", db_index=False
    )
    cause = models.BigIntegerField()
    actor = models.ForeignKey(PERSON, on_delete=models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "cause"], name="cause_once")]
        indexes = [models.Index(F("notice"), F("id").desc(), name="cause_newest")]

    def __str__(self) -> str:
        return f"cause {self.cause} of notice {self.notice_id}"


class Mute(models.Model):
    """A person wants to hear no more of a kind (subject 0), or of it about one thing."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    subject = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "subject"], name="mute_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} without {self.kind} {self.subject}"
