"""`mingchuang receipt` and `mingchuang verify`, as somebody without our server would use them."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mingchuang.ledger.actions import record, seal_entries
from mingchuang.ledger.rules.receipt import Receipt
from tests.ledger import naive
from tests.ledger.build import MONDAY, SIGNER, a_receipt, a_sealed_book

RECEIPT = json.dumps(a_receipt().as_json(), ensure_ascii=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "receipt.json"
    path.write_text(RECEIPT)
    return path


def signed(entry: str) -> Receipt:
    """The receipt of a ledger that holds this one entry."""
    note = SIGNER.note(size=1, root=naive.root([entry.encode()]))
    return Receipt(entry, 0, 1, [], note, SIGNER.key)


def printed(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_without_a_number_the_newest_sealed_receipt_is_printed() -> None:
    record("submission.received", "case:NB-1", at=MONDAY)
    record("submission.received", "case:NB-2", at=MONDAY)
    record("case.accepted", "case:NB-2", at=MONDAY)
    seal_entries(at=MONDAY)
    record("submission.received", "case:NB-3", at=MONDAY)

    receipt = json.loads(printed("receipt"))

    assert json.loads(receipt["entry"])["subject"] == "case:NB-2"
    assert receipt["index"] == 1
    assert receipt["size"] == 3


@pytest.mark.django_db
def test_with_a_number_the_receipt_of_that_submission_is_printed() -> None:
    record("submission.received", "case:NB-1", at=MONDAY)
    a_sealed_book(5)

    receipt = json.loads(printed("receipt", "NB-1"))

    assert json.loads(receipt["entry"])["subject"] == "case:NB-1"


@pytest.mark.django_db
@pytest.mark.parametrize("words", [["receipt"], ["receipt", "NB-1"]])
def test_where_nothing_is_sealed_it_is_said_and_the_status_is_1(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    record("submission.received", "case:NB-1", at=MONDAY)

    with pytest.raises(SystemExit, match="1"):
        call_command(*words)

    assert "还没有封存" in capsys.readouterr().err


@pytest.mark.django_db
def test_what_is_printed_can_be_verified(tmp_path: Path) -> None:
    record("submission.received", "case:NB-1", at=MONDAY)
    seal_entries(at=MONDAY)
    path = tmp_path / "receipt.json"
    path.write_text(printed("receipt"))

    assert printed("verify", str(path)).startswith("✔ 这条记录原样写在台账的第 1 条")


def test_a_receipt_is_verified_without_a_database(file: Path) -> None:
    out = printed("verify", str(file), "--key", str(SIGNER.key))

    assert out.splitlines() == [
        "✔ 这条记录原样写在台账的第 5 条；签名时台账共有 7 条记录。",
        "记录写的是：2026年3月2日 周一 09:00，case:NB-4，诉求·收到。",
        '{"kind": "投诉"}',
        "回执的公钥与您给出的公钥相同。",
    ]


def test_without_a_key_the_person_is_told_what_to_compare(file: Path) -> None:
    out = printed("verify", str(file))

    assert f"请与张贴在大厅、印在公告上的公钥核对：{SIGNER.key}" in out


def test_a_receipt_may_come_through_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(RECEIPT.encode())))

    assert "✔" in printed("verify", "-")


def test_a_machine_gets_one_object(file: Path) -> None:
    answer = json.loads(printed("verify", str(file), "--json"))

    assert answer["holds"] is True
    assert answer["index"] == 4
    assert answer["entry"]["facts"] == {"kind": "投诉"}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("投诉", "表扬", "✘ 这条记录不在签过名的台账里"),
        ('"size": 7', '"size": 8', "✘ 回执写的台账条数"),
        (r"\n7\n", r"\n9\n", "✘ 检查点的签名对不上"),
        ('"index"', '"place"', "✘ 这不是一份完整的回执"),
        ("{", "", "✘ 这不是一份完整的回执"),
    ],
)
def test_a_receipt_that_does_not_hold_ends_with_status_1(
    file: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, sentence: str
) -> None:
    file.write_text(RECEIPT.replace(old, new))

    with pytest.raises(SystemExit, match="1"):
        call_command("verify", str(file))

    assert sentence in capsys.readouterr().out


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+09:00", "gestern"])
def test_a_time_that_no_calendar_here_holds_is_said_as_it_is_written(
    file: Path, at: str, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = a_receipt().entry.replace("2026-03-02T01:00:00.000000Z", at)
    file.write_text(json.dumps(signed(entry).as_json()))

    call_command("verify", str(file))

    assert at in capsys.readouterr().out


def test_flaws_are_given_to_machines_by_their_code(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(RECEIPT.replace("投诉", "表扬"))

    with pytest.raises(SystemExit, match="1"):
        call_command("verify", str(file), "--json")

    answer = json.loads(capsys.readouterr().out)
    assert answer["holds"] is False
    assert [flaw["code"] for flaw in answer["flaws"]] == ["not_included"]


@pytest.mark.parametrize(
    "words", [["verify", "/nowhere/receipt.json"], ["verify", "/"], ["verify", "-", "--key", "x"]]
)
def test_wrong_arguments_end_with_status_2(words: list[str]) -> None:
    with pytest.raises(CommandError) as caught:
        call_command(*words)

    assert caught.value.returncode == 2


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[" * 100_000, b"9" * 5000, b"null"])
def test_a_file_that_is_no_json_is_no_receipt(
    file: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    file.write_bytes(content)

    with pytest.raises(SystemExit, match="1"):
        call_command("verify", str(file))

    assert "这不是一份完整的回执" in capsys.readouterr().out
