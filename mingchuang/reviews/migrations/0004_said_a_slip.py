"""That it was a slip of the hand may be said on the page of the rating, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_forgotten_stays_forgotten")]

    operations = [
        migrations.RemoveConstraint(
            model_name="review", name="reviews_review_a_slip_is_said_by_who_rated"
        ),
        migrations.AddField(
            model_name="review", name="said_a_slip", field=models.BooleanField(default=False)
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=~models.Q(finding="mistaken")
                | models.Q(was_reached=True)
                | models.Q(said_a_slip=True)
                | models.Q(upheld__isnull=False, upheld=True),
                name="reviews_review_a_slip_is_said_by_who_rated",
            ),
        ),
    ]
