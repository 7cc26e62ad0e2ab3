"""Since when the time and place of a sitting stand as they do."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """The book knows when a sitting was moved."""
    sittings = apps.get_model("council", "Sitting").objects
    moved = apps.get_model("ledger", "Entry").objects.filter(verb="sitting.moved").order_by("pk")
    for subject, at in moved.values_list("subject", "at"):
        # sitting:YS-2026-0001-2
        series, topic, number = subject.removeprefix("sitting:").rsplit("-", 2)
        sittings.filter(topic__series=series, topic=topic, number=number).update(moved_at=at)


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0003_next_round"),
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="sitting",
            name="moved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
