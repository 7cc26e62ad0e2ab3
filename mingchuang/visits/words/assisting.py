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
