from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("council", "0006_taken_out")]

    operations = [
        migrations.AddField(
            model_name="objection",
            name="review_of",
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
