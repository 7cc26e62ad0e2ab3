"""Signed notes and checkpoints, against the vectors of their first implementation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.ledger.rules.note import Head, Key, head_in
from tests.ledger.build import SIGNER

# The example of golang.org/x/mod/sumdb/note, where the format comes from.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAYING = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNATURE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb"
    "6KE6RyyBwJnAM=\n"
)
OTHERS = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33"
    "WWd1RvMc+QQ=\n"
)
NOTE = f"{SAYING}\n{SIGNATURE}"
ROOT = bytes(range(32))
CHECKPOINT = SIGNER.note(size=7, root=ROOT)


def the_key() -> Key:
    key = Key.read(NEUMANN)
    assert key
    return key


def test_the_note_of_the_reference_is_opened() -> None:
    assert the_key().text_of(NOTE) == SAYING
    assert str(the_key()) == NEUMANN


def test_signatures_of_others_are_let_be() -> None:
    assert the_key().text_of(NOTE + OTHERS) == SAYING
    assert the_key().text_of(f"{SAYING}\n{OTHERS}{SIGNATURE}") == SAYING


@pytest.mark.parametrize(
    "note",
    [
        "",
        SAYING,
        f"{SAYING}\n",
        f"{SAYING}\n{OTHERS}",
        NOTE.rstrip(),
        f"{NOTE}\n",
        f"{NOTE}and more\n",
        NOTE.replace("answer", "Answer"),
        NOTE.replace("— ", "- "),
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("JnAM=", "JnAN="),
        NOTE.replace("x08go", "x08gp"),
        f"{SAYING}\n{SIGNATURE}{SIGNATURE.replace('/ZJ', '/ZK')}",
        f"\ud800{NOTE}",
    ],
)
def test_a_note_that_is_not_exactly_signed_is_not_opened(note: str) -> None:
    assert the_key().text_of(note) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        NEUMANN.replace("c74f20a3", "c74f20a4"),
        NEUMANN.replace("c74f20a3", "C74F20A3"),
        NEUMANN.replace("Peter", "Pete"),
        NEUMANN.replace("10TW", "10TX"),
        NEUMANN + "\n",
        "a b+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_what_is_no_key_is_none(text: str) -> None:
    assert Key.read(text) is None


def test_a_checkpoint_states_its_head() -> None:
    text = SIGNER.key.text_of(CHECKPOINT)

    assert text == "town.example/ledger\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    assert head_in(text) == Head("town.example/ledger", 7, ROOT)


def test_lines_below_the_third_may_be_there() -> None:
    text = "town.example/ledger\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nmore\n"

    assert head_in(text) == Head("town.example/ledger", 7, ROOT)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "a\n07\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "a\n-7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "a\n٧\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "a\n7\nAAEC\n",
        "a\n7\n汉\n",
        "a\n7\n",
    ],
)
def test_what_is_no_checkpoint_has_no_head(text: str | None) -> None:
    assert head_in(text) is None


@given(st.integers(0, len(CHECKPOINT) - 1), st.characters(codec="utf-8"))
def test_a_checkpoint_with_any_sign_changed_is_not_opened(at: int, sign: str) -> None:
    changed = CHECKPOINT[:at] + sign + CHECKPOINT[at + 1 :]

    opened = SIGNER.key.text_of(changed)

    assert (opened is not None) == (changed == CHECKPOINT)
