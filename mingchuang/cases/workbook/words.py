"""What is wrong with a row, and what to do about it, as one sentence for a clerk."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused
from mingchuang.base.typing import Text
from mingchuang.cases.rules.letters import EARLIEST, KINDS, LONGEST, NUMBER, REPLY, Fault

FAULTS: dict[str, Text] = {
    "no_column": _("表里没有“%(column)s”这一列，请补上这一列。"),
    "formula": _("“%(column)s”是公式（以等号开头），请用“粘贴为数值”换成文字。"),
    "empty": _("“%(column)s”是空的，请填写。"),
    "too_long": _("“%(column)s”有 %(length)s 个字，最多 %(most)s 个，请缩短。"),
    "no_kind": _("没有“%(glimpse)s”这个类型，请填%(kinds)s，或者留空。"),
    "no_moment": _("“%(column)s”的“%(glimpse)s”不是时间，请写成 2026-03-02 09:30 的样子。"),
    "too_early": _("“%(column)s”早于 %(earliest)s 年，请核对。"),
    "future": _("“%(column)s”在今后，请核对年份和日期。"),
    "no_reply": _("有答复时间，却没有答复意见：请补上答复意见，或者把答复时间也清空。"),
    "no_reply_time": _("有答复意见，却没有答复时间：请补上答复时间。"),
    "reply_first": _("答复时间早于留言时间，请核对；只写了日期的，请补上几点几分。"),
}


# Which cell a refusal is about; the others are about the row.
CELLS = {"number_taken": NUMBER, "reply_taken": REPLY}


def sentences(wrong: Refused | list[Fault]) -> dict[str, str]:
    """Return what is wrong with a row, by the column whose cell it is about."""
    if isinstance(wrong, Refused):
        return {CELLS.get(wrong.code, ""): str(wrong)}
    return {fault.column: _sentence(fault) for fault in wrong}


def _sentence(fault: Fault) -> str:
    return str(FAULTS[fault.code]) % {
        "column": fault.column,
        "glimpse": fault.glimpse,
        "length": fault.length,
        "most": LONGEST.get(fault.column),
        "earliest": EARLIEST.year,
        "kinds": "、".join(kind for kind in KINDS if kind),
    }


def listed(columns: Iterable[str]) -> str:
    """“留言编号”、“留言用户”."""
    return "、".join(f"“{column}”" for column in columns)
