"""The words for the room's choices, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mingchuang.hall.rules.days import DayKind
from mingchuang.hall.rules.hours import DAY_OFF, MAKEUP, HoursKind
from mingchuang.hall.rules.kinds import Beginning, Kind, Urgency
from mingchuang.hall.rules.spans import Measure, StartRule
from mingchuang.hall.rules.table import Fault

KINDS: dict[str, Promise] = {
    Kind.INQUIRY: _("咨询"),
    Kind.ASSISTANCE: _("求助"),
    Kind.COMPLAINT: _("投诉"),
    Kind.REPORT: _("举报"),
    Kind.SUGGESTION: _("建议"),
    Kind.PRAISE: _("表扬"),
    Kind.OTHER: _("其他"),
    Kind.RECTIFY: _("整改"),
}
URGENCIES: dict[str, Promise] = {
    Urgency.NORMAL: _("一般"),
    Urgency.URGENT: _("紧急"),
    Urgency.CRITICAL: _("特急"),
}
MEASURES: dict[str, Promise] = {
    Measure.HOUR: _("小时"),
    Measure.DAY: _("天"),
    Measure.WORKING_DAY: _("个工作日"),
}
START_RULES: dict[str, Promise] = {
    StartRule.NEXT_DAY: _("从次日起算"),
    StartRule.SAME_DAY: _("从当天起算"),
}
PARTS: dict[str, Promise] = {
    "first_contact": _("先行联系"),
    "finish": _("办结"),
    "callback": _("回访"),
    "return": _("退单"),
    "extension": _("每次最多延期"),
    "extension_times": _("可延期次数"),
}
BEGINNINGS: dict[str, Promise] = {
    Beginning.RECEIVED: pgettext_lazy("done", "收到"),
    Beginning.ACCEPTED: pgettext_lazy("done", "受理"),
    Beginning.DISPATCHED: pgettext_lazy("done", "派单"),
    Beginning.REOPENED: pgettext_lazy("done", "重办"),
    Beginning.REPLIED: pgettext_lazy("done", "答复"),
}
ITEM_KINDS: dict[str, Promise] = {"on_the_spot": _("即办件"), "promised": _("承诺件")}
AUDIENCES: dict[str, Promise] = {
    "individual": pgettext_lazy("audience", "个人"),
    "organisation": pgettext_lazy("audience", "单位"),
    "everyone": _("个人和单位"),
}
# The names the yearly notices use; any other name is shown as it was loaded.
HOLIDAYS: dict[str, Promise] = {
    "元旦": _("元旦"),
    "春节": _("春节"),
    "清明节": _("清明节"),
    "劳动节": _("劳动节"),
    "端午节": _("端午节"),
    "中秋节": _("中秋节"),
    "国庆节": _("国庆节"),
}
DAY_KINDS: dict[str, Promise] = {DayKind.HOLIDAY: _("放假"), DayKind.MAKEUP: _("补班")}
HOURS_KINDS: dict[str, Promise] = {
    HoursKind.EXTENDED: _("延时服务"),
    HoursKind.STAGGERED: _("错时服务"),
    HoursKind.HOLIDAY: _("节假日服务"),
    HoursKind.CLOSED: _("临时休息"),
}
# What is wrong with a calendar file, and what to do about it.
FAULTS: dict[str, Promise] = {
    "no_year": _("缺少年份，请在开头写一行，例如 year: 2027。"),
    "no_source": _("缺少来源，请在开头写一行，例如 source: 国务院 2027 年节假日安排通知。"),
    "no_retrieved": _("缺少取得日期，请在开头写一行，例如 retrieved: 2026-11-10。"),
    "no_days": _("没有任何放假或补班的日子，请检查是不是选错了文件。"),
    "bad_year": _("“%(text)s”不是年份，请写成 2027 的样子。"),
    "head_twice": _("“%(text)s”前面已经写过，请只留一行；一个文件只写一年。"),
    "bad_source": _("来源请写 1 到 200 个字。"),
    "bad_retrieved": _("“%(text)s”不是日期，请写成 2026-11-10 的样子。"),
    "three_words": _("“%(text)s”没有读懂，请写“日期 类别 名称”，例如 2027-01-01 holiday 元旦。"),
    "makeup_in_week": _("%(text)s 是周一到周五，本来就上班，不会是调休上班日。请核对日期。"),
    "bad_date": _("“%(text)s”不是日期，请写成 2027-01-01 的样子。"),
    "bad_kind": _("“%(text)s”不是类别，放假请写 holiday，调休上班请写 makeup。"),
    "other_year": _("%(text)s 不在这一年，也不在上一年的十二月，请检查年份。"),
    "twice": _("%(text)s 写了两次，请只留一行。"),
}
OPEN_KINDS: dict[str, Promise] = {**HOURS_KINDS, DAY_OFF: _("放假"), MAKEUP: _("调休上班")}
WEEKDAYS: dict[int, Promise] = {
    0: _("周一"),
    1: _("周二"),
    2: _("周三"),
    3: _("周四"),
    4: _("周五"),
    5: _("周六"),
    6: _("周日"),
}


def choices(words: Mapping[str, Promise]) -> list[tuple[str, Promise]]:
    """Return the words as a field wants them, under plain text keys."""
    return [(str(key), word) for key, word in words.items()]


def keys(words: Mapping[str, Promise]) -> list[str]:
    """Return the plain text keys, as a constraint wants them."""
    return [str(key) for key in words]


def fault_sentence(fault: Fault) -> str:
    """第 3 行：“2026-02-30”不是日期，请写成 2026-01-31 的样子。"""
    told = str(FAULTS[fault.code]) % {"text": fault.text}
    return (
        gettext("第 %(line)s 行：%(told)s") % {"line": fault.line, "told": told}
        if fault.line
        else told
    )
