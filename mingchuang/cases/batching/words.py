"""What the screen calls things of a batch."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.cases.rules.batches.columns import Kind
from mingchuang.cases.rules.batches.company import Proof
from mingchuang.cases.rules.batches.life import Stage
from mingchuang.cases.rules.batches.papers import Turned
from mingchuang.cases.words import Choices

STAGES: Choices = [
    (Stage.SENT, pgettext_lazy("batch", "已报")),
    (Stage.ACCEPTED, pgettext_lazy("batch", "已受理")),
    (Stage.NEEDS_MORE, pgettext_lazy("batch", "待补材料")),
    (Stage.IN_PROGRESS, pgettext_lazy("batch", "办理中")),
    (Stage.DONE, pgettext_lazy("batch", "已办结")),
    (Stage.DECLINED, pgettext_lazy("batch", "不予办理")),
    (Stage.TAKEN_OUT, _("已划去")),
]
# What the buttons are called by which a stage is reached.
MOVES: dict[str, Text] = {
    Stage.ACCEPTED: pgettext_lazy("batch move", "受理"),
    Stage.NEEDS_MORE: pgettext_lazy("batch move", "要材料"),
    Stage.IN_PROGRESS: pgettext_lazy("batch move", "开始办理"),
    Stage.DONE: pgettext_lazy("batch move", "办结"),
    Stage.DECLINED: pgettext_lazy("batch move", "不予办理"),
}
# Why a paper that came is turned back.
TURNED: Choices = [
    (Turned.UNREADABLE, _("看不清")),
    (Turned.OTHER_PAPER, _("不是这份材料")),
    (Turned.OTHER_PERSON, _("不是这个人的")),
    (Turned.INCOMPLETE, _("缺页、缺章")),
    (Turned.EXPIRED, _("过了有效期")),
    (Turned.OTHERWISE, _("其他原因")),
]
# How it was made sure which company somebody speaks for.
PROOFS: Choices = [
    (Proof.LETTER, _("看过单位盖章的介绍信或公函")),
    (Proof.SEEN, _("当面看过营业执照和工作证")),
    (Proof.CALL, _("拨打单位公开的电话问过")),
]
CARRIERS: Choices = [
    ("ems", _("中国邮政 EMS")),
    ("sf", _("顺丰速运")),
    ("jd", _("京东快递")),
    ("other", _("其他快递")),
]
# What is to be written in a column, for the second sheet of the template.
HOW: dict[Kind, Text] = {
    Kind.TEXT: _("文字，最多 100 个字。"),
    Kind.IDENTITY: _("18 位，最后一位可以是 X。这一列已设为文本，请不要改成数字。"),
    Kind.MOBILE: _("11 位手机号码。"),
    Kind.DATE: _("日期，例如 2026-03-02。"),
    Kind.PAST: _("日期，例如 2026-03-02，不能在今后。"),
    Kind.CHOICE: _("从这几项里选一项：%(choices)s。"),
}
