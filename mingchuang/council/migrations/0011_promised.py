"""What was promised of a lottery stays; a refill knows what gave way."""

from django.db import migrations, models

from mingchuang.council import sealed


class Migration(migrations.Migration):
    dependencies = [("council", "0010_sent_as_text")]

    operations = [
        migrations.AddField("refill", "relaxed", models.JSONField(default=list)),
        migrations.AlterField(
            "lottery",
            "randomness",
            models.CharField(
                blank=True,
                choices=[
                    ("dice", "现场掷三颗十面骰子"),
                    ("issue", "预先公布期号的公开摇奖三位数，按公布的先后"),
                ],
                max_length=5,
            ),
        ),
        migrations.RunPython(sealed.install, sealed.lift),
    ]
