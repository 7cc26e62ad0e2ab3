"""`mingchuang import_batch FILE.xlsx --case NUMBER`: a company's list, from the shell."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from tests.cases.batches.build import a_batch, a_row, a_workbook

pytestmark = pytest.mark.django_db


def imported(file: Path, number: str, *words: str) -> dict[str, object]:
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("import_batch", str(file), "--case", number, "--json", *words, stdout=out)
    told: dict[str, object] = json.loads(out.getvalue())
    return told


def test_a_list_from_the_shell_comes_back_marked_and_may_be_run_again(tmp_path: Path) -> None:
    batch, out = a_batch(), tmp_path / "out.xlsx"
    (file := tmp_path / "a.xlsx").write_bytes(a_workbook(a_row(1), a_row(2, 手机号码="1")))

    first = imported(file, batch.number, "--faults", str(out))
    again = imported(file, batch.number, "--faults", str(out))

    assert first == {"added": 1, "known": 0, "faulty": 1, "faults": str(out)}
    assert again == {"added": 0, "known": 1, "faulty": 1, "faults": str(out)}
    assert "手机号码" in str(load_workbook(out).worksheets[0]["E3"].value)


def test_a_file_or_a_case_that_is_not_there_is_said(tmp_path: Path) -> None:
    batch = a_batch()
    (file := tmp_path / "a.xlsx").write_bytes(a_workbook(a_row(1)))

    with pytest.raises(CommandError):
        call_command("import_batch", str(tmp_path / "b.xlsx"), "--case", batch.number)
    with pytest.raises(CommandError):
        call_command("import_batch", str(file), "--case", "YJ-2026-999999")
