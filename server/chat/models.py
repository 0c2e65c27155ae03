"""Rooms, the people in them, and what they say.

Nothing is stored per member and message: unread = room.last_ordinal - membership.read_ordinal.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from server.chat.schemas import EXCERPT_LENGTH, ROOM_PEOPLE

PERSON = settings.AUTH_USER_MODEL


class Room(models.Model):
    """A chat. Its row is the lock under which everything in the room happens in one order.

    last_ordinal, last_place, member_count: kept exact under that lock. reads_version: grows with
    every coming and going, so that the version of the read marks grows when nobody's mark does.

    A club is a room of a group of an interest, whose app decides who may be in it. slow_seconds:
    how long everybody waits between two messages of theirs. frozen: nothing is said any more.
    """

    KINDS = [("direct", "direct"), ("group", "group"), ("store", "store"), ("club", "club")]

    kind = models.CharField(max_length=6, choices=KINDS)
    title = models.CharField(max_length=80, default="", blank=True)
    direct_low = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    direct_high = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    store = models.ForeignKey(
        "catalogue.Store", on_delete=models.PROTECT, null=True, related_name="+"
    )
    buyer = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    client_id = models.CharField(max_length=32, null=True)
    digest = models.CharField(max_length=32, default="")
    created_at = models.DateTimeField(db_default=Now())
    active_at = models.DateTimeField(db_default=Now())
    last_ordinal = models.BigIntegerField(default=0)
    last_place = models.BigIntegerField(default=0)
    member_count = models.PositiveIntegerField(default=0)
    reads_version = models.BigIntegerField(default=0)
    slow_seconds = models.PositiveIntegerField(default=0, db_default=0)
    frozen = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["direct_low", "direct_high"], name="room_direct_once"),
            models.UniqueConstraint(fields=["store", "buyer"], name="room_store_once"),
            models.UniqueConstraint(fields=["created_by", "client_id"], name="room_client_id"),
            models.CheckConstraint(
                name="room_kind_is_whole",
                condition=(
                    Q(kind="direct", direct_low__lt=F("direct_high"), store=None, buyer=None)
                    | Q(kind="store", store__isnull=False, buyer__isnull=False, direct_low=None)
                    | Q(
                        kind__in=["group", "club"],
                        client_id__isnull=False,
                        direct_low=None,
                        store=None,
                    )
                    & ~Q(title="")
                ),
            ),
            models.CheckConstraint(
                name="room_people_bound", condition=Q(member_count__lte=ROOM_PEOPLE)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.title}".rstrip()

    def other(self, person_id: int) -> int | None:
        """The other person of a direct chat."""
        return self.direct_low_id if person_id == self.direct_high_id else self.direct_high_id


class Membership(models.Model):
    """A person's place in a room; the row stays when they leave.

    place: counts those who came into the room 1, 2, 3 …; coming back gives a new one.
    read_ordinal: only grows, also across leaving and coming back. delivered_ordinal: likewise; what
    is read was delivered, so it may lag behind the other and is only looked at beyond it.
    from_ordinal, from_number: what was said and recorded up to there is not theirs to read.
    wrote_at: when they last said something, for slow rooms.
    """

    ROLES = [("owner", "owner"), ("member", "member"), ("staff", "staff")]

    room = models.ForeignKey(
        Room, on_delete=models.CASCADE, related_name="memberships", db_index=False
    )
    person = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, related_name="memberships", db_index=False
    )
    role = models.CharField(max_length=6, choices=ROLES, default="member")
    place = models.BigIntegerField()
    read_ordinal = models.BigIntegerField(default=0)
    delivered_ordinal = models.BigIntegerField(default=0, db_default=0)
    joined_at = models.DateTimeField(db_default=Now())
    left_at = models.DateTimeField(null=True)
    from_ordinal = models.BigIntegerField(default=0, db_default=0)
    from_number = models.BigIntegerField(default=0, db_default=0)
    wrote_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "person"], name="membership_once"),
            models.UniqueConstraint(
                fields=["room"],
                condition=Q(role="owner", left_at=None),
                name="membership_one_owner",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "room"], condition=Q(left_at=None), name="membership_present"
            ),
            models.Index(
                fields=["room", "place"], condition=Q(left_at=None), name="membership_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in room {self.room_id}"


class Message(models.Model):
    """What somebody said. A deleted message keeps its place and loses everything else.

    number: of its event on the room's topic, so that a repeated send gets the first answer.
    item_card and quote_*: as they read when it was sent. digest: of the draft, to notice that a
    client_id is used for something else.
    """

    room = models.ForeignKey(
        Room, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    ordinal = models.BigIntegerField()
    author = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", db_index=False)
    as_store = models.BooleanField(default=False)
    client_id = models.CharField(max_length=32)
    digest = models.CharField(max_length=32)
    number = models.BigIntegerField(default=0)
    text = models.TextField(default="", blank=True)
    item = models.ForeignKey(
        "catalogue.Item", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    item_card = models.JSONField(null=True)
    poll_id = models.BigIntegerField(null=True)
    reply_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    quote_ordinal = models.BigIntegerField(null=True)
    quote_author = models.CharField(max_length=80, default="")
    quote_excerpt = models.CharField(max_length=EXCERPT_LENGTH, default="")
    mentions = models.JSONField(default=list)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "ordinal"], name="message_ordinal"),
            models.UniqueConstraint(fields=["author", "client_id"], name="message_client_id"),
            models.UniqueConstraint(
                fields=["poll_id"], condition=Q(poll_id__isnull=False), name="message_poll_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["reply_to"], condition=Q(reply_to__isnull=False), name="message_replies"
            ),
            models.Index(fields=["item"], condition=Q(item__isnull=False), name="message_item"),
        ]

    def __str__(self) -> str:
        return f"message {self.ordinal} of room {self.room_id}"


class MessageEdit(models.Model):
    """An earlier wording, when it was replaced, and the number of the event that said so."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="edits")
    text = models.TextField()
    at = models.DateTimeField()
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"edit {self.number} of message {self.message_id}"


class MessagePicture(models.Model):
    """The pictures of a message in their order."""

    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, related_name="message_pictures", db_index=False
    )
    picture = models.ForeignKey("media.Picture", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "place"], name="message_picture_place")
        ]

    def __str__(self) -> str:
        return f"picture {self.place} of message {self.message_id}"


class Reaction(models.Model):
    """A person pressed an emoji on a message.

    rank: the emoji's place among those of the message, given when it is first pressed, so that
    everyone who only follows the events has them in the same order as a fresh load.
    """

    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, related_name="reactions", db_index=False
    )
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", db_index=False)
    emoji = models.CharField(max_length=32)
    rank = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "person", "emoji"], name="reaction_once")
        ]

    def __str__(self) -> str:
        return f"{self.emoji} by {self.person_id} on message {self.message_id}"
