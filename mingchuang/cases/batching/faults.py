"""What is wrong with a row of a batch's workbook, as one sentence for the company's clerk."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.cases.rules.batches.columns import Column
from mingchuang.cases.rules.batches.sheet import FIRST, LONGEST, Fault

FAULTS: dict[str, Text] = {
    "empty": _("“%(column)s”是空的，请填写。"),
    "merged": _("“%(column)s”和别的格子合并了，请取消合并，逐格填写。"),
    "formula": _("“%(column)s”是公式（以等号开头），请用“粘贴为数值”换成文字。"),
    "too_long": _("“%(column)s”超过 %(most)s 个字，请缩短。"),
    "as_number": _(
        "“%(column)s”被存成了数字，后三位已经丢失。请把这一格设为“文本”，重新填写 18 位号码。"
    ),
    "old_identity": _("“%(column)s”是 15 位的旧号码，请填写现在的 18 位号码。"),
    "no_identity": _("“%(column)s”不是 18 位的身份证号码，请核对。"),
    "no_birthday": _("“%(column)s”里的出生日期不对，请核对第 7 到 14 位。"),
    "wrong_check": _("“%(column)s”的最后一位对不上，有一位写错了，请对照证件核对。"),
    "no_mobile": _("“%(column)s”不是 11 位的手机号码，请核对。"),
    "no_date": _("“%(column)s”不是日期，请写成 2026-03-02 的样子。"),
    "too_early": _("“%(column)s”早于 %(earliest)s 年，请核对。"),
    "future": _("“%(column)s”在今后，请核对年份和日期。"),
    "no_choice": _("“%(column)s”请填%(choices)s。"),
    "twice": _("和第 %(row)s 行是同一个人，一人只报一行。请删去一行。"),
    "one_number": _("和第 %(row)s 行的身份证号码一样，姓名不同，请核对号码。"),
    "one_number_listed": _(
        "和名单第 %(row)s 位的身份证号码一样，姓名不同，请核对号码。号码没错、名单上姓名写错的，"
        "请先在名单页划去第 %(row)s 位，再报这一行。"
    ),
    "differs": _(
        "这个人已在名单第 %(row)s 位，内容不一样。要更正，请先在名单页划去第 %(row)s 位，"
        "再报这一行。"
    ),
    "crossed": _(
        "这一行和名单第 %(row)s 位一样，那一位已划去，没有列入。填错的，改好再报；"
        "划错的，请专人把第 %(row)s 位改回。"
    ),
    "elsewhere": _("这个人在本单位较早的一批 %(where)s 里（第 %(row)s 位），正在办，不用再报。"),
    "done_elsewhere": _(
        "这个人在本单位较早的一批 %(where)s 里（第 %(row)s 位），已经办结，不用再报。"
    ),
}


def sentences(faults: Iterable[Fault], columns: Sequence[Column]) -> dict[str, str]:
    """Return what is wrong with a row, by the column whose cell it is about."""
    choices = {column.name: "、".join(column.choices) for column in columns}
    return {
        fault.column: str(FAULTS[fault.code])
        % {
            "column": fault.column,
            "most": LONGEST,
            "earliest": FIRST.year,
            "choices": choices.get(fault.column, ""),
            "row": fault.row,
            "where": fault.where,
        }
        for fault in faults
    }
