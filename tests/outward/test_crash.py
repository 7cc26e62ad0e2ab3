"""The power fails, again and again: no receipt that was shown is ever lost (promise P1)."""

import json
import subprocess

import pytest
from django.conf import settings

from mingchuang.cases.models import Case, Submission
from mingchuang.ledger.models import Checkpoint, Entry
from tests.build import MONDAY, the_town
from tests.outward.crowd import Crowd
from tests.outward.waiting import wait_until
from tests.tools.serving import database_of_tests, environment, mingchuang, served

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

AT_ONCE = 500
# After so many new receipts the power fails.
CUTS = range(5, 105, 5)
# More than are sealed in one transaction.
MANY = 30_000
PATIENT = {"MINGCHUANG_LIMIT_SAY": "1000000", "MINGCHUANG_LIMIT_LOOK": "1000000"}


@pytest.fixture
def house() -> dict[str, str]:
    """The environment of a town whose limits a whole crowd behind one address does not reach."""
    the_town()
    return {**environment(settings.HOME, database_of_tests()), **PATIENT}


def told(house: dict[str, str], *words: str) -> str:
    """Run a `mingchuang` command that must end well, and return what it says."""
    done = subprocess.run(
        mingchuang(*words), env=house, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def faults(house: dict[str, str]) -> object:
    """Return what `mingchuang audit` finds, once everything is sealed."""
    told(house, "follow", "--once")
    return json.loads(told(house, "audit", "--json"))["faults"]


def test_every_receipt_that_was_shown_survives_twenty_power_cuts(house: dict[str, str]) -> None:
    crowd, lost = Crowd(AT_ONCE), []

    for receipts in CUTS:
        with served(house) as server:
            lost += crowd.lost(crowd.fresh, server.address)
            rush = crowd.rush(server.address)
            crowd.wait_for(receipts)
            server.kill()
            rush.join()
    with served(house) as server:
        lost += crowd.lost(crowd.fresh, server.address)
        crowd.send([*crowd.receipts, *crowd.waiting], server.address)

    assert lost == []
    assert crowd.differing == []
    assert len(crowd.receipts) == len(set(crowd.receipts.values())) > sum(CUTS)
    assert Submission.objects.count() == Case.objects.count() == len(crowd.receipts)
    assert faults(house) == []


def test_a_follower_killed_while_it_seals_leaves_a_whole_book(house: dict[str, str]) -> None:
    Entry.objects.bulk_create(
        (
            Entry(verb="town.noted", subject="town:YJ", at=MONDAY, facts={"n": n})
            for n in range(MANY)
        ),
        batch_size=5000,
    )
    waiting = Entry.objects.waiting().count()

    with subprocess.Popen(mingchuang("follow", "--once"), env=house) as follower:
        wait_until(Checkpoint.objects.exists)
        follower.kill()
    halfway = Entry.objects.waiting().count()

    assert 0 < halfway < waiting
    assert json.loads(told(house, "audit", "--json"))["faults"] == []
    assert faults(house) == []
    assert not Entry.objects.waiting().exists()
