from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("council", "0007_review_of")]

    operations = [
        migrations.AddField(
            model_name="stakeholder",
            name="alike_because",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddConstraint(
            model_name="stakeholder",
            constraint=models.CheckConstraint(
                condition=models.Q(("apart_at", None), ("alike_because", ""), _connector="OR"),
                name="council_stakeholder_is_apart_or_alike",
            ),
        ),
    ]
