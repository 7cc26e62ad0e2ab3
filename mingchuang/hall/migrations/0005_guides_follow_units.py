from django.db import migrations, models


class Migration(migrations.Migration):
    """Each guide that is there is found anew when the follower looks first."""

    dependencies = [("hall", "0004_guides_found")]

    operations = [
        migrations.AddField(
            model_name="guide",
            name="found_under",
            field=models.CharField(default="", editable=False, max_length=210),
        ),
    ]
