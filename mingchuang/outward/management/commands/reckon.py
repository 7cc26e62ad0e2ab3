from json import dumps

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _

from mingchuang.base.plainly import said_plainly
from mingchuang.cases.batching.reading import read_uploads
from mingchuang.council.reckoning import plan_lotteries
from mingchuang.visits.reckoning import reckon


class Command(BaseCommand):
    help = "Learn from days that are over, read lists, and make the plans and lotteries asked for"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *, json: bool, **_rest: object) -> None:
        with said_plainly():
            read = read_uploads(now)
            done = reckon(now) + plan_lotteries(now)
        facts = {name: done[name] for name in ("days", "plans", "lotteries", "batches")}
        facts["workbooks"] = read
        told = _(
            "学习了 %(days)s 天的等候，排出 %(plans)s 个窗口方案，算好 %(lotteries)s 次抽签，"
            "核对了 %(workbooks)s 份批量名单，排定 %(batches)s 批的日期。"
        )
        self.stdout.write(dumps(facts) if json else told % facts)
