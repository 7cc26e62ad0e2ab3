"""What the screen calls the categories of a lottery and their features."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.council.rules.asking import CAMP, SILENT, UNSAID
from mingchuang.council.words.features import FEATURE_NAMES, OFFERED
from mingchuang.council.words.lottery import WAIVED
from mingchuang.council.words.tables import CAMPS

NAMES: Mapping[str, Text] = {CAMP: pgettext_lazy("camp", "态度"), **FEATURE_NAMES}
FEATURES: Mapping[str, Mapping[Any, Text]] = {
    CAMP: {**dict(CAMPS), SILENT: pgettext_lazy("camp", "没有表态")},
    **{name: dict(choices) for name, choices in OFFERED.items()},
}
WENT_WRONG: Text = _("方案没有算成，是系统的错。请报告管理员；也可以改一改条件，重新计算。")
NOT_SAID: Text = _("没有说")

# What the page that checks a plan says.
CHECKING: Mapping[str, Text] = {
    "holds": _("全部属实：%(tickets)s 支签，%(people)s 人，封存码 %(seal)s"),
    "ticket": _("第 %(ticket)s 签：%(people)s"),
    "other_dice": _("您填的骰子不是记录里的。记录里是：%(dice)s"),
    "more": _("还有 %(n)s 处不符，没有列出。"),
    "refill": _("补抽第 %(round)s 轮，第 %(ticket)s 签，补入：%(people)s"),
    "rest_waived": WAIVED,
    "gave_way": _("%(category)s·%(feature)s：从 %(min)s–%(max)s 放宽到 %(to_min)s–%(to_max)s"),
    "digits": _("请写三个骰子的点数，每个 0 到 9，例如 4,7,1。"),
    "dice": _("事先公开：现场掷三颗十面骰子。%(announced)s"),
    "issue": _("事先公开：公开摇奖的三位数，按公布的先后。%(announced)s"),
    "due": _("说好 %(due)s 以后才抽。"),
    "no_json": _("这个文件不是 JSON。请选择下载的 plan.json。"),
    "no_file": _("请先选择方案文件。"),
    "no_crypto": _(
        "这个浏览器不能计算封存码。请换一个新的浏览器，或者在电脑上运行 mingchuang lottery check。"
    ),
    "other_seal": _("方案的封存码和公开过的不一样。"),
    "same_seal": _("封存码和公开过的一样。"),
}


def category_word(category: str) -> Text:
    return NAMES.get(category, category)


def feature_word(category: str, feature: str) -> Text:
    """Return a feature in words; the name of a building stands as it was written."""
    if feature == UNSAID:
        return NOT_SAID
    return FEATURES.get(category, {}).get(feature, feature)


def worded(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return a quota of a plan with its category and feature as the screen calls them."""
    category, feature = facts["category"], facts["feature"]
    return {
        **facts,
        "category": category_word(category),
        "feature": feature_word(category, feature),
    }
