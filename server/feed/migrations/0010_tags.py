import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feed", "0009_held_comments"),
        ("groups", "0003_reads_from"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PostTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tag", models.CharField(max_length=40)),
                ("everyone", models.BooleanField()),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.group",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tags",
                        to="feed.post",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("tag"),
                        models.OrderBy(models.F("post"), descending=True),
                        condition=models.Q(("everyone", True)),
                        name="tag_for_everyone",
                    ),
                    models.Index(
                        models.F("author"),
                        models.F("tag"),
                        models.OrderBy(models.F("post"), descending=True),
                        name="tag_of_author",
                    ),
                    models.Index(
                        models.F("group"),
                        models.F("tag"),
                        models.OrderBy(models.F("post"), descending=True),
                        condition=models.Q(("group__isnull", False)),
                        name="tag_of_group",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("post", "tag"), name="post_tag_once")
                ],
            },
        ),
    ]
