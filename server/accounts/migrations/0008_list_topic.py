from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_leaving"),
    ]

    operations = [
        migrations.AddField(
            model_name="friendlist",
            name="topic",
            field=models.BigIntegerField(null=True, unique=True),
        ),
    ]
