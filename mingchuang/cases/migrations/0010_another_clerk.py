"""The code of a receipt may be renewed; how it was made sure which company a batch comes from."""

from django.db import migrations, models

import mingchuang.cases.rules.batches.company


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_batches_put_right"),
        ("hall", "0001_squashed"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="renewed",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="batch",
            name="proof",
            field=models.CharField(
                blank=True,
                choices=[
                    (
                        mingchuang.cases.rules.batches.company.Proof["LETTER"],
                        "看过单位盖章的介绍信或公函",
                    ),
                    (
                        mingchuang.cases.rules.batches.company.Proof["SEEN"],
                        "当面看过营业执照和工作证",
                    ),
                    (
                        mingchuang.cases.rules.batches.company.Proof["CALL"],
                        "拨打单位公开的电话问过",
                    ),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("proof__in", ["", "letter", "seen", "call"])),
                name="cases_batch_proof_is_known",
            ),
        ),
    ]
