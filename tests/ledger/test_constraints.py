"""The database is the last guard of the book too: each named promise is tried."""

from collections.abc import Callable, Mapping

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from mingchuang.ledger.actions import record
from mingchuang.ledger.models import Checkpoint, Entry, Tile
from tests.ledger.build import MONDAY, a_sealed_book, an_entry

pytestmark = pytest.mark.django_db

ROOM = apps.get_app_config("ledger")
ROOT = bytes(32)
Breach = Callable[[], object]


def written(verb: str = "case.accepted", subject: str = "case:NB-1", digest: str = "") -> Breach:
    return lambda: record(verb, subject, at=MONDAY, digest=digest)


def placed(index: int) -> Breach:
    """Give an entry that waits this place."""
    return lambda: Entry.objects.filter(pk=an_entry().pk).update(index=index)


def laid(level: int = 0, position: int = 7, hashes: bytes = ROOT) -> Breach:
    return lambda: Tile.objects.create(level=level, position=position, hashes=hashes)


def signed(size: int = 7, root: bytes = ROOT) -> Breach:
    return lambda: Checkpoint.objects.create(size=size, root=root, note="", at=MONDAY)


BREACHES: Mapping[str, list[Breach]] = {
    "ledger_entry_one_per_index": [placed(2)],
    "ledger_entry_index_counts_from_zero": [placed(-1)],
    "ledger_entry_has_subject": [written(subject="")],
    "ledger_entry_verb_names_its_room": [written(verb="raised")],
    "ledger_entry_digest_is_sha256": [written(digest="md5:0")],
    "ledger_tile_one_per_place": [laid(position=0)],
    "ledger_tile_place_counts_from_zero": [laid(level=-1), laid(position=-1)],
    "ledger_tile_holds_up_to_256_hashes": [
        laid(hashes=b""),
        laid(hashes=bytes(33)),
        laid(hashes=bytes(257 * 32)),
    ],
    "ledger_checkpoint_one_per_size": [signed(size=3)],
    "ledger_checkpoint_covers_something": [signed(size=0)],
    "ledger_checkpoint_root_is_a_hash": [signed(root=bytes(31))],
}
UNIQUE = {
    constraint.name
    for model in ROOM.get_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, models.UniqueConstraint)
}


def tried(names: set[str]) -> list[tuple[str, Breach]]:
    return [(name, breach) for name in sorted(names) for breach in BREACHES[name]]


def test_every_constraint_of_the_room_is_tried() -> None:
    named = {c.name for model in ROOM.get_models() for c in model._meta.constraints}

    assert set(BREACHES) == named


@pytest.mark.parametrize(("name", "breach"), tried(set(BREACHES) - UNIQUE))
def test_the_database_refuses(name: str, breach: Breach) -> None:
    a_sealed_book(3)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        breach()

    assert Entry.objects.count() == 3


# SQLite names the columns of a broken uniqueness and PostgreSQL the constraint.
@pytest.mark.parametrize(("name", "breach"), tried(UNIQUE))
def test_the_database_refuses_a_second(name: str, breach: Breach) -> None:
    a_sealed_book(3)

    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        breach()

    assert Entry.objects.count() == 3
