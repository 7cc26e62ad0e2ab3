"""What is wrong with a file of past visits, and what to do about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingchuang.visits.rules.past import Fault

FAULTS: dict[str, Promise] = {
    "no_csv": _("这不是完好的 CSV 文件，请在表格软件里另存为 CSV。"),
    "no_column": _("缺少“%(text)s”一栏。第一行要写：到达时间,叫号时间,办完时间,类别,预约。"),
    "nobody_served": _("没有一位办过事的来访，没有什么可算的。"),
    "short": _("这一行缺少“%(text)s”，请补齐。"),
    "no_moment": _("“%(text)s”不是时间，请写成 2026-03-02 09:30 的样子。"),
    "half_served": _("叫号时间和办完时间要么都写，要么都空着（没有办就走了）。"),
    "out_of_order": _("时间的先后不对：先到达，再叫号，再办完。"),
    "other_day": _("办完的时间 %(text)s 不在到达的那一天，请核对。"),
    "no_kind": _("没有“%(text)s”这个类别，请写“绿色通道”或者“普通”。"),
    "no_answer": _("预约一栏请写“是”或者“否”，不能是“%(text)s”。"),
}


def fault_sentence(fault: Fault) -> str:
    """第 3 行：时间的先后不对：先到达，再叫号，再办完。"""
    told = str(FAULTS[fault.code]) % {"text": fault.text}
    return (
        gettext("第 %(line)s 行：%(told)s") % {"line": fault.line, "told": told}
        if fault.line
        else told
    )
