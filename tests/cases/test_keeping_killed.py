"""Erasing survives a power cut: what is gone stays gone, the next run goes on."""

import os
import signal
import subprocess
import time
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.timezone import now

from mingchuang.cases.actions.keeping import load_terms
from mingchuang.cases.actions.personal import ask_as_holder, grant_privacy
from mingchuang.cases.actions.voice import add_remark, say_solved
from mingchuang.cases.models import Attachment, Remark, Submission
from mingchuang.cases.rules.keeping import CATEGORIES, Term
from mingchuang.ledger.actions import seal_entries
from mingchuang.people.models import Requester
from tests.build import AN_HOUR, a_case, a_dispatcher, code
from tests.cases.traces import audit_faults, dump, lies_on_the_shelf, rows
from tests.tools.serving import ROOT, database_of_tests, environment, mingchuang
from tests.town import a_photo

CASES, PATIENCE = 130, 600
NAME, PHONE, WORDS = "冯怀远", "13987654321", "空调滴水滴了半年"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_erasing_killed_half_way_is_completed_by_the_next_and_leaves_no_trace() -> None:
    long_ago = now() - timedelta(days=90)
    for n in range(CASES):
        text, photos = f"第{n}户的{WORDS}。", (a_photo(),)
        case = a_case("replied", text=text, name=NAME, phone=PHONE, photos=photos, at=long_ago)
        key = code(case.submissions.get())
        call_voice(case.number, key, long_ago)
    load_terms([Term(name, 60, "本市规定") for name in CATEGORIES], at=long_ago)
    seal_entries(at=now())
    assert WORDS.encode() in dump()

    _retain_and_kill()
    left = Submission.objects.exclude(salt=b"").count()
    between = audit_faults()
    call_command("retain")

    assert 0 < left <= CASES
    assert between == ""
    assert left_somewhere() == []
    assert audit_faults() == ""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_who_is_forgotten_on_demand_leaves_no_byte_behind() -> None:
    photos = (a_photo(),)
    case = a_case("declined", name=NAME, phone=PHONE, text=f"{WORDS}。", photos=photos)
    key = code(case.submissions.get())
    plea = ask_as_holder(case.number, key, what="erase", reach="this", at=now())
    assert WORDS.encode() in dump()

    grant_privacy(plea.pk, proof="document", by=a_dispatcher(), at=now())

    assert left_somewhere() == []
    assert audit_faults() == ""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_was_corrected_leaves_no_byte_of_what_was_wrong() -> None:
    case = a_case("handling", name=NAME, phone=PHONE, text="路灯坏了。")
    key = code(case.submissions.get())
    before = Requester.objects.values_list(Cast("phone", TextField()), flat=True).get()
    plea = ask_as_holder(case.number, key, what="correct", reach="this", at=now())

    grant_privacy(plea.pk, proof="document", phone="13700001111", by=a_dispatcher(), at=now())

    assert str(before).encode() not in dump()
    assert PHONE not in rows()


def call_voice(number: str, key: str, at: datetime) -> None:
    add_remark(number, key, f"{NAME}：又{WORDS}。", at=at + 5 * AN_HOUR)
    say_solved(number, key, satisfied="yes", at=at + 6 * AN_HOUR)


def left_somewhere() -> list[str]:
    """Where anything of them still stands: the dump, the files, the opened rows, the shelf."""
    clues = (NAME, PHONE, WORDS)
    raw, opened = dump(), rows()
    found = [f"dump: {clue}" for clue in clues if clue.encode() in raw]
    found += [f"rows: {clue}" for clue in clues if clue in opened]
    found += [f"file: {photo}" for photo in Attachment.objects.all() if lies_on_the_shelf(photo)]
    tables = (Requester, Submission, Remark, Attachment)
    return found + [f"{t.__name__}" for t in tables if t.objects.exclude(salt=b"").exists()]


def _retain_and_kill() -> None:
    """Run the command in a process of its own, and kill it once something is erased."""
    environ = environment(settings.HOME, database_of_tests())
    process = subprocess.Popen(mingchuang("retain"), cwd=ROOT, env=environ, process_group=0)
    until = time.monotonic() + PATIENCE
    while not Requester.objects.filter(salt=b"").exists() and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait(PATIENCE) == -signal.SIGKILL
