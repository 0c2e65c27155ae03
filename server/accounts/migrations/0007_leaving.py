import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_friend_lists")]

    operations = [
        migrations.CreateModel(
            name="Leaving",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="leaving",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("due_at", models.DateTimeField(db_index=True)),
                ("job", models.UUIDField(null=True)),
                ("scrubbed_topic", models.CharField(default="", max_length=40)),
                ("scrubbed_number", models.BigIntegerField(default=0)),
            ],
        ),
    ]
