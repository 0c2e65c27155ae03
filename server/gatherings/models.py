"""What a group meets for, and who comes. (On the wire an event is something else.)"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from server.gatherings.schemas import ABOUT_LENGTH, LINK_LENGTH, PLACE_LENGTH, TITLE_LENGTH
from server.groups.models import new_id

PERSON = settings.AUTH_USER_MODEL


class Gathering(models.Model):
    """A time and a place, of one group. Its row is the lock under which people answer.

    going, perhaps, declined, waiting: how many answered so, kept exact under that lock with the
    answers they count. version: grows with every change, the counts' too. sequence: with every
    change of what it says (RFC 5545, 3.8.7.4). last_turn: the newest answer's place in the order
    they came. touched_at: of the last change of any kind. over_at: its end, or its beginning where
    that is all that is said. day_told, hour_told: whoever comes has been reminded of that
    beginning, or it was too near.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id)
    group = models.ForeignKey(
        "groups.Group", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", db_index=False)
    client_id = models.CharField(max_length=32)
    digest = models.CharField(max_length=32)
    title = models.CharField(max_length=TITLE_LENGTH)
    about = models.CharField(max_length=ABOUT_LENGTH, default="", blank=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    place = models.CharField(max_length=PLACE_LENGTH, default="", blank=True)
    link = models.CharField(max_length=LINK_LENGTH, default="", blank=True)
    places = models.PositiveIntegerField(null=True)
    going = models.PositiveIntegerField(default=0)
    perhaps = models.PositiveIntegerField(default=0)
    declined = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    last_turn = models.BigIntegerField(default=0)
    version = models.BigIntegerField(default=1)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())
    touched_at = models.DateTimeField(db_default=Now())
    cancelled_at = models.DateTimeField(null=True)
    day_told = models.BooleanField(default=False)
    hour_told = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["made_by", "client_id"], name="gathering_client_id"),
            models.CheckConstraint(condition=~Q(title=""), name="gathering_has_a_title"),
            models.CheckConstraint(
                condition=Q(ends_at=None, over_at=F("begins_at"))
                | Q(ends_at__gt=F("begins_at"), over_at=F("ends_at")),
                name="gathering_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(link=""), name="gathering_is_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(places=None) | Q(places__gte=1), name="gathering_has_places"
            ),
        ]
        indexes = [
            models.Index(fields=["group", "over_at", "id"], name="gathering_in_order"),
            models.Index(
                fields=["begins_at"],
                condition=Q(cancelled_at=None, day_told=False),
                name="gathering_day_due",
            ),
            models.Index(
                fields=["begins_at"],
                condition=Q(cancelled_at=None, hour_told=False),
                name="gathering_hour_due",
            ),
        ]

    def __str__(self) -> str:
        return f"gathering {self.pk}"


class Answer(models.Model):
    """Whether somebody comes. turn: of going and waiting ones the order in which they asked for a
    place."""

    WORDS = [
        ("going", "comes"),
        ("perhaps", "may come"),
        ("not", "does not"),
        ("waiting", "comes when a place is free"),
    ]

    gathering = models.ForeignKey(
        Gathering, on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=7, choices=WORDS)
    turn = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="gathering_answer_once"),
            models.CheckConstraint(
                condition=Q(word__in=["going", "perhaps", "not", "waiting"]),
                name="gathering_answer_word",
            ),
        ]
        indexes = [models.Index(fields=["gathering", "word", "turn"], name="gathering_line")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.word} of {self.gathering_id}"
