"""What was signed when a lost thing went back is kept as a photo, encrypted."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

import mingchuang.ledger.models
import mingchuang.people.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_batch_pieces_and_notes"),
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClaimPaper",
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
                ("photo", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="cases.claim",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="cases_claimpaper_salt_whole_or_erased",
                    )
                ],
            },
        ),
    ]
