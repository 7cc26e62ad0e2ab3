"""What was saved for valuables and not obeyed stands as it was done; then it is refused."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KINDS = ["animal", "card", "document", "jewellery", "phone", "wallet"]
WEEK = 7 * 24


def let_go(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    lines = apps.get_model("cases", "StorageTime").objects.filter(kind__in=KINDS)
    lines.filter(hours=None, kind="animal").update(hours=0, fate="police")
    lines.filter(hours=None).update(hours=WEEK, fate="police")
    lines.update(fate="police")


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_taken_off_lists")]

    operations = [
        migrations.RunPython(let_go, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="storagetime",
            constraint=models.CheckConstraint(
                condition=~models.Q(kind__in=KINDS) | models.Q(hours__isnull=False, fate="police"),
                name="cases_storage_valuables_and_animals_go_to_the_police",
                violation_error_message="贵重物品、证件卡片和活的动物要写保管小时数，到期移交公安。",
            ),
        ),
    ]
