"""What a round of refilling tells, and what is told where seats stay empty."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from mingchuang.base.templatetags.words import moment
from mingchuang.council.words.lots import worded
from mingchuang.council.words.lottery import impossible_sentences, relaxed_sentence

if TYPE_CHECKING:
    from mingchuang.council.models import Refill


def round_sentences(refill: "Refill") -> list[str]:
    """第 1 轮补抽：没有人能补上而不违反名额。改动最小的办法：……"""
    if refill.is_waiting:
        return [_("第 %(n)s 轮补抽正在计算。") % {"n": refill.round}]
    if refill.impossible is None:
        told = _("第 %(n)s 轮补抽：%(at)s，第 %(ticket)s 签。")
        at, ticket = moment(refill.made_at), f"{refill.ticket:03d}"
        return [told % {"n": refill.round, "at": at, "ticket": ticket}]
    return _impossible(refill.round, refill.impossible)


def _impossible(n: int, why: dict[str, Any]) -> list[str]:
    if why.get("failed"):
        return [_("第 %(n)s 轮补抽没有算成，是系统的错。请报告管理员，再补抽一次。") % {"n": n}]
    if why.get("over"):
        return [_("第 %(n)s 轮补抽没有进行：议事已经结束。") % {"n": n}]
    relaxed, homes = why.get("relaxation"), why.get("homes", 0)
    if relaxed is None and homes >= why.get("seats", homes + 1):
        return impossible_sentences(why)
    if relaxed is None:
        return [_("第 %(n)s 轮补抽：没有别的户可以补了，席位空着。") % {"n": n}]
    head = _("第 %(n)s 轮补抽：没有人能补上而不违反名额。改动最小的办法：") % {"n": n}
    return [head, *(relaxed_sentence(worded(one)) for one in relaxed)]
