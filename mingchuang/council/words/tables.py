"""What the screen calls things: one table per choice, in the order people pick from."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.council.rules.inviting import Channel, Outcome
from mingchuang.council.rules.life import State
from mingchuang.council.rules.register import Affected, Camp, Proof, SeatState, Why

Choices = list[tuple[str, Text]]

STATES: Choices = [
    (State.PROPOSED, pgettext_lazy("topic", "已提出")),
    (State.GATHERING, pgettext_lazy("topic", "登记利益相关方")),
    (State.DRAWING, pgettext_lazy("topic", "准备抽签")),
    (State.INVITING, pgettext_lazy("topic", "邀请参会")),
    (State.SITTING, pgettext_lazy("topic", "开会议事")),
    (State.DECIDED, pgettext_lazy("topic", "已有决议")),
    (State.CLOSED, pgettext_lazy("topic", "已办结")),
    (State.DROPPED, pgettext_lazy("topic", "不再议")),
]
ORIGINS: Choices = [
    ("case", _("由工单提出")),
    ("survey", _("由摸底提出")),
    ("itself", _("直接提出")),
]
# Civil Code, article 278: what the owners decide together, the council can only propose.
LEGALS: Choices = [
    ("deliberation", _("居民议事")),
    ("ballot", _("须由业主共同决定（《民法典》第二百七十八条）")),
]
AFFECTED: Choices = [
    (Affected.DIRECT, _("直接受影响")),
    (Affected.NEAR, _("住在附近")),
    (Affected.INTERESTED, _("关心这件事")),
]
CAMPS: Choices = [
    (Camp.SUPPORT, pgettext_lazy("camp", "赞成")),
    (Camp.OPPOSE, pgettext_lazy("camp", "反对")),
    (Camp.UNDECIDED, pgettext_lazy("camp", "还没想好")),
]
PROOFS: Choices = [
    (Proof.LINK, _("本人在网页上表明")),
    (Proof.PAPER, _("本人在纸上表明")),
    (Proof.OBJECTION, _("有记录的反对意见")),
]
WHYS: Choices = [
    (Why.MUST, _("直接受影响，必须在场")),
    (Why.DRAWN, _("抽签抽中")),
    (Why.REFILL, _("补抽抽中")),
]
SEAT_STATES: Choices = [
    (SeatState.DRAWN, pgettext_lazy("seat", "等待答复")),
    (SeatState.ACCEPTED, pgettext_lazy("seat", "答应参加")),
    (SeatState.DECLINED, pgettext_lazy("seat", "谢绝")),
    (SeatState.LOST, pgettext_lazy("seat", "空缺")),
]
RANDOMNESS: Choices = [
    ("dice", _("现场掷三颗十面骰子")),
    ("issue", _("预先公布期号的公开摇奖三位数，按公布的先后")),
]
CHANNELS: Choices = [
    (Channel.NOTICE, _("张贴通知")),
    (Channel.SMS, _("短信")),
    (Channel.CALL, _("打电话")),
    (Channel.DOOR, _("上门")),
    (Channel.FAMILY, _("请家属转告")),
    (Channel.LINK, _("本人在网页上答复")),
]
OUTCOMES: Choices = [
    (Outcome.LEFT, _("已送达，没有见面")),
    (Outcome.REACHED, _("已当面或电话告知")),
    (Outcome.ACCEPTED, _("答应参加")),
    (Outcome.DECLINED, _("不参加")),
    (Outcome.ABSENT, _("没有人应")),
    (Outcome.WRONG, _("号码或地址不对")),
]
