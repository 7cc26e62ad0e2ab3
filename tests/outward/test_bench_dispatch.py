"""`mingchuang bench dispatch` on a small invented set: no file of real words, no peers needed."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mingchuang.cases.rules.likeness import Matter
from mingchuang.outward.measuring.labelled import (
    Labelled,
    accuracy,
    labelled,
    macro_f1,
    splits,
    suggested,
)
from tests.cases.workbooks import a_workbook

SAID = {
    "人社": ("拖欠工资三个月", "工伤没有赔偿工资", "公司不发工资", "社保断缴又欠工资"),
    "教育": ("学校乱收补课费", "学校食堂太差", "孩子上不了学校", "学校门口补课班"),
    "交通": ("公交车等不到", "公交站太远", "公交车半路不停", "公交车司机乱开"),
}
MESSAGES = [
    Labelled(Matter(f"{place}{text}"), label)
    for place in ("东区", "西区")
    for label, texts in SAID.items()
    for text in texts
]
TRUTH = [one.label for one in MESSAGES]
HEADER = ("留言主题", "留言详情", "一级分类")


def told(*words: str) -> str:
    out = io.StringIO()
    call_command("bench", "dispatch", *words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_every_message_is_tried_once_and_never_on_itself() -> None:
    folds = splits(TRUTH, seed=1)

    assert sorted(i for _, tried in folds for i in tried) == list(range(len(TRUTH)))
    assert all(set(known).isdisjoint(tried) for known, tried in folds)


def test_each_fold_has_its_share_of_every_label() -> None:
    for _, tried in splits(TRUTH, seed=1):
        assert {TRUTH[i] for i in tried} == set(SAID)


def test_the_same_seed_deals_the_same_folds() -> None:
    assert splits(TRUTH, seed=7) == splits(TRUTH, seed=7)
    assert splits(TRUTH, seed=7) != splits(TRUTH, seed=8)


def test_what_is_plainly_alike_is_told_rightly() -> None:
    found = {
        i: choices for split in splits(TRUTH, seed=1) for i, choices in suggested(MESSAGES, split)
    }

    assert accuracy({i: choices[0].unit for i, choices in found.items()}, TRUTH) > 0.9


def test_small_labels_count_as_much_as_large_ones() -> None:
    truth = ["多"] * 8 + ["少"] * 2

    always_the_larger = dict.fromkeys(range(10), "多")

    assert accuracy(always_the_larger, truth) == pytest.approx(0.8)
    assert macro_f1(always_the_larger, truth) == pytest.approx((16 / 18 + 0) / 2)


def test_labelled_messages_are_read_from_a_workbook(tmp_path: Path) -> None:
    rows = [(f"第{n}件", f"第{n}件事", "人社" if n % 2 else "教育") for n in range(10)]
    path = a_workbook(tmp_path / "said.xlsx", *rows, header=HEADER)

    messages = labelled(path)

    assert len(messages) == 10
    assert messages[1] == Labelled(Matter("第1件事", "第1件"), "人社")


def test_without_a_workbook_it_says_what_it_needs() -> None:
    with pytest.raises(CommandError, match="--file") as refused:
        told()

    assert refused.value.returncode == 2


def test_a_workbook_without_labels_is_refused_with_the_column(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "said.xlsx", ("灯", "灯坏了"), header=HEADER[:2])

    with pytest.raises(CommandError, match="一级分类") as refused:
        told("--file", str(path))

    assert refused.value.returncode == 2


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        told("--file", str(tmp_path / "none.xlsx"))

    assert refused.value.returncode == 2


def test_without_the_peers_it_says_what_to_install(tmp_path: Path) -> None:
    rows = [(f"第{n}件", f"第{n}件事", "人社" if n % 2 else "教育") for n in range(10)]
    path = a_workbook(tmp_path / "said.xlsx", *rows, header=HEADER)

    with pytest.raises(CommandError, match="mingchuang bench peers") as refused:
        told("--file", str(path))

    assert refused.value.returncode == 2
