"""Who was crossed out of a list is known again where the same row is sent once more."""

import json
from typing import Any

from django.db import migrations, models

from mingchuang.people.fields import text_index


def know_again(apps: Any, _editor: Any) -> None:
    """Know who was crossed out before, too."""
    people = apps.get_model("cases", "BatchItem").objects
    for item in people.filter(stage="taken_out").exclude(salt=b"").order_by("pk").iterator():
        said = json.loads(item.person or "{}")
        index = text_index("batch_person", said.get("身份证号码", ""))
        people.filter(pk=item.pk).update(crossed_index=index)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_another_clerk"),
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="batchitem",
            name="crossed_index",
            field=models.CharField(blank=True, db_index=True, max_length=64),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("crossed_index", ""), ("stage", "taken_out"), _connector="OR"),
                name="cases_batch_item_crossed_is_taken_out",
            ),
        ),
        migrations.RunPython(know_again, migrations.RunPython.noop),
    ]
