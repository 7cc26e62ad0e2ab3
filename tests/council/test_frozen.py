"""What frozen minutes show stands still in the database, whoever writes into it and how."""

import pytest
from django.db import IntegrityError, connection, transaction

from mingchuang.council import frozen
from mingchuang.council.actions.attending import sign_in_on_paper
from mingchuang.council.actions.decisions import advise
from mingchuang.council.actions.minutes import Counting, add_shot, count_vote
from mingchuang.council.actions.positions import Wanted, note_position, say_position
from mingchuang.council.actions.reading_minutes import confirm_minutes, freeze_minutes
from mingchuang.council.actions.sittings import adjourn_topic
from mingchuang.council.errors.sittings import NobodyToSignIn
from mingchuang.council.models import Minutes, Position
from mingchuang.ledger import triggers
from tests.build import A_DAY
from tests.council.build import a_convenor, a_photo
from tests.council.sittings import (
    BY_SATURDAY,
    a_sitting,
    one_of,
    some_minutes,
    what_was_decided,
)

pytestmark = pytest.mark.django_db
LATER = BY_SATURDAY + 4 * A_DAY
LONG_BEFORE = "2026-03-01 00:00:00+00"


def all_of_it(stage: str = "frozen", *, decided: bool = True) -> Minutes:
    """Minutes with something in each part of them."""
    sitting, by = a_sitting("closed"), a_convenor()
    where, who = (sitting.topic.number, 1), one_of(sitting)
    wanted = Wanted(1, "if", text="晚上十点以后不开灯")
    note_position(*where, who.number, wanted, by=by, at=BY_SATURDAY)
    counted = Counting(1, "hands", 2 if decided else 1, 1, voted_at=BY_SATURDAY)
    count_vote(*where, counted, by=by, at=BY_SATURDAY)
    add_shot(*where, a_photo(), "车棚", by=by, at=BY_SATURDAY)
    if decided:
        advise(*where, what_was_decided(promised=[]), by=by, at=BY_SATURDAY)
    written = some_minutes("out" if stage == "frozen" else stage, sitting=sitting)
    confirm_minutes(who.code, 1, at=BY_SATURDAY)
    if stage == "frozen":
        freeze_minutes(*where, by=by, at=BY_SATURDAY + 3 * A_DAY)
    return written


def run(statement: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def first(table: str, columns: str = "*") -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY id LIMIT 1")
        row = cursor.fetchone()
    assert row, table
    return tuple(row)


UPDATES = {
    "council_statement": "text = '我没有意见。'",
    "council_tally": "in_favour = 3, against = 0",
    "council_shot": "caption = '别处'",
    "council_confirmation": "at = '2026-03-02 00:00:00+00'",
    "council_minutes": "dissent = ''",
}
# A row of the same, with a place of its own: what is not named is copied.
INSERTS = {
    "council_statement": {"number": "90"},
    "council_tally": {"option_id": "(SELECT MAX(id) FROM council_option)"},
    "council_confirmation": {"stakeholder_id": "(SELECT MAX(id) FROM council_stakeholder)"},
    "council_shot": {"number": "90"},
}


def copied(table: str, changes: dict[str, str]) -> str:
    """Return the statement that inserts the first row of a table once more, but for this."""
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    names = [one.name for one in described if one.name != "id"]
    values = ", ".join(changes.get(name, f'"{name}"') for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({listed}) SELECT {values} FROM {table} ORDER BY id LIMIT 1"


@pytest.mark.parametrize("table", sorted(UPDATES))
def test_nothing_frozen_minutes_show_is_rewritten(table: str) -> None:
    all_of_it()
    before = first(table)

    with pytest.raises(IntegrityError, match="frozen"):
        run(f"UPDATE {table} SET {UPDATES[table]}")

    assert first(table) == before


def test_when_it_was_voted_is_not_rewritten() -> None:
    all_of_it()

    with pytest.raises(IntegrityError, match="frozen"):
        run(f"UPDATE council_tally SET at = '{LONG_BEFORE}'")


@pytest.mark.parametrize("table", sorted(UPDATES))
def test_nothing_frozen_minutes_show_is_removed(table: str) -> None:
    all_of_it()

    with pytest.raises(IntegrityError, match="frozen"):
        run(f"DELETE FROM {table}")

    assert first(table)


@pytest.mark.parametrize("table", sorted(INSERTS))
def test_nothing_is_put_behind_frozen_minutes(table: str) -> None:
    all_of_it()

    with pytest.raises(IntegrityError, match="frozen"):
        run(copied(table, INSERTS[table]))


@pytest.mark.parametrize("table", sorted(UPDATES))
def test_before_they_are_frozen_all_of_it_can_be_written(table: str) -> None:
    all_of_it("out", decided=False)

    assert run(f"UPDATE {table} SET {UPDATES[table]}") >= 1


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE council_tally SET {UPDATES['council_tally']}",
        "DELETE FROM council_tally",
        None,
    ],
)
def test_what_was_voted_stands_once_something_was_decided(statement: str | None) -> None:
    all_of_it("out")
    before = first("council_tally")

    with pytest.raises(IntegrityError, match="frozen_tally"):
        run(statement or copied("council_tally", INSERTS["council_tally"]))

    assert first("council_tally") == before


def test_nothing_is_moved_into_frozen_minutes() -> None:
    shown = all_of_it()
    draft = some_minutes()

    with pytest.raises(IntegrityError, match="frozen"):
        run(f"UPDATE council_statement SET minutes_id = {shown.pk} WHERE minutes_id = {draft.pk}")


def test_each_guard_is_tried_here() -> None:
    tried = {(table, "UPDATE") for table in UPDATES} | {(table, "DELETE") for table in UPDATES}
    tried |= {(table, "INSERT") for table in INSERTS}

    guarded = {(one.table, event) for one in frozen.GUARDS for event in one.events}

    assert guarded <= tried


def test_another_sitting_is_held_after_frozen_minutes() -> None:
    written = all_of_it(decided=False)
    topic, who = written.sitting.topic, one_of(written.sitting)
    adjourn_topic(topic.number, by=a_convenor(), at=LATER)

    said = say_position(who.code, Wanted(1, "against"), at=LATER)

    assert Position.objects.standing().get(stakeholder=who) == said
    assert Position.objects.exclude(replaced_at=None).get().replaced_at == LATER


def test_nobody_signs_in_after_the_minutes_are_frozen() -> None:
    written = all_of_it(decided=False)
    where = (written.sitting.topic.number, 1)

    with pytest.raises(NobodyToSignIn):
        sign_in_on_paper(*where, one_of(written.sitting).number, by=a_convenor(), at=LATER)


def test_every_guard_stands_by_its_statement() -> None:
    assert triggers.unlike(frozen.standing(connection.vendor)) == []


def test_a_guard_that_was_removed_is_named() -> None:
    gone = "council_frozen_statement_delete"
    with connection.cursor() as cursor:
        words = frozen.LIFT[connection.vendor]
        cursor.execute(words.format(name=gone, table="council_statement"))

    assert triggers.unlike(frozen.standing(connection.vendor)) == [gone]
