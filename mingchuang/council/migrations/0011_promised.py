"""What was promised of a lottery stays; a refill knows what gave way."""

from django.db import migrations, models

from mingchuang.council import sealed


class Migration(migrations.Migration):
    dependencies = [("council", "0010_sent_as_text")]

    operations = [
        migrations.AddField("refill", "relaxed", models.JSONField(default=list)),
        migrations.RunPython(sealed.install, sealed.lift),
    ]
