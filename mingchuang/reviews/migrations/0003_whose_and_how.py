"""Ratings from before: whom they are about, how they came, and what the ledger called them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    ratings = apps.get_model("reviews", "Rating").objects.select_related("window__site")
    for rating in ratings.iterator():
        rating.handle = f"{rating.visit_id:08d}-{rating.origin}"
        rating.unit_id = rating.window.site.unit_id
        rating.channel = "ticket" if rating.origin == "citizen" else "window"
        rating.save(update_fields=["handle", "unit", "channel"])


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_reviews")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
