from typing import Any

from django.db import migrations, models

SLICE = 500
# Which entry tells that a case ended, for each state that is not archived.
ENDS = {"declined": "case.declined", "referred": "case.referred", "withdrawn": "case.withdrawn"}


def tell_when_they_ended(apps: Any, _schema_editor: object) -> None:
    """Tell from the ledger when cases ended that were never archived."""
    cases = apps.get_model("cases", "Case").objects.filter(state__in=ENDS).order_by("pk")
    last = 0
    while some := list(cases.filter(pk__gt=last).only("series", "received_at")[:SLICE]):
        last = some[-1].pk
        told = _told(apps, [_subject(case) for case in some])
        for case in some:
            case.ended_at = told.get(_subject(case), case.received_at)
        cases.model.objects.bulk_update(some, ["ended_at"])


def _told(apps: Any, subjects: list[str]) -> dict[str, Any]:
    entries = apps.get_model("ledger", "Entry").objects.filter(subject__in=subjects)
    ends = entries.filter(verb__in=ENDS.values()).order_by("pk")
    return dict(ends.values_list("subject", "at"))


def _subject(case: Any) -> str:
    return f"case:{case.series}-{case.pk:06d}"


def only_archived(apps: Any, _schema_editor: object) -> None:
    apps.get_model("cases", "Case").objects.filter(state__in=ENDS).update(ended_at=None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_who_reads")]

    operations = [
        migrations.RemoveConstraint(model_name="case", name="case_archived_when_archived"),
        migrations.RenameField(model_name="case", old_name="archived_at", new_name="ended_at"),
        migrations.RunPython(tell_when_they_ended, only_archived),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False)),
                fields=["ended_at", "id"],
                name="case_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["archived", "declined", "referred", "withdrawn"]),
                        ("ended_at__isnull", False),
                    ),
                    models.Q(
                        models.Q(
                            ("state__in", ["archived", "declined", "referred", "withdrawn"]),
                            _negated=True,
                        ),
                        ("ended_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="case_ended_when_it_ended",
            ),
        ),
    ]
