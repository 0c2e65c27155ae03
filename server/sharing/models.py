"""What people said may be shared by itself; what was, and to whom it was shown."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

PERSON = settings.AUTH_USER_MODEL
AUDIENCES = [("me", "me"), ("list", "list"), ("friends", "friends"), ("everyone", "everyone")]
FOR_A_LIST = Q(audience="list", list__isnull=False) | (~Q(audience="list") & Q(list__isnull=True))


class Consent(models.Model):
    """One line of the ledger: from this moment a kind is for these people. Lines are added and
    never changed (the database refuses it); the one with the highest turn is in force.

    list_id: no foreign key, for a line outlives the list. text: the version of the words that the
    person was shown (texts.py).
    """

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    turn = models.IntegerField()
    audience = models.CharField(max_length=8, choices=AUDIENCES)
    list_id = models.BigIntegerField(null=True)
    text = models.IntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "turn"], name="consent_turn_once"),
            models.CheckConstraint(
                condition=Q(audience="list", list_id__isnull=False)
                | (~Q(audience="list") & Q(list_id__isnull=True)),
                name="consent_list_when_for_one",
            ),
        ]
        indexes = [models.Index(F("person"), F("id").desc(), name="consent_newest")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} for {self.audience}"


class Activity(models.Model):
    """Something a person did that is shown by itself: because of `consent`, in force when they did
    it and when it was shown.

    author, audience, list: as a post has them, so that the same rule says who sees it. waiting:
    nobody else knows of it until `due_at`. shown: since shown_at, told on `topic` as `number` (0:
    on pages only). undone: taken back. dropped: it could not be shown when it was due.
    """

    STATES = [(one, one) for one in ("waiting", "shown", "undone", "dropped")]

    author = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    subject = models.BigIntegerField()
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=8, choices=AUDIENCES)
    list = models.ForeignKey(
        "accounts.FriendList", on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=7, choices=STATES, default="waiting")
    at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    topic = models.CharField(max_length=40, default="")
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "kind", "subject"],
                condition=Q(state__in=["waiting", "shown"]),
                name="activity_once",
            ),
            models.CheckConstraint(condition=FOR_A_LIST, name="activity_list_when_for_one"),
            models.CheckConstraint(
                condition=~Q(state="shown") | Q(shown_at__isnull=False), name="activity_shown_at"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="activity_due", condition=Q(state="waiting")),
            models.Index(fields=["author"], name="activity_waiting", condition=Q(state="waiting")),
            models.Index(
                F("author"),
                F("shown_at").desc(),
                F("id").desc(),
                name="activity_of_author",
                condition=Q(state="shown"),
            ),
            models.Index(F("author"), F("id").desc(), name="activity_mine"),
        ]

    def __str__(self) -> str:
        return f"activity {self.pk}"


class Showing(models.Model):
    """Somebody was shown an activity: it was in an answer to them, for the first time then."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    viewer = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "viewer"], name="showing_once")]

    def __str__(self) -> str:
        return f"activity {self.activity_id} to {self.viewer_id}"
