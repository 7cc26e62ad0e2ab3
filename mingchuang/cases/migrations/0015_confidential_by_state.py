"""The few open cases in confidence are found among the states they are in."""

from django.db import migrations, models

OPEN = [
    "accepted",
    "dispatched",
    "handling",
    "needs_info",
    "paused",
    "received",
    "replied",
    "returned",
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_units_findable")]
    operations = [
        migrations.RemoveIndex("case", name="case_confidential_open"),
        migrations.AddIndex(
            "case",
            index=models.Index(
                fields=["state"],
                condition=models.Q(state__in=OPEN, confidential=True),
                name="case_confidential_open",
            ),
        ),
    ]
