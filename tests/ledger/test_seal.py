"""Sealing: every entry gets one place, and one signature covers them all."""

import os
import stat
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.models import Checkpoint, Entry, Tile
from mingchuang.ledger.queries import last_checkpoint, ledger_faults, public_key
from mingchuang.ledger.rules.note import Head, head_in
from tests.ledger import naive
from tests.ledger.build import MONDAY, a_sealed_book, an_entry, leaves_written, some_entries
from tests.tools.serving import database_of_tests

pytestmark = pytest.mark.django_db

SEALER = """
import django; django.setup()
from datetime import UTC, datetime
from mingchuang.ledger.actions import seal_entries
while seal_entries(at=datetime(2026, 3, 2, tzinfo=UTC), limit=7): pass
"""


def the_newest() -> Checkpoint:
    checkpoint = last_checkpoint()
    assert checkpoint
    return checkpoint


def test_entries_get_their_places_in_the_order_they_were_written() -> None:
    some_entries(5)

    sealed = seal_entries(at=MONDAY)

    assert sealed == 5
    subjects = Entry.objects.order_by("index").values_list("subject", flat=True)
    assert list(subjects) == [f"case:NB-{n}" for n in range(5)]
    assert list(Entry.objects.order_by("pk").values_list("index", flat=True)) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    "sizes", [(1,), (1, 2), (255, 256), (256, 257), (100, 300, 513), (600, 601, 700)]
)
def test_the_root_is_that_of_rfc_9162_however_often_was_sealed(sizes: tuple[int, ...]) -> None:
    a_sealed_book(*sizes)

    leaves = leaves_written(sizes[-1])
    for size, root in Checkpoint.objects.values_list("size", "root"):
        assert bytes(root) == naive.root(leaves[:size])
    for tile in Tile.objects.all():
        assert bytes(tile.hashes) == b"".join(naive.tile(tile.level, tile.position, leaves))
    assert [*Checkpoint.objects.values_list("size", flat=True)] == [*sizes]


def test_a_checkpoint_is_signed_with_our_key() -> None:
    a_sealed_book(3)

    checkpoint = the_newest()

    head = head_in(public_key().text_of(checkpoint.note))
    assert head == Head("mingchuang.localhost/ledger", 3, naive.root(leaves_written(3)))
    assert checkpoint.at == MONDAY


def test_where_nothing_waits_nothing_is_signed() -> None:
    a_sealed_book(3)

    sealed = seal_entries(at=MONDAY)

    assert sealed == 0
    assert Checkpoint.objects.count() == 1


def test_an_entry_committed_late_with_a_lower_number_is_sealed_later() -> None:
    late, early = an_entry(1), an_entry(2)
    Entry.objects.filter(pk=late.pk).delete()
    seal_entries(at=MONDAY)

    late.save(force_insert=True)
    seal_entries(at=MONDAY)

    assert late.pk < early.pk
    assert Entry.objects.get(pk=early.pk).index == 0
    assert Entry.objects.get(pk=late.pk).index == 1
    assert list(ledger_faults()) == []


def test_sealing_costs_the_same_however_long_the_book_is() -> None:
    a_sealed_book(700)
    some_entries(300)
    with CaptureQueriesContext(connection) as early:
        seal_entries(at=MONDAY)
    some_entries(300)
    with CaptureQueriesContext(connection) as later:
        seal_entries(at=MONDAY)

    assert len(early) == len(later) <= 9


def test_the_key_is_ours_alone() -> None:
    public_key()

    mode = (settings.KEYS / "ledger").stat().st_mode

    assert stat.S_IMODE(mode) == 0o600


def test_only_one_of_many_sealers_works_at_a_time(transactional_db: None) -> None:
    some_entries(200)
    environment = {
        **os.environ,
        "DATABASE_URL": database_of_tests(),
        "DJANGO_SETTINGS_MODULE": "mingchuang.settings",
    }

    sealers = [subprocess.Popen([sys.executable, "-c", SEALER], env=environment) for _ in range(3)]
    statuses = [sealer.wait(60) for sealer in sealers]

    assert statuses == [0, 0, 0]
    assert list(Entry.objects.sealed().order_by("index").values_list("index", flat=True)) == list(
        range(200)
    )
    assert the_newest().size == 200
    assert list(ledger_faults()) == []
