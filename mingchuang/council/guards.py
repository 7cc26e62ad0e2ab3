"""The database itself lets nobody change frozen minutes. Each vendor says it in its own words."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAME, TABLE = "council_minutes_are_frozen", "council_minutes"
INSTALL = {
    "sqlite": f"""
CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} WHEN OLD.stage = 'frozen'
BEGIN SELECT RAISE(ABORT, '{NAME}'); END
""",
    "postgresql": f"""
CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{NAME}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE}
FOR EACH ROW WHEN (OLD.stage = 'frozen') EXECUTE FUNCTION {NAME}()
""",
}
REMOVE = {
    "sqlite": f"DROP TRIGGER {NAME}",
    "postgresql": f"DROP TRIGGER {NAME} ON {TABLE}; DROP FUNCTION {NAME}()",
}


def install(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(INSTALL[editor.connection.vendor], None)


def remove(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(REMOVE[editor.connection.vendor], None)
