import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feed", "0004_reactions"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="edition",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="post",
            name="edited_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="PostEdit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.IntegerField()),
                ("text", models.CharField(blank=True, max_length=2000)),
                ("at", models.DateTimeField()),
                ("topic", models.CharField(max_length=40)),
                ("number", models.BigIntegerField()),
                ("number_on_post", models.BigIntegerField()),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edits",
                        to="feed.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("post", "edition"), name="post_edition_once")
                ],
            },
        ),
    ]
