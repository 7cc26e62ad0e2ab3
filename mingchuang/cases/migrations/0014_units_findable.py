"""Each case is found by the units that have it too, so that a unit's own cases are found at once."""

# ruff: noqa: S608  every word of these statements stands in this file
from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

UNITS = (
    "SELECT id AS pk, intake_unit_id AS unit FROM cases_case"
    " UNION SELECT id, responsible_unit_id FROM cases_case WHERE responsible_unit_id IS NOT NULL"
    " UNION SELECT case_id, unit_id FROM cases_case_assists"
)
# To make an index anew costs less than to let it follow a million rows.
TAG = {
    "sqlite": (
        "UPDATE cases_case_found SET marks = marks || ' ' || had.tags FROM"
        f" (SELECT pk, group_concat('@' || unit, ' ') AS tags FROM ({UNITS}) GROUP BY pk) AS had"
        " WHERE cases_case_found.rowid = had.pk",
    ),
    "postgresql": (
        "DROP INDEX cases_case_found_marks",
        "UPDATE cases_case_found SET marks = marks || array_to_tsvector(had.tags) FROM"
        f" (SELECT pk, array_agg('@' || unit) AS tags FROM ({UNITS}) AS each GROUP BY pk) AS had"
        " WHERE cases_case_found.id = had.pk",
        "CREATE INDEX cases_case_found_marks ON cases_case_found USING gin (marks)"
        " WITH (gin_pending_list_limit = 64)",
    ),
}


def tag(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for words in TAG[editor.connection.vendor]:
        editor.execute(words, None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_handled_by")]
    # Going back leaves the tags: nothing that is asked without them finds more or less.
    operations = [migrations.RunPython(tag, migrations.RunPython.noop, elidable=True)]
