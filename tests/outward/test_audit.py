"""`mingchuang audit`: whoever changes a case behind the house's back is found, and named."""

import io
import json
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.timezone import now

from mingchuang.cases.actions.voice import add_remark, contest_decline
from mingchuang.cases.models import (
    Attachment,
    Callback,
    Case,
    Merge,
    Remark,
    Reply,
    Submission,
)
from mingchuang.cases.rules.told import COLUMNS
from mingchuang.ledger import triggers
from mingchuang.ledger.actions import record, seal_entries
from mingchuang.ledger.keeping import keep_newest
from mingchuang.ledger.models import Checkpoint, Entry, Tile
from mingchuang.ledger.queries import entries_of
from mingchuang.ledger.rules.audit import Code
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.outward.words import FAULTS
from mingchuang.people.actions.posts import end_post, give_post
from mingchuang.people.actions.requesters import erase_requester
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Post, Requester
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.calling import call_next
from tests.build import LONG_AGO, MONDAY, a_case, a_dispatcher, a_person, a_unit, code
from tests.tools.serving import environment, mingchuang
from tests.town import a_photo
from tests.visits.hall import a_clerk, a_line, a_visit

STEPS = ("case.accepted", "case.acknowledged")
pytestmark = pytest.mark.django_db


def told_to_a_machine(*words: str) -> dict[str, Any]:
    """Return the one object of the answer, and the status."""
    out, status = io.StringIO(), 0
    try:
        call_command("audit", "--json", *words, stdout=out)
    except SystemExit as end:
        status = int(str(end.code))
    return {"status": status, **json.loads(out.getvalue())}


def audit(*words: str) -> tuple[int, list[dict[str, str]]]:
    """Return the status and the faults, as a machine is told."""
    told = told_to_a_machine(*words)
    return told["status"], told["faults"]


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


def unguarded() -> None:
    """Do what an attacker with the rights of an administrator does first."""
    with connection.cursor() as cursor:
        for statement in triggers.statements(triggers.REMOVE, vendor=connection.vendor):
            cursor.execute(statement)


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


@pytest.mark.parametrize(
    "column", ["received_at", "replied_at", "ended_at", "kind", "urgency", "confidential"]
)
def test_any_other_changed_column_is_found(column: str) -> None:
    case = a_told_case("archived")
    changed = {
        "received_at": MONDAY - timedelta(days=1),
        "replied_at": MONDAY,
        "ended_at": MONDAY,
        "kind": "praise",
        "urgency": "urgent",
        "confidential": True,
    }

    Case.objects.update(**{column: changed[column]})

    status, faults = audit()
    assert status == 1
    assert [(fault["code"], fault["case"]) for fault in faults] == [(column, case.number)]


@pytest.mark.parametrize("state", ["declined", "referred", "withdrawn"])
def test_whatever_way_a_case_ended_its_end_cannot_be_moved(state: str) -> None:
    case = a_told_case(state)

    Case.objects.update(ended_at=MONDAY - timedelta(days=365))

    assert [(f["code"], f["case"]) for f in audit()[1]] == [("ended_at", case.number)]


def test_a_case_given_to_another_unit_is_found() -> None:
    case = a_told_case("handling")

    Case.objects.update(responsible_unit=a_unit())

    assert [(f["code"], f["case"]) for f in audit()[1]] == [("responsible_unit", case.number)]


def test_a_master_exchanged_for_another_is_found() -> None:
    case, other = a_case("merged"), a_case()

    Case.objects.filter(pk=case.pk).update(master=other)

    assert ("master", case.number) in [(f["code"], f.get("case")) for f in audit()[1]]


def test_secrecy_switched_off_is_found_on_the_case_and_on_the_words() -> None:
    case = a_case("handling", confidential=True, name="张小明", phone="13800000000")
    Case.objects.update(confidential=False)
    Submission.objects.update(confidential=False)

    status, faults = audit()

    facts = {"subject": case.subject, "verb": "submission.received", "what": "confidential"}
    assert status == 1
    assert faults == [{"code": "contradicted", **facts, "stands": "False", "tells": "True"}]


def test_secrecy_switched_off_on_the_case_alone_is_found() -> None:
    case = a_case("handling", confidential=True)

    Case.objects.update(confidential=False)

    facts = {"case": case.number, "stands": "no", "tells": "yes"}
    assert audit() == (1, [{"code": "confidential", **facts}])


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
    ],
)
def test_a_changed_word_is_found(change: Callable[[], object]) -> None:
    case = a_told_case()

    change()

    assert audit() == (1, [{"code": "private_changed", "subject": case.subject}])


