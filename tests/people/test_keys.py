"""The two keys of this room: a missing, wrong or broken one is a sentence, never a new one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.db import transaction
from pytest_django import Settings

from mingchuang.people.actions.attempts import count_attempt
from mingchuang.people.keyring import KeyLost, KeyUnusable, Unreadable
from mingchuang.people.models import Requester
from tests.people.build import LONG_AGO, a_person, a_requester, a_unit, found_by_phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Path:
    """A folder of our own, where no key was ever kept in memory."""
    settings.KEYS = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture
def elsewhere(settings: Settings, tmp_path: Path) -> Callable[[], Path]:
    """Go on with what lies in another folder, as a process does that starts there anew."""

    def move() -> Path:
        there = settings.KEYS = tmp_path / "elsewhere"
        there.mkdir()
        return there

    return move


def test_keys_are_made_with_the_first_unit_and_belong_to_their_owner(keys: Path) -> None:
    a_unit()

    made = sorted(keys.iterdir())
    assert [key.name for key in made] == ["index", "private"]
    assert {key.stat().st_mode & 0o777 for key in made} == {0o600}


def test_keys_are_made_with_the_first_account(keys: Path) -> None:
    a_person()

    assert {key.name for key in keys.iterdir()} == {"index", "private"}


def test_a_stranger_may_knock_before_there_is_anybody(keys: Path) -> None:
    count_attempt("look:1.2.3.4", limit=1, minutes=10, at=LONG_AGO)
    a_unit()

    assert count_attempt("look:1.2.3.5", limit=1, minutes=10, at=LONG_AGO) == 1


def test_a_lost_key_is_not_replaced(keys: Path) -> None:
    a_unit()
    (keys / "private").unlink()

    with pytest.raises(KeyLost, match="keys/private 不见了"), transaction.atomic():
        a_requester()

    assert not (keys / "private").exists()
    assert not Requester.objects.exists()


def test_once_the_right_key_is_back_everything_reads(keys: Path) -> None:
    a_unit()
    before = a_requester(name="张小明")
    kept = (keys / "private").read_bytes()
    (keys / "private").unlink()

    with pytest.raises(KeyLost):
        Requester.objects.get(pk=before.pk)
    (keys / "private").write_bytes(kept)

    assert Requester.objects.get(pk=before.pk).name == "张小明"


def test_a_lost_index_is_not_replaced(keys: Path, elsewhere: Callable[[], Path]) -> None:
    a_unit()
    a_requester()
    here = elsewhere()

    with pytest.raises(KeyLost, match="keys/index 不见了"):
        found_by_phone("13800000000")

    assert not list(here.iterdir())


@pytest.mark.parametrize("content", ["", "\n", "x" * 31])
def test_an_index_key_that_is_too_short_is_refused(
    keys: Path, elsewhere: Callable[[], Path], content: str
) -> None:
    a_unit()
    (elsewhere() / "index").write_text(content)

    with pytest.raises(KeyUnusable, match="不完整"):
        count_attempt("look:1.2.3.4", limit=1, minutes=10, at=LONG_AGO)


@pytest.mark.parametrize("content", ["", "\n", "not a key\n"])
def test_with_a_broken_key_nothing_is_written_in_the_clear(keys: Path, content: str) -> None:
    a_unit()
    (keys / "private").write_text(content)

    with pytest.raises(KeyUnusable, match="不完整"), transaction.atomic():
        a_requester()

    assert not Requester.objects.exists()


def test_a_key_nobody_can_read_is_a_sentence(keys: Path) -> None:
    a_unit()
    (keys / "private").unlink()
    (keys / "private").mkdir()

    with pytest.raises(KeyUnusable, match="keys/private 读不出来"):
        a_requester()


def test_a_wrong_key_is_a_sentence(keys: Path) -> None:
    requester = a_requester()
    (keys / "private").write_bytes(Fernet.generate_key())

    with pytest.raises(Unreadable, match="密钥打不开"):
        Requester.objects.get(pk=requester.pk)
