"""What the screen calls the features a lottery may balance."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.council.words.tables import Choices

FEATURE_NAMES: dict[str, Text] = {
    "age": _("年龄段"),
    "tenure": _("房屋"),
    "mobility": _("行动"),
    "building": _("楼栋"),
}
AGES: Choices = [
    ("18-34", _("18—34 岁")),
    ("35-54", _("35—54 岁")),
    ("55-69", _("55—69 岁")),
    ("70+", _("70 岁以上")),
]
TENURES: Choices = [
    ("owner", pgettext_lazy("tenure", "业主")),
    ("tenant", pgettext_lazy("tenure", "租户")),
]
MOBILITIES: Choices = [
    ("full", pgettext_lazy("mobility", "方便")),
    ("limited", pgettext_lazy("mobility", "不便，需要无障碍")),
]
OFFERED: dict[str, Choices] = {"age": AGES, "tenure": TENURES, "mobility": MOBILITIES}
UNSAID: tuple[str, Text] = ("", _("不说"))


def said(features: dict[str, str]) -> list[tuple[Text, Text]]:
    """Return features as pairs of words; the name of a building stands as it was written."""
    return [
        (FEATURE_NAMES[name], dict(OFFERED.get(name, [])).get(value, value))
        for name, value in features.items()
        if name in FEATURE_NAMES
    ]
