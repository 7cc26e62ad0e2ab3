"""What the screen says of home visits: for whom, how it stands, what comes next."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.visits.rules.homes import State
from mingchuang.visits.words.tables import Choices

HOME_STATES: Choices = [
    (State.ASKED, _("等安排")),
    (State.ARRANGED, _("已约定")),
    (State.DONE, pgettext_lazy("home", "已办完")),
    (State.OFF, _("已取消")),
]
# A category people name themselves; never a diagnosis.
HOME_FOR: Choices = [
    ("elderly", _("老年人")),
    ("disabled", _("残疾人")),
    ("ill", _("病患")),
    ("other", pgettext_lazy("companion", "其他")),
]
# What whoever asked reads on their page: how it stands, and what comes next.
HOME_TOLD = {
    State.ASKED: _("已收到，正在安排上门"),
    State.ARRANGED: _("已约好，工号 %(first)s 和 %(second)s 上门"),
    State.DONE: _("这次上门已经办完"),
    State.OFF: _("这次上门已经取消"),
}
HOME_NEXT = {
    State.ASKED: _("我们会在上面这一天以前打电话，和您约定时间。"),
    State.ARRANGED: _("两位同事会一起来，佩戴工号牌。只有一个人来，或者工号不对，请不要开门。"),
    State.DONE: _("有不清楚的，请打大厅的电话。"),
    State.OFF: _("还需要的话，请再约一次。"),
}
