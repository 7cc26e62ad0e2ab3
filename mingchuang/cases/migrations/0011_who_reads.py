"""Why a case of a bulk was refused is read in the reader's language, not in that of who asked."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_sentences(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    items = apps.get_model("cases", "BulkItem").objects.exclude(sentence="")
    for item in items.select_related("bulk").iterator():
        item.sentences = {item.bulk.language: item.sentence}
        item.save(update_fields=["sentences"])


def say_again(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """On the way back: in Chinese, else in the first language there is."""
    items = apps.get_model("cases", "BulkItem").objects.filter(outcome="refused")
    for item in items.iterator():
        known = item.sentences
        item.sentence = known.get("zh-hans") or next(iter(known.values()))
        item.save(update_fields=["sentence"])


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_figures_of_old"),
    ]

    operations = [
        migrations.AddField(
            model_name="bulkitem",
            name="sentences",
            field=models.JSONField(default=dict),
        ),
        migrations.RunPython(keep_sentences, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="bulkitem",
            name="bulk_item_refused_says_why",
        ),
        migrations.RunPython(migrations.RunPython.noop, say_again),
        migrations.RemoveField(
            model_name="bulkitem",
            name="sentence",
        ),
        # The way back needs to know what to write.
        migrations.AlterField(
            model_name="bulk",
            name="language",
            field=models.CharField(default="zh-hans", max_length=10),
        ),
        migrations.RemoveField(
            model_name="bulk",
            name="language",
        ),
        migrations.AddConstraint(
            model_name="bulkitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("outcome", "refused")), models.Q(("code", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("code", "")), models.Q(("outcome", "refused"), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="bulk_item_refused_says_why",
            ),
        ),
    ]
