"""What is refused of a decision and what follows it, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class NotBinding(Refused):
    """Promise P10: said with who is missing and what is still to do."""

    code = "not_binding"
    reason = _("现在还不能作出有约束力的决议。%(missing)s")


class NotCarried(Refused):
    """Said of each option that was chosen and did not find more for it than against it."""

    code = "not_carried"
    field = "options"
    reason = _("%(why)s请只选表决通过的做法；漏记的表决，请先在会议页登记。")


class NothingChosen(Refused):
    code = "nothing_chosen"
    field = "options"
    reason = _("请选定表决通过的做法。一种也没有选，只能记作到会居民的意见。")


class DecidedAlready(Refused):
    code = "decided_already"
    reason = _("这次会议的结果已经记录过了，不能改写。后来的反对意见可以追加措施。")


class CommitmentNeedsDates(Refused):
    code = "commitment_needs_dates"
    reason = _("每一项承诺都要写明谁来做、怎样检查，并且至少有一个检查日期。")


class NoticeTooEarly(Refused):
    code = "notice_too_early"
    reason = _("记录定稿以后才能公示。")


class CheckedAlready(Refused):
    code = "checked_already"
    reason = _("这次检查已经有结果了。")


class TooEarlyToLook(Refused):
    code = "too_early_to_look"
    reason = _("检查日期是 %(day)s，还没有到。")


class WrongObjectionStep(Refused):
    code = "wrong_objection_step"
    reason = _("这条反对意见现在是“%(stage)s”，不能这样办。")


class NotPublishedYet(Refused):
    code = "not_published_yet"
    reason = _("决议还没有公示。公示期满以后议题才能办结。")


class NoticeStillRuns(Refused):
    code = "notice_still_runs"
    reason = _("决议公示到 %(until)s，期满以后议题才能办结。")


class NoticeOfOtherLength(Refused):
    code = "notice_of_other_length"
    reason = _("公示最少 %(shortest)s 天，最多 %(longest)s 天。")


class OpinionPromisesNothing(Refused):
    code = "opinion_promises_nothing"
    reason = _("到会者的意见没有约束力，不能写承诺。请把承诺一栏清空，作出决议时再写。")


class DayGoneBy(Refused):
    code = "day_gone_by"
    field = "due_on"
    reason = _("检查日期要在今天以后。")


class DayTooFar(Refused):
    """A topic waits for every check, and cannot be closed before."""

    code = "day_too_far"
    field = "due_on"
    reason = _("检查日期最晚是 %(last)s，请核对年份。")


class NoSuchCommitment(Refused):
    code = "no_such_commitment"
    field = "commitment"
    reason = _("没有第 %(number)s 项承诺，请核对。")


class ChecksTooMany(Refused):
    code = "checks_too_many"
    reason = _("检查次数太多，一项承诺最多检查 %(most)s 次。请隔久一点检查一次，或者提前最后一次。")


class ObjectedAlready(Refused):
    code = "objected_already"
    reason = _("工单 %(number)s 已经登记为对这个决议的反对意见。")


class NothingUndone(Refused):
    """Only what the owners never voted on, or a promise that was never kept, is closed so."""

    code = "nothing_undone"
    reason = _("这个议题没有做不完的事，请直接办结。")
