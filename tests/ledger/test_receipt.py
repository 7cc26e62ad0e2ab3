"""A receipt holds, or it is said exactly what does not fit."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.ledger.rules.note import Key, Signer
from mingchuang.ledger.rules.receipt import Flaw, Receipt
from tests.ledger.build import SIGNER, a_receipt

OTHER = Signer("town.example/ledger", bytes(32))
RECEIPT = a_receipt()
TEXT = json.dumps(RECEIPT.as_json())


def read(text: str) -> Receipt:
    receipt = Receipt.read(json.loads(text))
    assert receipt
    return receipt


@given(st.integers(1, 40), st.data())
def test_every_receipt_holds(size: int, data: st.DataObject) -> None:
    receipt = a_receipt(data.draw(st.integers(0, size - 1)), size)

    again = read(json.dumps(receipt.as_json()))

    assert again == receipt
    assert again.flaws(pinned=str(SIGNER.key)) == []


def test_a_receipt_says_what_happened() -> None:
    assert RECEIPT.says["subject"] == "case:NB-4"
    assert RECEIPT.says["facts"] == {"kind": "投诉"}


@given(st.integers(0, len(RECEIPT.entry) - 1), st.characters(codec="utf-8"))
def test_an_entry_with_any_sign_changed_does_not_fit(at: int, sign: str) -> None:
    entry = RECEIPT.entry[:at] + sign + RECEIPT.entry[at + 1 :]

    flaws = replace(RECEIPT, entry=entry).flaws()

    assert (Flaw.NOT_INCLUDED in flaws) == (entry != RECEIPT.entry)


@pytest.mark.parametrize(
    ("changed", "flaws"),
    [
        ({"index": 5}, [Flaw.NOT_INCLUDED]),
        ({"index": 99}, [Flaw.NOT_INCLUDED]),
        ({"size": 8}, [Flaw.OTHER_SIZE]),
        ({"hashes": RECEIPT.hashes[1:]}, [Flaw.NOT_INCLUDED]),
        ({"hashes": [*RECEIPT.hashes, bytes(32)]}, [Flaw.NOT_INCLUDED]),
        ({"key": OTHER.key}, [Flaw.OTHER_KEY, Flaw.BAD_SIGNATURE]),
        ({"checkpoint": OTHER.note(size=7, root=bytes(32))}, [Flaw.BAD_SIGNATURE]),
        ({"checkpoint": SIGNER.note(size=7, root=bytes(32))}, [Flaw.NOT_INCLUDED]),
        ({"entry": RECEIPT.entry + " "}, [Flaw.NOT_CANONICAL, Flaw.NOT_INCLUDED]),
        ({"entry": "[" * 100_000}, [Flaw.NOT_CANONICAL, Flaw.NOT_INCLUDED]),
        ({"entry": "1" * 5000}, [Flaw.NOT_CANONICAL, Flaw.NOT_INCLUDED]),
        ({"entry": '{"v":1}'}, [Flaw.NOT_CANONICAL, Flaw.NOT_INCLUDED]),
    ],
)
def test_it_is_said_what_does_not_fit(changed: dict[str, object], flaws: list[Flaw]) -> None:
    receipt = replace(RECEIPT, **changed)  # type: ignore[arg-type]

    assert receipt.flaws(pinned=str(SIGNER.key)) == flaws


def test_a_number_no_json_can_hold_is_not_canonical() -> None:
    entry = RECEIPT.entry.replace('{"kind":"投诉"}', '{"n":9007199254740993}')

    assert Flaw.NOT_CANONICAL in replace(RECEIPT, entry=entry).flaws()


def test_a_receipt_of_another_ledger_fits_itself_but_not_our_key() -> None:
    assert RECEIPT.flaws() == []
    assert RECEIPT.flaws(pinned=str(OTHER.key)) == [Flaw.OTHER_KEY]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("entry", None),
        ("entry", "\ud800"),
        ("entry", 3),
        ("index", "4"),
        ("index", -1),
        ("index", 4.0),
        ("index", True),
        ("size", 2**53),
        ("size", None),
        ("hashes", None),
        ("hashes", "abc"),
        ("hashes", [3]),
        ("hashes", ["abc"]),
        ("hashes", ["QUJD"]),
        ("hashes", ["AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="] * 65),
        ("checkpoint", None),
        ("key", "town.example/ledger"),
        ("key", ["a"]),
    ],
)
def test_what_is_no_receipt_is_not_read(name: str, value: object) -> None:
    parts = {**json.loads(TEXT), name: value}

    assert Receipt.read(parts) is None


@pytest.mark.parametrize("value", [None, [], "text", 3, {}])
def test_other_json_is_no_receipt(value: object) -> None:
    assert Receipt.read(value) is None


def test_the_key_stands_in_the_receipt_as_others_write_it() -> None:
    assert Key.read(json.loads(TEXT)["key"]) == SIGNER.key
