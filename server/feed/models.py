"""Posts, what is pinned to them, what others say and think of them, and what is not posted yet."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now


def nothing() -> list[tuple[str, int]]:
    """No emoji yet. In the class below `list` is a column."""
    return []


class Post(models.Model):
    """What a person keeps, or shows to a list, a group, friends, followers or everyone. Its `id`
    is its place in time.

    `group` is where it was made: it is for that group, or for nobody, for ever. `held`: hidden
    there by those who decide.

    of: the post that this one shows to others; nothing of it is copied, and who may not see it sees
    nothing of it here. `likes`, `comments` and `shares` are kept in step with their rows by
    conditional updates in the same transaction, `reactions` too: (emoji, how many) in the order in
    which each was first pressed. `counts_version` grows with every change of any. `turn` grows with
    every change of the audience, `edition` with every change of the words. `topic` and `number` say
    where the event with its words is. The words, pictures and item of a deleted post are gone; the
    row stays, so that its client_id is never used again.
    """

    AUDIENCES = [
        (one, one) for one in ("me", "held", "group", "list", "friends", "followers", "everyone")
    ]

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    client_id = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    text = models.CharField(max_length=2000, blank=True)
    audience = models.CharField(max_length=9, choices=AUDIENCES)
    list = models.ForeignKey(
        "accounts.FriendList", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(
        "groups.Group",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    turn = models.IntegerField(default=0, db_default=0)
    item = models.ForeignKey(
        "catalogue.Item", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    poll_id = models.BigIntegerField(null=True, blank=True)
    of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    topic = models.CharField(max_length=40, default="", db_default="")
    number = models.BigIntegerField(default=0)
    likes = models.IntegerField(default=0)
    comments = models.IntegerField(default=0)
    shares = models.IntegerField(default=0, db_default=0)
    reactions = models.JSONField(default=nothing, db_default=Value([], models.JSONField()))
    counts_version = models.BigIntegerField(default=0)
    edition = models.IntegerField(default=0, db_default=0)
    at = models.DateTimeField(db_default=Now())
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "client_id"], name="post_client_id"),
            models.CheckConstraint(
                condition=Q(likes__gte=0, comments__gte=0), name="post_counts_not_negative"
            ),
            models.CheckConstraint(condition=Q(shares__gte=0), name="post_shares_not_negative"),
            models.CheckConstraint(
                condition=Q(audience="list", list__isnull=False)
                | (~Q(audience="list") & Q(list__isnull=True)),
                name="post_list_when_for_one",
            ),
            models.CheckConstraint(
                condition=Q(
                    group=None, audience__in=["me", "list", "friends", "followers", "everyone"]
                )
                | Q(group__isnull=False, audience__in=["me", "held", "group"]),
                name="post_of_a_group_stays_there",
            ),
        ]
        indexes = [
            models.Index(
                F("author"), F("id").desc(), name="post_of_author", condition=Q(deleted_at=None)
            ),
            models.Index(
                F("group"),
                F("id").desc(),
                name="post_of_group",
                condition=Q(deleted_at=None, group__isnull=False),
            ),
            models.Index(
                F("id").desc(),
                name="post_for_everyone",
                condition=Q(deleted_at=None, audience="everyone"),
            ),
            models.Index(fields=["of"], name="post_shared_by", condition=Q(of__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"


class PostEdit(models.Model):
    """How a post read until its words were changed, and the events that said so: one where its
    readers were, one on the post. edition: the one that took its place."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="edits", db_index=False)
    edition = models.IntegerField()
    text = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()
    topic = models.CharField(max_length=40)
    number = models.BigIntegerField()
    number_on_post = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "edition"], name="post_edition_once")
        ]

    def __str__(self) -> str:
        return f"edition {self.edition} of post {self.post_id}"


