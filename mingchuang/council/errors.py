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


class NoFlats(Refused):
    code = "no_flats"
    reason = _("房屋名册还是空的，请先导入名册。")


class FlatsInUse(Refused):
    code = "flats_in_use"
    reason = _("正在表决，房屋名册不能改动。")
    advice = _("结果公布或者撤销表决以后再改。")


class FlatTwice(Refused):
    code = "flat_twice"
    reason = _("房号“%(label)s”在表里出现了两次，请留下正确的一行。")


class NotAnOwnersMatter(Refused):
    code = "not_an_owners_matter"
    reason = _("这个议题不是须由业主共同决定的事项，不用业主表决。")


class NotPublicYet(Refused):
    code = "not_public_yet"
    reason = _("这个议题还没有公开，业主打不开链接。请先公开议题。")


class WrongBallotStep(Refused):
    code = "wrong_ballot_step"
    reason = _("这次表决现在是“%(state)s”，不能这样办。")
    advice = _("页面可能已经过时，请刷新后再看。")


class NotVotingNow(Refused):
    code = "not_voting_now"
    reason = _("现在不在表决时间内：%(opens)s 开始，%(closes)s 截止。")


class StillVoting(Refused):
    code = "still_voting"
    reason = _("还没有到截止时间，还有 %(out)s 位业主没有表决。")


class NoSuchFlat(Refused):
    code = "no_such_flat"
    reason = _("名册里没有“%(label)s”这个房号，请核对。")


class VotedAlready(Refused):
    code = "voted_already"
    reason = _("这位业主的票已经登记过了。登记错了，请先写明理由撤回，再重新登记。")


class VotedByLink(Refused):
    code = "voted_by_link"
    reason = _("这位业主已经在网页上亲自表决，工作人员不能改动。要改，请业主本人用自己的链接改。")


class NoVote(Refused):
    code = "no_vote"
    reason = _("这位业主没有可以撤回的纸质票。")


class CostFixed(Refused):
    code = "cost_fixed"
    reason = _("分摊已经确定，不能再改。")


class CostNotFixed(Refused):
    code = "cost_not_fixed"
    reason = _("分摊还没有确定，先不能收款。")


class NobodyPays(Refused):
    code = "nobody_pays"
    reason = _("照这个办法没有人分摊，请核对减免和系数。")


class PaperUsed(Refused):
    code = "paper_used"
    reason = _("单据号“%(paper)s”已经用过，请核对。")


class MoreThanPaid(Refused):
    code = "more_than_paid"
    reason = _("这一户只交了 %(paid)s 元，退不了这么多。")


class RefundStands(Refused):
    code = "refund_stands"
    reason = _("这笔钱已经退过一部分，请先冲销退款。")
