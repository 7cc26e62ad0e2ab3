"""The words for the room's choices, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ESTIMATED: dict[str, Promise] = {
    "ours": _("我们的预计"),
    "les": _("刚被叫到的人等了多久（LES）"),
    "published": _("前面人数 × 公布的办理时间 ÷ 窗口数"),
    "office_mean": _("本大厅往日的平均等候"),
    "formula": _("公式"),
    "learner": _("学习模型"),
}
GOAL_WORDS: dict[str, Promise] = {
    "mae": _("平均误差"),
    "median": _("误差中位数"),
    "bias": _("偏差"),
    "coverage80": _("落在 P10 到 P90 之间的占比"),
    "milliseconds": _("每次预计的毫秒数"),
}