class PostPicture(models.Model):
    """A picture of a post, in the author's order."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="pictures")
    place = models.PositiveSmallIntegerField()
    picture = models.ForeignKey("media.Picture", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "place"], name="post_picture_place")]

    def __str__(self) -> str:
        return f"picture {self.place} of post {self.post_id}"


class Pin(models.Model):
    """The one post that stands first on its author's page."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"post {self.post_id} first on the page of {self.person_id}"


class Like(models.Model):
    """Whether a person likes a post. The row stays when a like is withdrawn: `revision` grows
    with every change of what they press on it, so that devices can tell the newer state from the
    older."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.BooleanField()
    revision = models.BigIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="like_once")]

    def __str__(self) -> str:
        return f"like {self.pk} of post {self.post_id}"


class Reaction(models.Model):
    """An emoji that a person pressed on a post. The heart is no emoji: it is a like."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    emoji = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "person", "emoji"], name="post_reaction_once")
        ]
        indexes = [models.Index(F("post"), F("emoji"), F("id").desc(), name="post_reaction_newest")]

    def __str__(self) -> str:
        return f"{self.emoji} by {self.person_id} on post {self.post_id}"


class Comment(models.Model):
    """What somebody says under a post. The words of a deleted comment are gone. One that is held is
    seen by its author and the post's alone.

    `to`: the comment under the same post that it answers. `number` is that of the event with its
    words on the post's topic, 0 when they were withheld.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    client_id = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    text = models.CharField(max_length=1000, blank=True)
    to = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    number = models.BigIntegerField(default=0)
    held = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField(db_default=Now())
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "client_id"], name="comment_client_id")
        ]
        indexes = [
            models.Index(
                fields=["post", "id"], name="comment_of_post", condition=Q(deleted_at=None)
            ),
            models.Index(fields=["to"], name="comment_answered", condition=Q(to__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class PostTag(models.Model):
    """A word with a # before it in a post, as it is compared. author, group, everyone: copies of
    the post's own, kept in step with it, by which those that concern somebody are found without
    reading what strangers keep to themselves."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="tags", db_index=False)
    tag = models.CharField(max_length=40)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    group = models.ForeignKey(
        "groups.Group",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    everyone = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "tag"], name="post_tag_once")]
        indexes = [
            models.Index(
                F("tag"), F("post").desc(), name="tag_for_everyone", condition=Q(everyone=True)
            ),
            models.Index(F("author"), F("tag"), F("post").desc(), name="tag_of_author"),
            models.Index(
                F("group"),
                F("tag"),
                F("post").desc(),
                name="tag_of_group",
                condition=Q(group__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.tag} in post {self.post_id}"


class Draft(models.Model):
    """What a person has begun to write, on whatever device. Nobody else learns that there is one.

    `client_id` is that of the post it becomes. `version` grows with every change: who writes says
    which one they had before them. audience: as it is asked for (schemas.Wanted); whether that
    still may be is said when it is posted. due_at: when it goes out by itself (later.py); problem:
    why it did not, an error code.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    client_id = models.CharField(max_length=32)
    version = models.BigIntegerField(default=1)
    text = models.CharField(max_length=2000, blank=True)
    audience = models.JSONField()
    item = models.ForeignKey(
        "catalogue.Item", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    of = models.ForeignKey(
        Post, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=24, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "client_id"], name="draft_client_id")
        ]
        indexes = [
            models.Index(fields=["due_at"], name="draft_due", condition=Q(due_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class DraftPicture(models.Model):
    """A picture of a draft, in its order. It is kept as long as the draft is, and seen by its owner
    alone."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="pictures")
    place = models.PositiveSmallIntegerField()
    picture = models.ForeignKey("media.Picture", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "place"], name="draft_picture_place")
        ]

    def __str__(self) -> str:
        return f"picture {self.place} of draft {self.draft_id}"


class Place(models.Model):
    """How far a person has read in the posts of their feed: the newest that was before their eyes.
    A place in the order, whatever becomes of the post that stood there."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    post = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.person_id} has read up to post {self.post}"
