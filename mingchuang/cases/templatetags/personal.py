"""Who looked at what is held of a person, in words."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.cases.words import PROOFS, label
from mingchuang.people.words import REVEAL_REASONS

register = template.Library()
REASONS = [*REVEAL_REASONS.items(), *PROOFS]


@register.filter
def told_at(text: str) -> datetime:
    """{{ look.at|told_at|moment }}: a moment as the ledger writes it."""
    return datetime.fromisoformat(text)


@register.filter
def why_looked(look: Mapping[str, str]) -> Text:
    """{{ look|why_looked }}: 联系诉求人; how identity was proved, where a copy was taken."""
    return label([*REASONS, ("redact", _("核对遮盖"))], look["reason"])
