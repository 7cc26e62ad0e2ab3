"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class NoRosterYet(Refused):
    code = "no_roster_yet"
    reason = _("还没有抽出名单，不能召集会议。请先完成抽签。")


class SittingStillAhead(Refused):
    code = "sitting_still_ahead"
    reason = _("第 %(number)s 次会议还没有开完，散会或者取消以后才能召集下一次。")


class WrongSittingStep(Refused):
    code = "wrong_sitting_step"
    reason = _("这次会议现在是“%(stage)s”，不能这样办。")
    advice = _("页面可能已经过时，请刷新后再看。")


class TooEarlyForSitting(Refused):
    code = "too_early_for_sitting"
    reason = _("会议时间要在现在以后。")


class NotOnTheRegister(Refused):
    code = "not_on_the_register"
    reason = _("名册上没有第 %(number)s 号。请核对号码。")


class WrongWord(Refused):
    code = "wrong_word"
    reason = _("会场口令不对。请看会场里显示的六个字母，或者请工作人员帮您签到。")


class NobodyToSignIn(Refused):
    code = "nobody_to_sign_in"
    reason = _("会议现在不能签到。请等主持人宣布开会。")


class MandateNeeded(Refused):
    code = "mandate_needed"
    reason = _("代表别人到会需要委托。请带着委托书到签到处，由工作人员登记。")


class NotThere(Refused):
    code = "not_there"
    reason = _("第 %(number)s 号没有签到。只有到会的人可以在会上表态、发言和核对记录。")


class PositionsShut(Refused):
    code = "positions_shut"
    reason = _("这个议题已经有了结果，不再接受表态。")


class ConditionNeeded(Refused):
    code = "condition_needed"
    reason = _("请写明您的条件，或者从别人提出的条件里选一条。")


class WrongMinutesStep(Refused):
    code = "wrong_minutes_step"
    reason = _("记录现在是“%(stage)s”，不能这样办。")


class MinutesNotWhole(Refused):
    code = "minutes_not_whole"
    reason = _("记录里还缺少：%(missing)s。补上以后再发给大家核对。")


class WindowOver(Refused):
    code = "window_over"
    reason = _("核对的时间已经过了。")


class CorrectionsWait(Refused):
    code = "corrections_wait"
    reason = _("还有 %(many)s 条更正没有答复，或者核对的时间还没有到，现在不能定稿。")


class AnsweredAlready(Refused):
    code = "answered_already"
    reason = _("这一条已经答复过了。")


class VotesTooMany(Refused):
    code = "votes_too_many"
    reason = _("票数加起来是 %(votes)s，比当时在场的 %(present)s 人还多。请核对。")


class NotBinding(Refused):
    """Promise P10: said with who is missing and what is still to do."""

    code = "not_binding"
    reason = _("现在还不能作出有约束力的决议。%(missing)s")


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
    reason = _("决议公示以后才能提反对意见。")


class TopicHasLooseEnds(Refused):
    code = "topic_has_loose_ends"
    reason = _("还有 %(checks)s 次检查没有做，%(objections)s 条反对意见没有答复，议题还不能办结。")


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
