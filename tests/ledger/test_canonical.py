"""One way to write a record, against RFC 8785 and its vectors."""

import json
import struct
from datetime import UTC, datetime

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.ledger.rules.canonical import (
    NotRecordable,
    canonical,
    is_plain,
    leaf,
    moment_text,
    salted_digest,
)
from tests.ledger.build import MONDAY

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_the_sample_of_rfc_8785_is_written_as_it_says() -> None:
    sample = json.loads(
        r"""{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]}"""
    )

    written = canonical(sample).decode()

    assert written == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        r'"string":"€$\u000f\nA' + r"""'B\"\\\\\"/"}"""
    )


def test_names_stand_in_the_order_of_rfc_8785() -> None:
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]

    written = json.loads(canonical(dict.fromkeys(names)))

    assert list(written) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


@pytest.mark.parametrize(
    ("bits", "text"),
    [
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("8000000000000001", "-5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("44b52d02c7e14af7", "1.0000000000000001e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555554", "333333333.33333325"),
        ("41b3de4355555555", "333333333.3333333"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_numbers_are_written_as_in_appendix_b(bits: str, text: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))

    assert canonical(number).decode() == text


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), 2**53, {1: "a"}, {"a": {2}}, "\ud800", MONDAY, b"a"]
)
def test_what_is_no_json_is_not_written(value: object) -> None:
    with pytest.raises(NotRecordable):
        canonical(value)


@given(st.dictionaries(st.text(), plain, max_size=5).filter(is_plain))
def test_a_leaf_is_canonical_json(facts: dict[str, object]) -> None:
    written = leaf(verb="case.accepted", subject="case:1", at=MONDAY, facts=facts)  # type: ignore[arg-type]

    assert written == canonical(json.loads(written))


@given(plain)
def test_what_is_plain_is_written_as_rfc_8785_writes_it(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


def test_a_leaf_is_written_in_one_way() -> None:
    written = leaf(
        verb="case.accepted",
        subject="case:NB-1",
        at=MONDAY,
        facts={"unit": "苏州", "by": None, "n": 3},
    )

    assert written.decode() == (
        '{"at":"2026-03-02T01:00:00.000000Z","digest":"",'
        '"facts":{"by":null,"n":3,"unit":"苏州"},'
        '"subject":"case:NB-1","v":1,"verb":"case.accepted"}'
    )


@pytest.mark.parametrize("fact", ["a" * 65_500, "汉" * 21_830])
def test_a_leaf_longer_than_a_bundle_can_hold_is_not_written(fact: str) -> None:
    with pytest.raises(NotRecordable, match="65535 is the limit"):
        leaf(verb="case.accepted", subject="case:1", at=MONDAY, facts={"text": fact})


@pytest.mark.parametrize(
    "value", ["a\0b", 1.5, 2**53, {"a\0": 1}, {"\ue000": 1}, {1: "a"}, [[0.1]], (MONDAY,)]
)
def test_facts_that_a_database_would_change_are_not_plain(value: object) -> None:
    assert not is_plain(value)


@pytest.mark.parametrize("value", ["汉字", True, None, -5, {"甲": [1, ("a",)]}])
def test_text_and_whole_numbers_are_plain(value: object) -> None:
    assert is_plain(value)


def test_moments_are_written_in_utc_with_microseconds() -> None:
    assert moment_text(MONDAY) == "2026-03-02T01:00:00.000000Z"
    assert moment_text(datetime(999, 1, 1, tzinfo=UTC)) == "0999-01-01T00:00:00.000000Z"


def test_a_moment_without_its_zone_is_not_written() -> None:
    with pytest.raises(NotRecordable, match="time zone"):
        moment_text(datetime(2026, 3, 2))


def test_a_digest_hides_the_private_part_behind_its_salt() -> None:
    private = {"name": "张三", "phone": "13800000000"}

    digest = salted_digest(bytes(16), private)

    assert digest == "sha256:a65d766459db09790411fad129600b89bed02e53fb709213cd3bc9ae7e1e4c28"
    assert digest != salted_digest(bytes(15) + b"\x01", private)


def test_without_a_salt_there_is_no_digest() -> None:
    with pytest.raises(NotRecordable, match="salt"):
        salted_digest(b"", {"name": "张三"})
