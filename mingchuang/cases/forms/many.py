"""What is asked once for many cases: the form of the single deed, and, of very many, a yes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.forms.deeds import DispatchForm, ExtendForm, MergeForm
from mingchuang.cases.forms.receipt import ConfirmForm
from mingchuang.cases.forms.staff import AssignForm
from mingchuang.cases.rules.many import SEEN_AT_ONCE

FORMS: Mapping[str, type[forms.Form]] = {
    "dispatch": DispatchForm,
    "assign": AssignForm,
    "remind": ConfirmForm,
    "extend": ExtendForm,
    "merge": MergeForm,
}


def form_for(deed: str, cases: int, *given: Any, **named: Any) -> forms.Form:
    """Return the form of the deed; who has not seen all the cases says yes to their number."""
    form = FORMS[deed](*given, **named)
    if cases > SEEN_AT_ONCE:
        sure = _("名单已经看过，%(n)s 件都要这样办") % {"n": cases}
        form.fields["sure"] = forms.BooleanField(label=sure)
    return form
