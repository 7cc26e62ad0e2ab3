"""What the screen calls things: one table per choice, in the order people pick from."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.cases.rules import keeping, many
from mingchuang.cases.rules.closing import Outcome
from mingchuang.cases.rules.escalation import DISPUTE, RETURN
from mingchuang.cases.rules.figures import Name, Part
from mingchuang.cases.rules.life import State
from mingchuang.cases.rules.numbers import RETYPED
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
# What people may say, and what a case may be changed to.
SAID_KINDS: Choices = [
    ("inquiry", _("咨询")),
    ("assistance", _("求助")),
    ("complaint", _("投诉")),
    ("report", _("举报")),
    ("suggestion", _("建议")),
    ("praise", _("表扬")),
    ("other", _("其他")),
]
KINDS: Choices = [*SAID_KINDS, ("rectify", _("整改"))]
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
    ("rectify", _("交办整改")),
]
LIKES: dict[str, Text] = {"much": _("很像"), "fairly": _("比较像"), "little": _("有点像")}
TRENDS: dict[str, Text] = {
    "rising": _("越来越多"),
    "falling": _("在减少"),
    "steady": _("平稳"),
}
OUTCOMES: Choices = [
    (Outcome.REACHED, _("问到了（接通，或回了短信）")),
    (Outcome.NO_ANSWER, _("无人接听")),
    (Outcome.WRONG_NUMBER, _("号码不对")),
    (Outcome.WOULD_NOT_SAY, _("接通，不愿评价")),
    (Outcome.TEXTED, _("发了短信，还没有回")),
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
    (RETURN, _("退单")),
    (DISPUTE, _("再次退单（派单异议）")),
    ("exclude", _("剔除")),
]
# Out of which rates a case may be left.
EXCLUDABLE: Choices = [
    (Name.ON_TIME, _("按时答复")),
    (Name.CONTACT, _("按时先行联系")),
    (Name.SOLVED, _("解决")),
    (Name.SATISFIED, _("满意")),
    (Name.REOPENED, _("重办")),
    (Name.RETURNED, _("退单")),
]
# Why a case may be left out. Our own list; a town that has published one puts its own here.
EXCLUSION_REASONS: Choices = [
    ("FORCE_MAJEURE", _("台风、洪水、疫情等不可抗力")),
    ("LEGAL_PROCEDURE", _("已进入诉讼、仲裁、复议、信访等程序")),
    ("BEYOND_LAW", _("诉求超出法律、政策的规定")),
    ("UNTRUE", _("查明不是事实，或者恶意反复提出")),
    ("REFUSED_TO_HELP", _("诉求人不配合，无法核实或办理")),
    ("OUR_FAULT", _("系统故障或登记错误造成")),
]
MANY: Choices = [
    ("dispatch", _("派单")),
    ("assign", _("派给承办人")),
    ("remind", _("催办")),
    ("extend", _("申请延期")),
    ("merge", _("并单")),
]
ITEM_OUTCOMES: Choices = [
    (many.Outcome.WAITING, _("等待办理")),
    (many.Outcome.DONE, _("已办好")),
    (many.Outcome.REFUSED, _("没有办成")),
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
UNCLEAR = "UNCLEAR"
# Why a submission may be declined; sources: Shantou and Beijing rules, 国办函〔2025〕66号.
DECLINES: Choices = [
    ("OUT_OF_AREA", _("不属于本地区管辖")),
    ("OTHER_ORGAN", _("属于党委、人大、政协、法院、检察院、军队等职权")),
    ("LEGAL_PROCEDURE", _("应当通过诉讼、仲裁、复议、信访、信息公开等程序办理")),
    ("ALREADY_HANDLED_NO_NEW_FACTS", _("同一事实已办结或正在办理，没有新的情况")),
    ("SECRET_OR_PRIVACY", _("涉及国家秘密、商业秘密或他人隐私")),
    ("UNLAWFUL", _("违反法律法规或公序良俗")),
    (UNCLEAR, _("没有具体内容，也联系不上您")),
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


# What is kept for how long: one line of the table each.
CATEGORIES: Choices = [
    (keeping.CONTACT, _("办结后的联系电话")),
    (keeping.PHOTOS, pgettext_lazy("many", "照片")),
    *(
        (
            keeping.identity_of(kind, confidential=secret),
            format_lazy(
                _("诉求人身份：{kind}（保密）") if secret else _("诉求人身份：{kind}"), kind=name
            ),
        )
        for kind, name in KINDS
        for secret in (False, True)
    ),
    (keeping.WORDS, _("全部文字：诉求、答复、记录，连同照片")),
    (
        keeping.VISITORS,
        _(
            "来访人：预约、取号、候补、报名、请人陪办时留下的姓名、电话和碰面地点（从办完或那一天过去起算）"
        ),
    ),
    (keeping.BATCHES, _("批量办理的名单，连同替名单上的人交的材料")),
    (
        keeping.COUNCIL,
        _("议事名册上的人：姓名、电话、住址、特征、委托和表态的纸（从议题结束起算）"),
    ),
    (keeping.OBJECTORS, _("对决议提意见的人：原文、姓名和电话（从议题结束起算）")),
    (
        keeping.OWNERS,
        _("业主：姓名、电话、房号和表决的选择（从议题结束、账目不再变动起算）"),
    ),
    (keeping.THANKS, _("致谢的人和送礼的人：姓名、原话和照片（从致谢、退还那一天起算）")),
    (keeping.LOST, _("报失：失主的姓名、电话和描述（从领回、撤回或不再找起算）")),
    (keeping.FOUND, _("拾得物：拾到的人、认领的人和核对的特征（从归还、移交或处理起算）")),
    (
        keeping.RATERS,
        _("评价：写的话、留下的电话、核实差评时记的话（从评价、差评办结起算）"),
    ),
    (keeping.INSPECTIONS, _("检查时写的情况和拍的照片（从查完起算）")),
]
# What an erasure took; PIPL article 47.
PARTS: Choices = [
    ("who", _("诉求人的姓名、电话和住址")),
    ("phone", _("诉求人的电话")),
    ("photos", pgettext_lazy("many", "照片")),
    ("words", _("文字和照片")),
]
# PIPL articles 45 (copy), 46 (correct), 47 (delete).
PRIVACY_WISHES: Choices = [
    ("copy", _("查阅、复制")),
    ("correct", _("更正")),
    ("erase", _("删除")),
]
REACHES: Choices = [
    ("this", _("只这一件")),
    ("all", _("用同一电话提交的每一件")),
]
PROOFS: Choices = [
    ("receipt", _("凭回执")),
    ("document", _("当面看过身份证件")),
    ("called_back", _("拨打所留电话核对")),
]


def label(choices: Choices, value: str) -> Text:
    """Return the words for `value`, or the value itself where there are none."""
    return dict(choices).get(value, value)


# What an audit says of a case.
FAULTS: dict[str, Text] = {
    "state": _("%(case)s 的状态是“%(stands)s”，台账说的是“%(tells)s”。"),
    "due_at": _("%(case)s 的到期时间是“%(stands)s”，台账说的是“%(tells)s”。"),
    "gone": _("%(subject)s 的私密内容（%(verb)s）不见了，台账没有说它被删除。"),
    "refilled": _("%(subject)s 的 %(verb)s：台账说内容已删除，数据库里却又有了。"),
    "answers": _("%(case)s 有 %(stands)s 次答复，台账说有 %(tells)s 次。"),
}

# The rates: what each is called, and what it says in one sentence.
RATES: dict[str, Text] = {
    Name.ON_TIME: _("按时答复率"),
    Name.CONTACT: _("按时先行联系率"),
    Name.SOLVED: _("解决率"),
    Name.SATISFIED: _("满意率"),
    Name.REOPENED: _("重办率"),
    Name.RETURNED: _("退单率"),
    Name.REPEATED: _("重复诉求率"),
}
RATE_SENTENCES: dict[str, Text] = {
    Name.ON_TIME: _(
        "这段时间到期的承诺里，到期前答复的占多少。到期没有答复的、答复前撤回或并走的，都算没有按时。"
    ),
    Name.CONTACT: _("这段时间该联系诉求人的里面，到期前联系上的占多少。"),
    Name.SOLVED: _("回访时说了“解决”或“没有解决”的里面，说“解决”的占多少。"),
    Name.SATISFIED: _("回访时表了态的里面，“满意”和“基本满意”合起来占多少。"),
    Name.REOPENED: _("这段时间的答复里，后来诉求人说“没有解决”的占多少。"),
    Name.RETURNED: _("这段时间派出的工单里，承办单位退回的占多少。"),
    Name.REPEATED: _("这段时间的诉求里，并入已有工单的、本人又来催的占多少。"),
}
# What a row of a number counts as, and why something was left out.
MEASURE_WORDS: dict[str, Text] = {
    "submissions": _("收到的诉求"),
    "cases": _("诉求所在的工单"),
    "repeated": _("重复的诉求"),
    "replies": _("答复"),
    "reopened": _("没有解决，重办"),
    "promised": _("到期后才答复"),
    "kept": _("到期前答复"),
    "lapsed": _("到期没有答复"),
    "contacts": _("没有按时联系"),
    "contacted": _("按时联系"),
    "said": _("没有解决"),
    "solved": _("解决了"),
    "rated": _("不满意"),
    "content": _("满意或基本满意"),
    "mostly": _("基本满意"),
    "no_answer": _("无人接听"),
    "wrong_number": _("号码不对"),
    "would_not_say": _("接通，不愿评价"),
    "texted": _("发了短信，还没有回"),
    "unrated": _("没有说满意不满意"),
    "dispatches": _("派出"),
    "returned": _("被退回"),
    RETYPED: _("改过类型"),
    **dict(EXCLUSION_REASONS),
}
SIDES: dict[str, Text] = {
    Part.NUMERATOR: _("分子"),
    Part.REST: _("其余"),
    Part.DENOMINATOR: _("分母"),
    Part.EXCLUDED: _("未计入"),
}
