"""What is refused of a lottery, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class MustNeedsAReason(Refused):
    code = "must_needs_a_reason"
    field = "must_because"
    reason = _("请写明为什么说这件事直接影响对方。")


class MustReasonNeedless(Refused):
    code = "must_reason_needless"
    field = "must_because"
    reason = _("只有直接受影响的才写这条理由。请清空，或者改选“直接受影响”。")


class TooManyMusts(Refused):
    code = "too_many_musts"
    field = "size"
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


class PlanChanged(Refused):
    code = "plan_changed"
    reason = _("方案与封存码不符，封存后有改动。这次抽签不能继续，请作废，并查明原因。")


class DueBefore(Refused):
    code = "due_before"
    field = "due_at"
    reason = _("请写一个还没有到的时间。先公开承诺，后掷骰子或开奖，抽签才可信。")


class TooEarly(Refused):
    code = "too_early"
    reason = _("公开承诺的是 %(due)s 以后抽签，还没有到时间。请到时候当众掷骰子，再填。")


class NotIssuedYet(TooEarly):
    code = "not_issued_yet"
    reason = _("公开承诺的是 %(due)s 以后抽签，还没有到时间。请开奖以后再填。")


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


class NothingToRelax(Refused):
    code = "nothing_to_relax"
    reason = _("上一轮补抽没有要放宽的名额。")


class NothingToRefill(Refused):
    code = "nothing_to_refill"
    reason = _("现在没有空出来的席位。")
