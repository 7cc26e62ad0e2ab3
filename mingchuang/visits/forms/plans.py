"""What a supervisor asks to be planned."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mingchuang.visits.rules.plan import PLAIN
from mingchuang.visits.words.plans import KINDS_OF_DAY

if TYPE_CHECKING:
    from mingchuang.visits.models import Line

    OneLine = forms.ModelChoiceField[Line]
else:
    OneLine = forms.ModelChoiceField


class LineField(OneLine):
    """A line under the name of its site."""

    def label_from_instance(self, line: "Line") -> str:
        return f"{line.site.name} · {line}"


class PlanForm(forms.Form):
    line = LineField(queryset=None, label=_("哪个队列"), empty_label=None)
    kind = forms.ChoiceField(label=_("哪一天"), choices=KINDS_OF_DAY, initial=PLAIN)
    share = forms.IntegerField(label=_("一百人里，几个人"), min_value=50, max_value=99, initial=90)
    minutes = forms.IntegerField(label=_("在几分钟内叫到"), min_value=1, max_value=240, initial=20)

    def __init__(self, *args: Any, lines: "QuerySet[Line]", **given: Any) -> None:
        super().__init__(*args, **given)
        chosen: Any = self.fields["line"]
        chosen.queryset = lines