def test_a_changed_mark_of_a_photo_is_found() -> None:
    case = a_told_case()

    Attachment.objects.update(sha256="0" * 64)

    _, faults = audit()
    assert {"code": "private_changed", "subject": case.subject} in faults
    assert [fault["code"] for fault in faults] == ["private_changed", "photo_changed"]


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


@pytest.mark.parametrize("table", ["people_requester", "cases_submission"])
def test_what_opens_no_more_is_found_and_the_audit_goes_on(table: str) -> None:
    case = a_case("replied", confidential=True, name="张小明", phone="13800000000")
    requester = Requester.objects.get()
    subjects = {"people_requester": requester.subject, "cases_submission": case.subject}
    columns = {"people_requester": "name", "cases_submission": "original"}
    Case.objects.update(kind="praise")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {columns[table]} = 'gAAAAnonsense'")

    status, faults = audit()

    assert status == 1
    assert {"code": "private_changed", "subject": subjects[table]} in faults
    assert [fault["code"] for fault in faults] == ["private_changed", "kind"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses such values itself")
@pytest.mark.parametrize(
    ("column", "value", "codes"),
    [
        ("facts", "nonsense", {"changed", "unguarded", "due_at"}),
        ("at", "2026-13-45 99:99:99", {"unreadable", "unguarded", "unread"}),
    ],
)
def test_what_can_no_longer_be_read_is_found_and_the_audit_goes_on(
    column: str, value: str, codes: set[str]
) -> None:
    a_told_case()
    unguarded()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(
            f"UPDATE ledger_entry SET {column} = %s WHERE verb = 'case.accepted'", [value]
        )
        cursor.execute("PRAGMA ignore_check_constraints = OFF")

    assert {fault["code"] for fault in audit()[1]} == codes


def test_a_reply_moved_to_another_case_is_found() -> None:
    case, other = a_told_case(), a_case("handling")

    Reply.objects.update(case=other)

    facts = {"subject": case.subject, "verb": "case.replied", "stands": other.subject}
    assert audit() == (1, [{"code": "moved", **facts}])


def test_a_submission_moved_to_another_case_is_found() -> None:
    case, other = a_told_case(), a_case("handling")

    case.submissions.update(case=other)

    facts = {"subject": case.subject, "verb": "submission.received", "stands": other.subject}
    assert audit() == (1, [{"code": "moved", **facts}])


def test_a_submission_moved_under_cover_of_an_invented_merge_is_found() -> None:
    case, other = a_case(), a_case("handling")
    merge = Merge.objects.create(
        case=case, master=other, state="received", by=a_dispatcher(), at=MONDAY
    )
    merge.moved.set(case.submissions.all())

    case.submissions.update(case=other)

    assert [fault["code"] for fault in audit()[1]] == ["moved"]


@pytest.mark.parametrize(
    ("column", "value", "tells"),
    [("solved", False, "True"), ("satisfied", "no", "yes"), ("at", MONDAY, "")],
)
def test_a_changed_answer_of_a_requester_is_found(column: str, value: object, tells: str) -> None:
    case = a_told_case("archived")

    Callback.objects.update(**{column: value})

    (fault,) = audit()[1]
    assert fault["code"] == "contradicted"
    assert (fault["subject"], fault["what"]) == (case.subject, column)
    assert fault["tells"].startswith(tells)


def test_an_answer_dated_back_is_found() -> None:
    a_told_case()

    Reply.objects.update(at=MONDAY)

    (fault,) = audit()[1]
    assert (fault["code"], fault["what"]) == ("contradicted", "at")


def test_a_photo_hung_onto_another_submission_is_found() -> None:
    a_told_case()
    other = a_case().submissions.get()

    Attachment.objects.update(submission=other)

    (fault,) = audit()[1]
    assert (fault["what"], fault["stands"]) == ("submission", other.number)


def test_an_objection_hung_onto_another_submission_is_found() -> None:
    case = a_case("declined")
    ours, other = case.submissions.get(), a_case()
    contest_decline(ours.number, code(ours), "这事归您管。", at=MONDAY)

    Remark.objects.update(submission=other.submissions.get())

    facts = {"subject": case.subject, "verb": "case.contested", "stands": other.subject}
    assert audit() == (1, [{"code": "moved", **facts}])


def test_a_replaced_phone_index_is_found() -> None:
    a_told_case()
    requester = Requester.objects.get()

    Requester.objects.update(phone_index=phone_index("13900000000"))

    assert audit() == (1, [{"code": "phone_index", "subject": requester.subject}])


def test_two_requesters_exchanged_for_each_other_are_found() -> None:
    for name, phone in (("张小明", "13800000000"), ("李四", "13900000000")):
        a_case(name=name, phone=phone)
    first, second = Submission.objects.order_by("pk")

    Submission.objects.filter(pk=first.pk).update(requester=second.requester)
    Submission.objects.filter(pk=second.pk).update(requester=first.requester)

    faults = audit()[1]
    assert [(f["what"], f["subject"]) for f in faults] == [
        ("requester", first.case.subject),
        ("requester", second.case.subject),
    ]


def test_a_submission_whose_requester_was_taken_away_is_found() -> None:
    a_told_case()

    Submission.objects.update(requester=None, reachable=False)

    assert [fault.get("what") for fault in audit()[1]] == ["requester"]


def test_a_post_that_nobody_gave_is_found() -> None:
    person, unit = a_person(), a_unit()

    Post.objects.create(person=person, unit=unit, role="dispatcher", since=LONG_AGO)

    facts = {"subject": person.subject, "unit": unit.code, "role": "dispatcher"}
    assert audit() == (1, [{"code": "post", **facts}])


def test_a_post_that_was_ended_and_is_held_again_is_found() -> None:
    person, unit = a_person(), a_unit()
    end_post(give_post(person, unit, Role.DISPATCHER, at=LONG_AGO), at=MONDAY)
    assert audit() == (0, [])

    Post.objects.filter(person=person).update(until=None)

    assert [fault["code"] for fault in audit()[1]] == ["post"]


def test_two_entries_of_a_case_in_the_wrong_rows_change_nothing() -> None:
    case = a_told_case()
    first, second = Entry.objects.filter(subject=case.subject, verb__in=STEPS).in_order()
    unguarded()
    with connection.cursor() as cursor:
        for old, new in ((first.pk, 0), (second.pk, first.pk), (0, second.pk)):
            cursor.execute("UPDATE ledger_entry SET id = %s WHERE id = %s", [new, old])

    told = [entry.verb for entry in entries_of(case.subject)]

    assert told.index("case.accepted") < told.index("case.acknowledged")
    assert {fault["code"] for fault in audit()[1]} == {"unguarded"}


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

    where = {"subject": case.subject, "verb": "case.replied"}
    assert audit() == (1, [{"code": "refilled", **where}, {"code": "gone", **where}])


def test_somebody_forgotten_on_purpose_is_no_fault() -> None:
    a_told_case()

    erase_requester(Requester.objects.get(), at=MONDAY)

    assert audit() == (0, [])


def test_a_changed_entry_is_found() -> None:
    case = a_told_case()
    entry = Entry.objects.get(subject=case.subject, verb="case.accepted")
    unguarded()

    Entry.objects.filter(pk=entry.pk).update(at=entry.at - timedelta(days=1))

    guards = [{"code": "unguarded", "name": name} for name in triggers.KEPT]
    assert audit() == (1, [{"code": "changed", "index": entry.index}, *guards])


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


def test_a_tail_cut_off_is_found_by_what_the_follower_kept(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    record("town.noted", "town:YJ", at=MONDAY)
    seal_entries(at=MONDAY)
    keep_newest()

    Checkpoint.objects.all().delete()
    Entry.objects.all().delete()
    Tile.objects.all().delete()

    assert audit() == (1, [{"code": "kept_longer", "size": 1, "found": 0}])


def test_what_waits_to_be_sealed_is_counted() -> None:
    before = now()
    for age in (timedelta(minutes=3), timedelta()):
        record("town.noted", "town:YJ", at=before - age)

    told = told_to_a_machine()

    assert told["waiting"] == 2
    assert told["oldest_waiting"] == moment_text(before - timedelta(minutes=3))
    assert 180 <= told["seconds_waiting"] < 240
    assert "还有 2 条等待封存" in said()


def test_where_nothing_waits_nothing_is_said_of_it() -> None:
    record("town.noted", "town:YJ", at=MONDAY)
    seal_entries(at=MONDAY)

    told = told_to_a_machine()

    assert (told["waiting"], told["oldest_waiting"]) == (0, None)
    assert "等待封存" not in said()


def test_every_fault_of_a_case_has_a_sentence() -> None:
    assert {*COLUMNS, "state", "due_at", "answers", "confidential"} <= set(FAULTS)
    assert set(FAULTS) >= set(Code)


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


def test_a_day_that_cannot_be_played_again_is_told_and_is_no_fault() -> None:
    line = a_line()
    a_visit(line)
    call_next(by=a_clerk(line), at=MONDAY)
    record("line.changed", line.subject, at=MONDAY, by="1", fields=["items"])

    told = said()

    assert f"－ {line.site.code} 在 {MONDAY:%Y-%m-%d} 的叫号顺序没有核对" in told
    assert "不符" not in told


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
        timeout=300,
        check=False,
    )

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
