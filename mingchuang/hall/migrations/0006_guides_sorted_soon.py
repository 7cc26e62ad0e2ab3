"""Few guides wait to be sorted into PostgreSQL's index, as where it is made by now."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SOON = "ALTER INDEX hall_guide_found_marks SET (gin_pending_list_limit = 64)"


def sort_soon(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(SOON, None)


class Migration(migrations.Migration):
    dependencies = [("hall", "0005_guides_follow_units")]
    operations = [migrations.RunPython(sort_soon, migrations.RunPython.noop, elidable=True)]
