"""`mingchuang bench`: us and the peers in one run."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _

from mingchuang.base.arguments import whole
from mingchuang.base.database import bring_up_to_date
from mingchuang.base.plainly import said_plainly
from mingchuang.outward.errors import NotHere
from mingchuang.outward.measuring.asked import Asked
from mingchuang.outward.measuring.benches import about, bench_names, refuse_unknown, run
from mingchuang.outward.measuring.fill.filling import fill
from mingchuang.outward.measuring.keeping import PAGE, keep, kept, page_of, table_of
from mingchuang.outward.measuring.peers import install_peers
from mingchuang.outward.measuring.results import Result
from mingchuang.outward.measuring.towns import address_of_town, town_of

SOME = whole(1, 10**9)


class Command(BaseCommand):
    help = "Measure us and the peers in one run; `bench fill N` makes the cases to measure with"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "names", nargs="*", metavar="NAME", help="what to measure; without: all"
        )
        parser.add_argument("--here", action="store_true", help="fill the database in use itself")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
        parser.add_argument("--write", action="store_true", help=f"write {PAGE} from all results")
        parser.add_argument("--many", type=SOME, default=1_000_000, help="cases in the large town")
        parser.add_argument("--few", type=SOME, default=10_000, help="cases in the small town")
        parser.add_argument("--rounds", type=SOME, default=200, help="how often a page is asked")
        parser.add_argument("--seconds", type=SOME, default=20, help="how long a load lasts")
        parser.add_argument("--workers", type=SOME, default=2, help="web processes of each server")
        parser.add_argument("--file", type=Path, help="a workbook, for benches that want one")

    def handle(
        self, *, names: list[str], json: bool, write: bool, here: bool, **given: object
    ) -> None:
        asked = self._asked(given)
        with said_plainly():
            match names:
                case ["peers"]:
                    self.stdout.write(str(install_peers()))
                case ["fill", cases] if cases.isdecimal() and int(cases):
                    self._fill(int(cases), asked, here=here)
                case _:
                    self._measure(names, as_json=json, write=write, asked=asked)

    def _fill(self, cases: int, asked: Asked, *, here: bool) -> None:
        """Say how the town can be opened: nothing in it is real, and its name says so."""
        if here:
            bring_up_to_date()
            fill(cases, at=asked.at, tell=lambda done: self._tell(f"{done:,} / {cases:,}"))
            return
        with town_of(cases, asked):
            self.stdout.write(f"DATABASE_URL={address_of_town()} mingchuang serve")

    def _measure(self, names: list[str], *, as_json: bool, write: bool, asked: Asked) -> None:
        refuse_unknown(names)
        wanted = [] if write and not names else names or bench_names()
        results = list(self._results(wanted, asked, quiet=as_json, by_name=bool(names)))
        if as_json:
            self.stdout.write(_as_json(results))
        if write:
            self._write()
        if not all(result.holds for result in results):
            sys.exit(1)

    def _results(
        self, wanted: list[str], asked: Asked, *, quiet: bool, by_name: bool
    ) -> Iterator[Result]:
        for name in wanted:
            try:
                yield self._run(name, asked, quiet=quiet)
            except NotHere as not_here:
                if by_name:
                    raise
                self._tell(f"{name}: {not_here}")

    def _run(self, name: str, asked: Asked, *, quiet: bool) -> Result:
        asked.tell(f"{name} …")
        result = run(name, asked)
        keep(result)
        if not quiet:
            self.stdout.write("\n".join(table_of(result.as_json())))
        return result

    def _write(self) -> None:
        if not PAGE.parent.is_dir():
            raise CommandError(_("请在源代码目录里运行：这里没有 docs 文件夹。"), returncode=2)
        PAGE.write_text(page_of(kept(), {name: about(name) for name in bench_names()}), "utf-8")

    def _asked(self, given: dict[str, object]) -> Asked:
        fields = ("many", "few", "rounds", "seconds", "workers", "file")
        told = {name: given[name] for name in fields}
        return Asked(at=now(), tell=self._tell, **told)  # type: ignore[arg-type]

    def _tell(self, words: str) -> None:
        self.stderr.write(words)


def _as_json(results: list[Result]) -> str:
    found = [result.as_json() for result in results]
    answer = {"results": found, "holds": all(result.holds for result in results)}
    return json.dumps(answer, ensure_ascii=False)
