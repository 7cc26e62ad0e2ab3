"""A new key is put in, every row is sealed anew, and it may be stopped at any point."""

from io import StringIO
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from pytest_django import Settings

from mingchuang.ledger.models import Entry
from mingchuang.people import actions, queries
from mingchuang.people.adapters import SecondFactors
from mingchuang.people.errors import KeysInUse
from mingchuang.people.keyring import seal_ring
from mingchuang.people.models import Requester
from tests.people.build import LONG_AGO, a_person, a_requester

pytestmark = pytest.mark.django_db
REQUESTERS = queries.Sealed(Requester, ["name", "phone", "address"])


@pytest.fixture(autouse=True)
def _keys_of_our_own(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS = tmp_path


def _rotate(*options: str) -> str:
    told = StringIO()
    call_command("rotate_keys", *options, stdout=told)
    return told.getvalue()


def test_every_row_stands_under_the_new_key_and_reads_as_before() -> None:
    made = [a_requester(name=f"张{n}") for n in range(3)]
    (before,) = seal_ring()

    told = _rotate()

    assert "3 行" in told
    assert seal_ring()[1:] == (before,)
    assert queries.rows_under_old_keys() == 0
    assert [Requester.objects.get(pk=row.pk).name for row in made] == ["张0", "张1", "张2"]
    assert Entry.objects.filter(verb="keys.rotated").count() == 1


def test_after_retiring_the_old_key_is_gone_and_everything_reads() -> None:
    requester = a_requester()
    (before,) = seal_ring()

    _rotate("--retire")

    assert len(seal_ring()) == 1
    assert before not in seal_ring()
    assert Requester.objects.get(pk=requester.pk).phone == "13800000000"
    assert Entry.objects.filter(verb="keys.retired").count() == 1


def test_run_again_it_goes_on_where_it_was_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    for _ in range(5):
        a_requester()
    actions.add_seal_key(at=LONG_AGO)
    actions.reseal(REQUESTERS, after=None, at=LONG_AGO)
    halfway = queries.rows_under_old_keys()

    _rotate()

    assert halfway == 3
    assert queries.rows_under_old_keys() == 0
    assert len(seal_ring()) == 2
    assert Entry.objects.filter(verb="keys.rotated").count() == 1


def test_rows_already_under_the_new_key_are_left_alone() -> None:
    requester = a_requester()
    _rotate()
    before = queries.sealed_rows(REQUESTERS).get(pk=requester.pk)

    _rotate()

    assert queries.sealed_rows(REQUESTERS).get(pk=requester.pk) == before


def test_an_old_key_still_in_use_is_not_thrown_away() -> None:
    a_requester()
    actions.add_seal_key(at=LONG_AGO)

    with pytest.raises(KeysInUse, match="还有 1 行"):
        actions.retire_seal_keys(at=LONG_AGO)

    assert len(seal_ring()) == 2


def test_while_it_runs_old_and_new_rows_are_both_read() -> None:
    old = a_requester(name="张旧")
    actions.add_seal_key(at=LONG_AGO)
    new = a_requester(name="张新")

    names = Requester.objects.filter(pk__in=[old.pk, new.pk]).order_by("pk")

    assert [requester.name for requester in names] == ["张旧", "张新"]


def test_what_no_key_opens_stops_it_with_a_sentence(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "lost"
    a_requester()
    settings.KEYS = tmp_path

    with pytest.raises(CommandError, match="密钥打不开"):
        _rotate()

    assert len(seal_ring()) == 2


def test_every_room_with_sealed_text_is_found() -> None:
    tables = {table.model: table.columns for table in queries.sealed_tables()}

    assert tables[Requester] == ["name", "phone", "address"]
    assert tables[Authenticator] == ["data"]


def test_the_secrets_of_second_factors_go_along() -> None:
    sealed = SecondFactors().encrypt("a secret")
    key = Authenticator.objects.create(user=a_person(), type="totp", data={"secret": sealed})

    _rotate("--retire")

    key.refresh_from_db()
    assert key.data["secret"] != sealed
    assert SecondFactors().decrypt(key.data["secret"]) == "a secret"


def test_the_key_file_belongs_to_its_owner_before_and_after(tmp_path: Path) -> None:
    a_requester()

    _rotate()

    assert (tmp_path / "seal").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_phone_is_found_again_after_a_rotation() -> None:
    requester = a_requester(phone="13800000000")

    _rotate("--retire")

    assert queries.requester_by_phone("138-0000-0000") == requester


def test_the_digest_in_the_ledger_still_fits() -> None:
    requester = a_requester()

    _rotate("--retire")

    assert Requester.objects.get(pk=requester.pk).digest == requester.entry.digest
