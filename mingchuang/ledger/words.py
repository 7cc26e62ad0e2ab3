"""What the ledger says in words: what does not fit, what a receipt shows, what a verb means."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.ledger.rules.audit import Code, Fault
from mingchuang.ledger.rules.receipt import Flaw

FLAWS: dict[str, str | Promise] = {
    Flaw.UNREADABLE: _("这不是一份完整的回执。请把回执文件的全部内容原样放进来。"),
    Flaw.OTHER_KEY: _("回执用的不是您给出的公钥。它可能出自另一本台账，也可能是伪造的。"),
    Flaw.BAD_SIGNATURE: _("检查点的签名对不上：这份回执不是用它所写的密钥签的，或者被改动过。"),
    Flaw.OTHER_SIZE: _("回执写的台账条数，与签过名的检查点不一致。"),
    Flaw.NOT_CANONICAL: _("记录的写法不规范，可能被人重新编排过。"),
    Flaw.NOT_INCLUDED: _("这条记录不在签过名的台账里：它的内容、位置或证明被改动过。"),
}

FAULTS: dict[str, str | Promise] = {
    Code.CHANGED: _("第 %(index)s 号记录被改动过：它与封存时不一样。"),
    Code.MISSING: _("第 %(first)s 号到第 %(last)s 号记录不见了。"),
    Code.TWICE: _("第 %(index)s 号位置上有两条记录。"),
    Code.UNREADABLE: _("从第 %(index)s 号起，有记录已经无法读出，后面的没有核对。"),
    Code.UNSIGNED: _("第 %(first)s 号到第 %(last)s 号记录有位置，却没有签过名的检查点。"),
    Code.TILE: _("第 %(level)s 层第 %(position)s 块的哈希与它下面的记录不符。"),
    Code.SURPLUS: _("第 %(level)s 层的哈希比封存的记录多。"),
    Code.FORGED: _("%(size)s 条记录时的检查点不是本台账的密钥签的，或者被改动过。"),
    Code.OTHER_ROOT: _("%(size)s 条记录时的检查点与现在的记录不符。"),
    Code.KEPT_NOT_OURS: _("您保存的第 %(number)s 份检查点不是本台账的密钥签的，或者被改动过。"),
    Code.KEPT_OTHER: _("您保存的 %(size)s 条记录时的检查点与现在的记录不符：台账被重写过。"),
    Code.KEPT_LONGER: _("您保存的检查点有 %(size)s 条记录，现在只剩 %(found)s 条：台账被截短了。"),
    Code.PRIVATE_CHANGED: _("%(subject)s 的私密内容被改动过：它与记入台账时的指纹不符。"),
    Code.NO_PLACE: _("有记录的位置是 %(index)s，台账里没有这样的位置。"),
    Code.NO_KEY: _(
        "台账的签名密钥 keys/ledger 不见了或者不能用，检查点的签名没有核对。请从备份恢复这个文件。"
    ),
    Code.UNGUARDED: _("数据库里防止改写台账的触发器 %(name)s 不见了，或者被改过。"),
}

# Spoken by verify.js, in the browser.
SPOKEN: dict[str, str | Promise] = {
    "empty": _("请先把回执的内容贴进来，或者选择回执文件。"),
    "no_crypto": _(
        "这个页面没有通过 https 打开，浏览器因此不提供密码运算，无法在这里核验。"
        "请改用 https 网址，或者用命令 mingchuang verify 核验。"
    ),
    "holds": _("这条记录原样写在台账的第 %(place)s 条；签名时台账共有 %(size)s 条记录。"),
    "fails": _("这份回执没有通过核验。"),
    "in_tree": _("记录与检查点里的根哈希吻合：它的位置是第 %(place)s 条，当时共有 %(size)s 条。"),
    "says": _("记录写的是：%(at)s，%(subject)s，%(deed)s。"),
    "happened": _("%(noun)s·%(deed)s"),
    "private": _("不公开的内容在台账里只留下指纹，猜不出原文：%(digest)s"),
    "signed": _("检查点的签名有效，签名的是 %(origin)s。"),
    "no_ed25519": _(
        "这个浏览器还不会验证 Ed25519 签名，所以“检查点是不是台账签的”这一步没有做。"
        "请换用新版浏览器再试，或者用命令 mingchuang verify 完成这一步。"
    ),
    "same_key": _(
        "回执的公钥与本页显示的相同。本页也来自同一台服务器，"
        "请再与张贴在大厅、印在公告上的公钥核对一次：%(key)s"
    ),
    "other_key_here": _(
        "回执的公钥不是本页显示的这一把，它可能是伪造的。如果它出自别的台账，"
        "请把那本台账的公钥填在“公钥”一栏再核验。回执的公钥是：%(key)s"
    ),
    "unpinned": _("公钥还没有核对，见最后一行。"),
    "pinned_key": _("回执的公钥与您给出的公钥相同。"),
    "own_key": _(
        "它是用回执自带的公钥核验的。要确信这是真正的台账，请与张贴在大厅、印在公告上的公钥"
        "核对：%(key)s"
    ),
    "bad_pinned_key": _("您给出的公钥不完整，请从头到尾原样抄写。"),
    "kept_not_ours": _("您保存的检查点不是用这把密钥签的，或者没有抄完整。"),
    "kept_same": _("您保存的检查点与回执的检查点一致。"),
    "kept_grew": _(
        "从您保存的检查点（%(first)s 条）到回执的检查点（%(second)s 条），"
        "台账只增加过，没有改动过。"
    ),
    "kept_broken": _(
        "您保存的检查点与回执的检查点互相矛盾：台账被重写过。请保留这两份文件并向监督部门反映。"
    ),
    "kept_unknown": _("没有取到两个检查点之间的证明，这一步没有做。请联网后再试。"),
    "not_fetched": _("没有取到这条记录的回执：它也许还没有封存，请稍后再试。"),
}

# The two halves of a verb, `room.happened`, and the names of facts.
# What is missing here is shown as it is written.
NOUNS: dict[str, str | Promise] = {
    "article": _("知识库"),
    "bulk": _("成批办理"),
    "calendar": _("法定日历"),
    "callback": _("回访"),
    "case": _("工单"),
    "catalogue": _("派单目录"),
    "desk": _("窗口在岗"),
    "figures": _("统计"),
    "forecast": _("等候预计"),
    "hall": _("大厅"),
    "keys": _("密钥"),
    "line": _("队列"),
    "person": _("工作人员"),
    "photo": _("照片"),
    "plan": _("窗口方案"),
    "plea": _("申请"),
    "post": _("岗位"),
    "privacy": _("个人信息申请"),
    "profile": _("时限表"),
    "remark": _("补充说明"),
    "reply": _("答复"),
    "requester": _("诉求人"),
    "retention": _("保存期限"),
    "submission": _("诉求"),
    "templates": _("答复模板"),
    "town": _("示范城"),
    "unit": _("单位"),
    "visit": _("来访"),
}
DEEDS: dict[str, str | Promise] = {
    "accepted": pgettext_lazy("done", "受理"),
    "acknowledged": pgettext_lazy("done", "签收"),
    "added": pgettext_lazy("done", "新增"),
    "answered_at_once": pgettext_lazy("done", "当场答复"),
    "applied": pgettext_lazy("done", "启用"),
    "archived": pgettext_lazy("done", "归档"),
    "asked": pgettext_lazy("done", "请补充要素"),
    "assigned": pgettext_lazy("done", "派给承办人"),
    "assisted": pgettext_lazy("done", "增加协办"),
    "begun": pgettext_lazy("done", "要求测算"),
    "booked": pgettext_lazy("done", "预约"),
    "built": pgettext_lazy("done", "建立"),
    "called": pgettext_lazy("done", "叫号"),
    "came_back": pgettext_lazy("done", "回来"),
    "cancelled": pgettext_lazy("done", "取消"),
    "changed": pgettext_lazy("done", "更改"),
    "checked_in": pgettext_lazy("done", "到场取号"),
    "cleared": pgettext_lazy("done", "清除"),
    "contacted": pgettext_lazy("done", "先行联系"),
    "contested": pgettext_lazy("done", "提出异议"),
    "corrected": pgettext_lazy("done", "更正"),
    "declined": pgettext_lazy("done", "不予受理"),
    "dispatched": pgettext_lazy("done", "派单"),
    "due_moved": pgettext_lazy("done", "到期时间变更"),
    "email_set": pgettext_lazy("done", "设定邮箱"),
    "ended": pgettext_lazy("done", "结束"),
    "erased": pgettext_lazy("done", "按规定删除"),
    "excluded": pgettext_lazy("done", "从统计中剔除"),
    "exported": pgettext_lazy("done", "取走副本"),
    "extended": pgettext_lazy("done", "延期"),
    "finished": pgettext_lazy("done", "办完"),
    "given": pgettext_lazy("done", "授予"),
    "granted": pgettext_lazy("done", "同意"),
    "imported": pgettext_lazy("done", "批量导入"),
    "included": pgettext_lazy("done", "恢复计入统计"),
    "issued": pgettext_lazy("done", "取号"),
    "join_wished": pgettext_lazy("done", "希望并入"),
    "joined": pgettext_lazy("done", "并入"),
    "kept": pgettext_lazy("done", "留存"),
    "learned": pgettext_lazy("done", "学习前一天"),
    "loaded": pgettext_lazy("done", "载入"),
    "made": pgettext_lazy("done", "提出"),
    "merged": pgettext_lazy("done", "并单"),
    "missed": pgettext_lazy("done", "未到"),
    "moved": pgettext_lazy("done", "改约"),
    "noted": pgettext_lazy("done", "记录"),
    "original_read": pgettext_lazy("done", "查看原件"),
    "parked": pgettext_lazy("done", "暂放"),
    "parted": pgettext_lazy("done", "撤销并单"),
    "passed_on": pgettext_lazy("done", "转到别的队列或窗口"),
    "paused": pgettext_lazy("done", "挂起"),
    "planned": pgettext_lazy("done", "测算完成"),
    "prompted": pgettext_lazy("done", "主动办理"),
    "published": pgettext_lazy("done", "公开"),
    "ran": pgettext_lazy("done", "清理"),
    "reaccepted": pgettext_lazy("done", "重新受理"),
    "recalled": pgettext_lazy("done", "再次叫号"),
    "received": pgettext_lazy("done", "收到"),
    "recorded": pgettext_lazy("done", "记录"),
    "redacted": pgettext_lazy("done", "遮盖身份线索"),
    "redispatched": pgettext_lazy("done", "改派"),
    "reduced": pgettext_lazy("done", "删除电话"),
    "referred": pgettext_lazy("done", "转送"),
    "refused": pgettext_lazy("done", "未同意"),
    "remarked": pgettext_lazy("done", "补充"),
    "reminded": pgettext_lazy("done", "催办"),
    "removed": pgettext_lazy("done", "删除"),
    "renewed": pgettext_lazy("done", "更新时段"),
    "reopened": pgettext_lazy("done", "重办"),
    "replied": pgettext_lazy("done", "答复"),
    "resumed": pgettext_lazy("done", "恢复办理"),
    "retired": pgettext_lazy("done", "停用"),
    "retitled": pgettext_lazy("done", "更改标题"),
    "returned": pgettext_lazy("done", "退单"),
    "retyped": pgettext_lazy("done", "更改类型"),
    "revealed": pgettext_lazy("done", "查看身份信息"),
    "review_due": pgettext_lazy("done", "到复核日期"),
    "rotated": pgettext_lazy("done", "轮换"),
    "second_factors_forgotten": pgettext_lazy("done", "重置二次验证"),
    "security_changed": pgettext_lazy("done", "更改登录保护"),
    "shortened": pgettext_lazy("done", "缩短"),
    "signed_in": pgettext_lazy("done", "登录"),
    "signed_off": pgettext_lazy("done", "下岗"),
    "signed_on": pgettext_lazy("done", "上岗"),
    "signed_out": pgettext_lazy("done", "退出"),
    "skipped": pgettext_lazy("done", "过号"),
    "started": pgettext_lazy("done", "开始办理"),
    "stepped_away": pgettext_lazy("done", "暂离"),
    "supervised": pgettext_lazy("done", "督办"),
    "supplied": pgettext_lazy("done", "补充材料"),
    "taken_up": pgettext_lazy("done", "接着办理"),
    "told": pgettext_lazy("done", "告知等候时间"),
    "told_apart": pgettext_lazy("done", "认定不是同一件事"),
    "unmerged": pgettext_lazy("done", "撤销并单"),
    "unpublished": pgettext_lazy("done", "撤下公开"),
    "warned": pgettext_lazy("done", "预警"),
    "withdrawn": pgettext_lazy("done", "撤回"),
    "written": pgettext_lazy("done", "编写"),
}
FACTS: dict[str, str | Promise] = {
    "about": _("约几分钟"),
    "area": _("地段"),
    "asked_by": _("申请人工号"),
    "assists": _("协办单位"),
    "basis": _("依据"),
    "by": _("经办工号"),
    "case": _("工单"),
    "cases": _("件数"),
    "change": _("改动"),
    "category": _("类别"),
    "channel": _("渠道"),
    "confidential": _("身份保密"),
    "contact_due_at": _("先行联系到期"),
    "days": _("天数"),
    "deed": _("办什么"),
    "disposition": _("办理结果"),
    "done": _("办好件数"),
    "due": _("到期"),
    "due_at": _("到期"),
    "duty": _("职责"),
    "emergency": _("紧急转接"),
    "erased": _("删除的项数"),
    "fields": _("改动的栏目"),
    "first": _("第一件"),
    "granted": _("是否同意"),
    "handler": _("承办人工号"),
    "grounds": _("派单依据"),
    "heard": _("有结果的人次"),
    "kind": _("类型"),
    "last": _("最后一件"),
    "limits": _("时限条数"),
    "made": _("是否排出"),
    "master": _("主单"),
    "minutes": _("分钟"),
    "new": _("改为"),
    "compared": _("比较过的相似工单"),
    "old": _("原来的"),
    "of": _("对应的指纹"),
    "outcome": _("拨打结果"),
    "part": _("删除的部分"),
    "path": _("上下级"),
    "people": _("人数"),
    "photos": _("照片张数"),
    "proof": _("身份怎样核对"),
    "reach": _("范围"),
    "promised": _("承诺的日子"),
    "rarely_over": _("少有超过几分钟"),
    "rate": _("统计指标"),
    "reason": _("理由"),
    "refused": _("没办成件数"),
    "requester": _("诉求人代号"),
    "review_on": _("复查日期"),
    "role": _("岗位"),
    "round": _("第几次"),
    "rows": _("行数"),
    "satisfied": _("是否满意"),
    "share": _("百分之几的人"),
    "since": _("起始"),
    "solved": _("是否解决"),
    "source": _("来源"),
    "state": _("状态"),
    "submission": _("诉求"),
    "submissions": _("诉求"),
    "suggests": _("建议单位"),
    "to": _("转给"),
    "unit": _("单位"),
    "until": _("截止"),
    "urgency": _("紧急程度"),
    "version": _("版本"),
    "way": _("登录方式"),
    "ways": _("登录方式"),
    "what": _("申请事项"),
    "wish": _("申请事项"),
    "why": _("理由"),
}


def sentence_of(fault: Fault) -> str:
    """Say what an audit found."""
    return str(FAULTS[fault.code]) % fault.facts


def deed_of(verb: str) -> str:
    """Say what happened: case.dispatched is 工单·派单."""
    noun, _dot, deed = verb.partition(".")
    said = {"noun": NOUNS.get(noun, noun), "deed": DEEDS.get(deed, deed)}
    return str(SPOKEN["happened"]) % said
