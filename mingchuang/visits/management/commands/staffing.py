import sys
from json import dumps
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mingchuang.base.arguments import whole
from mingchuang.base.columns import columns
from mingchuang.base.plainly import said_plainly
from mingchuang.visits.queries.lines import line_at
from mingchuang.visits.queries.past import past_visits
from mingchuang.visits.rules.past import PastVisit, read_past
from mingchuang.visits.rules.plan import PLAIN, facts_of
from mingchuang.visits.rules.staffing import Target
from mingchuang.visits.words.past import fault_sentence
from mingchuang.visits.words.plans import IFS, KINDS_OF_DAY

SHOWN = 50


class Command(BaseCommand):
    help = "How many windows a hall needs in each half hour, from the visits of past days"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="past visits (CSV)")
        parser.add_argument("--site", default="", metavar="CODE", help="instead: a site of ours")
        parser.add_argument("--line", default="", metavar="PREFIX", help="and one of its lines")
        parser.add_argument(
            "--days",
            default=PLAIN,
            choices=[kind for kind, _words in KINDS_OF_DAY],
            help="of the last eight weeks: Monday to Friday, or one day of the week (0 is Monday)",
        )
        parser.add_argument(
            "--share", type=whole(1, 99), default=90, help="percent who wait no longer than that"
        )
        parser.add_argument("--minutes", type=whole(0, 480), default=20, help="the longest wait")
        parser.add_argument(
            "--seed", type=whole(0, 2**32), default=1, help="the same gives the same"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(
        self,
        *,
        file: Path | None,
        site: str,
        line: str,
        days: str,
        share: int,
        minutes: int,
        seed: int,
        json: bool,
        **_rest: object,
    ) -> None:
        if (file is None) == (not (site and line)):
            told = _("请给一个文件，或者用 --site 和 --line 指定一个队列。")
            raise CommandError(told, returncode=2)
        visits = self._visits(file) if file else _logged(site, line, days)
        began = perf_counter()
        facts = facts_of(visits, Target(share / 100, float(minutes)), seed=seed)
        facts["seconds"] = round(perf_counter() - began, 3)
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


def _logged(site: str, line: str, days: str) -> list[PastVisit]:
    """Return the visits of our own log."""
    with said_plainly():
        visits = past_visits(line_at(site, line), days, before=localdate())
    if not any(visit.minutes for visit in visits):
        told = _("这个队列最近八周还没有办完的来访，没有什么可算的。")
        raise CommandError(told, returncode=1)
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
