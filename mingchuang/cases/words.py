"""What the screen calls things: one table per choice, in the order people pick from."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.cases.rules.closing import Outcome
from mingchuang.cases.rules.life import State
from mingchuang.cases.rules.watch import Watch

Choices = list[tuple[str, Text]]

STATES: Choices = [
    (State.RECEIVED, _("已收到")),
    (State.NEEDS_INFO, _("待补充")),
    (State.ACCEPTED, _("已受理")),
    (State.DISPATCHED, _("已派单")),
    (State.RETURNED, _("退单待定")),
    (State.HANDLING, _("办理中")),
    (State.PAUSED, _("已挂起")),
    (State.REPLIED, _("已答复")),
    (State.ARCHIVED, _("已归档")),
    (State.DECLINED, pgettext_lazy("state", "不予受理")),
    (State.REFERRED, _("已转送")),
    (State.MERGED, _("已并单")),
    (State.WITHDRAWN, _("已撤回")),
]
KINDS: Choices = [
    ("inquiry", _("咨询")),
    ("assistance", _("求助")),
    ("complaint", _("投诉")),
    ("report", _("举报")),
    ("suggestion", _("建议")),
    ("praise", _("表扬")),
    ("other", _("其他")),
]
URGENCIES: Choices = [
    ("normal", _("一般")),
    ("urgent", _("紧急")),
    ("critical", _("特急")),
]
CHANNELS: Choices = [
    ("web", _("网页")),
    ("phone", _("电话")),
    ("counter", pgettext_lazy("channel", "窗口")),
    ("letter", _("来信")),
    ("community", _("社区")),
    ("import", _("批量导入")),
    ("proactive", _("未诉先办")),
]
LIKES: dict[str, Text] = {"much": _("很像"), "fairly": _("比较像"), "little": _("有点像")}
TRENDS: dict[str, Text] = {
    "rising": _("越来越多"),
    "falling": _("在减少"),
    "steady": _("平稳"),
}
OUTCOMES: Choices = [
    (Outcome.REACHED, _("接通，问到了")),
    (Outcome.NO_ANSWER, _("无人接听")),
    (Outcome.WRONG_NUMBER, _("号码不对")),
    (Outcome.WOULD_NOT_SAY, _("接通，不愿评价")),
]
SATISFACTIONS: Choices = [
    ("yes", _("满意")),
    ("mostly", _("基本满意")),
    ("no", _("不满意")),
]
DISPOSITIONS: Choices = [
    ("done", _("已办成")),
    ("partly", _("部分办成")),
    ("explained", _("已解释说明")),
    ("cannot", _("暂时办不成")),
]
PLEAS: Choices = [
    ("extend", _("延期")),
    ("pause", _("挂起")),
    ("retype", _("改变类型")),
    ("return", _("退单")),
]
WATCHES: list[tuple[int, Text]] = [
    (Watch.CALM, _("正常")),
    (Watch.WARNED, _("已预警")),
    (Watch.REMINDED, _("已催办")),
    (Watch.SUPERVISED, _("督办中")),
]
CHANGES: Choices = [
    ("accept", _("受理")),
    ("pause", _("挂起")),
    ("resume", _("恢复办理")),
    ("extend", _("延期")),
    ("reopen", _("重办")),
    ("retype", _("改变类型")),
    ("calendar", _("载入新的工作日安排")),
]
# Why a submission may be declined; sources: Shantou and Beijing rules, 国办函〔2025〕66号.
DECLINES: Choices = [
    ("OUT_OF_AREA", _("不属于本地区管辖")),
    ("OTHER_ORGAN", _("属于党委、人大、政协、法院、检察院、军队等职权")),
    ("LEGAL_PROCEDURE", _("应当通过诉讼、仲裁、复议、信访、信息公开等程序办理")),
    ("ALREADY_HANDLED_NO_NEW_FACTS", _("同一事实已办结或正在办理，没有新的情况")),
    ("SECRET_OR_PRIVACY", _("涉及国家秘密、商业秘密或他人隐私")),
    ("UNLAWFUL", _("违反法律法规或公序良俗")),
    ("UNCLEAR", _("没有具体内容，也联系不上您")),
]
# Where a matter is handed on at once.
ROUTES: Choices = [
    ("119", _("119 火警")),
    ("110", _("110 报警")),
    ("120", _("120 急救")),
    ("122", _("122 交通事故")),
    ("court", _("人民法院")),
    ("petition", _("信访部门")),
    ("12315", _("12315 消费维权")),
    ("12333", _("12333 人社热线")),
    ("other", _("其他单位")),
]
EMERGENCY = frozenset({"119", "110", "120", "122"})


def label(choices: Choices, value: str) -> Text:
    """Return the words for `value`, or the value itself where there are none."""
    return dict(choices).get(value, value)


# What an audit says of a case.
FAULTS: dict[str, Text] = {
    "state": _("%(case)s 的状态是“%(stands)s”，台账说的是“%(tells)s”。"),
    "due_at": _("%(case)s 的到期时间是“%(stands)s”，台账说的是“%(tells)s”。"),
    "gone": _("%(subject)s 的私密内容（%(verb)s）不见了，台账没有说它被删除。"),
    "answers": _("%(case)s 有 %(stands)s 次答复，台账说有 %(tells)s 次。"),
}
