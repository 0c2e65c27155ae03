import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("media", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Store",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("name_zh", models.CharField(blank=True, max_length=80, null=True)),
                ("about", models.CharField(blank=True, default="", max_length=1000)),
                ("about_zh", models.CharField(blank=True, max_length=1000, null=True)),
                (
                    "opened_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="media.picture",
                    ),
                ),
                (
                    "mark",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="media.picture",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("title_zh", models.CharField(blank=True, max_length=120, null=True)),
                ("about", models.TextField(blank=True, default="", max_length=4000)),
                ("about_zh", models.TextField(blank=True, max_length=4000, null=True)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("phones", "phones"),
                            ("laptops", "laptops"),
                            ("clothing", "clothing"),
                            ("makeup", "makeup"),
                            ("cameras", "cameras"),
                            ("audio", "audio"),
                            ("home", "home"),
                        ],
                        max_length=10,
                    ),
                ),
                ("price_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("was_minor", models.BigIntegerField(blank=True, null=True)),
                ("stock", models.IntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("live", "live"), ("withdrawn", "withdrawn")],
                        default="live",
                        max_length=9,
                    ),
                ),
                ("version", models.BigIntegerField(default=1)),
                (
                    "listed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "store",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="catalogue.store",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StoreStaff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "owner"), ("seller", "seller")], max_length=6
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff",
                        to="catalogue.store",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ItemPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="item_pictures",
                        to="catalogue.item",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="media.picture",
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "place"), name="item_picture_place")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["category", "-id"], name="item_category_newest"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["store", "-id"], name="item_store_newest"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("stock__gte", 0)), name="item_stock_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("price_minor__gte", 0), ("price_minor__lt", 10000000000000)),
                name="item_price_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="storestaff",
            constraint=models.UniqueConstraint(fields=("store", "person"), name="store_staff_once"),
        ),
    ]
