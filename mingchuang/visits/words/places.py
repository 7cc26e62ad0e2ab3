"""What the screen calls standing by, signing up and what became of it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.visits.rules.draw import Stage
from mingchuang.visits.rules.standby import Part, StandbyState
from mingchuang.visits.words.tables import Choices

STANDINGS: Choices = [
    (StandbyState.WAITING, _("候补中")),
    (StandbyState.OFFERED, _("有空位，等您确认")),
    (StandbyState.TAKEN, _("已约上")),
    (StandbyState.LAPSED, _("没有按时确认")),
    (StandbyState.LEFT, _("已退出候补")),
    (StandbyState.CLOSED, _("没有等到空位")),
]
PARTS: Choices = [
    (Part.ANY, _("全天都可以")),
    (Part.MORNING, pgettext_lazy("half of a day", "上午")),
    (Part.AFTERNOON, pgettext_lazy("half of a day", "下午")),
]
STAGES: Choices = [
    (Stage.COMING, _("还没开始报名")),
    (Stage.OPEN, _("正在报名")),
    (Stage.CLOSED, _("报名截止，等待摇号")),
    (Stage.DRAWN, _("已摇号")),
]
# What happened to somebody who stands by, as their page tells it.
STORY: dict[str, Text] = {
    "registered": _("您登记了候补"),
    "offered": _("有位子空出来，为您留着"),
    "taken": _("您确认了，预约成功"),
    "lapsed": _("没有按时确认，位子让给了下一位"),
    "left": _("您退出了候补"),
    "closed": _("这一天没有等到空位"),
}
