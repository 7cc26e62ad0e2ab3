import json
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from mingchuang.cases.queries.audit import case_faults, gone, witnessed
from mingchuang.cases.words import FAULTS as CASE_FAULTS
from mingchuang.ledger.queries import evidence_faults, last_checkpoint, ledger_faults
from mingchuang.ledger.words import FAULTS as LEDGER_FAULTS

SHOWN = 100


class Command(BaseCommand):
    help = "Check the ledger, the private parts it vouches for, and every case against it"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checkpoint",
            action="append",
            default=[],
            metavar="FILE",
            help="a checkpoint kept elsewhere; may be given more than once",
        )
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *, checkpoint: list[str], json: bool, **_rest: object) -> None:
        faults = list(_faults([_text(path) for path in checkpoint]))
        newest = last_checkpoint()
        size = newest.size if newest else 0
        if json:
            self.stdout.write(_as_json(size, faults))
        else:
            self._tell(size, faults)
        if faults:
            sys.exit(1)

    def _tell(self, size: int, faults: list[tuple[str, dict[str, object]]]) -> None:
        for code, facts in faults[:SHOWN]:
            self.stdout.write("✘ " + str({**LEDGER_FAULTS, **CASE_FAULTS}[code]) % facts)
        if len(faults) > SHOWN:
            self.stdout.write(_("……另有 %(more)s 处。") % {"more": len(faults) - SHOWN})
        if faults:
            self.stdout.write(_("发现 %(n)s 处不符。") % {"n": len(faults)})
        else:
            self.stdout.write(
                _("✔ 台账 %(size)s 条，逐条相符；工单状态与台账一致。") % {"size": size}
            )


def _faults(kept: list[str]) -> Iterator[tuple[str, dict[str, object]]]:
    for found in chain(ledger_faults(kept), evidence_faults(witnessed())):
        yield str(found.code), dict(found.facts)
    for fault in chain(case_faults(), gone()):
        yield fault.code, dict(fault.facts)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}", returncode=2) from None


def _as_json(size: int, faults: list[tuple[str, dict[str, object]]]) -> str:
    found = [{"code": code, **facts} for code, facts in faults]
    return json.dumps({"sealed": size, "faults": found}, ensure_ascii=False)
