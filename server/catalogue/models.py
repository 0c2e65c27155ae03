"""Stores, their staff, and things for sale."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Store(models.Model):
    """A seller's place. English is always there, Chinese where somebody wrote it."""

    name = models.CharField(max_length=80)
    name_zh = models.CharField(max_length=80, null=True, blank=True)
    about = models.CharField(max_length=1000, default="", blank=True)
    about_zh = models.CharField(max_length=1000, null=True, blank=True)
    mark = models.ForeignKey(
        "media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cover = models.ForeignKey(
        "media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name


class StoreStaff(models.Model):
    """A person who speaks and acts for a store."""

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="staff")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=6, choices=[("owner", "owner"), ("seller", "seller")])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "person"], name="store_staff_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.store_id}"


class StoreFollow(models.Model):
    """A person wants to find a store again."""

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "store"], name="store_follow_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.store_id}"


class Item(models.Model):
    """A thing for sale. Money is integer minor units; `version` grows with every change."""

    CATEGORIES = ["phones", "laptops", "clothing", "makeup", "cameras", "audio", "home"]

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="items")
    title = models.CharField(max_length=120)
    title_zh = models.CharField(max_length=120, null=True, blank=True)
    about = models.TextField(max_length=4000, default="", blank=True)
    about_zh = models.TextField(max_length=4000, null=True, blank=True)
    category = models.CharField(max_length=10, choices=[(c, c) for c in CATEGORIES])
    price_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    was_minor = models.BigIntegerField(null=True, blank=True)
    stock = models.IntegerField()
    state = models.CharField(
        max_length=9, choices=[("live", "live"), ("withdrawn", "withdrawn")], default="live"
    )
    version = models.BigIntegerField(default=1)
    listed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stock__gte=0), name="item_stock_not_negative"),
            models.CheckConstraint(
                condition=Q(price_minor__gte=0, price_minor__lt=10**13), name="item_price_range"
            ),
        ]
        indexes = [
            models.Index(fields=["category", "-id"], name="item_category_newest"),
            models.Index(fields=["store", "-id"], name="item_store_newest"),
        ]

    def __str__(self) -> str:
        return self.title


class ItemPicture(models.Model):
    """The pictures of an item in their order; the first is its face."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="item_pictures")
    picture = models.ForeignKey("media.Picture", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["item", "place"], name="item_picture_place")]

    def __str__(self) -> str:
        return f"picture {self.place} of item {self.item_id}"
