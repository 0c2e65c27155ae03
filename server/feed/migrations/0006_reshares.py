import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("feed", "0005_edits"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="of",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="feed.post",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="shares",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=Q(("of__isnull", False)), fields=["of"], name="post_shared_by"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=Q(("shares__gte", 0)), name="post_shares_not_negative"
            ),
        ),
    ]
