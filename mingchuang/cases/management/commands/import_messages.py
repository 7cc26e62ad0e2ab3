import sys
import time
from collections.abc import Sequence
from itertools import islice
from json import dumps
from pathlib import Path
from typing import Any, TypeAlias

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _
from tqdm import tqdm

from mingchuang.base.errors import Refused
from mingchuang.base.plainly import said_plainly
from mingchuang.cases.actions.importing import Imported, Terms, appoint_import, import_letters
from mingchuang.cases.queries.terms import person_called, profile_called, unit_called
from mingchuang.cases.rules.letters import ANSWER, NEEDED, Fault, Letter, absent, read_letter
from mingchuang.cases.rules.tally import Tally
from mingchuang.cases.workbook.errors import NoLetters
from mingchuang.cases.workbook.marking import MarkedCopy, marked_copy
from mingchuang.cases.workbook.reading import Row, Sheet, opened
from mingchuang.cases.workbook.words import listed, sentences

# Rows in one transaction. On SQLite everybody else waits for it: for less than half a second.
CHUNK = 100
Result: TypeAlias = "Imported | Refused | list[Fault]"


class Command(BaseCommand):
    help = "Take in messages, and the answers they got, from a workbook; may be run again"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the workbook (.xlsx)")
        parser.add_argument("--unit", default="", metavar="CODE", help="default: the root unit")
        parser.add_argument("--profile", default=settings.TIME_LIMIT_PROFILE, metavar="NAME")
        parser.add_argument("--publish", action="store_true", help="let everybody read the answers")
        parser.add_argument(
            "--faults", type=Path, metavar="OUT.xlsx", help="where faults come back"
        )
        parser.add_argument("--by", default="", metavar="BADGE", help="who acts; default: IMPORT")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(
        self,
        *,
        file: Path,
        unit: str,
        profile: str,
        publish: bool,
        faults: Path | None,
        by: str,
        json: bool,
        **_rest: object,
    ) -> None:
        began, out = time.monotonic(), faults or Path(f"{file.stem}-问题.xlsx")
        with said_plainly(), opened(file) as sheet, marked_copy(sheet, out) as copy:
            self._tell_missing(sheet, file)
            profile, to = profile_called(profile), unit_called(unit)
            clerk = person_called(by) if by else appoint_import(to, at=now())
            tally = _import(sheet, copy, Terms(to, profile, clerk, publish=publish))
        facts = _facts(tally, seconds=time.monotonic() - began)
        facts |= {"profile": profile, "faults": str(out) if tally.faulty else None}
        self.stdout.write(dumps(facts, ensure_ascii=False) if json else _told(facts))
        if tally.faulty:
            sys.exit(1)

    def _tell_missing(self, sheet: Sheet, file: Path) -> None:
        """Name the columns that are not there; where none is, these are no letters."""
        needed, answer = absent(NEEDED, sheet.columns), absent(ANSWER, sheet.columns)
        if len(needed) == len(NEEDED):
            raise NoLetters(path=file, needed=listed(NEEDED), answer=listed(ANSWER))
        if needed:
            told = _("第一行缺少%(columns)s，所以一行也没有导入。请补上后再导入。")
            self.stderr.write(told % {"columns": listed(needed)})
        if len(answer) == 1:
            told = _("第一行缺少%(columns)s，所以没有导入答复。补上后再导入一次，答复就会补入。")
            self.stderr.write(told % {"columns": listed(answer)})


def _import(sheet: Sheet, copy: MarkedCopy, terms: Terms) -> Tally:
    tally = Tally(at=now())
    with tqdm(total=sheet.about, unit=_("行"), disable=None) as bar:
        while rows := list(islice(sheet.rows, CHUNK)):
            for row, result in zip(rows, _results(rows, sheet, terms), strict=True):
                copy.keep(row, _counted(tally, result))
            bar.update(len(rows))
    return tally


def _counted(tally: Tally, result: Result) -> dict[str, str]:
    """Count what became of a row, and return what is wrong with it."""
    if not isinstance(result, Imported):
        tally.faulty += 1
        return sentences(result)
    landed = result.landed
    tally.add(is_new=result.is_new, due_at=landed.case.due_at, replied_at=landed.answered_at)
    return {}


def _results(rows: Sequence[Row], sheet: Sheet, terms: Terms) -> list[Result]:
    """Return what became of each row; the whole chunk is one transaction."""
    at = now()
    read = [read_letter(sheet.named(row), now=at) for row in rows]
    done = iter(import_letters([m for m in read if isinstance(m, Letter)], terms, at=at))
    return [next(done) if isinstance(one, Letter) else one for one in read]


def _facts(tally: Tally, *, seconds: float) -> dict[str, object]:
    return {
        "rows": tally.rows,
        "imported": tally.imported,
        "already_there": tally.already,
        "faulty": tally.faulty,
        "replied": tally.replied,
        "on_time": {"numerator": tally.kept, "denominator": tally.due, "excluded": tally.waiting},
        "seconds": round(seconds, 2),
        "rows_per_second": round(tally.rows / seconds, 1),
    }


def _told(facts: dict[str, Any]) -> str:
    facts = {**facts, **facts["on_time"]}
    told = [
        _("读了 %(rows)s 行。"),
        _("新导入 %(imported)s 条，原已导入 %(already_there)s 条，有问题 %(faulty)s 行。"),
        _("已答复 %(replied)s 条。到期应答复 %(denominator)s 条，其中按时 %(numerator)s 条。"),
        _("按时限方案 %(profile)s 计算；另有 %(excluded)s 条还没有到期，不计在内。"),
        _("用时 %(seconds)s 秒，每秒 %(rows_per_second)s 行。"),
    ]
    if facts["faults"]:
        told.append(_("有问题的行标在 %(faults)s 里，改好后导入那个文件，已导入的不会重复。"))
    return "\n".join(line % facts for line in told)
