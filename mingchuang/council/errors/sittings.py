"""What is refused of a sitting, its positions and its minutes, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class NoRosterYet(Refused):
    code = "no_roster_yet"
    reason = _("还没有抽出名单，不能召集会议。请先完成抽签。")


class NoColleague(Refused):
    code = "no_colleague"
    field = "moderator"
    reason = _("主持人和记录人要是召集单位在岗的人。请重新选。")


class SittingStillAhead(Refused):
    code = "sitting_still_ahead"
    reason = _("第 %(number)s 次会议还没有开完。请先散会或者取消这次会议。")


class LaterSitting(Refused):
    code = "later_sitting"
    reason = _("后面又召集了第 %(number)s 次会议，结果由那次会议来定。")


class WrongSittingStep(Refused):
    code = "wrong_sitting_step"
    reason = _("这次会议现在是“%(stage)s”，不能这样办。")
    advice = _("页面可能已经过时，请刷新后再看。")


class TooEarlyForSitting(Refused):
    code = "too_early_for_sitting"
    field = "begins_at"
    reason = _("会议时间要在现在以后。")


class OpponentsTooFew(Refused):
    code = "opponents_too_few"
    field = "opponents_least"
    reason = _("到会的反对者至少要 %(least)s 人；反对的人比这还少的，要全部到会。")


class SittingNotMoved(Refused):
    """What changes nothing would make everybody be invited anew."""

    code = "sitting_not_moved"
    field = "begins_at"
    reason = _("时间和地点都没有变，不用改期。")


class TooEarlyToOpen(Refused):
    code = "too_early_to_open"
    reason = _(
        "会议定在 %(hour)s，开会前 %(minutes)s 分钟起才能开门签到。"
        "要提前开，请先改期，并重新通知大家。"
    )


class BeforeItsHour(Refused):
    """Who was called for an hour is not passed over because they come at that hour."""

    code = "before_its_hour"
    reason = _("会议通知的是 %(hour)s。到时间以前只能签到和记下发言，不能表决、散会和记录结果。")


class NotOnTheRegister(Refused):
    code = "not_on_the_register"
    field = "who"
    reason = _("名册上没有第 %(number)s 号。请核对号码。")


class WrongWord(Refused):
    code = "wrong_word"
    field = "word"
    reason = _("会场口令不对。请看会场里显示的六个字母，或者请工作人员帮您签到。")


class NobodyToSignIn(Refused):
    code = "nobody_to_sign_in"
    reason = _("会议现在不能签到。请等主持人宣布开会。")


class NoSuchCondition(Refused):
    code = "no_such_condition"
    field = "condition"
    reason = _("第 %(option)s 种做法没有第 %(condition)s 条条件，请核对。")


class NoSuchOption(Refused):
    code = "no_such_option"
    field = "option"
    reason = _("没有第 %(option)s 种做法，请核对。")


class MandateNotOnRecord(Refused):
    code = "mandate_not_on_record"
    field = "proxy"
    reason = _(
        "第 %(number)s 号没有登记过家属代表。请先在邀请页登记由谁代表、怎样委托，再登记签到。"
    )


class LeftBefore(Refused):
    code = "left_before"
    field = "who"
    reason = _("第 %(number)s 号散会以前已经离开，散会以后不能再登记签到。")


class MandateNeeded(Refused):
    code = "mandate_needed"
    reason = _("代表别人到会需要委托。请带着委托书到签到处，由工作人员登记。")


class NotThere(Refused):
    code = "not_there"
    field = "who"
    reason = _("第 %(number)s 号没有签到。只有到会的人可以在会上表态、发言和核对记录。")


class PositionsShut(Refused):
    code = "positions_shut"
    reason = _("这个议题已经有了结果，不再接受表态。")


class ConditionUnheard(Refused):
    code = "condition_unheard"
    field = "text"
    reason = _("有条件，请选“同意，但有条件”。没有条件，请把这一栏清空。")


class OneConditionOnly(Refused):
    code = "one_condition_only"
    field = "text"
    reason = _("附议了别人的条件，又写了自己的。请只留一样；两样都要，可以记下以后再按“我也要求”。")


class ConditionNeeded(Refused):
    code = "condition_needed"
    field = "text"
    reason = _("请写明您的条件，或者从别人提出的条件里选一条。")


class WrongMinutesStep(Refused):
    code = "wrong_minutes_step"
    reason = _("记录现在是“%(stage)s”，不能这样办。")


class MinutesNotWhole(Refused):
    code = "minutes_not_whole"
    reason = _("记录里还缺少：%(missing)s。补上以后再发给大家核对。")


class ResultFirst(Refused):
    """Once the minutes are out, nothing can be decided any more by what the room voted for."""

    code = "result_first"
    reason = _("这次会议的结果还没有记录，发出以后就不能再记了。请先记录结果，或者只记作意见。")


class WindowOfOtherLength(Refused):
    code = "window_of_other_length"
    field = "until"
    reason = _("请给大家至少 %(least)s 天、最多 %(most)s 天核对记录。")


class WindowOver(Refused):
    code = "window_over"
    reason = _("核对的时间已经过了。")


class CorrectionsWait(Refused):
    code = "corrections_wait"
    reason = _("还有 %(many)s 条更正没有答复，现在不能定稿。")


class WindowStillOpen(Refused):
    code = "window_still_open"
    reason = _("大家可以核对到 %(until)s，时间没有到，现在不能定稿。")


class NotTheirStatement(Refused):
    code = "not_their_statement"
    field = "statement"
    reason = _("第 %(number)s 条发言不是 %(who)s 号说的，本人只能更正自己的发言。请核对。")


class CorrectionNeedsWords(Refused):
    code = "correction_needs_words"
    field = "words"
    reason = _("请写明记录里更正什么。")


class AnsweredAlready(Refused):
    code = "answered_already"
    reason = _("这一条已经答复过了。")


class VotesTooMany(Refused):
    code = "votes_too_many"
    field = "in_favour"
    reason = _(
        "票数加起来是 %(votes)s，比在场的 %(present)s 个席位还多。没有席位的人旁听，不表决。"
    )


class NotAgreed(Refused):
    code = "not_agreed"
    field = "method"
    reason = _("协商一致，就要有人同意，没有人反对。请核对票数，或者改选举手、书面表决。")


class VotedWhen(Refused):
    code = "voted_when"
    field = "voted_at"
    reason = _("会议已经结束，请写明是什么时候表决的：在场的人按那个时候算。")


class VotesStand(Refused):
    """What was decided rests on the votes as they were counted."""

    code = "votes_stand"
    reason = _("结果已经记录，它所依据的表决不能再登记，也不能再更正。")


class VotedOutside(Refused):
    code = "voted_outside"
    field = "voted_at"
    reason = _("表决要在开会以后、散会以前，请核对时间。")
