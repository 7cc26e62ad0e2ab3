"""What a plan of windows is asked for, and what it says."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingchuang.hall.words.tables import WEEKDAYS
from mingchuang.visits.rules.plan import PLAIN
from mingchuang.visits.rules.staffing import If

KINDS_OF_DAY: list[tuple[str, Promise]] = [
    (PLAIN, _("周一至周五")),
    *((str(day), words) for day, words in WEEKDAYS.items()),
]
IFS: dict[str, Promise] = {
    If.AS_PLANNED: _("照方案"),
    If.ONE_MORE: _("全天多一个窗口"),
    If.ONE_LESS: _("全天少一个窗口"),
    If.GREEN_DOUBLED: _("绿色通道的人加倍"),
}
