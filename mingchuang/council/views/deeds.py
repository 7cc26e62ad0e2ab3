"""What a convenor may do to a topic next: one table; the page follows it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.council.actions import topics
from mingchuang.council.forms.steps import CloseForm, ConfirmForm, DropForm
from mingchuang.council.rules.life import State, may_step

if TYPE_CHECKING:
    from mingchuang.council.models import Topic


class Deed(NamedTuple):
    """A step of the life table with its button; `key` presses it."""

    name: str
    verb: str
    label: Text
    key: str
    run: Callable[..., object]
    form: type[forms.Form] = ConfirmForm


DEEDS = (
    Deed(
        "open",
        "topic.opened",
        pgettext_lazy("council", "公开，开始登记"),
        "o",
        topics.open_register,
    ),
    Deed(
        "close",
        "topic.gathered",
        pgettext_lazy("council", "截止登记"),
        "e",
        topics.close_register,
        CloseForm,
    ),
    Deed(
        "reopen",
        "topic.reopened",
        pgettext_lazy("council", "重新开放登记"),
        "r",
        topics.reopen_register,
    ),
    Deed(
        "drop",
        "topic.dropped",
        pgettext_lazy("council", "不再议"),
        "x",
        topics.drop_topic,
        DropForm,
    ),
)
BY_NAME: Mapping[str, Deed] = {deed.name: deed for deed in DEEDS}


def offered(topic: "Topic") -> list[Deed]:
    """Return what the topic as it stands allows."""
    return [deed for deed in DEEDS if may_step(State(topic.state), deed.verb)]


def given_to(form: forms.Form) -> tuple[Any, ...]:
    """Return what the deed is told beside the topic: the reason, where it needs one."""
    return tuple(form.cleaned_data.values())
