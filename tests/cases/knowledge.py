"""What an office knows, for tests: written by its own staff."""

from datetime import date, datetime
from typing import Any

from mingchuang.cases.actions.knowledge import write_article, write_template
from mingchuang.cases.models import Article, ReplyTemplate
from mingchuang.people.models import Person, Unit
from tests.build import MONDAY

NEXT_YEAR = date(2027, 3, 1)


def the_words(unit: Unit, **given: Any) -> dict[str, Any]:
    plain = {"title": "路灯坏了找谁？", "text": "打市政热线，三天内修好。", "unit": unit}
    return {**plain, "owner": None, "review_on": NEXT_YEAR, **given}


def an_article(unit: Unit, *, by: Person, at: datetime = MONDAY, **given: Any) -> Article:
    words = the_words(unit, **{"item": None, "public": False, **given})
    return write_article(words, by=by, at=at)


def a_template(unit: Unit, *, by: Person, at: datetime = MONDAY, **given: Any) -> ReplyTemplate:
    words = {"title": "受理告知", "text": "您反映的情况已经收到。", **given}
    return write_template(the_words(unit, **words), by=by, at=at)
