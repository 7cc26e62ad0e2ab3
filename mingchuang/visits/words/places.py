"""What the screen calls standing by, signing up and what became of it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
