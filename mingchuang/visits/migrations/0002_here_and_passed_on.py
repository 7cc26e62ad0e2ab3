from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def let_those_present_be_here(apps: Any, _editor: Any) -> None:
    """Whoever had a number before took it in the hall, and each person took a place."""
    visits = apps.get_model("visits", "Visit").objects
    visits.filter(number__isnull=False).update(here_at=models.F("at"))
    visits.update(places=models.F("persons"))


class Migration(migrations.Migration):
    dependencies = [
        ("hall", "0006_guides_sorted_soon"),
        ("people", "0002_attempts_in_passing"),
        ("visits", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="visit",
            name="visits_visit_waiting",
        ),
        migrations.AddField(
            model_name="visit",
            name="back_by",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="visit",
            name="for_window",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="hall.window",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="here_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="visit",
            name="items",
            field=models.ManyToManyField(related_name="visits", to="hall.serviceitem"),
        ),
        migrations.AddField(
            model_name="visit",
            name="places",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.RunPython(let_those_present_be_here, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                condition=models.Q(("here_at__isnull", False), ("state", "waiting")),
                fields=["line", "green", "stands_since", "number"],
                name="visits_visit_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["called", "parked", "serving", "skipped"]), _negated=True
                    ),
                    ("here_at__isnull", False),
                    _connector="OR",
                ),
                name="visits_visit_called_is_here",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("places__gte", models.F("persons"))),
                name="visits_visit_takes_a_place_for_each",
            ),
        ),
    ]
