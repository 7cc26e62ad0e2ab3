from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("council", "0008_alike_because")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="tried_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tried_at", None), ("tried_at__lte", models.F("at")), _connector="OR"
                ),
                name="council_invitation_tried_before_written",
            ),
        ),
    ]
