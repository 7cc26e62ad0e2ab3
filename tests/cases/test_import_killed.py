"""The import survives a power cut: what is in stays in, the next run brings the rest."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import settings

from mingchuang.cases.models import Case, Reply, Submission
from mingchuang.cases.queries.audit import case_faults
from mingchuang.people.models import Requester
from tests.build import the_town
from tests.cases.workbooks import a_row, a_workbook, imported
from tests.tools.serving import ROOT, database_of_tests, environment, mingchuang

ROWS = 1000
PATIENCE = 600


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_import_killed_half_way_is_completed_by_the_next(tmp_path: Path) -> None:
    the_town()
    path = a_workbook(tmp_path / "a.xlsx", *(a_row(number) for number in range(ROWS)))

    _import_and_kill(path)
    taken_in = Submission.objects.count()
    status, told = imported(path)

    assert 0 < taken_in < ROWS
    assert taken_in % 100 == 0, "rows are kept by the hundred"
    assert (status, told["already_there"], told["imported"]) == (0, taken_in, ROWS - taken_in)
    assert {model.objects.count() for model in (Case, Reply, Requester)} == {ROWS}
    assert list(case_faults()) == []


def _import_and_kill(path: Path) -> None:
    """Run the import in a process of its own, and kill it once something is in."""
    words = ("import_messages", str(path), "--faults", str(path.with_name("faults.xlsx")))
    environ = environment(settings.HOME, database_of_tests()) | {"TMPDIR": str(path.parent)}
    process = subprocess.Popen(mingchuang(*words), cwd=ROOT, env=environ, process_group=0)
    until = time.monotonic() + PATIENCE
    while not Submission.objects.exists() and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait(PATIENCE) == -signal.SIGKILL
