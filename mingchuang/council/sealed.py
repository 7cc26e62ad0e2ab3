"""The database itself lets nobody change a plan that was promised, nor what was promised of it.

Each vendor says it in its own words.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAME, TABLE = "council_promised_plan_stays", "council_lottery"
KEPT = "plan, commitment, committed_at, randomness, announced"
WORDS = {
    "sqlite": f"""
CREATE TRIGGER {NAME} BEFORE UPDATE OF {KEPT} ON {TABLE}
WHEN OLD.commitment <> '' AND ({{old}}) IS NOT ({{new}})
BEGIN SELECT RAISE(ABORT, '{NAME}'); END
""",
    "postgresql": f"""
CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{NAME}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {NAME} BEFORE UPDATE OF {KEPT} ON {TABLE} FOR EACH ROW
WHEN (OLD.commitment <> '' AND ROW({{old}}) IS DISTINCT FROM ROW({{new}}))
EXECUTE FUNCTION {NAME}()
""",
}
LIFT = {
    "sqlite": f"DROP TRIGGER {NAME}",
    "postgresql": f"DROP TRIGGER {NAME} ON {TABLE}; DROP FUNCTION {NAME}()",
}


def statement(vendor: str) -> str:
    """Return what sets the guard."""
    old, new = (", ".join(f"{row}.{one}" for one in KEPT.split(", ")) for row in ("OLD", "NEW"))
    return WORDS[vendor].format(old=old, new=new)


def install(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(statement(editor.connection.vendor), None)


def lift(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(LIFT[editor.connection.vendor], None)
