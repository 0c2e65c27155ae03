from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_dismissal"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="second_step_turns",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
