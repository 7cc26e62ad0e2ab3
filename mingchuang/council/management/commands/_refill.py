"""`mingchuang lottery refill`: seats that were lost are drawn again, with those fixed who hold
theirs. Nobody throws dice again."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from mingchuang.council.rules.lottery.check import untruths
from mingchuang.council.rules.lottery.check_refill import untruths_of_refills
from mingchuang.council.rules.lottery.dice import ticket_number
from mingchuang.council.rules.lottery.refill import (
    Round,
    next_round,
    pool_again,
    refill_pool,
    refilled,
)
from mingchuang.council.rules.lottery.watch import Watch
from mingchuang.council.versions import versions


def add_words(refill: ArgumentParser) -> None:
    """Let the command line take what a round of refilling needs."""
    refill.add_argument("plan", type=Path, help="plan.json, as it was drawn from")
    refill.add_argument(
        "--lost",
        type=_names,
        nargs="+",
        action="extend",
        required=True,
        metavar="ID,ID",
        help="whose seats came free; several, and the flag may be given more than once",
    )
    refill.add_argument(
        "--after",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="an earlier round of refilling, in their order; may be given more than once",
    )


def _names(text: str) -> list[str]:
    return [name for part in text.replace("、", ",").split(",") if (name := part.strip())]


def each_once(lost: Sequence[Sequence[str]]) -> list[str]:
    """Return all whose seats came free, however they were spread over `--lost`."""
    return list(dict.fromkeys(name for some in lost for name in some))


def round_of(plan: Any, dice: Sequence[int], lost: Sequence[str], earlier: Sequence[Any]) -> Round:
    """Return the round that is asked for; refused where something before it does not hold."""
    if untruths(plan) or untruths_of_refills(plan, earlier):
        told = _("方案或者前几次补抽不属实，不能补抽。请先运行 mingchuang lottery check。")
        raise CommandError(told, returncode=1)
    if any(one["dice"] != list(dice) for one in earlier):
        raise CommandError(_("骰子与前几次补抽的不同，请核对。"), returncode=2)
    ticket = ticket_number(dice)
    seated = next_round(plan, ticket, earlier, []).seated
    if strangers := [name for name in lost if name not in seated]:
        told = _("“%(names)s”这次没有席位，请核对编号。")
        raise CommandError(told % {"names": _("、").join(strangers)}, returncode=2)
    if fixed := [name for name in lost if plan["people"][name]["must"] is not None]:
        told = _("“%(names)s”是必到的，方案里没有他们的特征，补不了。请按现在的名单另做一份方案。")
        raise CommandError(told % {"names": _("、").join(fixed)}, returncode=2)
    return next_round(plan, ticket, earlier, lost)


def made(plan: Any, dice: Sequence[int], turn: Round, watch: Watch) -> dict[str, Any]:
    """Return the record of the round, or why its seats cannot be filled (it has a `relaxation`)."""
    # Only planning needs a solver; who draws and checks does without.
    from mingchuang.council.rules.lottery.plan import plan_of  # noqa: PLC0415
    from mingchuang.council.rules.lottery.reports import why_impossible  # noqa: PLC0415

    pool = refill_pool(pool_again(plan), accepted=turn.seated, gone=turn.gone)
    again = plan_of(pool, versions(), watch)
    if not isinstance(again, dict):
        return why_impossible(again.problem, again.relaxation)
    return refilled(plan, dice, turn, again)


def told_of(refill: dict[str, Any]) -> str:
    """第 1 次补抽，第 356 签：补入 r7。现在的名单：r1、r3、r7、r9"""
    told = _("第 %(round)s 次补抽，第 %(ticket)03d 签：补入 %(new)s。现在的名单：%(people)s")
    names = {name: _("、").join(refill[name]) for name in ("new", "people")}
    return told % {**refill, **names}
