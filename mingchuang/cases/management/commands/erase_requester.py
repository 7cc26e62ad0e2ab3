from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _

from mingchuang.base.plainly import said_plainly
from mingchuang.cases.actions.personal import erase_identity
from mingchuang.cases.queries.terms import person_called


class Command(BaseCommand):
    help = "Forget who is behind a submission: name, phone, address; every proof still holds"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="the number of the submission")
        parser.add_argument("--by", required=True, metavar="BADGE", help="who decided it")

    def handle(self, *, number: str, by: str, **_rest: object) -> None:
        with said_plainly():
            erase_identity(number, by=person_called(by), at=now())
        self.stdout.write(_("姓名、电话和住址已经抹去，不能恢复。诉求的文字没有改动。"))
