"""What may be done about a found thing: one button, one line of a table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.cases.actions import found as actions
from mingchuang.cases.actions import found_mending as mending
from mingchuang.cases.actions.found_papers import keep_claim_papers
from mingchuang.cases.forms.found_deeds import (
    CorrectForm,
    DisposeForm,
    GiveBackForm,
    PapersForm,
    RefuseForm,
    ShelveForm,
    TakeBackForm,
)
from mingchuang.cases.forms.receipt import ConfirmForm
from mingchuang.cases.rules.found import Fate, State, may_step

if TYPE_CHECKING:
    from mingchuang.cases.models import FoundItem


@dataclass(frozen=True)
class Deed:
    """A button: which step it takes, what it asks, what it does, and to which things else."""

    name: str
    verb: str
    key: str
    label: Text
    form: type[forms.Form]
    run: Callable[..., object]
    told: Text
    fits: Callable[["FoundItem"], bool] = lambda item: True

    def is_offered(self, item: "FoundItem") -> bool:
        return may_step(State(item.state), self.verb) and self.fits(item)


def _announce(number: str, form: Any, **who: Any) -> object:
    return actions.announce_item(number, **who)


def _give_back(number: str, form: Any, **who: Any) -> object:
    more = {name: form.cleaned_data[name] for name in ("witness", "report")}
    return actions.give_back(number, form.claimed(), **more, **who)


def _keep_papers(number: str, form: Any, **who: Any) -> object:
    return keep_claim_papers(number, form.cleaned_data["photos"], **who)


def _refuse(number: str, form: Any, **who: Any) -> object:
    return actions.refuse_claim(number, form.claimed(), form.cleaned_data["reason"], **who)


def _shelve(number: str, form: Any, **who: Any) -> object:
    return actions.shelve_item(number, form.cleaned_data["shelf"], **who)


def _dispose(number: str, form: Any, **who: Any) -> object:
    return actions.dispose_item(number, witness=form.cleaned_data["witness"], **who)


def _correct(number: str, form: Any, **who: Any) -> object:
    return mending.correct_item(number, form.found(), witness=form.cleaned_data["witness"], **who)


def _take_back(number: str, form: Any, **who: Any) -> object:
    given = form.cleaned_data
    return mending.take_back(number, given["reason"], witness=given["witness"], **who)


# In the order in which they are done.
DEEDS: tuple[Deed, ...] = (
    Deed(
        "announce", "found.announced", "a", _("发布招领公告"), ConfirmForm, _announce,
        _("公告已发布，一年从今天起算。"), lambda item: item.announced_on is None,
    ),
    Deed(
        "give-back", "found.given_back", "g", _("归还失主"), GiveBackForm, _give_back,
        _("已归还，认领记录已存好。请把签了名的认领单拍照存上。"),
    ),
    Deed(
        "papers", "found.paper_kept", "m", _("存认领单、委托书照片"), PapersForm, _keep_papers,
        _("照片已加密存好。"), lambda item: not item.is_erased,
    ),
    Deed(
        "refuse", "found.claim_refused", "r", _("认领不成立"), RefuseForm, _refuse,
        _("已记下，东西继续保管。"),
    ),
    Deed(
        "shelve", "found.shelved", "s", _("换地方存放"), ShelveForm, _shelve,
        _("新的存放处已记下。"),
    ),
    Deed(
        "correct", "found.corrected", "e", _("更正登记"), CorrectForm, _correct,
        _("已更正。公告上写错的，一年从今天重新起算。"),
    ),
    Deed(
        "dispose", "found.disposed", "d", _("到期处理"), DisposeForm, _dispose,
        _("已按规定处理。"), lambda item: item.fate == Fate.DISPOSE,
    ),
    Deed(
        "take-back", "found.taken_back", "u", _("收回，重新保管"), TakeBackForm, _take_back,
        _("已收回，重新保管；原来的记录都在。"), lambda item: not item.is_erased,
    ),
)  # fmt: skip
BY_NAME: Mapping[str, Deed] = {deed.name: deed for deed in DEEDS}


def offered(item: "FoundItem") -> list[Deed]:
    return [deed for deed in DEEDS if deed.is_offered(item)]
