"""Votes, their options, and one ballot per person."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Poll(models.Model):
    """A question put to a chat or to the readers of a post.

    `voted` counts the people whose ballot is in. It, the options' `votes` and `version` change
    only under this row's lock, together with the ballots they count. The row is written before
    its message or post, in one transaction; `published` is set with the place. Deleting the
    message or the post takes the vote away as well.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    client_id = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    published = models.BooleanField(default=False)
    room = models.ForeignKey(
        "chat.Room", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    message = models.OneToOneField(
        "chat.Message", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(
        "groups.Group", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    post = models.OneToOneField(
        "feed.Post", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    question = models.CharField(max_length=300)
    choice = models.CharField(
        max_length=8, choices=[("single", "single"), ("multiple", "multiple")]
    )
    names = models.CharField(max_length=6, choices=[("named", "named"), ("secret", "secret")])
    deadline = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(
        max_length=8,
        choices=[("deadline", "deadline"), ("author", "author"), ("owner", "owner")],
        null=True,
        blank=True,
    )
    version = models.BigIntegerField(default=1)
    voted = models.IntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "client_id"], name="poll_client_id"),
            models.CheckConstraint(
                condition=Q(published=False)
                | Q(room__isnull=False, message__isnull=False, post__isnull=True)
                | Q(room__isnull=True, message__isnull=True, post__isnull=False),
                name="poll_in_one_place",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="poll_closed_by_somebody",
            ),
            models.CheckConstraint(condition=Q(voted__gte=0), name="poll_voted_not_negative"),
        ]
        indexes = [
            models.Index(fields=["deadline"], name="poll_due", condition=Q(closed_at=None)),
            models.Index(
                fields=["room", "deadline"], name="poll_open_in_room", condition=Q(closed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"poll {self.pk}"


class Option(models.Model):
    """One thing to choose: words, a picture or an item. `votes` = rows of BallotChoice."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200, blank=True)
    picture = models.ForeignKey(
        "media.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    item = models.ForeignKey(
        "catalogue.Item", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    votes = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "place"], name="option_place"),
            models.CheckConstraint(condition=Q(votes__gte=0), name="option_votes_not_negative"),
        ]

    def __str__(self) -> str:
        return f"option {self.place} of poll {self.poll_id}"


class Ballot(models.Model):
    """A person's one ballot in a vote; `at` is null while it is withdrawn.

    In a secret vote this row is what makes it one vote a person, and nothing else may read whose
    it is: only the voter's own reads (filtered by the voter), `ballots_page`, which refuses secret
    votes, and `voters`, by which each of them is told that the vote is over, touch `voter`.
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="+")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision = models.BigIntegerField(default=1)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "voter"], name="ballot_once")]

    def __str__(self) -> str:
        return f"ballot {self.pk}"  # never whose


class BallotChoice(models.Model):
    """One option on one ballot."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="choices")
    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "option"], name="ballot_choice_once")
        ]
        indexes = [models.Index(fields=["option", "id"], name="ballot_choice_first")]

    def __str__(self) -> str:
        return f"choice {self.pk}"
