"""What the screen calls ballots, votes, shares and money: one table per choice."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.council.rules.account import Move, Paid
from mingchuang.council.rules.ballot import Choice, Matter, Measure, Outcome, Stage
from mingchuang.council.rules.polling import BallotState, Way
from mingchuang.council.rules.shares import Basis

Choices = list[tuple[str, Text]]

# Civil Code, article 278, in its order.
MATTERS: Choices = [
    (Matter.PROCEDURE, _("（一）制定和修改业主大会议事规则")),
    (Matter.COVENANT, _("（二）制定和修改管理规约")),
    (Matter.COMMITTEE, _("（三）选举业主委员会或者更换业主委员会成员")),
    (Matter.MANAGER, _("（四）选聘和解聘物业服务企业或者其他管理人")),
    (Matter.USE_FUND, _("（五）使用建筑物及其附属设施的维修资金")),
    (Matter.RAISE_FUND, _("（六）筹集建筑物及其附属设施的维修资金")),
    (Matter.REBUILD, _("（七）改建、重建建筑物及其附属设施")),
    (Matter.COMMON_USE, _("（八）改变共有部分的用途或者利用共有部分从事经营活动")),
    (Matter.OTHER, _("（九）有关共有和共同管理权利的其他重大事项")),
]
CHOICES: Choices = [
    (Choice.FOR, pgettext_lazy("vote", "同意")),
    (Choice.AGAINST, pgettext_lazy("vote", "不同意")),
    (Choice.ABSTAIN, pgettext_lazy("vote", "弃权")),
]
BALLOT_STATES: Choices = [
    (BallotState.CALLED, pgettext_lazy("ballot", "表决中")),
    (BallotState.CLOSED, pgettext_lazy("ballot", "已截止计票")),
    (BallotState.PUBLISHED, pgettext_lazy("ballot", "结果已公布")),
    (BallotState.REVOKED, pgettext_lazy("ballot", "已撤销")),
]
BALLOT_OUTCOMES: Choices = [
    (Outcome.PASSED, _("表决通过")),
    (Outcome.TOO_FEW, _("参与表决的业主不够，没有形成决定")),
    (Outcome.NOT_AGREED, _("同意的业主不够，没有通过")),
]
WAYS: Choices = [
    (Way.LINK, _("本人在网页上表决")),
    (Way.PAPER, _("纸质票")),
]
BARS: dict[tuple[str, str], Text] = {
    (Stage.TAKE_PART, Measure.HEADS): _("参与表决的人数"),
    (Stage.TAKE_PART, Measure.AREA): _("参与表决的专有部分面积"),
    (Stage.AGREE, Measure.HEADS): _("同意的人数"),
    (Stage.AGREE, Measure.AREA): _("同意的专有部分面积"),
}
BASES: Choices = [
    (Basis.EQUAL, _("按户平均")),
    (Basis.AREA, _("按面积")),
    (Basis.FLOOR, _("按楼层系数")),
    (Basis.BENEFIT, _("按受益程度")),
]
MOVES: Choices = [
    (Move.PAYMENT, pgettext_lazy("money", "收款")),
    (Move.REFUND, pgettext_lazy("money", "退款")),
    (Move.EXPENSE, pgettext_lazy("money", "支出")),
]
PAID: dict[str, Text] = {
    Paid.NOTHING_DUE: pgettext_lazy("paid", "不用交"),
    Paid.UNPAID: pgettext_lazy("paid", "还没有交"),
    Paid.PARTLY: pgettext_lazy("paid", "交了一部分"),
    Paid.PAID: pgettext_lazy("paid", "已交清"),
    Paid.TOO_MUCH: pgettext_lazy("paid", "多交了"),
}
# What is wrong with a row of the register of flats.
FLAT_FAULTS: dict[str, Text] = {
    "no_column": _("表里没有“%(column)s”这一列，请补上这一列。"),
    "formula": _("“%(column)s”是公式（以等号开头），请用“粘贴为数值”换成文字。"),
    "empty": _("“%(column)s”是空的，请填写。"),
    "too_long": _("“%(column)s”有 %(length)s 个字，太长了，请缩短。"),
    "no_area": _("“%(glimpse)s”不是面积，请写成 89.56 的样子，最多两位小数。"),
    "odd_area": _("面积“%(glimpse)s”不对，请核对是不是平方米。"),
    "no_floor": _("“%(glimpse)s”不是楼层，请填整数，或者留空。"),
    "no_yes": _("“%(column)s”请填“是”或者“否”，或者留空。"),
}
