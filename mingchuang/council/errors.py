"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class WrongTopicStep(Refused):
    code = "wrong_topic_step"
    reason = _("这个议题现在是“%(state)s”，不能这样办。")
    advice = _("页面可能已经过时，请刷新后再看。")


class RegisterShut(Refused):
    code = "register_shut"
    reason = _("名册已经截止，不能再登记或者改动。")


class OptionNeeded(Refused):
    code = "option_needed"
    reason = _("请至少写两种可以讨论的做法。")


class RegisteredAlready(Refused):
    code = "registered_already"
    reason = _("这个电话已经登记过这个议题。一个电话登记一次。")


class MustNeedsAReason(Refused):
    code = "must_needs_a_reason"
    reason = _("请写明为什么说这件事直接影响对方。")


class TooManyMusts(Refused):
    code = "too_many_musts"
    reason = _("必须在场的有 %(musts)s 位，%(size)s 个席位不够再抽签。请增加席位。")


class TermsRefused(Refused):
    code = "terms_refused"
    reason = _("这样抽不成：%(why)s")


class NotPlanned(Refused):
    code = "not_planned"
    reason = _("抽签方案还没有算好。")


class AlreadyCommitted(Refused):
    code = "already_committed"
    reason = _(
        "抽签方案已经公开承诺，不能再改。确实要改，请先写明理由作废，作废的一次永远公开可查。"
    )


class NotCommitted(Refused):
    code = "not_committed"
    reason = _("请先公开承诺抽签方案，再掷骰子。")


class AlreadyDrawn(Refused):
    code = "already_drawn"
    reason = _("这一次已经抽过签，不能再抽。")


class NotDrawn(Refused):
    code = "not_drawn"
    reason = _("还没有抽签，没有要补的席位。")


class RefillWaits(Refused):
    code = "refill_waits"
    reason = _("上一轮补抽正在计算，请稍等。")


class NothingToRefill(Refused):
    code = "nothing_to_refill"
    reason = _("现在没有空出来的席位。")


class NoSuchObjection(Refused):
    code = "no_such_objection"
    reason = _("您看不到编号是“%(number)s”的工单。请核对编号；写在纸上的反对意见，请拍照登记。")


class ColumnsMissing(Refused):
    code = "columns_missing"
    reason = _("第一行缺少这几列：%(columns)s。请补上后再导入，或者下载空白表格来填。")


class NotInviting(Refused):
    code = "not_inviting"
    reason = _("现在还没有抽签，或者议事已经结束，不能邀请。")


class NoWayToInvite(Refused):
    code = "no_way_to_invite"
    reason = _("这种邀请方式不会有这样的结果。请核对后再选。")


class SeatGone(Refused):
    code = "seat_gone"
    reason = _("这个席位已经空出来了，不能再答应。开会时仍可以来旁听和发言。")
