"""What may be done about an assistance: one button, one line of a table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.visits.actions import assisting
from mingchuang.visits.forms.assisting import ConfirmForm, ReturnForm, ToForm
from mingchuang.visits.queries.assists import leads
from mingchuang.visits.rules.assisting import State, is_time_to, may_step

if TYPE_CHECKING:
    from mingchuang.people.models import Person
    from mingchuang.visits.models import Assist

Given = Mapping[str, Any]


def _free(assist: "Assist", person: "Person") -> bool:
    return assist.companion_id in {None, person.pk}


def _theirs(assist: "Assist", person: "Person") -> bool:
    return assist.companion_id == person.pk or leads(person, assist.site)


def _leads(assist: "Assist", person: "Person") -> bool:
    return leads(person, assist.site)


@dataclass(frozen=True)
class Deed:
    """A button: which step it takes, for whom it is there, what it asks, what it does."""

    name: str
    verb: str
    key: str
    label: Text
    whose: Callable[["Assist", "Person"], bool]
    form: type[forms.Form]
    run: Callable[..., object]

    def is_offered(self, assist: "Assist", person: "Person", at: datetime) -> bool:
        may = may_step(State(assist.state), self.verb) and self.whose(assist, person)
        return may and is_time_to(self.verb, assist.wanted_at, at)


# In the order in which they are done; the first that is offered stands on the board.
DEEDS: tuple[Deed, ...] = (
    Deed(
        "accept", "assist.accepted", "a", _("我去陪"), _free, ConfirmForm,
        lambda pk, g, **who: assisting.accept(pk, **who),
    ),
    Deed(
        "meet", "assist.met", "m", _("碰上了"), _theirs, ConfirmForm,
        lambda pk, g, **who: assisting.meet(pk, **who),
    ),
    Deed(
        "finish", "assist.finished", "f", _("陪完了"), _theirs, ConfirmForm,
        lambda pk, g, **who: assisting.finish(pk, **who),
    ),
    Deed(
        "assign", "assist.assigned", "p", pgettext_lazy("companion", "派同事去"), _leads, ToForm,
        lambda pk, g, **who: assisting.assign(pk, g["to"].pk, **who),
    ),
    Deed(
        "hand-over", "assist.handed_over", "h", _("交给同事"), _theirs, ToForm,
        lambda pk, g, **who: assisting.hand_over(pk, g["to"].pk, **who),
    ),
    Deed(
        "give-back", "assist.returned", "r", _("去不了，退回"), _theirs, ReturnForm,
        lambda pk, g, **who: assisting.give_back(pk, g["reason"], **who),
    ),
    Deed(
        "not-met", "assist.missed", "n", _("没有碰上"), _theirs, ConfirmForm,
        lambda pk, g, **who: assisting.not_met(pk, **who),
    ),
    Deed(
        "cancel", "assist.cancelled", "x", _("取消陪办"), _leads, ConfirmForm,
        lambda pk, g, **who: assisting.cancel_for(pk, **who),
    ),
)  # fmt: skip
BY_NAME = {deed.name: deed for deed in DEEDS}
ON_THE_BOARD = DEEDS[:3]


def offered(assist: "Assist", person: "Person", at: datetime) -> list[Deed]:
    return [deed for deed in DEEDS if deed.is_offered(assist, person, at)]


def next_deed(assist: "Assist", person: "Person", at: datetime) -> Deed | None:
    """Return what is done next by whom it belongs to: nobody meets for a colleague by accident."""
    mine = _free(assist, person)
    fits = (deed for deed in ON_THE_BOARD if mine and deed.is_offered(assist, person, at))
    return next(fits, None)
