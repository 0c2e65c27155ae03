from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_list_topic")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="birth_year",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
