"""`mingchuang lottery plan | draw | refill | check`: a lottery that anybody can check."""

import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from mingchuang.base.arguments import whole
from mingchuang.base.columns import columns
from mingchuang.base.templatetags.words import moment
from mingchuang.council.management.commands._files import (
    dumped,
    must_be_writable,
    parsed_json,
    read_bytes,
    read_json,
    write_json,
)
from mingchuang.council.management.commands._refill import (
    add_words,
    each_once,
    made,
    round_of,
    told_of,
)
from mingchuang.council.rules.lottery.check import untruths, untruths_of_draw
from mingchuang.council.rules.lottery.check_refill import untruths_of_refills
from mingchuang.council.rules.lottery.commitment import SEAL, due_of
from mingchuang.council.rules.lottery.dice import read_dice, record_of
from mingchuang.council.rules.lottery.pool import Columns, Pool
from mingchuang.council.rules.lottery.reading import read_pool
from mingchuang.council.rules.lottery.truth import NameTwice, Untrue, chances_told, is_weighed
from mingchuang.council.rules.lottery.watch import Watch
from mingchuang.council.versions import versions
from mingchuang.council.words.lottery import (
    PROVED,
    STAGES,
    WEIGHED,
    fault_sentence,
    impossible_sentences,
    relaxed_sentence,
    unclear_sentence,
    untruth_sentence,
    waived_sentence,
)
from mingchuang.ledger.rules.canonical import moment_text

SHOWN, MOST_SEATS, MOST_SECONDS = 20, 10_000, 86_400
STEPS = "plan | draw | refill | check"


