import sys
from json import dumps
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _
from tqdm import tqdm

from mingchuang.base.plainly import said_plainly
from mingchuang.cases.actions.watch import recompute_due
from mingchuang.cases.queries.touched import touched_by
from mingchuang.hall.actions import load_calendar
from mingchuang.hall.rules.table import CalendarTable, parse_calendar
from mingchuang.hall.words.tables import fault_sentence


class Command(BaseCommand):
    help = "Put a year of the statutory calendar in force, and move the due times it touches"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the year, like hall/calendars/2026.txt")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *, file: Path, json: bool, **_rest: object) -> None:
        table = self._table(file)
        with said_plainly():
            changed = load_calendar(table, at=now())
            cases = list(touched_by(table.year).values_list("pk", flat=True))
            bar = tqdm(cases, unit=_("件"), disable=None)
            moved = sum(recompute_due(pk, at=now()) for pk in bar)
        facts = {
            "year": table.year,
            "version": table.version,
            "changed": changed,
            "checked": len(cases),
            "moved": moved,
        }
        self.stdout.write(dumps(facts) if json else _told(facts))

    def _table(self, file: Path) -> CalendarTable:
        """Read the year; say line by line what is wrong with it, and load nothing then."""
        try:
            table = parse_calendar(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            told = _("打不开“%(path)s”。请核对文件名；文件应当是 UTF-8 编码的文本。")
            raise CommandError(told % {"path": file}, returncode=2) from None
        if isinstance(table, CalendarTable):
            return table
        for fault in table:
            self.stderr.write(f"✘ {fault_sentence(fault)}")
        self.stderr.write(_("没有载入。请改好后再载入一次。"))
        sys.exit(1)


def _told(facts: dict[str, object]) -> str:
    loaded = _("已载入 %(year)s 年的工作日安排（版本 %(version)s）。")
    same = _("%(year)s 年的工作日安排（版本 %(version)s）早已载入，没有变化。")
    cases = _("核对了 %(checked)s 件在办工单，%(moved)s 件改了到期时间。")
    return f"{loaded if facts['changed'] else same}\n{cases}" % facts
