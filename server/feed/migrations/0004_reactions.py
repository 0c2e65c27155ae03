import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import server.feed.models


class Migration(migrations.Migration):
    dependencies = [
        ("feed", "0003_followers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="reactions",
            field=models.JSONField(
                db_default=models.Value([], models.JSONField()),
                default=server.feed.models.nothing,
            ),
        ),
        migrations.CreateModel(
            name="Reaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("emoji", models.CharField(max_length=32)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="feed.post",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("post"),
                        models.F("emoji"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="post_reaction_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "person", "emoji"), name="post_reaction_once"
                    )
                ],
            },
        ),
    ]
