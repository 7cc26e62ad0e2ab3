"""What somebody says of the minutes on paper: where that is filed, and who copied it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mingchuang.council.frozen import LIFTED, SET_AGAIN


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0009_tried_at"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        LIFTED,
        migrations.AddField(
            model_name="confirmation",
            name="entered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="confirmation",
            name="filed",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("entered_by", None), ("filed", "")),
                    models.Q(("entered_by__isnull", False), models.Q(("filed", ""), _negated=True)),
                    _connector="OR",
                ),
                name="council_reading_on_paper_was_entered_and_filed",
            ),
        ),
        SET_AGAIN,
    ]
