"""The key and the name of the book: lost or changed, nothing goes on in another's place."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from mingchuang.base.errors import Refused
from mingchuang.ledger.actions import record, seal_entries
from mingchuang.ledger.checks import origin_is_a_name
from mingchuang.ledger.errors import KeyLost, KeyUnusable, OtherSigner
from mingchuang.ledger.keeping import keep_newest
from mingchuang.ledger.models import Checkpoint, Entry
from mingchuang.ledger.queries import ledger_faults, public_key, receipt_of
from mingchuang.ledger.rules.audit import Code, Fault
from tests.ledger.build import MONDAY, a_sealed_book, an_entry

pytestmark = pytest.mark.django_db
Loss = Callable[[], object]


@pytest.fixture(autouse=True)
def keys(settings: LazySettings, tmp_path: Path) -> Path:
    """Keys of this test alone, since it loses them."""
    settings.HOME, settings.KEYS = tmp_path, tmp_path / "keys"
    return tmp_path / "keys"


def seal() -> None:
    with transaction.atomic():
        seal_entries(at=MONDAY)


def test_a_new_book_makes_its_key(keys: Path) -> None:
    a_sealed_book(1)

    assert len((keys / "ledger").read_bytes()) == 32
    assert receipt_of(0).flaws(pinned=str(public_key())) == []


def test_a_lost_key_is_not_replaced(keys: Path) -> None:
    a_sealed_book(1)
    an_entry()
    (keys / "ledger").unlink()

    with pytest.raises(KeyLost, match="keys/ledger"):
        seal()

    assert not (keys / "ledger").exists()
    assert Entry.objects.waiting().count() == 1


def test_a_key_lost_together_with_the_database_is_not_replaced(keys: Path) -> None:
    a_sealed_book(1)
    keep_newest()
    Checkpoint.objects.all().delete()
    (keys / "ledger").unlink()

    with pytest.raises(KeyLost):
        public_key()

    assert not (keys / "ledger").exists()


@pytest.mark.parametrize("seed", [b"", b"short", bytes(33)])
def test_a_key_of_another_length_is_said_to_be_unusable(keys: Path, seed: bytes) -> None:
    a_sealed_book(1)
    (keys / "ledger").write_bytes(seed)

    with pytest.raises(KeyUnusable, match="32"):
        public_key()


def test_a_key_that_is_a_folder_is_said_to_be_unusable(keys: Path) -> None:
    (keys / "ledger").mkdir(parents=True)

    with pytest.raises(KeyUnusable):
        public_key()


def test_with_another_key_nothing_is_sealed_and_no_receipt_is_given(keys: Path) -> None:
    a_sealed_book(1)
    an_entry()
    (keys / "ledger").write_bytes(b"o" * 32)

    for deed in (seal, lambda: receipt_of(0)):
        with pytest.raises(OtherSigner, match="keys/ledger"):
            deed()

    assert Checkpoint.objects.count() == 1
    assert Entry.objects.waiting().count() == 1


def test_under_another_name_nothing_is_sealed_and_no_receipt_is_given(
    settings: LazySettings,
) -> None:
    a_sealed_book(1)
    an_entry()
    settings.LEDGER_ORIGIN = "other.example/ledger"

    for deed in (seal, lambda: receipt_of(0)):
        with pytest.raises(OtherSigner, match=r"mingchuang\.localhost/ledger.*MINGCHUANG_ORIGIN"):
            deed()

    assert Checkpoint.objects.count() == 1


def test_once_the_name_is_back_the_book_goes_on(settings: LazySettings) -> None:
    a_sealed_book(1)
    an_entry()
    name, settings.LEDGER_ORIGIN = settings.LEDGER_ORIGIN, "other.example/ledger"
    with pytest.raises(Refused):
        seal()

    settings.LEDGER_ORIGIN = name
    seal()

    assert Checkpoint.objects.count() == 2
    assert list(ledger_faults()) == []


def test_an_audit_without_the_key_says_so_once_and_reads_on(keys: Path) -> None:
    a_sealed_book(1, 2, 3)
    Checkpoint.objects.filter(size=2).delete()
    Entry.objects.filter(index=1).delete()
    (keys / "ledger").unlink()

    faults = list(ledger_faults())

    assert faults == [Fault(Code.NO_KEY), Fault(Code.MISSING, {"first": 1, "last": 1})]


@pytest.mark.parametrize("path", ["", "key", "entries/0/receipt.json"])
def test_the_addresses_of_a_book_without_its_key_say_so(
    client: Client, keys: Path, path: str
) -> None:
    a_sealed_book(1)
    (keys / "ledger").write_bytes(b"short")

    response = client.get(f"/ledger/{path}")

    assert response.status_code == 503
    assert "ledger_key_unusable" in response.text


def test_the_receipt_command_says_what_to_do(
    keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record("submission.received", "case:NB-1", at=MONDAY)
    seal()
    (keys / "ledger").unlink()

    with pytest.raises(SystemExit, match="1"):
        call_command("receipt")

    assert "请管理员从备份恢复" in capsys.readouterr().err


def test_the_audit_command_ends_without_a_trace(keys: Path) -> None:
    a_sealed_book(1)
    (keys / "ledger").write_bytes(b"short")
    out = io.StringIO()

    with pytest.raises(SystemExit, match="1"):
        call_command("audit", "--json", stdout=out)

    assert json.loads(out.getvalue())["faults"] == [{"code": "no_key"}]


@pytest.mark.parametrize("name", ["", " ", "a+b", "a b", "a\nb"])
def test_a_name_that_no_note_can_bear_is_said_before_anything_starts(
    settings: LazySettings, name: str
) -> None:
    settings.LEDGER_ORIGIN = name

    (told,) = origin_is_a_name()

    assert told.id == "ledger.E001"
    assert "MINGCHUANG_ORIGIN" in told.msg


def test_a_plain_name_is_well() -> None:
    assert origin_is_a_name() == []
