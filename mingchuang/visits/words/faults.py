"""What an audit finds wrong with visits, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text

FAULTS: dict[str, Text] = {
    "visit_state": _("%(visit)s 的状态是“%(stands)s”，台账说的是“%(tells)s”。"),
    "visit_line": _("%(visit)s 的队列是“%(stands)s”，台账说的是“%(tells)s”。"),
    "visit_number": _("%(visit)s 的号是“%(stands)s”，台账说的是“%(tells)s”。"),
    "visit_green": _("%(visit)s 的绿色通道是“%(stands)s”，台账说的是“%(tells)s”。"),
    "visit_slot": _("%(visit)s 的时段是“%(stands)s”，台账说的是“%(tells)s”。"),
    "visit_ended_at": _("%(visit)s 的结束时间是“%(stands)s”，台账说的是“%(tells)s”。"),
    "visit_gone": _("台账里有 %(visit)s，数据库里却没有这次来访。"),
    "number_given": _(
        "%(site)s 在 %(day)s 发到的号记为 %(stands)s，来访里最大的号却是 %(tells)s。"
    ),
    "slot_taken": _("%(line)s 在 %(slot)s 的时段记着占了 %(stands)s 个，实际是 %(tells)s 个。"),
    "care": _("%(subject)s 的 %(verb)s（%(at)s），台账和数据库说的不一样。"),
    "care_gone": _("台账里有 %(subject)s，数据库里却没有。"),
    "called_out_of_turn": _(
        "%(at)s，%(window)s 叫了 %(visit)s（%(day)s）；按规则当时该叫别人，台账里没有写理由。"
    ),
    "turns_unknown": _(
        "%(site)s 在 %(day)s 的叫号顺序没有核对：来访、窗口或者队列当时的记录不全。"
    ),
    "desk": _("工号 %(badge)s 在 %(window)s 的 %(verb)s（%(at)s），台账里没有。"),
}
# What an audit could not check, and tells without calling it a fault.
REMARKS = frozenset({"turns_unknown"})
