"""`mingchuang audit`: whoever changes a case behind the house's back is found, and named."""

import io
import json
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from mingchuang.cases.actions.voice import add_remark
from mingchuang.cases.models import Attachment, Case, Remark, Reply, Submission
from mingchuang.ledger import triggers
from mingchuang.ledger.actions import record, seal_entries
from mingchuang.ledger.models import Checkpoint, Entry, Tile
from mingchuang.people.actions import erase_requester
from mingchuang.people.models import Requester
from tests.build import MONDAY, a_case, code
from tests.tools.serving import environment, mingchuang
from tests.town import a_photo

pytestmark = pytest.mark.django_db


def audit(*words: str) -> tuple[int, list[dict[str, str]]]:
    """Return the status and the faults, as a machine is told."""
    out, status = io.StringIO(), 0
    try:
        call_command("audit", "--json", *words, stdout=out)
    except SystemExit as end:
        status = int(str(end.code))
    return status, json.loads(out.getvalue())["faults"]


def said(*words: str) -> str:
    """Return what a person is told."""
    out = io.StringIO()
    try:
        call_command("audit", *words, stdout=out)
    except SystemExit:
        out.write("（状态 1）")
    return out.getvalue()


def a_told_case(state: str = "replied") -> Case:
    """A case with everything a requester may leave, all of it sealed."""
    case = a_case(state, name="张小明", phone="13800000000", photos=(a_photo(),))
    seal_entries(at=MONDAY)
    return case


def test_an_honest_house_has_no_faults() -> None:
    a_told_case()
    a_case("archived")
    a_case("merged")

    assert audit() == (0, [])
    assert said().startswith("✔ 台账")


def test_a_changed_state_is_found() -> None:
    case = a_told_case()

    Case.objects.update(state="handling")

    facts = {"case": case.number, "stands": "handling", "tells": "replied"}
    assert audit() == (1, [{"code": "state", **facts}])


def test_a_changed_due_time_is_found() -> None:
    case = a_told_case()
    assert case.due_at is not None

    Case.objects.update(due_at=case.due_at + timedelta(days=30))

    status, faults = audit()
    assert status == 1
    assert [(fault["code"], fault["case"]) for fault in faults] == [("due_at", case.number)]


def test_an_answer_that_never_was_is_found() -> None:
    case = a_told_case()

    Case.objects.update(round=2)

    facts = {"case": case.number, "stands": "2", "tells": "1"}
    assert audit() == (1, [{"code": "answers", **facts}])


@pytest.mark.parametrize(
    "change",
    [
        lambda: Reply.objects.update(text="从来没有坏过。"),
        lambda: Submission.objects.update(text="一切都好。"),
        lambda: Submission.objects.update(original="一切都好。"),
        lambda: Attachment.objects.update(sha256="0" * 64),
    ],
)
def test_a_changed_word_or_photo_is_found(change: Callable[[], object]) -> None:
    case = a_told_case()

    change()

    assert audit() == (1, [{"code": "private_changed", "subject": case.subject}])


def test_a_changed_requester_is_found() -> None:
    a_told_case()
    requester = Requester.objects.get()

    Requester.objects.update(name="李四")

    assert audit() == (1, [{"code": "private_changed", "subject": requester.subject}])


def test_a_changed_remark_is_found() -> None:
    case = a_told_case("handling")
    ours = case.submissions.get()
    add_remark(ours.number, code(ours), "还没有人来。", at=MONDAY)

    Remark.objects.update(text="谢谢，已经来过了。")

    assert audit() == (1, [{"code": "private_changed", "subject": case.subject}])


def test_a_removed_reply_is_found() -> None:
    case = a_told_case()

    Reply.objects.all().delete()

    assert audit() == (1, [{"code": "gone", "subject": case.subject, "verb": "case.replied"}])


def test_a_removed_photo_is_found() -> None:
    case = a_told_case()

    Attachment.objects.all().delete()

    assert audit() == (1, [{"code": "gone", "subject": case.subject, "verb": "photo.kept"}])


def test_words_changed_and_made_unprovable_are_found() -> None:
    case = a_told_case()

    Reply.objects.update(text="从来没有坏过。", salt=b"")

    assert audit() == (1, [{"code": "gone", "subject": case.subject, "verb": "case.replied"}])


def test_somebody_forgotten_on_purpose_is_no_fault() -> None:
    a_told_case()

    erase_requester(Requester.objects.get(), at=MONDAY)

    assert audit() == (0, [])


def test_a_changed_entry_is_found() -> None:
    case = a_told_case()
    entry = Entry.objects.get(subject=case.subject, verb="case.accepted")
    with connection.cursor() as cursor:
        for statement in triggers.statements(triggers.REMOVE, vendor=connection.vendor):
            cursor.execute(statement)

    Entry.objects.filter(pk=entry.pk).update(at=entry.at - timedelta(days=1))

    assert audit() == (1, [{"code": "changed", "index": entry.index}])


def test_a_tail_cut_off_without_a_trace_is_found_by_an_older_checkpoint(tmp_path: Path) -> None:
    kept = tmp_path / "checkpoint"
    for n in (1, 2):
        record("town.noted", "town:YJ", at=MONDAY, n=n)
        seal_entries(at=MONDAY)
    newest = Checkpoint.objects.get(size=2)
    kept.write_text(newest.note)
    newest.delete()
    Entry.objects.filter(index=1).delete()
    tile = Tile.objects.get()
    Tile.objects.update(hashes=bytes(tile.hashes)[:32])

    without, with_it = audit(), audit("--checkpoint", str(kept))

    assert without == (0, [])
    assert with_it == (1, [{"code": "kept_longer", "size": 2, "found": 1}])


def test_a_checkpoint_kept_from_an_honest_house_fits(tmp_path: Path) -> None:
    kept = tmp_path / "checkpoint"
    a_told_case()
    kept.write_text(Checkpoint.objects.get().note)
    a_told_case()

    assert audit("--checkpoint", str(kept)) == (0, [])


def test_a_person_reads_what_is_wrong_and_where() -> None:
    case = a_told_case()
    Case.objects.update(state="handling")

    assert said() == (
        f"✘ {case.number} 的状态是“handling”，台账说的是“replied”。\n发现 1 处不符。\n（状态 1）"
    )


def test_a_checkpoint_that_is_not_there_is_a_wrong_argument() -> None:
    with pytest.raises(CommandError, match="nowhere") as refused:
        call_command("audit", "--checkpoint", "nowhere")

    assert refused.value.returncode == 2


@pytest.mark.parametrize("words", [["--checkpoint", "nowhere"], ["--unheard-of"]])
def test_wrong_arguments_end_with_status_two(words: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        mingchuang("audit", *words),
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
