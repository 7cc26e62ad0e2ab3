"""The grades as the national scheme names them, the best first; whose word, and how it came."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.reviews.rules.figures import Name
from mingchuang.reviews.rules.life import Deed, Finding, State
from mingchuang.reviews.rules.ratings import Channel, Origin

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
    (Origin.STAFF.value, _("纸质评价，工作人员录入")),
]
CHANNELS: list[tuple[str, Text]] = [
    (Channel.TICKET.value, _("小票二维码")),
    (Channel.RECEIPT.value, _("回执页")),
    (Channel.KIOSK.value, _("自助机")),
    (Channel.WINDOW.value, _("窗口二维码")),
    (Channel.PAPER.value, _("纸质评价表")),
]
STATES: list[tuple[str, Text]] = [
    (State.WAITING.value, _("待核实")),
    (State.FOUND.value, _("已核实")),
    (State.CONTESTED.value, _("申诉中")),
    (State.RECTIFYING.value, _("整改中")),
    (State.CLOSED.value, pgettext_lazy("review", "已办结")),
]
FINDINGS: list[tuple[str, Text]] = [
    (Finding.SUBSTANTIATED.value, _("属实")),
    (Finding.PARTLY.value, _("部分属实")),
    (Finding.UNFOUNDED.value, _("不属实")),
    (Finding.MISTAKEN.value, _("误评")),
    (Finding.MALICIOUS.value, _("恶意评价")),
]
DEEDS: list[tuple[str, Text]] = [
    (Deed.CALL.value, _("回访核实")),
    (Deed.FIND.value, _("核实认定")),
    (Deed.AGREE.value, _("认可")),
    (Deed.CONTEST.value, _("申诉")),
    (Deed.DECIDE.value, _("申诉审核")),
    (Deed.HAND_OVER.value, _("交办整改")),
    (Deed.CLOSE.value, _("办结")),
]
RATES: dict[str, Text] = {
    Name.VOICE: _("主动评价率"),
    Name.GOOD: _("好评率"),
    Name.BAD: _("差评率"),
    Name.VERIFIED: _("按时核实率"),
    Name.CALLED: _("差评回访率"),
    Name.RECTIFIED: _("按期整改率"),
}
RATE_SENTENCES: dict[str, Text] = {
    Name.VOICE: _("这个月到窗口办过的来访、办结的诉求里，本人作了评价的占多少。"),
    Name.GOOD: _("本人的有效评价里，“非常满意”“满意”“基本满意”合起来占多少。"),
    Name.BAD: _("本人的有效评价里，“不满意”“非常不满意”合起来占多少。"),
    Name.VERIFIED: _(
        "这个月的差评里，到了首次联系时限的和已经开始核实的，按时开始核实（联系评价人，"
        "没有留电话的直接认定）的占多少；没有按时的都算晚。"
    ),
    Name.CALLED: _("留了电话的差评里，已经打通、问到情况的占多少。"),
    Name.RECTIFIED: _("这个月的差评交办的整改里，到期的和已经答复的，按期答复的占多少。"),
}
