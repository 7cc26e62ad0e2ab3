"""The follower keeps each checkpoint outside of the database, and stops where it would fork."""

import io
import json
import subprocess
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from mingchuang.ledger.actions import record, seal_entries
from mingchuang.ledger.keeping import keep_newest, kept_notes
from mingchuang.ledger.models import Checkpoint, Entry
from tests.build import MONDAY
from tests.outward.waiting import wait_until
from tests.tools.serving import database_of_tests, environment, mingchuang


@pytest.fixture(autouse=True)
def home(settings: LazySettings, tmp_path: Path) -> Path:
    settings.HOME, settings.KEYS = tmp_path, tmp_path / "keys"
    return tmp_path


def a_deed() -> None:
    record("town.noted", "town:YJ", at=MONDAY)


def a_restored_backup() -> None:
    """A database that is older than the checkpoint that was kept, with something new in it."""
    a_deed()
    seal_entries(at=MONDAY)
    keep_newest()
    Checkpoint.objects.all().delete()
    Entry.objects.all().delete()
    a_deed()


@pytest.mark.django_db(transaction=True)
def test_what_is_sealed_is_kept_and_the_audit_holds_the_book_against_it(home: Path) -> None:
    for _ in range(2):
        a_deed()
        call_command("follow", "--once", stdout=io.StringIO())

    out = io.StringIO()
    call_command("audit", "--json", stdout=out)

    assert kept_notes() == [*Checkpoint.objects.order_by("size").values_list("note", flat=True)]
    assert json.loads(out.getvalue())["faults"] == []


@pytest.mark.django_db
def test_what_is_not_committed_is_not_kept(home: Path) -> None:
    a_deed()

    call_command("follow", "--once", stdout=io.StringIO())

    assert Checkpoint.objects.get().size == 1
    assert not (home / "checkpoints").exists()


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_is_not_sealed_and_it_is_said_what_to_do() -> None:
    a_restored_backup()

    with pytest.raises(CommandError, match="请先恢复最新的备份"):
        call_command("follow", "--once")

    assert Entry.objects.waiting().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_follower_that_must_not_seal_says_so_and_keeps_running(home: Path) -> None:
    a_restored_backup()
    said = home / "said"
    environ = environment(home, database_of_tests())

    with said.open("w") as err:
        follower = subprocess.Popen(mingchuang("follow"), env=environ, stderr=err)
        try:
            wait_until(lambda: "请先恢复最新的备份" in said.read_text())
            status = follower.poll()
        finally:
            follower.kill()
            follower.wait(30)

    assert status is None
    assert "Traceback" not in said.read_text()
