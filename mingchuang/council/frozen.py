"""What frozen minutes were made of stands still in the database itself, on either vendor.

A later migration that changes a table named here puts its operations between `LIFTED` and
`SET_AGAIN`: SQLite makes such a table anew, and its guards are gone with the old one.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Which minutes `m` show a row: `{row}` is the row as it was (OLD) or as it is to be (NEW).
OF_MINUTES = "m.id = {row}.minutes_id"
OF_SITTING = "m.sitting_id = {row}.sitting_id"
OF_TOPIC = "m.sitting_id IN (SELECT id FROM council_sitting WHERE topic_id = {row}.topic_id)"
SITTINGS_OF_OPTION = (
    "m.sitting_id IN (SELECT s.id FROM council_sitting s JOIN council_option o"
    " ON o.topic_id = s.topic_id WHERE o.id = {option})"
)
# What was said later belongs to minutes to come.
BEFORE = "{row}.at < m.frozen_at AND "
OF_OPTION = BEFORE + SITTINGS_OF_OPTION.format(option="{row}.option_id")
OF_CONDITION = BEFORE + SITTINGS_OF_OPTION.format(
    option="(SELECT option_id FROM council_condition c WHERE c.id = {row}.condition_id)"
)
SITTINGS_OF_ROSTER = (
    "m.sitting_id IN (SELECT id FROM council_sitting WHERE roster_id = {row}.roster_id)"
)
OF_ROSTER = BEFORE + SITTINGS_OF_ROSTER
OF_DECISION = (
    "m.sitting_id = (SELECT sitting_id FROM council_decision d WHERE d.id = {row}.decision_id)"
)
INSERT, UPDATE, DELETE = EVENTS = ("INSERT", "UPDATE", "DELETE")
CHANGES = (UPDATE, DELETE)
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


GUARDS = (
    Guard("minutes", "council_minutes", "m.id = {row}.id", "id stage", (DELETE,)),
    Guard("statement", "council_statement", OF_MINUTES,
        "id minutes_id number stakeholder_id guest text at"),
    Guard("tally", "council_tally", OF_MINUTES,
        "id minutes_id option_id method present in_favour against abstained"),
    Guard("shot", "council_shot", OF_MINUTES, "id minutes_id picture_id number caption"),
    Guard("confirmation", "council_confirmation", OF_MINUTES,
        "id minutes_id stakeholder_id reading statement_id at is_taken_in answer by_id"
        " answered_at"),
    Guard("picture", "council_picture",
        "m.id IN (SELECT minutes_id FROM council_shot WHERE picture_id = {row}.id)",
        "id topic_id path sha256 size width height by_id at", CHANGES),
    Guard("attendance", "council_attendance", OF_SITTING,
        "id sitting_id stakeholder_id seat_id way mandate='' by_id at left_at"),
    Guard("sitting", "council_sitting", "m.sitting_id = {row}.id",
        "id topic_id roster_id number begins_at place agenda visit convenor_id moderator_id"
        " recorder_id seats_percent opponents_percent opponents_least stage at opened_at"
        " closed_at", CHANGES),
    Guard("decision", "council_decision", OF_SITTING,
        "id topic_id sitting_id force text uninvited missing seats_needed seats_present"
        " opponents_needed opponents_present by_id at"),
    Guard("decided_option", "council_decision_options", OF_DECISION, "id decision_id option_id"),
    # What is promised after an objection belongs to its measure, and to no minutes.
    Guard("commitment", "council_commitment", "{row}.measure_id IS NULL AND " + OF_DECISION,
        "id decision_id number text obligor how first_on last_on rhythm condition_id measure_id"
        " at"),
    Guard("topic", "council_topic",
        "m.sitting_id IN (SELECT id FROM council_sitting WHERE topic_id = {row}.id)",
        "id series title background place origin legal invented at", CHANGES),
    Guard("option", "council_option", OF_TOPIC, "id topic_id number text"),
    Guard("condition", "council_condition", OF_OPTION,
        "id option_id number text stakeholder_id at"),
    Guard("joining", "council_joining", OF_CONDITION, "id condition_id stakeholder_id by_id at"),
    Guard("position", "council_position", OF_OPTION,
        "id option_id stakeholder_id stance condition_id sitting_id by_id at"),
    # Who changes their mind for the next sitting may; who said what before this one stays.
    Guard("position_of_then", "council_position",
        "(OLD.replaced_at < m.frozen_at OR NEW.replaced_at < m.frozen_at) AND " + OF_OPTION,
        "replaced_at", (UPDATE,)),
    Guard("invitation", "council_invitation", OF_ROSTER,
        "id roster_id stakeholder_id channel outcome by_id at"),
    Guard("stakeholder", "council_stakeholder", OF_TOPIC,
        "id topic_id number affected must_because camp proof camp_at objection", CHANGES),
)  # fmt: skip
SHOWS = "EXISTS (SELECT 1 FROM council_minutes m WHERE m.stage = 'frozen' AND {minutes})"
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
    shows = [SHOWS.format(minutes=guard.minutes.format(row=row)) for row in ROWS[event]]
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
