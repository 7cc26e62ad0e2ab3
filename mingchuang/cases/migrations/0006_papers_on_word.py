"""A paper the company says it handed in, and of which no photo came, is told from one seen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_claim_papers")]

    operations = [
        migrations.AddField("paper", "on_word", models.BooleanField(default=False)),
    ]
