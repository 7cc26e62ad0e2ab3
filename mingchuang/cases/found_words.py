"""What the screen says of found and lost things."""

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.cases.rules.found import A_DAY, Care, Fate, Kind, State
from mingchuang.cases.rules.lost import Search
from mingchuang.cases.words import Choices

THINGS: Choices = [
    (Kind.UMBRELLA, _("雨伞、雨衣")),
    (Kind.PHONE, _("手机、电脑等电子产品")),
    (Kind.WALLET, _("钱包、现金")),
    (Kind.JEWELLERY, _("首饰、手表")),
    (Kind.DOCUMENT, _("身份证等证件")),
    (Kind.CARD, _("银行卡、社保卡等卡片")),
    (Kind.KEY, _("钥匙")),
    (Kind.BAG, _("包、行李")),
    (Kind.CLOTHING, _("衣服、鞋帽")),
    (Kind.GLASSES, _("眼镜")),
    (Kind.BOOK, _("书本、材料")),
    (Kind.CUP, _("水杯")),
    (Kind.POWER_BANK, _("充电宝")),
    (Kind.FOOD, _("没有开封的食品")),
    (Kind.FRESH, _("生鲜、鲜花、开过封的食品")),
    (Kind.ANIMAL, _("活的动物")),
    (Kind.OTHER, pgettext_lazy("thing", "其他")),
]
CARES: Choices = [
    (Care.ORDINARY, _("普通物品")),
    (Care.VALUABLE, _("贵重物品")),
    (Care.DOCUMENT, _("证件卡片")),
]
THING_STATES: Choices = [
    (State.KEPT, _("保管中")),
    (State.RETURNED, _("已归还")),
    (State.HANDED_OVER, _("已移交")),
    (State.DISPOSED, _("已按规定处理")),
]
FATES: Choices = [
    (Fate.DISPOSE, _("到期处理")),
    (Fate.POLICE, _("到期移交公安")),
    (Fate.STATE, _("满一年归国家")),
]
# To whom things are handed over.
TAKERS: Choices = [
    (Fate.POLICE, _("公安机关")),
    (Fate.STATE, _("国家（无人认领满一年）")),
]
SEARCHES: Choices = [
    (Search.SEARCHING, _("还在找")),
    (Search.MATCHED, _("可能找到了")),
    (Search.RETURNED, pgettext_lazy("lost", "已经领回")),
    (Search.WITHDRAWN, pgettext_lazy("lost", "已经撤回")),
    (Search.LAPSED, _("没有找到")),
]
# Which paper was shown; its number is not kept.
CLAIM_PROOFS: Choices = [
    ("id_card", _("居民身份证")),
    ("passport", _("护照、通行证")),
    ("residence", _("居住证、户口簿")),
    ("licence", _("驾驶证、社保卡")),
    ("known", _("民警或社区工作人员证明")),
]
# Why a claim is refused; the thing stays where it is.
CLAIM_REFUSALS: Choices = [
    ("features", _("说的特征对不上")),
    ("identity", _("没有能证明身份的证件")),
    ("mandate", _("代领没有委托书或者委托人的证件")),
    ("disputed", _("有别人也来认领，还没有分清")),
]
# What became of a claim.
CLAIM_ENDS: dict[str, Text] = {
    "granted": _("领走了"),
    "undone": _("领走后又收回"),
    "refused": _("没有给"),
}
# Why a thing that had left lies here again.
TAKEN_BACK: Choices = [
    ("mistake", _("办错了，东西没有离开")),
    ("wrong_person", _("给错了人，已经追回")),
    ("sent_back", _("接收单位退回来了")),
]
# What the loser reads on their page: how it stands, and what comes next.
SEARCH_TOLD: dict[str, Text] = {
    Search.SEARCHING: _("已经登记，还在找"),
    Search.MATCHED: _("可能找到了您的东西"),
    Search.RETURNED: _("您的东西已经领回"),
    Search.WITHDRAWN: _("这份报失已经撤回"),
    Search.LAPSED: _("对不起，一直没有找到"),
}
SEARCH_NEXT: dict[str, Text] = {
    Search.SEARCHING: _("有人交来相像的东西，我们会和您的报失核对；对上了，这里会告诉您去哪里领。"),
    Search.MATCHED: _(
        "请带身份证件来认领，说一说它的特征。请人代领，要带两个人的证件和签了名的委托书。"
    ),
    Search.RETURNED: _("谢谢您来。"),
    Search.WITHDRAWN: _("我们不再替您找。还需要的话，请再报一次。"),
    Search.LAPSED: _("报失满一年多还没有找到，我们不再替您找了。招领公告里仍然可以自己看。"),
}
# The list of the staff, by what is looked at.
SHELVES: dict[str, Text] = {
    "kept": _("保管中"),
    "unannounced": _("还没有公告"),
    "over": _("到期的"),
    "special": _("贵重和证件"),
    "ended": _("已了结"),
}
# What an audit finds wrong with found and lost things.
FAULTS: dict[str, Text] = {
    "thing": _("%(thing)s 的 %(what)s 是“%(stands)s”，台账说的是“%(tells)s”。"),
    "thing_unclaimed": _("%(thing)s 已归还，却没有一份办成的认领。"),
}


def how_long(hours: int | None) -> str:
    """Say how long a kind of thing is kept."""
    if hours is None:
        return gettext("招领公告满一年")
    if hours == 0:
        return gettext("不保管")
    if hours % A_DAY:
        return ngettext("%(n)s 小时", "%(n)s 小时", hours) % {"n": hours}
    days = hours // A_DAY
    return ngettext("%(n)s 天", "%(n)s 天", days) % {"n": days}
