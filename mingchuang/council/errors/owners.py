"""What is refused of the owners' ballot and what they pay, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


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


class TooManyFlats(Refused):
    code = "too_many_flats"
    reason = _("一份最多 %(most)s 行，这份超过了，一行也没有登记。请分成几份，分别导入。")
    field = "workbook"


class FlatTakenOut(Refused):
    code = "flat_taken_out"
    reason = _("房号“%(label)s”已经划去，没有登记。要用它，请先在名册里恢复。")


class FlatPays(Refused):
    code = "flat_pays"
    reason = _("这套房要分摊“%(title)s”，分摊已经确定，不能划去。")


class NotAnOwnersMatter(Refused):
    code = "not_an_owners_matter"
    reason = _("这个议题不是须由业主共同决定的事项，不用业主表决。")


class NotPublicYet(Refused):
    code = "not_public_yet"
    reason = _("这个议题还没有公开，业主打不开链接。请先公开议题。")


class OpensTooEarly(Refused):
    code = "opens_too_early"
    reason = _("开始的日子不能早于今天。")
    field = "opens_at"


class ClosesTooSoon(Refused):
    code = "closes_too_soon"
    reason = _("请给业主至少 %(days)s 天表决。")
    field = "closes_at"


class WrongBallotStep(Refused):
    code = "wrong_ballot_step"
    reason = _("这次表决现在是“%(state)s”，不能这样办。")
    advice = _("页面可能已经过时，请刷新后再看。")


class NotVotingNow(Refused):
    code = "not_voting_now"
    reason = _("现在不在表决时间内：%(opens)s 开始，%(closes)s 截止。")


class PaperLate(Refused):
    code = "paper_late"
    reason = _(
        "表决已于 %(closes)s 截止。截止以前交来的纸质票，计票以前还可以登记："
        "请核对以后勾选“截止以前交来的”。"
    )
    field = "in_time"


class StillVoting(Refused):
    code = "still_voting"
    reason = _("还没有到截止时间，还有 %(out)s 位业主没有表决。")


class NoSuchFlat(Refused):
    code = "no_such_flat"
    reason = _("名册里没有“%(label)s”这个房号，请核对。")
    field = "label"


class VotedAlready(Refused):
    code = "voted_already"
    reason = _("这位业主的票已经登记过了。登记错了，请先写明理由撤回，再重新登记。")


class VotedByLink(Refused):
    code = "voted_by_link"
    reason = _("这位业主已经在网页上亲自表决，工作人员不能改动。要改，请业主本人用自己的链接改。")


class VotedOnPaper(Refused):
    code = "voted_on_paper"
    reason = _("您的票已按纸面票登记，网页上不能改。登记得不对，请找召集人撤回，再重新投。")


class FiledTwice(Refused):
    code = "filed_twice"
    reason = _("存档号“%(filed)s”已经登记过一张票，请核对。")
    field = "filed"


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
    reason = _("按这种办法，没有住户需要分摊。请核对减免和系数。")


class PaperUsed(Refused):
    code = "paper_used"
    reason = _("单据号“%(paper)s”已经用过，请核对。")
    field = "paper"


class DayAhead(Refused):
    code = "day_ahead"
    reason = _("这一天还没有到，请核对日期。")
    field = "on"


class DayBefore(Refused):
    code = "day_before"
    reason = _("这笔费用是 %(day)s 登记的，日期不能更早。")
    field = "on"


class MoreThanLeft(Refused):
    code = "more_than_left"
    reason = _("账上只有 %(left)s 元，付不出这么多。请核对金额，或者先登记收款。")
    field = "amount"


class MoreThanPaid(Refused):
    code = "more_than_paid"
    reason = _("这一户只交了 %(paid)s 元，退不了这么多。")
    field = "amount"


class RefundStands(Refused):
    code = "refund_stands"
    reason = _("这笔钱已经退过一部分，请先冲销退款。")


class SpentAlready(Refused):
    code = "spent_already"
    reason = _("账上只剩 %(left)s 元，这笔钱已经付出去了，请先冲销支出。")
