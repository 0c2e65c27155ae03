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


class Delivery(models.Model):
    """How a person wants to be reached beyond the page. Minutes are of the day in their zone.

    mail: letters at all. quiet_from, quiet_to: nothing leaves between them. digest_at: what is for
    letters waits until then and leaves as one.
    """

    person = models.OneToOneField(
        PERSON, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    mail = models.BooleanField(default=True)
    zone = models.CharField(max_length=64, default="UTC")
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_to = models.PositiveSmallIntegerField(null=True)
    digest_at = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="delivery_quiet_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"to {self.person_id} in {self.zone}"


class Wish(models.Model):
    """A person wants a kind on a way, or not, where that is not what it is by itself."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    way = models.CharField(max_length=4)
    wanted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "way"], name="wish_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} by {self.way}: {self.wanted}"


class Errand(models.Model):
    """A line shall leave the page on a way, for the news that gave it this number.

    waiting: until it is due. given: to a job. sending: taken, and perhaps sent. sent. dropped: read
    meanwhile, or not to be seen or wanted any more.
    """

    STATES = [(one, one) for one in ("waiting", "given", "sending", "sent", "dropped")]

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=4)
    number = models.BigIntegerField()
    state = models.CharField(max_length=7, choices=STATES, default="waiting")
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "way", "number"], name="errand_once")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="errand_due"),
            models.Index(fields=["due_at"], name="errand_age"),
        ]

    def __str__(self) -> str:
        return f"{self.way} of notice {self.notice_id}: {self.state}"


class PushTarget(models.Model):
    """A browser that a person can be reached by, as long as they are signed in there. mark: of its
    address, which is too long for an index."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey("accounts.Session", on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64, unique=True)
    endpoint = models.CharField(max_length=1000)
    key = models.CharField(max_length=100)
    secret = models.CharField(max_length=40)
    made_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"of {self.person_id}: {self.mark[:8]}"
