"""What a ticket says of itself, by how the visit stands: a line seen from afar, and advice."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.screens import VACANT
from mingchuang.visits.rules.turn import Turn


class Told(NamedTuple):
    headline: Promise
    advice: Promise | str = ""
    # What the button says by which they let us know that they are here.
    arrive: Promise | str = _("我到了")


TICKETS: dict[str, Told] = {
    State.BOOKED: Told(
        _("到了大厅，请先报到"),
        _("扫取号机旁的二维码，再点“我到了”；或者让取号机扫这一页下面的码。报到了才排上队。"),
    ),
    "over": Told(
        _("预约的时间已经过了"), _("还要办，请改约别的时间；或者到大厅的取号机上取一个新号。")
    ),
    State.WAITING: Told(
        pgettext_lazy("ticket", "正在排队"), _("叫到您时，大厅会报号，这一页也会写明去几号窗口。")
    ),
    "coming": Told(
        _("请在 %(by)s 前到大厅"),
        _("您的位置给您留着，人没到不会叫您。到了大厅，请扫取号机旁的二维码，再点“我到了”。"),
    ),
    "late": Told(
        _("请尽快到大厅"),
        _("%(by)s 已经过了，号还在。到了请点“我到了”，按到场前 10 分钟排队。"),
    ),
    State.CALLED: Told(_("请到 %(window)s 号窗口"), _("窗口正在等您。找不到窗口，请问咨询台。")),
    State.SERVING: Told(_("正在 %(window)s 号窗口办理")),
    State.PARKED: Told(_("稍后接着办"), _("填好以后，请回到 %(window)s 号窗口，不用重新取号。")),
    VACANT: Told(
        _("稍后接着办"),
        _("%(window)s 号窗口现在没有人。请到咨询台或任一窗口说一声，不用重新取号。"),
    ),
    State.SKIPPED: Told(
        _("过号了"),
        _("叫到您时没有等到。请到 %(window)s 号窗口说一声；也可以回来排队，按现在前 10 分钟算。"),
        _("回来排队"),
    ),
    State.FINISHED: Told(_("办完了，谢谢您"), _("请带好随身的东西和证件。")),
    State.MISSED: Told(_("这一次没有等到您"), _("还要办的话，请重新取号，或者先预约。")),
    State.CANCELLED: Told(
        pgettext_lazy("ticket", "已经取消"), _("还要办的话，请重新取号，或者先预约。")
    ),
}

# What the first in line is told, in the hall and on the way there.
FIRST: dict[Turn, tuple[Promise, Promise]] = {
    Turn.FREE: (_("前面没有人，马上叫到您"), _("前面没有人，到了就叫您")),
    Turn.NEXT: (_("前面没有人，下一位就是您"), _("前面没有人，您到了排第一个")),
    Turn.SHUT: (_("前面没有人，窗口开始叫号就叫您"), _("前面没有人，您到了排第一个")),
}


def told_first(turn: Turn, *, is_here: bool) -> str:
    here, on_the_way = FIRST[turn]
    return str(here if is_here else on_the_way)


def with_waiting(name: str, waiting: int, told: str) -> str:
    """社会保险（4 个号在等，约 20 分钟，少有超过 35 分钟）, with how long it takes in words."""
    if waiting:
        words = gettext("%(name)s（%(n)s 个号在等，%(wait)s）")
    else:
        words = gettext("%(name)s（没有人在等，%(wait)s）")
    return words % {"name": name, "n": waiting, "wait": told}
