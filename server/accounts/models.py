"""People, their ties, and the browsers they are signed in with."""

from collections.abc import Iterator
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from server.accounts.contact_models import ContactKey as ContactKey
from server.accounts.contact_models import ContactPace as ContactPace
from server.accounts.phone_models import Phone as Phone
from server.accounts.phone_models import PhoneCode as PhoneCode
from server.accounts.phone_models import PhonePace as PhonePace

username_shape = RegexValidator(
    r"^[a-z0-9_]{2,30}\Z",
    "A username has 2 to 30 of the letters a-z, digits and _.",
)


class UserManager(BaseUserManager["User"]):
    """Creates people; usernames and addresses are kept in small letters."""

    def create_user(
        self, username: str, password: str | None = None, *, email: str = "", **fields: Any
    ) -> "User":
        """A new person. Raises IntegrityError when the username or address is taken."""
        fields.setdefault("name", username)
        user = self.model(username=username.lower(), email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A new person who may do everything in the admin."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Used by Django's own sign-in, where any case may be typed."""
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `username` names them uniquely in ASCII; `name` is what others read."""

    LANGUAGES = [("en", "English"), ("zh", "简体中文")]

    username = models.CharField(max_length=30, unique=True, validators=[username_shape])
    email = models.EmailField(max_length=254, blank=True, default="")
    name = models.CharField(max_length=40, blank=True, default="")
    bio = models.CharField(max_length=300, blank=True, default="")
    face = models.ForeignKey(
        "media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    show_presence = models.BooleanField(default=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    """As they say themselves, once; see ages.py."""
    followable = models.BooleanField(default=False, db_default=False)
    """Anyone may follow this person; see follows.py."""
    found_by_contacts = models.BooleanField(default=False, db_default=False)
    """Whoever has a confirmed address of theirs among their contacts may find them; see
    contacts.py."""
    has_public_topic = models.BooleanField(default=False, db_default=False)
    """What they show beyond friends is told on a topic of its own, since they first let anyone
    follow them."""
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(db_default=Now())
    checked_at = models.DateTimeField(null=True, blank=True)
    """When they last looked through who sees what of them, or put that off; see checkups.py."""
    second_step_turns = models.PositiveIntegerField(default=0, db_default=0)
    """How often the second step of signing in was turned on or off."""

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(username=Lower("username")), name="user_lower"),
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="user_email_once"),
        ]

    def __str__(self) -> str:
        return f"@{self.username}"

    def get_session_auth_hash(self) -> str:
        """What a session must carry to be alive: of the password and of the turns of the second
        step. Whoever gave the password alone is out when the step is turned on, also if their
        session is written only afterwards."""
        return self._with_turns(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under former secret keys."""
        yield from map(self._with_turns, super().get_session_auth_fallback_hash())

    def _with_turns(self, digest: str) -> str:
        if not self.second_step_turns:
            return digest
        return sha256(f"{self.second_step_turns}:{digest}".encode()).hexdigest()


class Friendship(models.Model):
    """The one row between two people: asked by one of them, or friends.

    Two crossing requests meet in this row, so they make one friendship.
    """

    low = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=[("asked", "asked"), ("friends", "friends")])
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="friendship_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="friendship_low_first"),
            models.CheckConstraint(
                condition=Q(asked_by=F("low")) | Q(asked_by=F("high")),
                name="friendship_asked_by_one_of_them",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} and {self.high_id}: {self.state}"


class Block(models.Model):
    """One person wants nothing from another, who is not told."""

    blocker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    blocked = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="block_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} blocks {self.blocked_id}"


class Follow(models.Model):
    """One person wants to see what another shows beyond friends. It counts only while the other
    lets anyone follow them, whatever this row says."""

    follower = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    followed = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="follow_once"),
            models.CheckConstraint(
                condition=~Q(follower=F("followed")), name="follow_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} follows {self.followed_id}"


class Muting(models.Model):
    """One person does not want to hear another, who is not told."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "other"], name="muting_once")]

    def __str__(self) -> str:
        return f"{self.person_id} mutes {self.other_id}"


class Restriction(models.Model):
    """One person shows another only what everyone sees. The other is not told."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "other"], name="restriction_once")]

    def __str__(self) -> str:
        return f"{self.person_id} restricts {self.other_id}"


class Invitation(models.Model):
    """A link by which anybody becomes its maker's friend, for a while and so many times.

    Only a hash of its secret is kept: nobody who reads the database can use it.
    """

    inviter = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    uses = models.PositiveSmallIntegerField()
    used = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["inviter", "expires_at"], name="invitation_of_inviter")]
        constraints = [
            models.CheckConstraint(condition=Q(used__lte=F("uses")), name="invitation_not_overused")
        ]

    def __str__(self) -> str:
        return f"of {self.inviter_id}: {self.used} of {self.uses}"


class InvitationUse(models.Model):
    """Somebody took an invitation up: once each, and that may not be done again."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitation", "person"], name="invitation_used_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} by {self.invitation_id}"


class Dismissal(models.Model):
    """One person does not want another suggested any more. Nobody else is told."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "other"], name="dismissal_once")]

    def __str__(self) -> str:
        return f"{self.person_id} without {self.other_id}"


class FriendList(models.Model):
    """Some of a person's friends under a name that the person chose. Nobody else knows of it.

    `topic` is the number of the topic with what is shown to it. There is none before something is:
    whoever is in a list that is used for nothing can tell it by nothing.
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    topic = models.BigIntegerField(null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="friend_list_name_once")
        ]

    def __str__(self) -> str:
        return f"list {self.pk} of {self.owner_id}"


class ListMember(models.Model):
    """A friend in a list. It counts only while the two are friends, whatever this row says."""

    list = models.ForeignKey(FriendList, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "person"], name="list_member_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in list {self.list_id}"


class Leaving(models.Model):
    """Somebody asked to be deleted. Until `due_at` they may undo it; then nothing of them is left
    but what `erasing` says.

    job: what erases them. scrubbed_*: how far it has read through the log.
    """

    person = models.OneToOneField(
        User, on_delete=models.PROTECT, primary_key=True, related_name="leaving"
    )
    asked_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(db_index=True)
    job = models.UUIDField(null=True)
    scrubbed_topic = models.CharField(max_length=40, default="")
    scrubbed_number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.person_id} until {self.due_at}"


def _new_public_id() -> str:
    return token_urlsafe(12)


class Session(AbstractBaseSession):
    """A browser's session; `public_id` names it to its person without being usable as one."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    public_id = models.CharField(max_length=16, unique=True, default=_new_public_id)
    browser = models.CharField(max_length=60, default="", blank=True)
    address = models.CharField(max_length=45, default="", blank=True)
    started_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Django asks the model for its engine."""
        from server.accounts.sessions import SessionStore

        return SessionStore
