"""What the house says of itself where others give a reason or write a text: kept as codes, and told
in the language of who reads them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text

TERMS_CHANGED, REGISTER_REOPENED, WITHDREW = "terms_changed", "register_reopened", "withdrew"
REGISTER_CORRECTED, TOPIC_DROPPED = "register_corrected", "topic_dropped"
ASKED_AGAIN = "asked_again"
# Stands where something had to stand, and is forgotten.
ERASED = "erased"
REASONS: Mapping[str, Text] = {
    TERMS_CHANGED: _("改了条件，重新计算。"),
    ASKED_AGAIN: _("条件没有改，重新计算。"),
    REGISTER_REOPENED: _("名册重新开放登记。"),
    REGISTER_CORRECTED: _("名册上有人登记了两次，改正以后重新计算。"),
    TOPIC_DROPPED: _("这个议题不再议。"),
    WITHDREW: _("本人退出登记"),
    ERASED: _("已按规定删除"),
}
