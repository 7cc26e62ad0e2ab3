from typing import Any

from django.db import migrations


def add_the_line(apps: Any, *_: object) -> None:
    """A line without a number: what is kept today is kept for good."""
    apps.get_model("cases", "Retention").objects.get_or_create(category="thanks")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0022_inspections_kept"),
    ]

    operations = [
        migrations.RunPython(add_the_line, migrations.RunPython.noop),
    ]
