"""What a clerk can do at the window: one line each, with its key; the page follows the table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.visits.actions import calling, desks, turns
from mingchuang.visits.actions._window import Step
from mingchuang.visits.rules.life import State, may_step

if TYPE_CHECKING:
    from mingchuang.visits.queries.console import Console

When = Callable[["Console"], bool]


@dataclass(frozen=True)
class Deed:
    """A button at the window: its key, when it is offered, and what it does, step by step."""

    name: str
    key: str
    label: Text
    when: When
    steps: tuple[Step[object], ...]
    main: bool = False
    # After this one there is no window to show.
    leaves: bool = False


def _may(verb: str) -> When:
    return lambda here: here.state is not None and may_step(here.state, verb)


def _is_free(here: "Console") -> bool:
    return here.state is None


def _calls(here: "Console") -> bool:
    return here.state is None and here.desk.away_since is None


def _serves(here: "Console") -> bool:
    return here.state == State.SERVING and here.desk.away_since is None


DEEDS = (
    Deed("next", "n", _("叫下一位"), _calls, (calling.call_next,), main=True),
    Deed("begin", "b", _("开始办理"), _may("visit.started"), (calling.start,), main=True),
    Deed("on", "n", _("办完，叫下一位"), _serves, (calling.finish, calling.call_next), main=True),
    Deed("finish", "f", _("办完"), lambda here: here.state is not None, (calling.finish,)),
    Deed("recall", "r", _("再叫一次"), _may("visit.recalled"), (calling.recall,)),
    Deed("skip", "s", _("过号"), _may("visit.skipped"), (calling.skip,)),
    Deed("gone", "x", _("人不在"), _may("visit.skipped"), (turns.give_up,)),
    Deed("park", "p", _("稍后再办"), _may("visit.parked"), (calling.park,)),
    Deed("away", "k", _("暂停"), lambda here: here.desk.away_since is None, (desks.step_away,)),
    Deed(
        "back",
        "k",
        _("恢复"),
        lambda here: here.desk.away_since is not None,
        (desks.come_back,),
        main=True,
    ),
    Deed("off", "q", _("下岗"), _is_free, (desks.sign_off,), leaves=True),
)
BY_NAME = {deed.name: deed for deed in DEEDS}
