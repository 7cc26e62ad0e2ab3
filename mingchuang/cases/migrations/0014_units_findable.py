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
# Neither leaves room taken by what was there before: SQLite joins the parts of its index, and
# PostgreSQL writes the table anew. An older version must not write after this: what it puts is
# without tags, and the units do not find it.
TAG = {
    "sqlite": (
        "UPDATE cases_case_found SET marks = marks || ' ' || had.tags FROM"
        f" (SELECT pk, group_concat('@' || unit, ' ') AS tags FROM ({UNITS}) GROUP BY pk) AS had"
        " WHERE cases_case_found.rowid = had.pk",
        "INSERT INTO cases_case_found (cases_case_found) VALUES ('optimize')",
    ),
    "postgresql": (
        "CREATE TABLE cases_case_tagged (id bigint PRIMARY KEY, marks tsvector NOT NULL)",
        "ALTER TABLE cases_case_tagged ALTER marks SET STATISTICS 1000",
        "INSERT INTO cases_case_tagged SELECT id, marks || array_to_tsvector(coalesce(tags, '{}'))"
        " FROM cases_case_found LEFT JOIN (SELECT pk, array_agg('@' || unit) AS tags"
        f" FROM ({UNITS}) AS each GROUP BY pk) AS had ON had.pk = id ORDER BY id",
        "DROP TABLE cases_case_found",
        "ALTER TABLE cases_case_tagged RENAME TO cases_case_found",
        "ALTER INDEX cases_case_tagged_pkey RENAME TO cases_case_found_pkey",
        "CREATE INDEX cases_case_found_marks ON cases_case_found USING gin (marks)"
        " WITH (gin_pending_list_limit = 64)",
        # As these are made by now.
        "ALTER INDEX cases_answer_found_marks SET (gin_pending_list_limit = 64)",
        "ALTER INDEX cases_article_found_marks SET (gin_pending_list_limit = 64)",
    ),
}


def tag(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for words in TAG[editor.connection.vendor]:
        editor.execute(words, None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_handled_by")]
    # Going back leaves the tags: nothing that is asked without them finds more or less.
    operations = [migrations.RunPython(tag, migrations.RunPython.noop, elidable=True)]
