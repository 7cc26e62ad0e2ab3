"""A new key is put in, every row is encrypted anew, and it may be stopped at any point."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from subprocess import DEVNULL, Popen
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from mingchuang.ledger.models import Entry
from mingchuang.people import queries
from mingchuang.people.actions import keys
from mingchuang.people.adapters import SecondFactors
from mingchuang.people.errors import KeysInUse
from mingchuang.people.keyring import key_ring
from mingchuang.people.models import Requester
from tests.people.build import LONG_AGO, a_person, a_requester, found_by_phone
from tests.tools.serving import database_of_tests, environment, mingchuang

pytestmark = pytest.mark.django_db
REQUESTERS = queries.Encrypted(Requester, ["name", "phone", "address"])


@pytest.fixture(autouse=True)
def _keys_of_our_own(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"


def _rotate(*options: str) -> str:
    told = StringIO()
    call_command("rotate_keys", *options, stdout=told)
    return told.getvalue()


def test_every_row_stands_under_the_new_key_and_reads_as_before() -> None:
    made = [a_requester(name=f"张{n}") for n in range(3)]
    (before,) = key_ring()

    told = _rotate()

    assert "3 行" in told
    assert key_ring()[1:] == (before,)
    assert queries.rows_under_old_keys() == 0
    assert [Requester.objects.get(pk=row.pk).name for row in made] == ["张0", "张1", "张2"]
    assert Entry.objects.filter(verb="keys.rotated").count() == 1


def test_after_retiring_the_old_key_is_gone_and_everything_reads() -> None:
    requester = a_requester()
    (before,) = key_ring()

    _rotate("--retire")

    assert len(key_ring()) == 1
    assert before not in key_ring()
    assert Requester.objects.get(pk=requester.pk).phone == "13800000000"
    assert Entry.objects.filter(verb="keys.retired").count() == 1


def test_run_again_it_goes_on_where_it_was_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "BATCH", 2)
    for _ in range(5):
        a_requester()
    keys.add_key(at=LONG_AGO)
    keys.reencrypt(REQUESTERS, after=None, at=LONG_AGO)
    halfway = queries.rows_under_old_keys()

    _rotate()

    assert halfway == 3
    assert queries.rows_under_old_keys() == 0
    assert len(key_ring()) == 2
    assert Entry.objects.filter(verb="keys.rotated").count() == 1


def test_a_second_rotation_takes_another_new_key() -> None:
    requester = a_requester()
    _rotate()
    first = key_ring()

    _rotate()

    assert key_ring()[1:] == first
    assert len(key_ring()) == 3
    assert queries.rows_under_old_keys() == 0
    assert Requester.objects.get(pk=requester.pk).name == "张小明"
    assert Entry.objects.filter(verb="keys.rotated").count() == 2


def test_what_was_stopped_is_finished_before_there_is_another_key() -> None:
    a_requester()
    keys.add_key(at=LONG_AGO)

    told = _rotate()

    assert "接着做" in told
    assert len(key_ring()) == 2


def test_rows_already_under_the_newest_key_are_left_alone() -> None:
    requester = a_requester()
    _rotate()
    before = queries.encrypted_rows(REQUESTERS).get(pk=requester.pk)

    keys.reencrypt(REQUESTERS, after=None, at=LONG_AGO)

    assert queries.encrypted_rows(REQUESTERS).get(pk=requester.pk) == before


def test_that_rows_changed_is_an_entry_without_anything_in_them() -> None:
    a_requester()

    _rotate()

    entry = Entry.objects.get(verb="keys.applied")
    assert entry.facts == {"table": "people.requester", "rows": 1}


def test_an_old_key_still_in_use_is_not_thrown_away() -> None:
    a_requester()
    keys.add_key(at=LONG_AGO)

    with pytest.raises(KeysInUse, match="还有 1 行"):
        keys.retire_keys(at=LONG_AGO)

    assert len(key_ring()) == 2


def test_while_it_runs_old_and_new_rows_are_both_read() -> None:
    old = a_requester(name="张旧")
    keys.add_key(at=LONG_AGO)
    new = a_requester(name="张新")

    names = Requester.objects.filter(pk__in=[old.pk, new.pk]).order_by("pk")

    assert [requester.name for requester in names] == ["张旧", "张新"]


def test_what_no_key_opens_stops_it_with_a_sentence(tmp_path: Path) -> None:
    a_requester()
    (tmp_path / "keys" / "private").write_bytes(Fernet.generate_key())

    with pytest.raises(CommandError, match="密钥打不开"):
        _rotate()

    assert len(key_ring()) == 1


def test_every_room_with_encrypted_text_is_found() -> None:
    tables = {table.model: table.columns for table in queries.encrypted_tables()}

    assert tables[Requester] == ["name", "phone", "address"]
    assert tables[Authenticator] == ["data"]


def test_the_secrets_of_second_factors_go_along() -> None:
    secret = SecondFactors().encrypt("a secret")
    factor = Authenticator.objects.create(user=a_person(), type="totp", data={"secret": secret})

    _rotate("--retire")

    factor.refresh_from_db()
    assert factor.data["secret"] != secret
    assert SecondFactors().decrypt(factor.data["secret"]) == "a secret"


def test_the_key_file_belongs_to_its_owner_before_and_after(tmp_path: Path) -> None:
    a_requester()

    _rotate()

    assert (tmp_path / "keys" / "private").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "keys").iterdir() if path.name.startswith(".")] == []


def test_the_phone_is_found_again_after_a_rotation() -> None:
    requester = a_requester(phone="13800000000")

    _rotate("--retire")

    assert found_by_phone("138-0000-0000") == requester


def test_the_digest_in_the_ledger_still_fits() -> None:
    requester = a_requester()

    _rotate("--retire")

    assert Requester.objects.get(pk=requester.pk).digest == requester.entry.digest


@pytest.mark.django_db(transaction=True)
def test_of_two_who_rotate_at_once_neither_loses_the_others_key() -> None:
    (before,) = key_ring()
    together = Barrier(4)

    def add(_: int) -> None:
        together.wait()
        try:
            keys.add_key(at=LONG_AGO)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(add, range(4)))

    assert len(set(key_ring())) == 5
    assert key_ring()[-1] == before


@pytest.mark.django_db(transaction=True)
def test_two_commands_at_once_leave_every_row_readable(tmp_path: Path) -> None:
    made = [a_requester(name=f"张{n}").pk for n in range(20)]
    environ = environment(tmp_path, database_of_tests())

    commands = [Popen(mingchuang("rotate_keys"), env=environ, stderr=DEVNULL) for _ in range(2)]
    ends = [command.wait(60) for command in commands]

    assert ends == [0, 0]
    assert queries.rows_under_old_keys() == 0
    assert [Requester.objects.get(pk=pk).name for pk in made] == [f"张{n}" for n in range(20)]
