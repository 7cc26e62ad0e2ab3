"""What the screen calls things: one table per choice, in the order people pick from."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.visits.rules.green import Basis
from mingchuang.visits.rules.life import State

Choices = list[tuple[str, Text]]

STATES: Choices = [
    (State.BOOKED, _("已预约")),
    (State.WAITING, _("等候中")),
    (State.CALLED, _("已叫号")),
    (State.SERVING, _("办理中")),
    (State.PARKED, _("稍后再办")),
    (State.SKIPPED, _("已过号")),
    (State.FINISHED, pgettext_lazy("visit", "已办完")),
    (State.MISSED, _("未到")),
    (State.CANCELLED, _("已取消")),
]
# Who may go first (绿色通道), by appearance or their own word; nobody is asked for a paper.
GREEN: Choices = [
    ("elderly", _("老年人")),
    ("disabled", _("残疾人")),
    ("ill", _("病患")),
    ("pregnant", _("孕妇")),
    ("infant", _("抱婴者")),
    ("soldier", _("军人、退役军人和军属")),
    ("rescuer", _("消防救援人员")),
]

# On what it is set or taken away by staff.
BASES: Choices = [
    (Basis.SEEN, _("看得出来")),
    (Basis.SAID, _("本人说的")),
]


def green_offered() -> Choices:
    """Return the kinds that are asked for here; what somebody once said keeps its name."""
    return [(kind, name) for kind, name in GREEN if kind in settings.GREEN_KINDS]


ORIGINS: Choices = [
    ("booked", _("预约")),
    ("kiosk", _("取号机")),
    ("counter", _("咨询台")),
    ("phone", _("手机取号")),
]
