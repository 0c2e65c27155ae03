import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat


def name_topics(apps, schema_editor):
    """Until now every post was told on its author's topic."""
    topic = Concat(Value("author:"), Cast(F("author_id"), models.CharField()))
    apps.get_model("feed", "Post").objects.filter(number__gt=0).update(topic=topic)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_list_topic"),
        ("feed", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="post",
            name="audience",
            field=models.CharField(
                choices=[
                    ("me", "me"),
                    ("list", "list"),
                    ("friends", "friends"),
                    ("everyone", "everyone"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="list",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.friendlist",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="turn",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="post",
            name="topic",
            field=models.CharField(db_default="", default="", max_length=40),
        ),
        migrations.RunPython(name_topics, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience", "list"), ("list__isnull", False))
                | models.Q(models.Q(("audience", "list"), _negated=True), ("list__isnull", True)),
                name="post_list_when_for_one",
            ),
        ),
    ]
