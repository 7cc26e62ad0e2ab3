"""Numbers that name a proof."""

from django import forms

from mingchuang.ledger.rules.canonical import MAX_NUMBER


class InclusionForm(forms.Form):
    index = forms.IntegerField(min_value=0, max_value=MAX_NUMBER)
    size = forms.IntegerField(min_value=1, max_value=MAX_NUMBER, required=False)


class ConsistencyForm(forms.Form):
    first = forms.IntegerField(min_value=1, max_value=MAX_NUMBER)
    second = forms.IntegerField(min_value=1, max_value=MAX_NUMBER)
