"""How a record says what stands in it as a code or as a moment of the ledger."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django import template

from mingchuang.base.typing import Text
from mingchuang.council.words import sittings as words
from mingchuang.council.words.reasons import REASONS
from mingchuang.council.words.tables import AFFECTED, CHANNELS, LEGALS

register = template.Library()

TABLES: Mapping[str, Mapping[str, Text]] = {
    "affected": dict(AFFECTED),
    "channel": dict(CHANNELS),
    "concerned": dict(words.CONCERNED),
    "force": dict(words.FORCES),
    "legal": dict(LEGALS),
    "method": dict(words.METHODS),
    "reason": REASONS,
    "rhythm": dict(words.RHYTHMS),
}


@register.filter
def named(code: str, table: str) -> Text:
    """{{ vote.method|named:"method" }}: 举手表决. Words of somebody's own stay as they are."""
    return TABLES[table].get(code, code)


@register.filter
def wording(options: Iterable[Mapping[str, object]], number: int) -> object:
    """{{ record.topic.options|wording:vote.option }}: 先改一间. What was voted on, in its words."""
    return next((one["text"] for one in options if one["number"] == number), "")


@register.filter
def as_moment(text: str) -> datetime | None:
    """Read a moment as the ledger writes it."""
    return datetime.fromisoformat(text) if text else None


@register.filter
def as_day(text: str) -> date | None:
    """Read a day as the ledger writes it."""
    return date.fromisoformat(text) if text else None
