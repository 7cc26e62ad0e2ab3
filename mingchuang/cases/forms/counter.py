"""What staff type when somebody calls or comes to the counter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.forms.public import SayForm
from mingchuang.cases.forms.said import SaidField
from mingchuang.cases.words import CHANNELS, URGENCIES
from mingchuang.people.words import NEEDS


class CounterForm(SayForm):
    """The same form for staff who take in a call or a visit, with what only staff know."""

    field_order = ["text", "kind", "urgency", "place", "name", "phone"]
    urgency = forms.ChoiceField(label=_("紧急程度"), choices=URGENCIES, initial="normal")
    channel = forms.ChoiceField(label=_("从哪里来"), choices=CHANNELS[1:5], initial="phone")
    title = SaidField(label=_("标题（可不填）"), max_length=60, required=False)
    address = forms.CharField(label=_("住址（可不填）"), max_length=200, required=False)
    vulnerability = forms.ChoiceField(
        label=_("需要照顾（可不填）"),
        choices=list(NEEDS.items()),
        required=False,
        help_text=_("只记类别，不记病情。"),
    )
    representative_of = forms.IntegerField(
        label=_("代表多少人（可不填）"), min_value=0, max_value=100_000, required=False
    )

    def clean_representative_of(self) -> int:
        return self.cleaned_data["representative_of"] or 0
