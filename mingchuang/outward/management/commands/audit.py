import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _

from mingchuang.base.plainly import said_plainly
from mingchuang.base.templatetags.words import moment
from mingchuang.cases.queries.audit import Untold, case_faults, gone, witnessed
from mingchuang.cases.queries.batch_audit import BATCHED, batch_faults
from mingchuang.cases.queries.bound import bound_faults
from mingchuang.cases.queries.found_audit import KEPT, thing_faults
from mingchuang.cases.queries.kept_photos import photo_faults
from mingchuang.council.queries.audit import SAID, council_faults
from mingchuang.ledger.keeping import kept_notes
from mingchuang.ledger.queries import (
    evidence_faults,
    guard_faults,
    last_checkpoint,
    ledger_faults,
    oldest_waiting,
)
from mingchuang.ledger.reading import replaced_digests
from mingchuang.ledger.rules.audit import Fault
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.outward.queries import post_faults
from mingchuang.outward.words import FAULTS
from mingchuang.reviews.queries.audit import RATED, rating_faults
from mingchuang.reviews.queries.inspected import INSPECTED, inspection_faults
from mingchuang.reviews.queries.thanks_audit import THANKED, thanks_faults
from mingchuang.visits.queries.audit import visit_faults
from mingchuang.visits.words.faults import REMARKS

Found = tuple[str, Mapping[str, object]]
SHOWN = 100


class Command(BaseCommand):
    help = "Check the ledger, the private parts it vouches for, and every case and visit against it"

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
        kept = [_text(path) for path in checkpoint]
        with said_plainly():
            found = list(_found([*kept, *kept_notes()]))
            newest = last_checkpoint()
            size = newest.size if newest else 0
            waiting, oldest = oldest_waiting()
        faults = [one for one in found if one[0] not in REMARKS]
        remarks = [one for one in found if one[0] in REMARKS]
        if json:
            self.stdout.write(_as_json(size, waiting, oldest, faults, remarks))
        else:
            self._tell(size, faults)
            self._tell_each("－ ", remarks)
            self._tell_waiting(waiting, oldest)
        if faults:
            sys.exit(1)

    def _tell(self, size: int, faults: list[Found]) -> None:
        self._tell_each("✘ ", faults)
        if faults:
            self.stdout.write(_("发现 %(n)s 处不符。") % {"n": len(faults)})
        else:
            self.stdout.write(
                _("✔ 台账 %(size)s 条，逐条相符；工单和来访的状态与台账一致。") % {"size": size}
            )

    def _tell_each(self, mark: str, found: list[Found]) -> None:
        for code, facts in found[:SHOWN]:
            self.stdout.write(mark + str(FAULTS[code]) % facts)
        if len(found) > SHOWN:
            self.stdout.write(_("……另有 %(more)s 处。") % {"more": len(found) - SHOWN})

    def _tell_waiting(self, count: int, oldest: datetime | None) -> None:
        if oldest:
            told = _("还有 %(n)s 条等待封存，最早的一条是 %(oldest)s的。")
            self.stdout.write(told % {"n": count, "oldest": moment(oldest)})


def _found(kept: list[str]) -> Iterator[Found]:
    looks: tuple[Iterable[Fault | Untold], ...] = (
        ledger_faults(kept),
        guard_faults(),
        _evidence_faults(),
        case_faults(),
        gone((*RATED, *THANKED, *INSPECTED, *SAID, *KEPT, *BATCHED)),
        post_faults(),
        photo_faults(),
        visit_faults(),
        rating_faults(),
        inspection_faults(),
        thanks_faults(),
        council_faults(),
        thing_faults(),
        batch_faults(),
    )
    for look in looks:
        try:
            yield from ((str(found.code), found.facts) for found in look)
        except ValueError:  # SQLite lets anything stand where a moment or JSON stood
            yield "unread", {}


def _evidence_faults() -> Iterator[Fault | Untold]:
    """Look at each row once: what was said, and where it belongs."""
    replaced = replaced_digests()
    for row in witnessed():
        yield from evidence_faults([row], replaced)
        yield from bound_faults(row)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}", returncode=2) from None


def _as_json(
    size: int, waiting: int, oldest: datetime | None, faults: list[Found], remarks: list[Found]
) -> str:
    answer = {
        "sealed": size,
        "waiting": waiting,
        "oldest_waiting": moment_text(oldest) if oldest else None,
        "seconds_waiting": int((now() - oldest).total_seconds()) if oldest else 0,
        "faults": [{"code": code, **facts} for code, facts in faults],
        "unchecked": [{"code": code, **facts} for code, facts in remarks],
    }
    return json.dumps(answer, ensure_ascii=False)
