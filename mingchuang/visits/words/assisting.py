"""What the screen says of companions: for whom, what for, where from, and how it stands."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.visits.rules.assisting import State
from mingchuang.visits.words.tables import GREEN, Choices

ASSIST_STATES: Choices = [
    (State.ASKED, _("等人去陪")),
    (State.ASSIGNED, _("已派人")),
    (State.ACCEPTED, _("有人来陪")),
    (State.MET, _("正在陪")),
    (State.FINISHED, _("已陪完")),
    (State.MISSED, _("没有碰上")),
    (State.LAPSED, _("没有人去")),
    (State.CANCELLED, _("已取消")),
]
# A category people name themselves, as at the green channel; never a diagnosis.
CATEGORIES: Choices = [*GREEN[:6], ("other", pgettext_lazy("companion", "其他"))]
ASSIST_NEEDS: Choices = [
    ("whole", _("全程陪同")),
    ("guide", _("带路")),
    ("wheelchair", _("轮椅")),
    ("forms", _("代填表格")),
    ("reading", _("读写帮助")),
    ("sign", _("手语")),
    ("dialect", _("方言")),
    ("language", _("外语")),
    ("carrying", _("搬东西")),
]
ASSIST_ORIGINS: Choices = [
    ("online", _("网上")),
    ("booking", _("预约时")),
    ("kiosk", _("取号机")),
    ("phone", _("电话")),
    ("hall", _("大厅当面")),
]
# Why a companion gives an assistance back to the board.
RETURNS: Choices = [
    ("busy", _("走不开")),
    ("far", _("赶不到")),
    ("off", _("要下班了")),
    ("skill", _("要会这个的人去（如手语、方言）")),
]
# What whoever asked reads on their page: how it stands, and what comes next.
TOLD = {
    State.ASKED: _("已收到，正在安排人陪您"),
    State.ASSIGNED: _("已请工号 %(badge)s 来陪您"),
    State.ACCEPTED: _("工号 %(badge)s 会来陪您"),
    State.MET: _("工号 %(badge)s 正在陪您"),
    State.FINISHED: _("这次陪办已经办完"),
    State.MISSED: _("没有碰上您"),
    State.LAPSED: _("对不起，这次没有人来陪您"),
    State.CANCELLED: _("这次陪办已经取消"),
}
NEXT = {
    State.ASKED: _("有人接下以后，这里会写上对方的工号。"),
    State.ASSIGNED: _("正在等对方确认。请按时到碰面的地方，对方佩戴工号牌。"),
    State.ACCEPTED: _("请按时到碰面的地方，对方佩戴工号牌。"),
    State.MET: _("有什么需要，请直接告诉陪您的人。"),
    State.FINISHED: _("谢谢您来。下次需要，还可以再约。"),
    State.MISSED: _("对方到了约好的地方，没有见到您。还需要的话，请再约一次，或者到咨询台找我们。"),
    State.LAPSED: _("请到咨询台找我们，或者打大厅的电话。这一次会如实计入统计。"),
    State.CANCELLED: _("没有人会等您。还需要的话，请再约一次。"),
}
# The board, from the top.
RANKS = [_("我的"), _("现在"), _("两小时内"), _("稍后")]
# How person-times are headed.
PERSON_TIMES = {
    "done": _("已陪人次"),
    "asked": _("提出人次"),
    "cancelled": _("取消"),
    "missed": _("没有碰上"),
    "lapsed": _("没有人去"),
    "open": _("还没办完"),
}
