"""The rows of frozen minutes stand still in the database itself, on either vendor; votes do from
the moment something is decided by them.

What they say of anything else (who was there, what was decided) stands in their text.

A later migration that changes a table named here (the decisions too) puts its operations between
`LIFTED` and `SET_AGAIN`: SQLite makes such a table anew, and its guards are gone with the old one.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Which minutes `m` a row belongs to: `{row}` is the row as it was (OLD) or as it is to be (NEW).
OF_MINUTES = "m.id = {row}.minutes_id"
# From when on they stand still.
FROZEN = "m.stage = 'frozen'"
DECIDED = "EXISTS (SELECT 1 FROM council_decision d WHERE d.sitting_id = m.sitting_id)"
INSERT, UPDATE, DELETE = EVENTS = ("INSERT", "UPDATE", "DELETE")
ROWS = {INSERT: ("NEW",), UPDATE: ("OLD", "NEW"), DELETE: ("OLD",)}


class Guard(NamedTuple):
    """One table: which minutes show its rows, and what of a row they show.

    What is encrypted is not among it: it is erased when its time is over, and written anew under
    another key.
    """

    name: str
    table: str
    minutes: str
    shown: str
    events: tuple[str, ...] = EVENTS
    once: str = FROZEN


GUARDS = (
    Guard("minutes", "council_minutes", "m.id = {row}.id", "id stage", (DELETE,)),
    Guard("statement", "council_statement", OF_MINUTES,
        "id minutes_id number stakeholder_id guest text at"),
    Guard("tally", "council_tally", OF_MINUTES,
        "id minutes_id option_id method present in_favour against abstained at",
        once=f"({FROZEN} OR {DECIDED})"),
    Guard("shot", "council_shot", OF_MINUTES, "id minutes_id picture_id number caption"),
    Guard("confirmation", "council_confirmation", OF_MINUTES,
        "id minutes_id stakeholder_id reading statement_id at is_taken_in answer by_id"
        " answered_at"),
)  # fmt: skip
SHOWS = "EXISTS (SELECT 1 FROM council_minutes m WHERE {once} AND {minutes})"
WORDS = {
    "sqlite": """
CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when}
BEGIN SELECT RAISE(ABORT, '{name}'); END
""",
    "postgresql": """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF {when} THEN RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
RETURN {kept};
END $$;
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()
""",
}
LIFT = {
    "sqlite": "DROP TRIGGER IF EXISTS {name}",
    "postgresql": "DROP TRIGGER IF EXISTS {name} ON {table}; DROP FUNCTION IF EXISTS {name}()",
}
DIFFER = {
    "sqlite": "({old}) IS NOT ({new})",
    "postgresql": "ROW({old}) IS DISTINCT FROM ROW({new})",
}


def standing(vendor: str) -> dict[str, str]:
    """Return the name of each guard with the statement that sets it, in the words of a vendor."""
    return {
        name: WORDS[vendor].format(
            name=name,
            event=event,
            table=guard.table,
            when=_when(guard, event, vendor),
            kept="OLD" if event == DELETE else "NEW",
        )
        for guard, event, name in _each()
    }


def _each() -> Iterator[tuple[Guard, str, str]]:
    for guard in GUARDS:
        for event in guard.events:
            yield guard, event, f"council_frozen_{guard.name}_{event.lower()}"


def _when(guard: Guard, event: str, vendor: str) -> str:
    shows = [
        SHOWS.format(once=guard.once, minutes=guard.minutes.format(row=row)) for row in ROWS[event]
    ]
    touched = f"({' OR '.join(shows)})"
    if event != UPDATE:
        return touched
    old, new = (", ".join(f"{row}.{part}" for part in guard.shown.split()) for row in ROWS[event])
    return f"{DIFFER[vendor].format(old=old, new=new)} AND {touched}"


def lift(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for guard, _event, name in _each():
        editor.execute(LIFT[editor.connection.vendor].format(name=name, table=guard.table), None)


def install(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    lift(_apps, editor)
    for statement in standing(editor.connection.vendor).values():
        editor.execute(statement, None)


LIFTED = migrations.RunPython(lift, install)
SET_AGAIN = migrations.RunPython(install, lift)
