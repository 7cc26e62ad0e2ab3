"""The database itself refuses to rewrite the book. Each vendor says it in its own words.

Deleting stays possible (a test must be able to begin again); the tree finds what is missing.
"""

from collections.abc import Mapping

from django.apps.registry import Apps
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# name of the trigger: table, columns, and when it is too late to write them
KEPT = {
    "ledger_entry_is_written_once": ("ledger_entry", "id, subject, verb, at, facts, digest", ""),
    "ledger_entry_is_sealed_once": ("ledger_entry", '"index"', 'WHEN (OLD."index" IS NOT NULL)'),
    "ledger_checkpoint_is_signed_once": ("ledger_checkpoint", "id, size, root, note, at", ""),
}

SQLITE = """
CREATE TRIGGER {name} BEFORE UPDATE OF {columns} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
POSTGRESQL = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {name} BEFORE UPDATE OF {columns} ON {table}
FOR EACH ROW {when} EXECUTE FUNCTION {name}()
"""
# What stands in the database now, as one text for each trigger that is on.
STANDING = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """
SELECT tgname,
       'CREATE FUNCTION ' || proname || '() RETURNS trigger LANGUAGE plpgsql AS $$' || prosrc
       || '$$;' || pg_get_triggerdef(pg_trigger.oid, true)
FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal
""",
}
INSTALL = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
REMOVE = {
    "sqlite": "DROP TRIGGER {name}",
    "postgresql": "DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}()",
}


def statements(words: dict[str, str], *, vendor: str) -> list[str]:
    """Return one statement for each promise, in the words of this vendor."""
    return [
        words[vendor].format(name=name, table=table, columns=columns, when=when)
        for name, (table, columns, when) in KEPT.items()
    ]


def off_guard() -> list[str]:
    """Return the names of the triggers that are missing, switched off, or say something else."""
    return unlike(dict(zip(KEPT, statements(INSTALL, vendor=connection.vendor), strict=True)))


def unlike(wanted: Mapping[str, str]) -> list[str]:
    """Return which of these triggers do not stand in the database by this statement."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        standing = {name: _words(text) for name, text in cursor.fetchall()}
    return [name for name, text in wanted.items() if standing.get(name) != _words(text)]


def _words(statement: str) -> str:
    """Return the statement as any database may write it: blanks, quotes and case are its own."""
    return "".join(statement.split()).replace('"', "").lower()


def install(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in statements(INSTALL, vendor=editor.connection.vendor):
        editor.execute(statement, None)


def remove(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in statements(REMOVE, vendor=editor.connection.vendor):
        editor.execute(statement, None)
