from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.timezone import now
from django.utils.translation import gettext as _

from mingchuang.base.database import bring_up_to_date
from mingchuang.outward.actions.demo import PASSWORD, TOWN, build_town
from mingchuang.people.rules.roles import Role
from mingchuang.people.words import ROLES


class Command(BaseCommand):
    help = "Create the database and a demo town; may be run again"

    def handle(self, **_rest: object) -> None:
        bring_up_to_date()
        if build_town(at=now()):
            self.stdout.write(_("演示城市已建好。单位、人物、诉求全是虚构的。"))
        else:
            self.stdout.write(_("数据库里已有单位，保持原样。"))
        call_command("follow", "--once")
        self.stdout.write(_("工作人员登录（口令都是 %(word)s）：") % {"word": PASSWORD})
        for name, posts in _sign_in_names():
            self.stdout.write(f"  {name:<10} {posts}")


def _sign_in_names() -> list[tuple[str, str]]:
    """Return the demo staff: sign-in name, and what they do where."""
    names = {code: name for code, name, *_ in TOWN["units"]}
    return [
        (username, "、".join(f"{ROLES[Role(role)]} · {names[unit]}" for role, unit in posts))
        for username, _name, _badge, posts in TOWN["staff"]
    ]
