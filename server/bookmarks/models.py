"""What somebody means to come back to, and the folders they keep it in. Nobody else sees either."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Folder(models.Model):
    """A named place for bookmarks."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="folder_name_once")]

    def __str__(self) -> str:
        return self.name


class Bookmark(models.Model):
    """An item somebody keeps. price_minor, currency, title: as they were then, so that the page can
    say what changed, and whether it is another thing now that stands under the same number."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey("catalogue.Item", on_delete=models.CASCADE, related_name="+")
    folder = models.ForeignKey(
        Folder, on_delete=models.SET_NULL, null=True, blank=True, related_name="bookmarks"
    )
    note = models.CharField(max_length=500, default="", blank=True)
    desired_minor = models.BigIntegerField(null=True, blank=True)
    price_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    title = models.CharField(max_length=120)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "item"], name="bookmark_once"),
            models.CheckConstraint(
                condition=Q(desired_minor=None) | Q(desired_minor__gt=0, desired_minor__lt=10**13),
                name="bookmark_desired_range",
            ),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="bookmark_newest")]

    def __str__(self) -> str:
        return f"{self.item_id} of {self.person_id}"


class Tag(models.Model):
    """A word on a bookmark. person: its owner again, so that one's words are found by one index."""

    bookmark = models.ForeignKey(Bookmark, on_delete=models.CASCADE, related_name="tags")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=24)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bookmark", "word"], name="tag_once")]
        indexes = [models.Index(fields=["person", "word"], name="tag_of_person")]

    def __str__(self) -> str:
        return self.word
