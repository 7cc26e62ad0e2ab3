"""Whoever changes the book, with all the rights over its database, is found."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from mingchuang.ledger import triggers
from mingchuang.ledger.models import Checkpoint, Entry, Tile
from mingchuang.ledger.queries import guard_faults, ledger_faults
from mingchuang.ledger.rules.audit import Code, Fault, Walk
from mingchuang.ledger.rules.note import Signer
from mingchuang.ledger.rules.tree import leaf_hash
from mingchuang.ledger.signing import signer
from mingchuang.ledger.words.faults import FAULTS, sentence_of
from tests.ledger import naive
from tests.ledger.build import MONDAY, a_sealed_book, an_entry, leaves_written

pytestmark = pytest.mark.django_db

STRANGER = Signer("mingchuang.localhost/ledger", b"s" * 32)


@pytest.fixture
def book() -> None:
    """Seal 600 entries under checkpoints at 255, 512 and 600, and let the guards be gone."""
    a_sealed_book(255, 512, 600)
    break_in()


def break_in() -> None:
    """Do what an attacker with the rights of an administrator does first."""
    with connection.cursor() as cursor:
        for statement in triggers.statements(triggers.REMOVE, vendor=connection.vendor):
            cursor.execute(statement)


def without_constraint(name: str) -> None:
    """Go on without a promise of the database, to the end of this test."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute(f"ALTER TABLE ledger_entry DROP CONSTRAINT {name}")


@pytest.fixture(autouse=True)
def _constraints_again(db: None) -> Iterator[None]:
    yield
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA ignore_check_constraints = OFF")


def change(place: int, **columns: Any) -> None:
    Entry.objects.filter(index=place).update(**columns)


def rewrite(leaves: list[bytes], *, by: Signer) -> None:
    """Make tiles and checkpoints fit these leaves, as far as the attacker's key allows."""
    Tile.objects.all().delete()
    for level, count in ((0, 3), (1, 1)):
        for position in range(count):
            hashes = b"".join(naive.tile(level, position, leaves))
            if hashes:
                Tile.objects.create(level=level, position=position, hashes=hashes)
    Checkpoint.objects.filter(size__gt=len(leaves)).delete()
    for checkpoint in Checkpoint.objects.all():
        checkpoint.root = naive.root(leaves[: checkpoint.size])
        checkpoint.note = by.note(size=checkpoint.size, root=checkpoint.root)
        checkpoint.save()


def kept_note() -> str:
    """A checkpoint that somebody has at home."""
    return signer().note(size=600, root=naive.root(leaves_written(600)))


def found(*kept: str) -> list[Fault]:
    return list(ledger_faults(kept))


@pytest.mark.parametrize("sizes", [(1,), (256,), (257, 300), (255, 512, 600)])
def test_an_honest_book_has_no_faults(sizes: tuple[int, ...]) -> None:
    a_sealed_book(*sizes)
    an_entry()

    assert found() == []


def test_an_empty_book_has_no_faults() -> None:
    assert found() == []


@pytest.mark.usefixtures("book")
def test_an_honest_book_fits_every_checkpoint_kept_elsewhere() -> None:
    kept = Checkpoint.objects.values_list("note", flat=True)

    assert found(*kept, kept_note()) == []


@pytest.mark.usefixtures("book")
def test_a_changed_fact_is_found() -> None:
    change(300, facts={"n": 301})

    assert found() == [Fault(Code.CHANGED, {"index": 300})]


@pytest.mark.usefixtures("book")
def test_a_changed_time_is_found() -> None:
    change(0, at=MONDAY.replace(microsecond=1))

    assert found() == [Fault(Code.CHANGED, {"index": 0})]


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    "columns", [{"verb": "case.declined"}, {"subject": "case:NB-9"}, {"digest": "sha256:0"}]
)
def test_any_other_change_of_an_entry_is_found(columns: dict[str, str]) -> None:
    change(599, **columns)

    assert found() == [Fault(Code.CHANGED, {"index": 599})]


