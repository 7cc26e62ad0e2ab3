"""`mingchuang import_batch FILE.xlsx --case NUMBER`: a company's list, from the shell."""

import sys
from json import dumps
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _

from mingchuang.base.database import few_pages
from mingchuang.base.once import new_key
from mingchuang.base.plainly import said_plainly
from mingchuang.cases.actions.batch_lists import keep_upload
from mingchuang.cases.batching.reading import read_upload
from mingchuang.cases.queries.batch_pieces import marked_pieces
from mingchuang.cases.queries.batches import batch_called
from mingchuang.cases.workbook.reading import parts_of


class Command(BaseCommand):
    help = "Put the people of a workbook on the list of a batch; may be run again"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the workbook (.xlsx)")
        parser.add_argument("--case", required=True, metavar="NUMBER", help="the batch's case")
        parser.add_argument(
            "--faults", type=Path, metavar="OUT.xlsx", help="where faults come back"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(
        self, *, file: Path, case: str, faults: Path | None, json: bool, **_rest: object
    ) -> None:
        out = faults or Path(f"{file.stem}-问题.xlsx")
        with said_plainly(), few_pages():
            batch, code = batch_called(case)
            kept = keep_upload(batch.number, code, parts_of(file), key=new_key(), at=now())
            upload = read_upload(kept, now)
        facts: dict[str, int | str] = {
            "added": upload.good,
            "known": upload.known,
            "faulty": upload.faulty,
        }
        if upload.faulty:
            with out.open("wb") as copy:
                copy.writelines(marked_pieces(upload))
            facts["faults"] = str(out)
        told = _("新列入 %(added)s 人，早已在名单里 %(known)s 人，有问题 %(faulty)s 行。") % facts
        self.stdout.write(dumps(facts, ensure_ascii=False) if json else told)
        if upload.sentence:
            self.stderr.write(upload.sentence)
        if upload.faulty or upload.sentence:
            sys.exit(1)
