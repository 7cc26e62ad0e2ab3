"""Reasons the house gives of itself: kept as codes, and told in the language of who reads them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text

TERMS_CHANGED, REGISTER_REOPENED, WITHDREW = "terms_changed", "register_reopened", "withdrew"
REASONS: Mapping[str, Text] = {
    TERMS_CHANGED: _("改了条件，重新计算。"),
    REGISTER_REOPENED: _("名册重新开放登记。"),
    WITHDREW: _("本人退出登记"),
}
