"""The lottery in words: what is wrong with a file, what must give way, what does not hold."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.council.rules.lottery.pool import Fault
from mingchuang.council.rules.lottery.terms import MONTHS, REST_MONTHS
from mingchuang.council.rules.lottery.truth import Untrue

FILES: Mapping[str, Text] = {"people": _("名单"), "quotas": _("名额表"), "terms": _("抽签条件")}

FAULTS: Mapping[str, Text] = {
    "no_text": _("不是文本。请在表格软件里另存为 CSV（UTF-8）。"),
    "no_csv": _("不是完好的 CSV，请在表格软件里另存为 CSV。"),
    "no_column": _("缺少“%(text)s”一栏，请补上，栏名写在第一行。"),
    "column_twice": _("有两栏都叫“%(text)s”，请改名或者删去一栏。"),
    "empty": _("里面没有一行内容。"),
    "no_feature": _("类别和特征都要写。"),
    "no_count": _("最少和最多要写整数，不能是“%(text)s”。"),
    "min_over_max": _("“%(text)s”的最少比最多还大，请核对。"),
    "feature_twice": _("“%(text)s”写了两次，请只留一次。"),
    "no_id": _("没有写编号。"),
    "id_twice": _("编号“%(text)s”出现了两次，请核对。"),
    "unknown_feature": _("特征“%(text)s”不在名额表里，请改正，或者在名额表里加上。"),
    "no_weight": _(
        "权重要写 0（这次轮空）到 1 之间的数：小数最多六位，例如 0.25；"
        "除不尽的写成分数，例如 1/3，分母不超过一百万。不能是“%(text)s”。"
    ),
    "unknown_must": _("名单里没有必到的“%(text)s”，请核对编号。"),
    "must_homes": _("%(text)s是同一户，一户只来一人，必到的请只写其中一位。"),
    "too_few": _("名单里只有 %(text)s 人，不够这次的席位数。"),
    "nothing_to_draw": _(
        "必到的人已经坐满，或者没有别的人可抽。请增加席位；名册上没有别的住户的，请再登记。"
    ),
}

UNTRUE: Mapping[str, Text] = {
    "shape": _("“%(what)s”这一部分不完整，读不懂。"),
    "twice": _("“%(what)s”写了两次，各人读到的会不一样。"),
    "seal": _("封存码对不上：封存以后有人改动过。"),
    "left_out": _("%(what)s 没有参加抽签，却不是必到，也不和必到的人同户。"),
    "told": _("%(what)s 不参加抽签，特征不应该公开。"),
    "seated": _("必到的人占了哪些名额，合计不对。"),
    "waived": _("%(what)s 这次轮空不轮空，前后不一致。"),
    "class": _("%(what)s 归错了类。"),
    "class_size": _("第 %(what)s 类的人数不对。"),
    "home": _("第 %(what)s 户归错了类。"),
    "ticket_count": _("签不是 1000 支。"),
    "ticket_size": _("第 %(what)s 签的人数不对。"),
    "ticket_homes": _("第 %(what)s 签里有同户的两个人，或者少了必到的人。"),
    "ticket_outside": _("第 %(what)s 签里有不参加抽签的人。"),
    "ticket_quota": _("第 %(what)s 签不合名额。"),
    "panel": _("第 %(what)s 种组合不合名额、户数或者席位。"),
    "parts": _("各种组合的比重加起来不对。"),
    "count": _("%(what)s 的签数不对。"),
    "chance": _("%(what)s 的中签机会不对。"),
    "rounding": _("签数与机会的最大差距不对。"),
    "floor": _("最小中签机会不对。"),
    "dealt": _("签里最少的一份不对。"),
    "top": _("最大中签机会不对。"),
    "least_top": _("最大的机会最低能到多少，不对。"),
    "gap": _("与上限的差距不对。"),
    "proved": _("写着已经证明，与差距不符。"),
    "bound": _("上限没有得到证明。"),
    "reach": _("抽不到的人没有列全，或者列错了。"),
    "because": _("抽不到的原因，不是这些名额里的。"),
    "price": _("各条名额的代价没有列对。"),
    "dice": _("骰子要有三个，每个是 0 到 9。"),
    "due": _("公开承诺里没有写清楚几时以后才有结果。"),
    "early": _("%(what)s 就抽了签，比公开承诺的时间还早。"),
    "draw": _("抽签记录里的“%(what)s”与方案不符。"),
    "lost": _("“%(what)s”不是当时有席位的人。"),
    "refill": _("补抽记录里的“%(what)s”与方案不符。"),
    "refill_plan": _("补抽用的方案里“%(what)s”与原来的方案不符。"),
}

STAGES: Mapping[str, Text] = {
    "classes": _("归类"),
    "feasible": _("看名额能不能满足"),
    "bound": _("算最公平的机会"),
    "peel": _("拆成组合"),
    "columns": _("找组合"),
    "tickets": _("做签"),
    "seating": _("排名单"),
    "reach": _("看谁抽不到"),
    "price": _("算名额的代价"),
    "top": _("看最大机会"),
}

PROVED: Mapping[str, Text] = {
    "leximin": _("已证明：没有更公平的抽法。"),
    "floor": _("已证明：最小中签机会不能再高。"),
    "low_top": _("已证明：最小中签机会不能再高；在此之下，最大的也不能再低。"),
    "gap": _("时间到了：最小中签机会离上限不超过 %(gap).6f。"),
}

WEIGHED: Text = _(
    "有权重的，机会除以权重再比：最小的机会、上限和差距都是这样折算的；实际最小的是 %(least).6f。"
)
# Where some weigh less because they sat, the floor is that of the others.
FLOOR: Mapping[bool, Text] = {
    False: _("最小中签机会"),
    True: _("没坐过席位的人的最小中签机会"),
}
WAIVED: Text = _(
    "近期参加过议事、本该轮空的 %(n)s 人，这次照常参加抽签：他们都轮空，就排不出符合名额的名单。"
)


def fault_sentence(whose: str, fault: Fault) -> str:
    """名单第 3 行：编号“r2”出现了两次，请核对。"""
    told = str(FAULTS[fault.code]) % {"text": fault.text}
    facts = {"file": FILES[whose], "line": fault.line, "told": told}
    if fault.line:
        return gettext("%(file)s第 %(line)s 行：%(told)s") % facts
    return gettext("%(file)s：%(told)s") % facts


def untruth_sentence(one: Untrue) -> str:
    """第 017 签不合名额。"""
    return str(UNTRUE[one.code]) % {"what": one.what}


def rotation_sentence() -> str:
    """轮换：近 24 个月内在其他议题中有席位并到会的，中签机会酌减……"""
    told = gettext(
        "轮换：近 %(months)s 个月内在其他议题中有席位并到会的，中签机会酌减：到会一次按二分之一算，"
        "两次按三分之一算，最少按四分之一算。近 %(rest)s 个月内到会的，这次轮空；"
        "直接受影响的、反对的不轮空；都轮空就凑不齐名额时，谁也不轮空，并在这次抽签里写明。"
        "来过没来过，用登记的电话认：没有留电话的、退出或者已按规定删除的，认不出。"
    )
    return told % {"months": MONTHS, "rest": REST_MONTHS}


def waived_sentence(many: int) -> str:
    """近期参加过议事、本该轮空的 3 人……; nothing where nobody's rest was waived."""
    return str(WAIVED) % {"n": many} if many else ""


