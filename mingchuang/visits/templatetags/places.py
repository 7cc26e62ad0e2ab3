"""How standing by and draws are told on a page."""

from datetime import datetime

from django import template

from mingchuang.base.typing import Text
from mingchuang.ledger.words.verbs import deed_of
from mingchuang.visits.models import Release
from mingchuang.visits.queries.standby import Told
from mingchuang.visits.rules.draw import Stage, stage_of
from mingchuang.visits.words.places import STAGES, STORY

register = template.Library()


@register.filter
def told_words(told: Told) -> Text:
    """有位子空出来，为您留着"""
    return STORY.get(told.deed, told.deed)


@register.filter
def stage(release: Release, now: datetime) -> Stage:
    return stage_of(release.since, release.until, release.drawn_at, now)


@register.filter
def stage_words(release: Release, now: datetime) -> Text:
    """正在报名"""
    return dict(STAGES)[stage(release, now)]


@register.filter
def deed_words(verb: str) -> str:
    """节假日放号·摇号"""
    return deed_of(verb)


@register.filter
def moment_in(text: str) -> datetime:
    """A moment as the ledger writes it."""
    return datetime.fromisoformat(text)
