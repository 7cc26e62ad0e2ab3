"""What thanks, gifts and what is done about them are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.reviews.rules.gifts import Outcome
from mingchuang.reviews.rules.thanks import Deed, Kind, LeftOut, Naming, Shown, Source, State

KINDS: list[tuple[str, Text]] = [
    (Kind.BANNER.value, _("锦旗")),
    (Kind.LETTER.value, _("感谢信")),
    (Kind.WORDS.value, _("感谢的话")),
]
SOURCES: list[tuple[str, Text]] = [
    (Source.STAFF.value, _("工作人员登记")),
    (Source.PUBLIC.value, _("本人在网上写的")),
    (Source.BOOK.value, _("旧登记簿导入")),
]
SHOWN: list[tuple[str, Text]] = [
    (Shown.HIDDEN.value, _("不写姓名")),
    (Shown.MASKED.value, _("遮住一部分，例如 张*明")),
    (Shown.FULL.value, _("写全名")),
]
NAMINGS: list[tuple[str, Text]] = [
    (Naming.NOBODY.value, _("只写单位")),
    (Naming.BADGE.value, _("写工号")),
    (Naming.NAME.value, _("写姓名（本人都同意）")),
]
STATES: list[tuple[str, Text]] = [
    (State.WAITING.value, _("待审核")),
    (State.KEPT.value, _("已登记")),
    (State.DECLINED.value, pgettext_lazy("thanks", "没有登记")),
    (State.WITHDRAWN.value, pgettext_lazy("thanks", "已撤销")),
]
DEEDS: list[tuple[str, Text]] = [
    (Deed.HANG.value, _("挂上感谢墙")),
    (Deed.KEEP.value, _("只登记，不上墙")),
    (Deed.DECLINE.value, pgettext_lazy("thanks", "不登记")),
    (Deed.CORRECT.value, pgettext_lazy("thanks", "更正")),
    (Deed.TAKE_DOWN.value, _("从墙上取下")),
    (Deed.JOIN.value, _("并到同一件事")),
    (Deed.PART.value, _("重新分开")),
    (Deed.WITHDRAW.value, _("撤销登记")),
    (Deed.RESTORE.value, pgettext_lazy("thanks", "恢复")),
]
LEFT_OUT: dict[LeftOut, Text] = {
    LeftOut.JOINED: _("同一件事的另一份"),
    LeftOut.WAITING: _("待审核"),
    LeftOut.DECLINED: pgettext_lazy("thanks", "没有登记"),
    LeftOut.WITHDRAWN: pgettext_lazy("thanks", "已撤销"),
}
OUTCOMES: list[tuple[str, Text]] = [
    (Outcome.REFUSED.value, _("当场谢绝")),
    (Outcome.RETURNED.value, _("退还本人")),
    (Outcome.HANDED_IN.value, _("退不掉，上交登记")),
]
SHEET_FAULTS: dict[str, Text] = {
    "empty": _("“%(column)s”是空的。"),
    "formula": _("“%(column)s”是公式算出来的（%(glimpse)s），请改成写死的内容。"),
    "too_long": _("“%(column)s”有 %(length)s 个字，太长了，请改短。"),
    "no_day": _("“%(column)s”里的“%(glimpse)s”不是日期，请写成 2026-03-05。"),
    "odd_day": _("“%(column)s”里的“%(glimpse)s”早于 1949 年 10 月或者还没有到，请核对。"),
    "no_kind": _("“%(column)s”里的“%(glimpse)s”看不懂，请写：锦旗、感谢信、口头感谢。"),
}
# What who wrote it reads: what became of it.
HANGS: Text = _("已经挂上感谢墙。")
FORGOTTEN: Text = _("您写的内容已经删除，只留下件数。")
BECAME: dict[str, Text] = {
    State.WAITING.value: _("已经收到。工作人员看过以后，再挂上感谢墙。"),
    State.KEPT.value: _("已经登记。没有挂上墙，或者已经取下。"),
    State.DECLINED.value: _("工作人员没有把它登记为感谢。要反映事情，请到首页写下来。"),
    State.WITHDRAWN.value: _("这一条登记已经撤销。"),
}
