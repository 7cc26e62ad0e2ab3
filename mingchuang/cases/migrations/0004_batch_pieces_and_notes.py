"""Workbooks of batches lie in pieces, and what was said of people on a list is witnessed."""

from typing import Any

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

import mingchuang.ledger.models
import mingchuang.people.fields

# Letters of base64 in one piece.
SIZE = 256 * 1024


def cut(apps: Any, schema_editor: Any) -> None:
    """Lay each file that is kept whole down in pieces."""
    old, piece = apps.get_model("cases", "BatchUpload"), apps.get_model("cases", "BatchPiece")
    for field, part_of in (("content", "sent"), ("marked", "marked")):
        for upload in old.objects.exclude(**{field: ""}).iterator(chunk_size=1):
            text = getattr(upload, field)
            for nth, start in enumerate(range(0, len(text), SIZE)):
                some = text[start : start + SIZE]
                piece.objects.create(upload=upload, part_of=part_of, nth=nth, content=some)
    if schema_editor.connection.vendor == "postgresql":
        # A table whose rows still wait to be looked over cannot be altered.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_how_it_came"),
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BatchPiece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part_of",
                    models.CharField(
                        choices=[("sent", "sent"), ("marked", "marked")], max_length=6
                    ),
                ),
                ("nth", models.PositiveIntegerField()),
                ("content", mingchuang.people.fields.EncryptedTextField()),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pieces",
                        to="cases.batchupload",
                    ),
                ),
            ],
            options={
                "ordering": ["upload", "part_of", "nth"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("upload", "part_of", "nth"), name="cases_piece_stands_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListNote",
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
                ("text", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="cases.batch",
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
                        name="cases_listnote_salt_whole_or_erased",
                    )
                ],
            },
        ),
        migrations.RunPython(cut, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="batchupload", name="cases_upload_read_is_let_go"),
        migrations.RemoveField(model_name="batchupload", name="content"),
        migrations.RemoveField(model_name="batchupload", name="marked"),
    ]
