from argparse import ArgumentTypeError

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from mingchuang.base.beside import told_to_stop
from mingchuang.base.database import bring_up_to_date
from mingchuang.base.plainly import said_plainly
from mingchuang.ledger.words.verbs import deed_of
from mingchuang.outward.actions.demo import PASSWORD, TOWN, build_town
from mingchuang.outward.living import living_hall
from mingchuang.outward.past import nobody_ever_came, play_past
from mingchuang.outward.playing import is_demo_town
from mingchuang.people.rules.roles import Role
from mingchuang.people.words import ROLES

A_MOMENT = 0.25


class Command(BaseCommand):
    help = "Create the database and a demo town; may be run again, and let its hall live"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--live",
            action="store_true",
            help="let invented people come and be called, until ended",
        )
        parser.add_argument(
            "--speed", type=_speed, default=6.0, help="how much faster than life (default: 6)"
        )

    def handle(self, *, live: bool, speed: float, **_rest: object) -> None:
        if live:
            with said_plainly():
                self._live(speed)
            return
        self._build()
        self.stdout.write(_("工作人员登录（口令都是 %(word)s）：") % {"word": PASSWORD})
        for name, posts in _sign_in_names():
            self.stdout.write(f"  {name:<10} {posts}")

    def _build(self) -> None:
        """Put up what does not stand yet: the town, and the past of its hall."""
        bring_up_to_date()
        if build_town(at=now()):
            self.stdout.write(_("演示城市已建好。单位、人物、诉求全是虚构的。"))
        else:
            self.stdout.write(_("数据库里已有单位，保持原样。"))
        if is_demo_town() and nobody_ever_came():
            self.stdout.write(_("正在演出前几天的来访，要十几秒……"))
            self.stdout.flush()
            came = play_past(at=now())
            self.stdout.write(_("前几天大厅里来过 %(came)s 人次，也是虚构的。") % {"came": came})
        call_command("follow", "--once")

    def _live(self, speed: float) -> None:
        """Let the hall live, and say what happens, until somebody ends it."""
        self._build()
        stop = told_to_stop()
        hall = living_hall(speed=speed, seed=int(now().timestamp()), now=now())
        while not stop.wait(A_MOMENT):
            for happened in hall.live(now()):
                if happened:
                    self.stdout.write(f"{localtime():%H:%M:%S} {_told(happened)}")


def _told(happened: str) -> str:
    """Say in words what happened to whom: `visit.called A004` is what the ledger writes."""
    verb, _space, who = happened.partition(" ")
    return f"{who} {deed_of(verb)}" if who else happened


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0.1 <= speed <= 1000:
        raise ArgumentTypeError(_("请写一个 0.1 到 1000 之间的数"))
    return speed


def _sign_in_names() -> list[tuple[str, str]]:
    """Return the demo staff: sign-in name, and what they do where."""
    names = {code: name for code, name, *_ in TOWN["units"]}
    return [
        (username, "、".join(f"{ROLES[Role(role)]} · {names[unit]}" for role, unit in posts))
        for username, _name, _badge, posts in TOWN["staff"]
    ]
