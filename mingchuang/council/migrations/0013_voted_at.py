"""When the room voted: whoever left later was there."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from mingchuang.council import frozen


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Take the end of the sitting: so votes were weighed until now."""
    minutes = apps.get_model("council", "Minutes").objects.filter(pk=OuterRef("minutes"))
    ended = minutes.values(ended=Coalesce("sitting__closed_at", "sent_at", "at"))
    apps.get_model("council", "Tally").objects.update(at=Subquery(ended))


class Migration(migrations.Migration):
    dependencies = [("council", "0012_private_positions")]

    operations = [
        frozen.LIFTED,
        migrations.AddField("tally", "at", models.DateTimeField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("tally", "at", models.DateTimeField()),
        frozen.SET_AGAIN,
    ]
