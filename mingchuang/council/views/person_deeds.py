"""What a convenor may do about somebody on the register: one table; the page follows it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.council.actions import doubles, register
from mingchuang.council.forms.register import (
    AlikeForm,
    ApartForm,
    MarkForm,
    ObjectionForm,
    PaperForm,
    TakeOutForm,
)
from mingchuang.council.rules.life import REGISTERING, STRIKING, State

if TYPE_CHECKING:
    from mingchuang.council.models import Stakeholder
    from mingchuang.people.models import Person

Run = Callable[..., object]


class PersonDeed(NamedTuple):
    """A form under a summary; `key` opens it."""

    name: str
    label: Text
    key: str
    form: type[forms.Form]
    run: Run
    states: frozenset[State] = REGISTERING


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


def _take_out(
    number: str, which: int, given: Mapping[str, Any], *, by: "Person", at: datetime
) -> object:
    other, reason = given["other"], given["reason"]
    return doubles.take_out_double(number, which, other, reason, by=by, at=at)


def _put_back(
    number: str, which: int, _given: Mapping[str, Any], *, by: "Person", at: datetime
) -> object:
    return doubles.put_back_double(number, which, by=by, at=at)


def _apart(
    number: str, which: int, _given: Mapping[str, Any], *, by: "Person", at: datetime
) -> object:
    return doubles.tell_apart(number, which, by=by, at=at)


def _alike(
    number: str, which: int, given: Mapping[str, Any], *, by: "Person", at: datetime
) -> object:
    return doubles.find_alike(number, which, given["reason"], by=by, at=at)


DEEDS = (
    PersonDeed("mark", pgettext_lazy("council", "核实怎样受影响"), "m", MarkForm, _mark),
    PersonDeed("paper", pgettext_lazy("council", "登记纸上的态度"), "p", PaperForm, _paper),
    PersonDeed(
        "objection", pgettext_lazy("council", "登记有记录的反对"), "o", ObjectionForm, _objection
    ),
)
TAKE_OUT = PersonDeed(
    "out", pgettext_lazy("council", "登记了两次，划去这一份"), "x", TakeOutForm, _take_out, STRIKING
)
APART = PersonDeed(
    "apart", pgettext_lazy("council", "问过了，是两个人"), "a", ApartForm, _apart, STRIKING
)
ALIKE = PersonDeed(
    "alike", pgettext_lazy("council", "撤回“是两个人”"), "a", AlikeForm, _alike, STRIKING
)
PUT_BACK = PersonDeed(
    "back", pgettext_lazy("council", "划错了，恢复"), "x", ApartForm, _put_back, STRIKING
)
BY_NAME = {deed.name: deed for deed in (*DEEDS, TAKE_OUT, APART, ALIKE, PUT_BACK)}


def deeds_about(who: "Stakeholder", *, looks_double: bool) -> Sequence[PersonDeed]:
    """Return what may be done about somebody as things stand."""
    if who.is_withdrawn:
        return ()
    settled = (ALIKE,) if who.apart_at else (APART,) * looks_double
    found = (PUT_BACK,) if who.is_taken_out else (*DEEDS, TAKE_OUT, *settled)
    return [one for one in found if who.topic.state in one.states]
