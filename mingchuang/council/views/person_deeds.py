"""What a convenor may do about somebody on the register: one table; the page follows it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.council.actions import register
from mingchuang.council.forms.register import MarkForm, ObjectionForm, PaperForm

if TYPE_CHECKING:
    from mingchuang.people.models import Person

Run = Callable[..., object]


class PersonDeed(NamedTuple):
    """A form under a summary; `key` opens it."""

    name: str
    label: Text
    key: str
    form: type[forms.Form]
    run: Run


def _mark(
    number: str, which: int, given: Mapping[str, Any], *, by: "Person", at: datetime
) -> object:
    affected, because = given["affected"], given["must_because"]
    return register.mark_affected(number, which, affected, because, by=by, at=at)


def _paper(
    number: str, which: int, given: Mapping[str, Any], *, by: "Person", at: datetime
) -> object:
    camp, photo, signed = given["camp"], given["photo"], given["signed"]
    return register.note_camp_on_paper(number, which, camp, photo, signed=signed, by=by, at=at)


def _objection(
    number: str, which: int, given: Mapping[str, Any], *, by: "Person", at: datetime
) -> object:
    return register.note_objection(number, which, given["case"], by=by, at=at)


DEEDS = (
    PersonDeed("mark", pgettext_lazy("council", "核实怎样受影响"), "m", MarkForm, _mark),
    PersonDeed("paper", pgettext_lazy("council", "登记纸上的态度"), "p", PaperForm, _paper),
    PersonDeed(
        "objection", pgettext_lazy("council", "登记有记录的反对"), "o", ObjectionForm, _objection
    ),
)
BY_NAME = {deed.name: deed for deed in DEEDS}
