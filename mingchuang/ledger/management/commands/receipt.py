import json
import sys

from django.core.management.base import BaseCommand, CommandParser

from mingchuang.base.errors import Refused
from mingchuang.base.plainly import database_in_words
from mingchuang.ledger.queries import newest_sealed, receipt_for


class Command(BaseCommand):
    help = "Print the receipt of a submission as JSON; without a number, of the newest sealed one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", nargs="?", default="", help="the number on the receipt")

    def handle(self, *, number: str, **_options: object) -> None:
        subject = f"case:{number}" if number else ""
        try:
            with database_in_words():
                receipt = receipt_for(newest_sealed("submission.received", subject=subject))
        except Refused as refused:
            self.stderr.write(str(refused))
            sys.exit(1)
        self.stdout.write(json.dumps(receipt.as_json(), ensure_ascii=False, indent=1))
