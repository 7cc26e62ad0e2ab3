import django.db.models.deletion
from django.db import migrations, models

import mingchuang.reviews.models.ratings


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_whose_and_how")]

    operations = [
        migrations.AlterField(
            model_name="rating",
            name="handle",
            field=models.CharField(
                default=mingchuang.reviews.models.ratings.new_handle,
                editable=False,
                max_length=40,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="rating",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ratings",
                to="people.unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(
                fields=("visit", "origin", "nth"), name="reviews_rating_once_a_visit"
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(
                fields=("submission", "origin", "nth"), name="reviews_rating_once_a_matter"
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("nth__in", [1, 2])), name="reviews_rating_first_or_follow_up"
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("submission__isnull", True),
                        ("visit__isnull", False),
                        ("window__isnull", False),
                    ),
                    models.Q(
                        ("submission__isnull", False),
                        ("visit__isnull", True),
                        ("window__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="reviews_rating_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "ticket"), ("origin", "citizen")),
                    models.Q(("channel", "receipt"), ("origin", "citizen")),
                    models.Q(("channel", "kiosk"), ("origin", "citizen")),
                    models.Q(("channel", "window"), ("origin", "window")),
                    models.Q(("channel", "paper"), ("origin", "staff")),
                    _connector="OR",
                ),
                name="reviews_rating_came_so",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("entered_by__isnull", False),
                        ("origin", "staff"),
                        models.Q(("paper", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("origin", "staff"), _negated=True),
                        ("entered_by__isnull", True),
                        ("paper", ""),
                    ),
                    _connector="OR",
                ),
                name="reviews_rating_entered_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tags", ""),
                    models.Q(
                        models.Q(("tags_version", ""), _negated=True),
                        models.Q(
                            models.Q(("grade", 1), ("tags__startswith", "1")),
                            models.Q(("grade", 2), ("tags__startswith", "2")),
                            models.Q(("grade", 3), ("tags__startswith", "3")),
                            models.Q(("grade", 4), ("tags__startswith", "4")),
                            models.Q(("grade", 5), ("tags__startswith", "5")),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="reviews_rating_tags_fit_the_grade",
            ),
        ),
    ]
