"""What the screen calls a sitting and what came of it: one table per choice."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.council.rules import minutes, notice, sitting
from mingchuang.council.rules.binding import Force, Why
from mingchuang.council.rules.checking import LOOKED, Result, Rhythm
from mingchuang.council.rules.minutes import Reading
from mingchuang.council.rules.sitting import Method, Stance, Way

Choices = list[tuple[str, Text]]

SITTING_STAGES: Choices = [
    (sitting.Stage.CALLED, pgettext_lazy("sitting", "已通知")),
    (sitting.Stage.OPEN, pgettext_lazy("sitting", "正在开会")),
    (sitting.Stage.CLOSED, pgettext_lazy("sitting", "已散会")),
    (sitting.Stage.OFF, pgettext_lazy("sitting", "已取消")),
]
WAYS: Choices = [
    (Way.LINK, _("用手机签到")),
    (Way.PAPER, _("在签到表上签到")),
]
STANCES: Choices = [
    (Stance.FOR, pgettext_lazy("stance", "同意")),
    (Stance.AGAINST, pgettext_lazy("stance", "不同意")),
    (Stance.IF, pgettext_lazy("stance", "同意，但有条件")),
]
METHODS: Choices = [
    (Method.HANDS, _("举手表决")),
    (Method.PAPER, _("书面表决")),
    (Method.AGREED, _("协商一致，没有人反对")),
]
MINUTES_STAGES: Choices = [
    (minutes.Stage.DRAFT, pgettext_lazy("minutes", "正在整理")),
    (minutes.Stage.OUT, pgettext_lazy("minutes", "请到会的人核对")),
    (minutes.Stage.FROZEN, pgettext_lazy("minutes", "已定稿")),
]
READINGS: Choices = [
    (Reading.CONFIRMED, _("记录无误")),
    (Reading.CORRECTED, _("有一处要更正")),
]
FORCES: Choices = [
    (Force.BINDING, _("有约束力的决议")),
    (Force.PROPOSAL, _("提交业主共同决定的建议")),
    (Force.OPINION, _("到会居民的意见")),
]
CONCERNED: Choices = [
    (Why.DIRECT, _("直接受影响")),
    (Why.OBJECTOR, _("反对")),
]
RHYTHMS: Choices = [
    (Rhythm.ONCE, _("一次")),
    (Rhythm.WEEKLY, _("每周一次")),
    (Rhythm.MONTHLY, _("每月一次")),
    (Rhythm.QUARTERLY, _("每季度一次")),
    (Rhythm.YEARLY, _("每年一次")),
]
RESULTS: Choices = [
    (Result.DUE, pgettext_lazy("check", "待检查")),
    (Result.PASSED, pgettext_lazy("check", "做到了")),
    (Result.FAILED, pgettext_lazy("check", "没有做到")),
    (Result.MISSED, pgettext_lazy("check", "到期没有人检查")),
]
# What somebody can have found who looked.
FOUND: Choices = [one for one in RESULTS if one[0] in LOOKED]
OBJECTION_STAGES: Choices = [
    (notice.Stage.RECEIVED, pgettext_lazy("objection", "已收到")),
    (notice.Stage.REVIEWED, pgettext_lazy("objection", "正在复议")),
    (notice.Stage.UPHELD, pgettext_lazy("objection", "已追加措施")),
    (notice.Stage.ANSWERED, pgettext_lazy("objection", "已答复")),
]
