from argparse import ArgumentTypeError
from json import dumps
from math import ceil
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from mingchuang.base.arguments import whole
from mingchuang.base.columns import columns
from mingchuang.visits.rules.exact import Model
from mingchuang.visits.rules.line import Discipline
from mingchuang.visits.rules.line import discipline as named
from mingchuang.visits.rules.steady import Estimate, Settled, enough_for, fewest_for, simulate

MOST_CLASSES, MOST_CUSTOMERS, MOST_SERVERS = 20, 50_000_000, 100_000
LEAST_RATE, MOST_RATE = 1e-6, 1e6


class Command(BaseCommand):
    help = "A hall as a discrete-event simulation: mean and P90 wait of each class of visitors"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--servers", type=whole(1, MOST_SERVERS), required=True, help="windows, all alike"
        )
        parser.add_argument(
            "--mu", type=_rate, default=1.0, help="visitors a window serves in a unit of time"
        )
        parser.add_argument(
            "--arrivals",
            type=_rates,
            required=True,
            metavar="RATE,RATE",
            help="arrivals of each class in a unit of time, the favoured class first",
        )
        parser.add_argument(
            "--discipline",
            default="fifo",
            metavar="NAME",
            help="fifo, absolute, accumulating:R or headstart:H (H in mean service times)",
        )
        parser.add_argument(
            "--customers",
            type=whole(1, MOST_CUSTOMERS),
            default=1_000_000,
            help="visitors to watch; a tenth as many come before",
        )
        parser.add_argument(
            "--seed", type=whole(0, 2**63), default=1, help="the same gives the same"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(
        self,
        *,
        servers: int,
        mu: float,
        arrivals: tuple[float, ...],
        discipline: str,
        customers: int,
        seed: int,
        json: bool,
        **_rest: object,
    ) -> None:
        model = Model(servers, tuple(rate / mu for rate in arrivals))
        rule = _rule(discipline, classes=len(arrivals))
        _refuse_what_never_settles(model, customers)
        began = perf_counter()
        found = simulate(model, rule, visitors=customers, seed=seed)
        seconds = perf_counter() - began
        if enough_for(model) > customers:
            told = _(
                "⚠ 看的人太少，区间可能偏窄：窗口越满，要看得越久。请用 --customers %(n)s 或更多。"
            )
            self.stderr.write(told % {"n": ceil(enough_for(model))})
        facts = _facts(arrivals, found, seconds)
        self.stdout.write(dumps(facts) if json else _told(facts))


def _rule(words: str, *, classes: int) -> Discipline:
    rule = named(words, classes)
    if rule is None:
        told = _(
            "没有“%(words)s”这种叫号规则。可以用 fifo、absolute、accumulating:R（R 不小于 1）"
            "或 headstart:H（H 不小于 0）。"
        )
        raise CommandError(told % {"words": words}, returncode=2)
    return rule


def _refuse_what_never_settles(model: Model, visitors: int) -> None:
    if model.busy >= 1:
        told = _(
            "来的人不比 %(servers)s 个窗口办得完的少，队会越排越长。请增加窗口，或者减少到达。"
        )
        raise CommandError(told % {"servers": model.servers}, returncode=2)
    if fewest_for(model) > visitors:
        told = _("最少的一类来得太少，算不准。请用 --customers %(n)s 或更多。")
        raise CommandError(told % {"n": fewest_for(model)}, returncode=2)


def _facts(arrivals: tuple[float, ...], found: Settled, seconds: float) -> dict[str, Any]:
    return {
        "classes": [_class(*one) for one in zip(arrivals, found.classes, strict=True)],
        "overall_mean_wait": found.mean_of_all,
        "seconds": round(seconds, 3),
    }


def _class(rate: float, found: Estimate) -> dict[str, Any]:
    return {
        "arrival_rate": rate,
        "mean_wait": found.mean,
        "p90_wait": found.p90,
        "ci95": [found.low, found.high],
    }


def _told(facts: dict[str, Any]) -> str:
    head = [_("类别"), _("到达率"), _("平均等候"), _("95% 区间"), _("九成不超过")]
    rows = [
        [
            str(number),
            f"{one['arrival_rate']:g}",
            f"{one['mean_wait']:.4f}",
            "{:.4f} – {:.4f}".format(*one["ci95"]),
            f"{one['p90_wait']:.4f}",
        ]
        for number, one in enumerate(facts["classes"], 1)
    ]
    foot = _(
        "全部来人平均等候 %(overall_mean_wait).4f。时间以平均办理时间计。用时 %(seconds)s 秒。"
    )
    return f"{columns([head, *rows])}\n{foot % facts}"


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not LEAST_RATE <= rate <= MOST_RATE:
        told = _("请写 %(least)s 到 %(most)s 的数，不能是“%(text)s”")
        facts = {"least": f"{LEAST_RATE:f}", "most": f"{MOST_RATE:.0f}", "text": text}
        raise ArgumentTypeError(told % facts)
    return rate


def _rates(text: str) -> tuple[float, ...]:
    rates = tuple(_rate(one) for one in text.split(","))
    if len(rates) > MOST_CLASSES:
        raise ArgumentTypeError(_("最多 %(most)s 类") % {"most": MOST_CLASSES})
    return rates
