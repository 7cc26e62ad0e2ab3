"""Whose a signed paper is, what a vote counts and when, and which sums people have read."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count, Q

from mingchuang.council import frozen
from mingchuang.ledger.models import new_salt


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Say of each paper what can still be known of it."""
    for who in apps.get_model("council", "Stakeholder").objects.exclude(paper=None):
        apps.get_model("council", "Picture").objects.filter(pk=who.paper_id).update(of=who)
    for paper in apps.get_model("council", "Paper").objects.select_related("ballot"):
        flats = apps.get_model("council", "Flat").objects.filter(owner=paper.owner_id)
        called = paper.ballot.at
        paper.parts.set(
            flats.filter(Q(taken_out_at=None) | Q(taken_out_at__gt=called), at__lte=called)
        )


def salt(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Give rows that got one salt in one breath each their own; none was told under it, but of
    what was struck out since."""
    for name, untold in (("movement", Q(struck_at=None)), ("pledge", Q()), ("position", Q())):
        rows = apps.get_model("council", name).objects.exclude(salt=b"").order_by()
        shared = rows.values("salt").annotate(many=Count("pk")).filter(many__gt=1)
        for row in rows.filter(untold, salt__in=[one["salt"] for one in shared]):
            row.salt = new_salt()
            row.save(update_fields=["salt"])


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0001_squashed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        frozen.LIFTED,
        migrations.AddField(
            model_name="paper",
            name="parts",
            field=models.ManyToManyField(related_name="+", to="council.flat"),
        ),
        migrations.AddField(
            model_name="picture",
            name="of",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="council.stakeholder",
            ),
        ),
        migrations.CreateModel(
            name="Away",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "attendance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aways",
                        to="council.attendance",
                    ),
                ),
            ],
            options={
                "ordering": ["attendance", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HouseholdSum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("households", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "cost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sums",
                        to="council.costshare",
                    ),
                ),
            ],
            options={
                "ordering": ["cost", "number"],
            },
        ),
        migrations.AddField(
            model_name="movement",
            name="struck_in",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="strikes",
                to="council.householdsum",
            ),
        ),
        migrations.AddField(
            model_name="movement",
            name="summed",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moves",
                to="council.householdsum",
            ),
        ),
        migrations.AddConstraint(
            model_name="movement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "expense"), _negated=True), ("summed", None), _connector="OR"
                ),
                name="council_movement_spent_is_in_no_sum",
            ),
        ),
        migrations.AddConstraint(
            model_name="movement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("struck_in", None),
                    models.Q(("struck_at__isnull", False), ("summed__isnull", False)),
                    _connector="OR",
                ),
                name="council_movement_minus_follows_its_line",
            ),
        ),
        migrations.AddConstraint(
            model_name="away",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("since"))),
                name="council_away_came_back_after_it_left",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdsum",
            constraint=models.UniqueConstraint(
                fields=("cost", "number"), name="council_sum_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="householdsum",
            constraint=models.CheckConstraint(
                condition=models.Q(("households__gte", 3)), name="council_sum_is_of_three_at_least"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(salt, migrations.RunPython.noop),
        frozen.SET_AGAIN,
    ]
