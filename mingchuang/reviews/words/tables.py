"""The grades as the national scheme names them, the best first."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.reviews.rules import Origin

GRADES: list[tuple[int, Text]] = [
    (5, _("非常满意")),
    (4, pgettext_lazy("grade", "满意")),
    (3, _("基本满意")),
    (2, pgettext_lazy("grade", "不满意")),
    (1, _("非常不满意")),
]
ORIGINS: list[tuple[str, Text]] = [
    (Origin.CITIZEN.value, _("本人评价")),
    (Origin.WINDOW.value, _("窗口扫码，未核对本人")),
]
