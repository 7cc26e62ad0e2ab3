import sys
from json import dumps
from math import sqrt
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from mingchuang.base.arguments import whole
from mingchuang.base.columns import columns
from mingchuang.visits.rules.demand import HALF_HOUR, HalfHour, demand_of
from mingchuang.visits.rules.past import PastVisit, read_past
from mingchuang.visits.rules.staffing import If, Target, WhatIf, planned, what_ifs
from mingchuang.visits.words.past import fault_sentence

SHOWN = 50
IFS: dict[str, Promise] = {
    If.AS_PLANNED: gettext_lazy("照方案"),
    If.ONE_MORE: gettext_lazy("全天多一个窗口"),
    If.ONE_LESS: gettext_lazy("全天少一个窗口"),
    If.GREEN_DOUBLED: gettext_lazy("绿色通道的人加倍"),
}


class Command(BaseCommand):
    help = "How many windows a hall needs in each half hour, from the visits of past days"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="past visits (CSV)")
        parser.add_argument(
            "--share", type=whole(1, 99), default=90, help="percent who wait no longer than that"
        )
        parser.add_argument("--minutes", type=whole(0, 480), default=20, help="the longest wait")
        parser.add_argument(
            "--seed", type=whole(0, 2**32), default=1, help="the same gives the same"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(
        self, *, file: Path, share: int, minutes: int, seed: int, json: bool, **_rest: object
    ) -> None:
        visits = self._visits(file)
        began = perf_counter()
        demand, target = demand_of(visits), Target(share / 100, float(minutes))
        plan = planned(demand, target, seed=seed)
        ifs = what_ifs(demand, plan, target, seed=seed)
        facts = {
            "target": {"share": target.share, "minutes": target.minutes},
            "days": demand.days,
            "visits": len(visits),
            "day_spread": round(sqrt(demand.spread), 4),
            "plan": [
                _half(*one) for one in zip(demand.half_hours, plan, *_counts(ifs[0]), strict=True)
            ],
            "what_if": [_what_if(one) for one in ifs],
            "seconds": round(perf_counter() - began, 3),
        }
        self.stdout.write(dumps(facts) if json else _told(facts))

    def _visits(self, file: Path) -> list[PastVisit]:
        """Read the past visits; say line by line what is wrong, and plan nothing then."""
        visits, faults = read_past(_text(file))
        for fault in faults[:SHOWN]:
            self.stderr.write(f"✘ {fault_sentence(fault)}")
        if len(faults) > SHOWN:
            self.stderr.write(_("……另有 %(more)s 处。") % {"more": len(faults) - SHOWN})
        if faults:
            self.stderr.write(_("没有排班。请改好后再运行一次。"))
            sys.exit(1)
        return visits


def _text(file: Path) -> str:
    """Return the file as text: UTF-8, or the coding of older spreadsheets."""
    try:
        written = file.read_bytes()
    except OSError:
        told = _("打不开文件“%(path)s”。请核对文件名，以及您能不能读它。")
        raise CommandError(told % {"path": file}, returncode=2) from None
    for coding in ("utf-8", "gb18030"):
        try:
            return written.decode(coding)
        except UnicodeDecodeError:
            continue
    told = _("“%(path)s”不是文本。请在表格软件里另存为 CSV（UTF-8）。")
    raise CommandError(told % {"path": file}, returncode=2)


def _counts(one: WhatIf) -> tuple[list[int], list[int]]:
    """Return how many came in each half hour of all days, and how many were called in time."""
    return one.served.came.sum(axis=0).tolist(), one.served.in_time.sum(axis=0).tolist()


def _half(half: HalfHour, windows: int, came: int, in_time: int) -> dict[str, Any]:
    return {
        "from": f"{half.start // 60:02}:{half.start % 60:02}",
        "visitors": round(half.visitors, 2),
        "booked": round(half.booked, 2),
        "green": round(half.green, 4),
        "minutes": round(half.minutes, 2),
        "windows": windows,
        "came": came,
        "in_time": in_time,
    }


def _what_if(one: WhatIf) -> dict[str, Any]:
    green, ordinary = one.served.waits
    return {
        "what": one.what,
        "window_hours": sum(one.plan) * HALF_HOUR / 60,
        "came": int(one.served.came.sum()),
        "in_time": int(one.served.in_time.sum()),
        "green": _waits(green),
        "ordinary": _waits(ordinary),
    }


def _waits(waits: NDArray[np.float64]) -> dict[str, float] | None:
    """Return mean and P90 in minutes; None where nobody of the class came."""
    if not len(waits):
        return None
    return {"mean_wait": float(waits.mean()), "p90_wait": float(np.quantile(waits, 0.9))}


def _told(facts: dict[str, Any]) -> str:
    within = _("%(minutes)g 分钟内叫到") % facts["target"]
    first = [
        _("时段"),
        _("每天来人"),
        _("其中预约"),
        _("其中绿色通道"),
        _("办理分钟"),
        _("开几个窗口"),
        within,
    ]
    plan = [
        [
            half["from"],
            f"{half['visitors']:.1f}",
            f"{half['booked']:.1f}",
            f"{half['green']:.0%}",
            f"{half['minutes']:.1f}",
            str(half["windows"]),
            _share(half),
        ]
        for half in facts["plan"]
    ]
    second = [_("如果"), _("窗口小时"), within, _("普通平均等"), _("九成不超过"), _("绿色平均等")]
    ifs = [
        [
            str(IFS[one["what"]]),
            f"{one['window_hours']:g}",
            _share(one),
            *_minutes(one["ordinary"], "mean_wait", "p90_wait"),
            *_minutes(one["green"], "mean_wait"),
        ]
        for one in facts["what_if"]
    ]
    head = _("依据 %(days)s 天 %(visits)s 位来访；各天忙闲相差约 %(busier)s。")
    foot = _("分母是模拟的来人，不是排班时用的那一批。等候以分钟计。用时 %(seconds)s 秒。")
    tables = [columns([first, *plan]), "", columns([second, *ifs])]
    return "\n".join(
        [head % {**facts, "busier": f"±{facts['day_spread']:.0%}"}, *tables, foot % facts]
    )


def _share(counted: dict[str, Any]) -> str:
    came, in_time = counted["came"], counted["in_time"]
    return f"{in_time / came:.1%} ({in_time}/{came})" if came else "–"


def _minutes(waits: dict[str, float] | None, *names: str) -> list[str]:
    return [f"{waits[name]:.1f}" if waits else "–" for name in names]
