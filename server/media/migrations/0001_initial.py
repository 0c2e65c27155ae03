import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import server.media.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("client_id", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64)),
                (
                    "token",
                    models.CharField(
                        default=server.media.models.new_token, max_length=32, unique=True
                    ),
                ),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("widths", models.JSONField()),
                ("alt", models.CharField(blank=True, default="", max_length=300)),
                ("placeholder", models.TextField()),
                ("size", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("ready", "ready"), ("gone", "gone")],
                        default="ready",
                        max_length=8,
                    ),
                ),
                ("public", models.BooleanField(default=False)),
                ("guard", models.CharField(blank=True, max_length=40, null=True)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["owner", "created_at"], name="picture_owner_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "client_id"), name="picture_client_id"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("public", False), ("guard__isnull", True), _connector="OR"
                        ),
                        name="picture_public_or_guarded",
                    ),
                ],
            },
        ),
    ]