@pytest.mark.usefixtures("book")
def test_a_removed_entry_is_found() -> None:
    Entry.objects.filter(index=299).delete()

    assert found() == [Fault(Code.MISSING, {"first": 299, "last": 299})]


@pytest.mark.usefixtures("book")
def test_a_removed_entry_whose_gap_was_closed_is_found() -> None:
    Entry.objects.filter(index=598).delete()
    change(599, index=598)

    assert found() == [
        Fault(Code.CHANGED, {"index": 598}),
        Fault(Code.MISSING, {"first": 599, "last": 599}),
    ]


@pytest.mark.usefixtures("book")
def test_two_swapped_entries_are_found() -> None:
    change(10, index=9999)
    change(20, index=10)
    change(9999, index=20)

    assert found() == [Fault(Code.CHANGED, {"index": 10}), Fault(Code.CHANGED, {"index": 20})]


@pytest.mark.usefixtures("book")
def test_a_tail_cut_off_under_its_checkpoint_is_found() -> None:
    Entry.objects.filter(index__gte=512).delete()

    assert found() == [Fault(Code.MISSING, {"first": 512, "last": 599})]


@pytest.mark.usefixtures("book")
def test_a_truncated_tail_is_found_by_a_checkpoint_kept_elsewhere() -> None:
    kept = kept_note()
    Entry.objects.filter(index__gte=512).delete()
    rewrite(leaves_written(512), by=signer())

    assert found() == []
    assert found(kept) == [Fault(Code.KEPT_LONGER, {"size": 600, "found": 512})]


@pytest.mark.usefixtures("book")
def test_a_forged_signature_is_found() -> None:
    leaves = leaves_written(600)
    change(3, subject="case:NB-4")
    leaves[3] = leaves[3].replace(b"NB-3", b"NB-4")
    rewrite(leaves, by=STRANGER)

    assert found() == [Fault(Code.FORGED, {"size": size}) for size in (255, 512, 600)]


@pytest.mark.usefixtures("book")
def test_a_book_rewritten_with_our_own_key_is_found_by_a_kept_checkpoint() -> None:
    kept = kept_note()
    leaves = leaves_written(600)
    change(3, subject="case:NB-4")
    leaves[3] = leaves[3].replace(b"NB-3", b"NB-4")
    rewrite(leaves, by=signer())

    assert found() == []
    assert found(kept) == [Fault(Code.KEPT_OTHER, {"size": 600})]


@pytest.mark.usefixtures("book")
def test_an_entry_changed_together_with_its_tile_is_found_by_the_checkpoints() -> None:
    notes = list(Checkpoint.objects.values_list("pk", "root", "note"))
    leaves = leaves_written(600)
    change(300, facts={"n": 0})
    leaves[300] = leaves[300].replace(b'{"n":300}', b'{"n":0}')
    rewrite(leaves, by=signer())
    for pk, root, note in notes:
        Checkpoint.objects.filter(pk=pk).update(root=root, note=note)

    assert found() == [Fault(Code.OTHER_ROOT, {"size": size}) for size in (512, 600)]


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("level", [0, 1])
def test_a_lost_tile_is_found(level: int) -> None:
    Tile.objects.filter(level=level, position=0).delete()

    assert Fault(Code.TILE, {"level": level, "position": 0}) in found()


@pytest.mark.usefixtures("book")
def test_hashes_of_entries_that_were_never_signed_for_are_found() -> None:
    Tile.objects.create(level=0, position=3, hashes=bytes(6400))

    assert found() == [Fault(Code.SURPLUS, {"level": 0})]


@pytest.mark.usefixtures("book")
def test_places_that_were_never_signed_for_are_found() -> None:
    entry = an_entry()
    Entry.objects.filter(pk=entry.pk).update(index=600)

    assert found() == [Fault(Code.UNSIGNED, {"first": 600, "last": 600})]


