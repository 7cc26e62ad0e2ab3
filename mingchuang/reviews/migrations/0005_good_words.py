"""Who was content may let everybody read their words, once they were looked over."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import mingchuang.ledger.models
import mingchuang.reviews.models.ratings


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_initial"),
        ("reviews", "0004_said_a_slip"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Showing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "salt",
                    models.BinaryField(default=mingchuang.ledger.models.new_salt, max_length=16),
                ),
                (
                    "handle",
                    models.CharField(
                        default=mingchuang.reviews.models.ratings.new_handle,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                ("shown", models.TextField(blank=True)),
                ("down_at", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-pk"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="rating",
            name="may_show",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("may_show", False),
                    models.Q(("grade__gt", 2), ("origin", "citizen")),
                    _connector="OR",
                ),
                name="reviews_rating_shown_as_agreed",
            ),
        ),
        migrations.AddField(
            model_name="showing",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="showing",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entry"
            ),
        ),
        migrations.AddField(
            model_name="showing",
            name="rating",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="showings",
                to="reviews.rating",
            ),
        ),
        migrations.AddConstraint(
            model_name="showing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.In(
                        django.db.models.functions.text.Length("salt"), [0, 16]
                    )
                ),
                name="reviews_showing_salt_whole_or_erased",
            ),
        ),
        migrations.AddConstraint(
            model_name="showing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("down_at__isnull", True)),
                fields=("rating",),
                name="reviews_showing_once",
            ),
        ),
    ]
