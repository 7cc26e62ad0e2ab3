"""Encryption and the blind index: pure functions over keys."""

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.people.rules.encryption import (
    blind_index,
    decrypt,
    encrypt,
    normal_phone,
    reencrypted,
)

OLD, NEW, LOST = (Fernet.generate_key() for _ in range(3))
texts = st.text(max_size=60)


@given(texts)
def test_what_is_encrypted_is_read_again(text: str) -> None:
    assert decrypt(encrypt(text, [NEW]), [NEW]) == text


@given(texts)
def test_an_old_key_of_the_ring_still_reads(text: str) -> None:
    assert decrypt(encrypt(text, [OLD]), [NEW, OLD]) == text


@given(st.text(min_size=8, max_size=60))
def test_a_token_does_not_show_the_text(text: str) -> None:
    assert text not in encrypt(text, [NEW])


def test_a_wrong_key_reads_nothing() -> None:
    assert decrypt(encrypt("张小明", [LOST]), [NEW, OLD]) is None
    assert decrypt("no token at all", [NEW]) is None


def test_a_text_with_several_tokens_is_encrypted_anew_in_place() -> None:
    text = f'{{"secret": "{encrypt("one", [OLD])}", "seed": "{encrypt("two", [NEW])}"}}'

    fresh = reencrypted(text, [NEW, OLD])

    assert fresh is not None
    secret, seed = fresh.split('"')[3::4]
    assert (decrypt(secret, [NEW]), decrypt(seed, [NEW])) == ("one", "two")
    assert reencrypted(fresh, [NEW]) == fresh


def test_a_token_nobody_can_read_is_not_lost_silently() -> None:
    assert reencrypted(encrypt("x", [LOST]), [NEW, OLD]) is None


@pytest.mark.parametrize(
    "typed",
    [
        "13800000000",
        "138 0000 0000",
        "138-0000-0000",
        "+8613800000000",
        "+86 138 0000 0000",
        "008613800000000",
        "１３８００００００００",
        " 138.0000.0000 ",
        "١٣٨٠٠٠٠٠٠٠٠",
        "१३८००००००००",
    ],
)
def test_a_phone_is_the_same_however_it_is_typed(typed: str) -> None:
    assert normal_phone(typed) == "13800000000"


def test_a_landline_keeps_its_area() -> None:
    assert normal_phone("0574-87654321") == "057487654321"
    assert normal_phone("+86 0574 87654321") == "057487654321"
    assert normal_phone("+86 574 87654321") == "057487654321"


def test_a_number_that_only_begins_with_86_is_left_alone() -> None:
    assert normal_phone("86123456") == "86123456"


@given(texts, texts)
def test_equal_texts_meet_under_one_key_only(one: str, other: str) -> None:
    assert (blind_index("phone", one, NEW) == blind_index("phone", other, NEW)) == (one == other)
    assert blind_index("phone", one, NEW) != blind_index("phone", one, OLD)
    assert blind_index("phone", one, NEW) != blind_index("attempt", one, NEW)