class Command(BaseCommand):
    help = "A lottery that anybody can check: plan it, throw the dice, check it without a solver"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True, metavar=STEPS)
        plan = steps.add_parser("plan", help="the fairest lottery of a pool, as plan.json")
        plan.add_argument("pool", type=Path, help="who may be drawn (CSV)")
        plan.add_argument("quotas", type=Path, help="category,feature,min,max (CSV)")
        seats = whole(1, MOST_SEATS)
        plan.add_argument("--size", type=seats, required=True, metavar="K", help="seats")
        plan.add_argument("--household", default="", metavar="COL", help="one of each at most")
        plan.add_argument("--weights", default="", metavar="COL", help="from 0 (sits out) to 1")
        several: dict[str, Any] = {"nargs": "+", "action": "extend", "default": []}
        plan.add_argument("--must", type=_must, metavar="ID=REASON", help="is seated", **several)
        plan.add_argument(
            "--low-top", action="store_true", help="lower the largest chance before those between"
        )
        limit = whole(1, MOST_SECONDS)
        plan.add_argument("--seconds", type=limit, default=120, help="how long it may take")
        plan.add_argument("--out", type=Path, help="where plan.json goes")
        draw = steps.add_parser("draw", help="the people on the ticket that the dice pick")
        draw.add_argument("plan", type=Path, help="plan.json")
        draw.add_argument("--dice", type=_dice, required=True, metavar="4,7,1", help="as thrown")
        draw.add_argument("--out", type=Path, help="where the record of the draw goes")
        refill = steps.add_parser("refill", help="draw again the seats that were lost")
        add_words(refill)
        refill.add_argument("--dice", type=_dice, required=True, metavar="4,7,1", help="as thrown")
        refill.add_argument("--seconds", type=limit, default=120, help="how long it may take")
        refill.add_argument("--out", type=Path, help="where the record of the round goes")
        check = steps.add_parser("check", help="whether all of it holds, without a solver")
        check.add_argument("plan", type=Path, help="plan.json")
        check.add_argument("--draw", type=Path, help="the record of a draw, to be checked too")
        check.add_argument(
            "--refill",
            type=Path,
            action="append",
            default=[],
            help="the record of a round of refilling, to be checked too; in their order",
        )
        for one in (plan, draw, refill, check):
            one.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *, step: str, **given: Any) -> None:
        match step:
            case "plan":
                self._plan(**given)
            case "draw":
                self._draw(**given)
            case "refill":
                self._refill(**given)
            case _:
                self._check(**given)

    def _plan(self, *, out: Path | None, json: bool, seconds: int, **given: Any) -> None:
        if out is None and not json:
            told = _("请用 --out 写明方案存到哪里。")
            raise CommandError(told, returncode=2)
        must_be_writable(out)
        # Only planning needs a solver; who draws and checks does without.
        from mingchuang.council.rules.lottery.plan import plan_of  # noqa: PLC0415
        from mingchuang.council.rules.lottery.reports import why_impossible  # noqa: PLC0415

        began = perf_counter()
        pool = self._pool(**given)
        with watched(began, seconds) as watch:
            plan = plan_of(pool, versions(), watch)
        if not isinstance(plan, dict):
            facts = why_impossible(plan.problem, plan.relaxation)
            self._say_impossible(facts, as_json=json)
            return
        if out:
            write_json(out, plan)
        self.stdout.write(dumped(plan) if json else _told(plan, perf_counter() - began))

    def _pool(
        self,
        *,
        pool: Path,
        quotas: Path,
        size: int,
        household: str,
        weights: str,
        must: list[tuple[str, str]],
        low_top: bool,
        **_rest: object,
    ) -> Pool:
        found = read_pool(
            read_bytes(pool),
            read_bytes(quotas),
            size=size,
            columns=Columns(household, weights),
            musts=_musts(must),
            low_top=low_top,
        )
        if isinstance(found, Pool):
            return found
        self._complain([fault_sentence(whose, fault) for whose, fault in found])
        sys.exit(2)

    def _complain(self, sentences: Sequence[str]) -> None:
        """Tell the first of these, and how many more there are."""
        for one in sentences[:SHOWN]:
            self.stderr.write(f"✘ {one}")
        if len(sentences) > SHOWN:
            self.stderr.write(_("……另有 %(more)s 处。") % {"more": len(sentences) - SHOWN})

    def _say_impossible(self, facts: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(dumped({"feasible": False, **facts}))
        self.stderr.write("\n".join(impossible_sentences(facts)))
        sys.exit(1)

    def _draw(self, *, plan: Path, dice: tuple[int, ...], out: Path | None, **given: Any) -> None:
        must_be_writable(out)
        known = read_json(plan)
        if untruths(known):
            told = _(
                "方案不属实，或者封存以后有人改动过，不能抽签。请先运行 mingchuang lottery check。"
            )
            raise CommandError(told, returncode=1)
        at = moment_text(now())
        if at < known.get("due", ""):
            told = _("公开承诺的是 %(due)s 以后抽签，还没有到时间。") % {"due": _due_told(known)}
            raise CommandError(told, returncode=1)
        draw = record_of(known, dice, at)
        if out:
            write_json(out, draw)
        self.stdout.write(dumped(draw) if given["json"] else _drawn_told(draw))

    def _refill(
        self,
        *,
        plan: Path,
        dice: tuple[int, ...],
        lost: list[list[str]],
        after: list[Path],
        out: Path | None,
        seconds: int,
        json: bool,
        **_rest: object,
    ) -> None:
        must_be_writable(out)
        known = read_json(plan)
        turn = round_of(known, dice, each_once(lost), [read_json(one) for one in after])
        with watched(perf_counter(), seconds) as watch:
            refill = made(known, dice, turn, watch)
        if "relaxation" in refill:
            self._say_impossible(refill, as_json=json)
            return
        if out:
            write_json(out, refill)
        self.stdout.write(dumped(refill) if json else told_of(refill))

    def _check(
        self, *, plan: Path, draw: Path | None, refill: list[Path], json: bool, **_rest: object
    ) -> None:
        try:
            known, thrown = parsed_json(plan), parsed_json(draw) if draw else None
            rounds = [parsed_json(one) for one in refill]
            found = _untruths_in(known, thrown, rounds)
        except NameTwice as twice:
            found = [Untrue("twice", name) for name in twice.names]
        facts = {"holds": not found, "untrue": [one._asdict() for one in found]}
        if json:
            self.stdout.write(dumped(facts))
        elif not found:
            self.stdout.write("\n".join(_checked_told(known, thrown, rounds)))
        if found:
            self._complain(list(map(untruth_sentence, found)))
            sys.exit(1)


@contextmanager
def watched(began: float, seconds: int) -> Iterator[Watch]:
    """Yield a watch that shows on a bar how far the plan is."""
    with tqdm(total=100, unit="%", disable=None) as bar:

        def tell(stage: str, done: float) -> None:
            bar.set_description(str(STAGES[stage]), refresh=False)
            bar.update(round(100 * done) - bar.n)

        try:
            yield Watch(perf_counter, began + seconds, tell)
        except KeyboardInterrupt:
            raise CommandError(_("停下了，什么也没有写下。"), returncode=130) from None


def _told(plan: dict[str, Any], seconds: float) -> str:
    figures = _("最小中签机会 %(floor).6f，上限 %(bound).6f，差距 %(gap).1e；最大 %(most).6f。")
    chances = chances_told(plan)
    lines = [
        figures % {**plan, "most": max(chances)},
        *([str(WEIGHED) % {"least": min(chances)}] if is_weighed(plan) else []),
        str(PROVED[plan["proved"]]) % {"gap": plan["gap"]},
        *_reach_told(plan),
        *_prices_told(plan),
        _("封存码 %(seal)s") % {"seal": plan[SEAL]},
        _("用时 %(seconds).1f 秒。") % {"seconds": seconds},
    ]
    return "\n".join(lines)


def _due_told(plan: Any) -> str:
    """Tell the moment a plan was promised for as a page does, by the clock of the house."""
    return moment(due_of(plan))


def _drawn_told(draw: dict[str, Any]) -> str:
    """第 471 签：r1、r3、r7、r9"""
    told = _("第 %(ticket)03d 签：%(people)s")
    return told % {"ticket": draw["ticket"], "people": _("、").join(draw["people"])}


def _checked_told(known: Any, thrown: Any, rounds: Sequence[Any]) -> Iterator[str]:
    """Tell what holds: the plan, and who was drawn by the records that were checked with it."""
    told = _("✔ 全部属实：%(tickets)s 支签，%(people)s 人，%(seal)s")
    counts = {"tickets": len(known["tickets"]), "people": len(known["people"])}
    yield told % {**counts, "seal": known[SEAL]}
    if waived := waived_sentence(len(known.get("rest_waived", ()))):
        yield waived
    if known.get("due"):
        facts = {"due": _due_told(known), "announced": known["announced"]}
        yield _("事先公开：%(due)s 以后抽签。%(announced)s") % facts
    if thrown:
        yield _drawn_told(thrown)
    yield from map(told_of, rounds)


def _reach_told(plan: dict[str, Any]) -> Iterator[str]:
    if not plan["reach"]:
        yield _("参加抽签的人，每个人都抽得到。")
    for one in plan["reach"][:SHOWN]:
        because = _("；").join(map(relaxed_sentence, one["because"])) or unclear_sentence(
            plan["proved"]
        )
        many, features = len(one["people"]), _("、").join(one["features"])
        told = ngettext(
            "✘ %(people)s 人抽不到（%(features)s）。要抽得到，最少要改：%(because)s",
            "✘ %(people)s 人抽不到（%(features)s）。要抽得到，最少要改：%(because)s",
            many,
        )
        yield told % {"people": many, "features": features, "because": because}


def _prices_told(plan: dict[str, Any]) -> Iterator[str]:
    """Tell the quotas that cost something, the dearest first."""
    if late := [f"{one['category']}·{one['feature']}" for one in plan["price"] if _is_late(one)]:
        yield _("时间到了，没来得及算不加这几条会怎样：%(quotas)s") % {"quotas": _("、").join(late)}
    dear = [one for one in plan["price"] if not _is_late(one)]
    dear = [one for one in dear if one["without"] > one["with"] + 1e-6]
    if dear:
        rows = [
            [f"{one['category']}·{one['feature']}", f"{one['with']:.4%}", f"{one['without']:.4%}"]
            for one in sorted(dear, key=lambda one: -one["without"])
        ]
        yield columns([[_("名额"), _("最小机会"), _("不加这一条")], *rows])


def _is_late(price: dict[str, Any]) -> bool:
    return price["without"] is None


def _must(text: str) -> tuple[str, str]:
    name, _equals, reason = (part.strip() for part in text.partition("="))
    if not (name and reason):
        told = _("必到的人请写成 编号=理由，不能是“%(text)s”")
        raise ArgumentTypeError(told % {"text": text})
    return name, reason


def _untruths_in(known: Any, thrown: Any, rounds: Sequence[Any]) -> list[Untrue]:
    """Return what does not hold in a plan, in the record of its draw and in its rounds."""
    found = untruths(known)
    found += untruths_of_draw(known, thrown) if thrown is not None else []
    return found or untruths_of_refills(known, rounds)


def _musts(told: list[tuple[str, str]]) -> dict[str, str]:
    musts: dict[str, str] = {}
    for name, reason in told:
        if name in musts:
            twice = _("必到的“%(name)s”写了两次，请只写一次，理由写在一起。")
            raise CommandError(twice % {"name": name}, returncode=2)
        musts[name] = reason
    return musts


def _dice(text: str) -> tuple[int, ...]:
    dice = read_dice(text)
    if dice is None:
        told = _("请写三个骰子的点数，每个 0 到 9，例如 4,7,1，不能是“%(text)s”")
        raise ArgumentTypeError(told % {"text": text})
    return dice
