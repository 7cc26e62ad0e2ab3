import sys
from collections import Counter
from collections.abc import Iterator
from json import dumps
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from tqdm import tqdm

from mingchuang.base.database import leave_no_traces
from mingchuang.base.plainly import said_plainly
from mingchuang.base.templatetags.words import day
from mingchuang.cases.actions.keeping import (
    SYSTEM,
    drop_erased_files,
    finish_retention,
    load_terms,
)
from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.queries.erased import erased_since_last_run
from mingchuang.cases.queries.findable import ANSWERS, CASES
from mingchuang.cases.queries.keeping import Overdue, cases_of, terms_in_force
from mingchuang.cases.queries.terms import person_called
from mingchuang.cases.rules.keeping import Term, read_terms
from mingchuang.outward.retention import erase, overdue_anywhere, some_due_anywhere


class Command(BaseCommand):
    help = "Erase what the table of retention no longer keeps; may be stopped and run again"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be erased")
        parser.add_argument("--list", action="store_true", help="with --dry-run: name the cases")
        parser.add_argument("--load", type=Path, metavar="FILE", help="put this table in force")
        parser.add_argument("--by", default="", metavar="BADGE", help="who decided it")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(
        self, *, dry_run: bool, list: bool, load: Path | None, by: str, json: bool, **_rest: object
    ) -> None:
        with said_plainly():
            person = person_called(by) if by else None
            if load:
                changed = load_terms(self._table(load), at=now(), by=person)
                self._say({"changed": changed}, _loaded(changed), json=json)
            elif dry_run:
                self._foretell(naming=list, json=json)
            else:
                self._erase(by=person.badge if person else SYSTEM, json=json)

    def _foretell(self, *, naming: bool, json: bool) -> None:
        found = overdue_anywhere(terms_in_force(now()), now())
        facts = {line.term.category: _facts(line, naming=naming) for line in found}
        sentences = [each for line in found for each in _sentences(line, naming=naming)]
        self._say({"would_erase": facts}, sentences or [_nothing()], json=json)

    def _erase(self, *, by: str, json: bool) -> None:
        erased: Counter[str] = Counter()
        for due in overdue_anywhere(terms_in_force(now()), now()):
            with tqdm(total=due.count, desc=str(due.term), disable=None) as bar:
                for some in _handfuls(due.term):
                    count = erase(due.term, some, at=now(), by=by)
                    erased[due.term.category] += count
                    bar.update(count)
        drop_erased_files(at=now())
        for index in (CASES, ANSWERS):
            index.leave_no_traces()
        finish_retention(erased_since_last_run(), at=now(), by=by)
        leave_no_traces()
        told = _("已按保存期限删除 %(n)s 项，逐项记入台账。") % {"n": erased.total()}
        self._say({"erased": erased}, [told], json=json)

    def _table(self, file: Path) -> list[Term]:
        """Read the table; say which lines are wrong, and change nothing then."""
        try:
            found = read_terms(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            told = _("打不开“%(path)s”。请核对文件名；文件应当是 UTF-8 编码的文本。")
            raise CommandError(told % {"path": file}, returncode=2) from None
        terms = [line for line in found if isinstance(line, Term)]
        for line in found:
            if not isinstance(line, Term):
                told = _("第 %(line)s 行看不懂：%(text)s")
                self.stderr.write("✘ " + told % {"line": line.line, "text": line.text})
        if len(terms) != len(found):
            self.stderr.write(_("没有载入。每行写：类别 天数 依据；天数 30–36500，长期保存写 -。"))
            sys.exit(1)
        return terms

    def _say(self, facts: dict[str, object], sentences: list[str], *, json: bool) -> None:
        self.stdout.write(dumps(facts, ensure_ascii=False) if json else "\n".join(sentences))


def _handfuls(term: Retention) -> Iterator[list[int]]:
    while found := some_due_anywhere(term, now()):
        yield from found


def _nothing() -> str:
    return _("保存期限表里还没有写明天数的类别，全部长期保存，什么都不会删除。")


def _facts(line: Overdue, *, naming: bool) -> dict[str, object]:
    facts: dict[str, object] = {
        "count": line.count,
        "oldest": localdate(line.oldest).isoformat() if line.oldest else None,
        "days": line.term.days,
        "source": line.term.source,
    }
    return (
        {**facts, "cases": [case.number for case in cases_of(line.term, now())]}
        if naming
        else facts
    )


def _sentences(line: Overdue, *, naming: bool) -> Iterator[str]:
    told = _("%(what)s：办结满 %(days)s 天的 %(n)s 项")
    said = told % {"what": line.term, "days": line.term.days, "n": line.count}
    yield said + (_("，最早的 %(on)s 办结") % {"on": day(line.oldest)} if line.oldest else "")
    if naming:
        yield from (f"  {case.number}" for case in cases_of(line.term, now()))


def _loaded(changed: int) -> list[str]:
    return [_("保存期限表已更新 %(n)s 类，从今天起执行。还没有删除任何内容。") % {"n": changed}]