# Plans that were impossible before this was kept had too few homes.
MANY = 10**6


def relaxed_sentence(facts: Mapping[str, Any]) -> str:
    """camp·oppose：把 3–7 改成 2–7。"""
    told = gettext("%(category)s·%(feature)s：把 %(min)s–%(max)s 改成 %(to_min)s–%(to_max)s")
    return told % facts


def unclear_sentence(proved: str) -> str:
    """Say that nobody found out what would let somebody in, or whether anything keeps them out."""
    if proved == "gap":
        return gettext("时间到了，还没有排到他们，不能断定抽不到")
    return gettext("没有查明")


def impossible_sentences(facts: Mapping[str, Any]) -> list[str]:
    """没有一种名单能同时满足这些名额。改动最小的办法：……; where there are homes enough and nothing
    to relax was found, nobody knows."""
    if facts["relaxation"] is None:
        if facts["homes"] >= facts.get("seats", MANY):
            return [gettext("没有算出有没有这样的名单。请再算一次，或者放宽名额、减少席位。")]
        told = gettext("名单里可抽的只有 %(homes)s 户，一户只来一人，不够席位。请减少席位。")
        return [told % facts]
    head = gettext("没有一种名单能同时满足这些名额。改动最小的办法：")
    if not facts.get("smallest", True):
        head = gettext("时间到了，没有找到能同时满足这些名额的名单。这样改就有（改动不一定最小）：")
    return [head, *(f"  {relaxed_sentence(one)}" for one in facts["relaxation"])]
