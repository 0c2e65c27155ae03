"""Groups around an interest, and how people stand to them."""

from secrets import randbelow

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from server.groups.schemas import GROUP_PEOPLE, MODERATORS

PERSON = settings.AUTH_USER_MODEL


def new_id() -> int:
    """Of 49 random bits: counted ids would have a gap wherever there is a hidden group."""
    return randbelow(2**49 - 1) + 1


class Group(models.Model):
    """People who share an interest. Its row is the lock under which they come, go and are decided.

    member_count, moderator_count, waiting, last_place: kept exact under that lock. version: grows
    with every change that somebody is shown. words: name and topics as a search reads them.
    """

    ENTRIES = [
        ("open", "anybody may come in"),
        ("request", "anybody may ask"),
        ("invite", "whoever is invited"),
        ("hidden", "whoever is invited, and nobody else knows of it"),
    ]
    HISTORIES = [("whole", "all that was said"), ("joined", "what is said from joining on")]

    id = models.BigIntegerField(primary_key=True, default=new_id)
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=1000, default="", blank=True)
    rules = models.CharField(max_length=2000, default="", blank=True)
    entry = models.CharField(max_length=7, choices=ENTRIES)
    history = models.CharField(max_length=6, choices=HISTORIES, default="whole")
    topics = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    words = models.CharField(max_length=400)
    cover = models.ForeignKey(
        "media.Picture", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    client_id = models.CharField(max_length=32)
    digest = models.CharField(max_length=32)
    created_at = models.DateTimeField(db_default=Now())
    archived_at = models.DateTimeField(null=True)
    member_count = models.PositiveIntegerField(default=0)
    moderator_count = models.PositiveSmallIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    last_place = models.BigIntegerField(default=0)
    version = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["created_by", "client_id"], name="group_client_id"),
            models.CheckConstraint(condition=~Q(name=""), name="group_has_a_name"),
            models.CheckConstraint(
                condition=Q(entry__in=["open", "request", "invite", "hidden"]), name="group_entry"
            ),
            models.CheckConstraint(
                condition=Q(member_count__lte=GROUP_PEOPLE, moderator_count__lte=MODERATORS),
                name="group_people_bound",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-member_count", "-id"],
                condition=~Q(entry="hidden") & Q(archived_at=None),
                name="group_listed",
            )
        ]

    def __str__(self) -> str:
        return f"group {self.pk}"


class Member(models.Model):
    """How a person stands to a group; no row when in no way.

    place: of those who are in it, in the order they came. since: of this state. reads_from,
    reads_after: what was posted before, and told up to that number, is not for them.
    """

    STATES = [
        ("member", "in it"),
        ("asked", "asks to come in"),
        ("invited", "may come in"),
        ("banned", "may not"),
    ]
    ROLES = [("owner", "owner"), ("moderator", "moderator"), ("member", "member")]

    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, related_name="members", db_index=False
    )
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=7, choices=STATES)
    role = models.CharField(max_length=9, choices=ROLES, default="member")
    place = models.BigIntegerField(default=0)
    answers = models.JSONField(default=list)
    invited_by = models.ForeignKey(PERSON, on_delete=models.CASCADE, null=True, related_name="+")
    since = models.DateTimeField(db_default=Now())
    reads_from = models.DateTimeField(null=True)
    reads_after = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="group_member_once"),
            models.UniqueConstraint(
                fields=["group"], condition=Q(role="owner"), name="group_one_owner"
            ),
            models.CheckConstraint(
                condition=Q(state="member") | Q(role="member", place=0),
                name="group_role_of_members",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "state"], name="group_member_of"),
            models.Index(fields=["group", "state", "place"], name="group_members_in_order"),
            models.Index(
                fields=["group", "reads_from"],
                name="group_read_from_joining",
                condition=Q(reads_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state} of {self.group_id}"


class GroupRoom(models.Model):
    """A chat of a group: whoever is in the group may come into it, nobody else is."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="rooms")
    room = models.OneToOneField("chat.Room", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"room {self.room_id} of {self.group_id}"
