"""The forms that stand on one page: each begins as things are, and comes back as it was sent."""

from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest

from mingchuang.base.http import sent

F = TypeVar("F", bound=forms.Form)


def sent_form(request: HttpRequest, name: str, kind: type[F], **start: Any) -> F:
    """Return what was sent, under the ids its fields have on the page; it began with `start`, as
    with `form_of`."""
    return kind(sent(request), request.FILES or None, initial=start, auto_id=_ids(name))


def form_of(name: str, kind: type[forms.Form], came: forms.Form | None, **start: Any) -> forms.Form:
    """Return the form that came back, if it is this one: with what was typed and, beside it, what
    is wrong; else a fresh one."""
    if came is not None and came.auto_id == _ids(name):
        return came
    return kind(initial=start, auto_id=_ids(name))


def form_in_row(
    name: str, kind: type[forms.Form], came: forms.Form | None, *, may: bool
) -> forms.Form | None:
    """Return the form of one row of a table, where it may be sent; the one that came back also
    where it may not be sent any more, since somebody typed into it."""
    is_back = came is not None and came.auto_id == _ids(name)
    return form_of(name, kind, came) if may or is_back else None


def _ids(name: str) -> str:
    return f"{name}-%s"
