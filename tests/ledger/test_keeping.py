"""Checkpoints kept beside the database: what they tell, and what is not sealed against them."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction

from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.errors import Forked
from mingchuang.ledger.keeping import keep_newest, kept_notes, newest_kept
from mingchuang.ledger.models import Checkpoint, Entry
from mingchuang.ledger.queries import ledger_faults, newest_checkpoint
from mingchuang.ledger.signing import signer
from tests.ledger.build import MONDAY, a_sealed_book, an_entry, some_entries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def file(settings: LazySettings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path / "checkpoints"


def a_kept_book(*sizes: int) -> None:
    """A book whose every checkpoint was kept."""
    some_entries(sizes[-1])
    for before, size in zip((0, *sizes), sizes, strict=False):
        seal_entries(at=MONDAY, limit=size - before)
        keep_newest()


def seal() -> int:
    with transaction.atomic():
        return seal_entries(at=MONDAY, kept=newest_kept())


def test_before_anything_is_kept_there_is_nothing() -> None:
    assert newest_kept() == ""
    assert kept_notes() == []


def test_every_checkpoint_is_kept_as_it_was_signed() -> None:
    a_kept_book(2, 5, 9)

    assert kept_notes() == [*Checkpoint.objects.values_list("note", flat=True)]
    assert newest_kept() == newest_checkpoint().note
    assert list(ledger_faults(kept_notes())) == []


def test_a_checkpoint_is_kept_once(file: Path) -> None:
    a_kept_book(2)

    keep_newest()

    assert file.read_text() == f"\n{newest_checkpoint().note}"


def test_where_nothing_was_sealed_nothing_is_kept(file: Path) -> None:
    keep_newest()

    assert not file.exists()


def test_the_newest_is_found_behind_many() -> None:
    a_kept_book(*range(1, 40))

    assert newest_kept() == newest_checkpoint().note
    assert len(kept_notes()) == 39


def test_a_line_torn_by_a_power_cut_hides_nothing(file: Path) -> None:
    a_kept_book(1, 2)
    with file.open("a") as torn:
        torn.write("\nmingchuang.localhost/ledger\n3\nhal")

    seal_entries(at=MONDAY)
    some_entries(1)
    seal()
    keep_newest()

    assert kept_notes() == [*Checkpoint.objects.values_list("note", flat=True)]


def test_notes_of_another_book_are_not_ours(settings: LazySettings) -> None:
    a_kept_book(2)

    settings.LEDGER_ORIGIN = "other.example/ledger"

    assert kept_notes() == []
    assert newest_kept() == ""


def test_an_honest_book_goes_on_behind_what_was_kept() -> None:
    a_kept_book(2, 5)
    an_entry()

    assert seal() == 1
    assert newest_checkpoint().size == 6


def test_sealed_and_not_yet_kept_is_no_reason_to_stop() -> None:
    a_kept_book(2)
    an_entry()
    seal_entries(at=MONDAY)
    an_entry(2)

    assert seal() == 1
    assert newest_checkpoint().size == 4


def test_a_restored_older_database_is_not_sealed_any_further() -> None:
    a_kept_book(2, 5)
    Checkpoint.objects.filter(size=5).delete()
    Entry.objects.filter(index__gte=2).delete()
    an_entry()

    with pytest.raises(Forked, match=r"5 条.*2 条"):
        seal()

    assert newest_checkpoint().size == 2
    assert Entry.objects.waiting().count() == 1


def test_a_shorter_database_does_not_push_the_longer_checkpoint_aside(file: Path) -> None:
    a_kept_book(2, 5)
    before = file.read_text()
    Checkpoint.objects.filter(size=5).delete()

    keep_newest()

    assert file.read_text() == before


def test_a_book_that_grew_differently_is_not_sealed_any_further() -> None:
    a_sealed_book(7)
    an_entry()
    kept = signer().note(size=5, root=b"o" * 32)

    with pytest.raises(Forked), transaction.atomic():
        seal_entries(at=MONDAY, kept=kept)

    assert newest_checkpoint().size == 7
