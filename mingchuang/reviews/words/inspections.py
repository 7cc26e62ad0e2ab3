"""What standards and inspections are called on the screen."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.reviews.rules.inspections import Answer, Deed, Manner, State
from mingchuang.reviews.rules.standards import Chapter, Method

Choices = list[tuple[str, Text]]

CHAPTERS: Choices = [
    (Chapter.APPEARANCE.value, _("仪容仪表")),
    (Chapter.BADGE.value, _("亮牌上岗")),
    (Chapter.GREETING.value, _("起身相迎")),
    (Chapter.WORDS.value, _("服务用语")),
    (Chapter.CONDUCT.value, _("言行举止")),
    (Chapter.ORDER.value, _("大厅秩序")),
]
METHODS: Choices = [
    (Method.LOOK.value, _("看现场")),
    (Method.ASK.value, _("问一问")),
    (Method.PAPERS.value, _("查资料")),
]
MANNERS: Choices = [
    (Manner.OPEN.value, _("明查")),
    (Manner.MYSTERY.value, _("暗访")),
]
INSPECTION_STATES: Choices = [
    (State.PLANNED.value, pgettext_lazy("inspection", "待检查")),
    (State.FINISHED.value, pgettext_lazy("inspection", "已查完")),
    (State.UNDONE.value, pgettext_lazy("inspection", "已撤销")),
    (State.CALLED_OFF.value, pgettext_lazy("inspection", "不查了")),
]
ANSWERS: Choices = [
    (Answer.KEPT.value, _("做到了")),
    (Answer.BROKEN.value, _("没做到")),
    (Answer.NOT_APPLICABLE.value, _("不适用")),
]
INSPECTION_DEEDS: Choices = [
    (Deed.PLAN.value, _("安排检查")),
    (Deed.FINISH.value, _("查完")),
    (Deed.HAND_OVER.value, _("交办整改")),
    (Deed.ANSWER.value, _("单位说明")),
    (Deed.UNDO.value, _("撤销")),
    (Deed.CALL_OFF.value, _("不查了")),
]
# What an audit finds.
FAULTS: dict[str, Text] = {
    "shot_missing": _("检查 %(inspection)s 的照片文件 %(path)s 不见了。请从备份中找回。"),
    "shot_changed": _(
        "检查 %(inspection)s 的照片文件 %(path)s 已不是当初收下的那一张。请从备份中找回。"
    ),
}