@pytest.mark.usefixtures("book")
def test_a_root_that_does_not_stand_in_its_note_is_found() -> None:
    Checkpoint.objects.filter(size=512).update(root=bytes(32))

    assert found() == [
        Fault(Code.FORGED, {"size": 512}),
        Fault(Code.OTHER_ROOT, {"size": 512}),
    ]


def test_a_place_before_the_first_is_found() -> None:
    a_sealed_book(3)
    entry = an_entry()
    without_constraint("ledger_entry_index_counts_from_zero")

    Entry.objects.filter(pk=entry.pk).update(index=-7)

    assert found() == [Fault(Code.NO_PLACE, {"index": -7})]


def test_of_several_checkpoints_kept_of_a_longer_book_the_longest_tells() -> None:
    a_sealed_book(2)
    kept = [signer().note(size=size, root=bytes(32)) for size in (3, 4)]

    assert found(*kept) == [Fault(Code.KEPT_LONGER, {"size": 4, "found": 2})]


def test_every_guard_stands_in_an_honest_house() -> None:
    assert list(guard_faults()) == []


@pytest.mark.usefixtures("book")
def test_guards_that_were_removed_are_found() -> None:
    assert list(guard_faults()) == [Fault(Code.UNGUARDED, {"name": n}) for n in triggers.KEPT]


def test_a_guard_that_looks_away_is_found() -> None:
    name = "ledger_entry_is_sealed_once"
    table, columns, _when = triggers.KEPT[name]
    vendor = connection.vendor
    blind = triggers.INSTALL[vendor].format(
        name=name, table=table, columns=columns, when="WHEN (1 = 2)"
    )
    with connection.cursor() as cursor:
        cursor.execute(triggers.REMOVE[vendor].format(name=name, table=table))
        cursor.execute(blind)

    assert list(guard_faults()) == [Fault(Code.UNGUARDED, {"name": name})]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite cannot switch one off")
def test_a_guard_that_was_switched_off_is_found() -> None:
    name = "ledger_entry_is_written_once"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE ledger_entry DISABLE TRIGGER {name}")

    assert list(guard_faults()) == [Fault(Code.UNGUARDED, {"name": name})]


def test_two_entries_at_one_place_are_found() -> None:
    hashes = [leaf_hash(b"a"), leaf_hash(b"b"), leaf_hash(b"c")]
    walk = Walk(tile=lambda _place: hashes[0] + hashes[1], claims=[])

    faults = list(walk.faults([(0, hashes[0]), (1, hashes[1]), (1, hashes[2])], size=2))

    assert faults == [Fault(Code.TWICE, {"index": 1})]


@pytest.mark.usefixtures("book")
def test_facts_that_no_json_holds_are_found() -> None:
    change(5, facts={"n": "x" * 70_000})

    assert found() == [Fault(Code.CHANGED, {"index": 5})]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses such values itself")
@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("nonsense", Fault(Code.CHANGED, {"index": 5})),
        ("2026-13-45 99:99:99", Fault(Code.UNREADABLE, {"index": 0})),
    ],
)
def test_what_can_no_longer_be_read_is_found(value: str, fault: Fault) -> None:
    with connection.cursor() as cursor:
        cursor.execute('UPDATE ledger_entry SET at = %s WHERE "index" = 5', [value])

    assert fault in found()


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("note", ["", "nonsense", STRANGER.note(size=600, root=bytes(32))])
def test_a_kept_checkpoint_that_is_not_ours_is_said_to_be(note: str) -> None:
    assert found(kept_note(), note) == [Fault(Code.KEPT_NOT_OURS, {"number": 2})]


def test_every_fault_has_a_sentence() -> None:
    assert set(FAULTS) == set(Code)
    assert sentence_of(Fault(Code.CHANGED, {"index": 7})) == (
        "第 7 号记录被改动过：它与封存时不一样。"
    )
