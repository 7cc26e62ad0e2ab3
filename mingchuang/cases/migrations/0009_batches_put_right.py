"""Papers are turned back, added and crossed out; contacts change; parcels are missed. A paper is
known by its folded name."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingchuang.cases.rules.batches.papers
import mingchuang.people.fields


def fold(apps: Any, _editor: Any) -> None:
    """Know each paper by its folded name; of two that are one now, the second stays as it was."""
    papers = apps.get_model("cases", "Paper").objects
    for paper in papers.exclude(name_index="").select_related("item").order_by("pk").iterator():
        name = mingchuang.cases.rules.batches.papers.folded(paper.name)
        whose = paper.item.person_index
        if not whose:
            continue
        index = mingchuang.people.fields.text_index("batch_paper", f"{whose}\n{name}")
        if not papers.filter(item=paper.item_id, name_index=index).exists():
            papers.filter(pk=paper.pk).update(name_index=index)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_storage_of_valuables"),
        ("hall", "0001_squashed"),
        ("ledger", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="clerk_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="batch",
            name="contact_before",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="contact_phone",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="batch",
            name="contact_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="batchitem",
            name="more_asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="answer",
            field=mingchuang.people.fields.EncryptedTextField(blank=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="answered_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="missed",
            field=mingchuang.people.fields.EncryptedTextField(blank=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="missed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="paper",
            name="because",
            field=mingchuang.people.fields.EncryptedTextField(blank=True),
        ),
        migrations.AddField(
            model_name="paper",
            name="is_late",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="paper",
            name="struck_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="paper",
            name="turned_back_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="paper",
            name="why",
            field=models.CharField(
                blank=True,
                choices=[
                    (mingchuang.cases.rules.batches.papers.Turned["UNREADABLE"], "看不清"),
                    (mingchuang.cases.rules.batches.papers.Turned["OTHER_PAPER"], "不是这份材料"),
                    (mingchuang.cases.rules.batches.papers.Turned["OTHER_PERSON"], "不是这个人的"),
                    (mingchuang.cases.rules.batches.papers.Turned["INCOMPLETE"], "缺页、缺章"),
                    (mingchuang.cases.rules.batches.papers.Turned["EXPIRED"], "过了有效期"),
                    (mingchuang.cases.rules.batches.papers.Turned["OTHERWISE"], "其他原因"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("contact_before__isnull", True), ("contact__isnull", False), _connector="OR"
                ),
                name="cases_batch_is_handed_on_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("more_asked_at__isnull", True),
                    ("more_asked_at__gte", models.F("asked_at")),
                    _connector="OR",
                ),
                name="cases_batch_item_more_after_the_one_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_at__isnull", True),
                    ("answered_at__gte", models.F("missed_at")),
                    _connector="OR",
                ),
                name="cases_delivery_answers_who_waits_for_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("turned_back_at__isnull", True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="cases_paper_turned_back_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("struck_at__isnull", True),
                    models.Q(("name_index", ""), ("supplied_at__isnull", True)),
                    _connector="OR",
                ),
                name="cases_paper_struck_is_waited_for_no_more",
            ),
        ),
        migrations.RunPython(fold, migrations.RunPython.noop),
    ]
