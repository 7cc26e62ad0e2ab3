"""What was kept although nobody needs it goes; then the tables refuse it."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions.text import Length
from django.db.models.lookups import Exact


def let_go(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("reviews", "Rating").objects.exclude(nth=1).exclude(phone="").update(phone="")
    forgotten = apps.get_model("reviews", "Commendation").objects.filter(salt=b"")
    forgotten.filter(photos_shown=True).update(photos_shown=False)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_texted")]

    operations = [
        migrations.RunPython(let_go, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="commendation",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(Exact(Length("salt"), 0), _negated=True))
                | models.Q(photos_shown=False),
                name="reviews_commendation_forgotten_shows_no_photo",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(nth=1) | models.Q(phone=""),
                name="reviews_rating_follow_up_leaves_no_phone",
            ),
        ),
    ]
