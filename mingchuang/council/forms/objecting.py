"""What is asked of who notes that a case objects to a decision, and of who takes one up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.council.forms.topics import OpenText
from mingchuang.people.asking import KeyField


class ObjectByCaseForm(forms.Form):
    """The number of a case in which somebody objects to the decision."""

    case = forms.CharField(
        label=_("工单编号"),
        max_length=40,
        help_text=_(
            "登记以后，和其他反对意见一样要答复。再议时，工单里的诉求人列入名册，必须请到；"
            "要求身份保密的不列入。"
        ),
    )
    key = KeyField()


class ReviewForm(forms.Form):
    """A review says what is looked at again: everybody reads it with the objection."""

    review_of = OpenText(
        label=_("重新看什么"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("谁都能看到。写事情，不写是谁提的。例如：灌木少了以后，西墙夏天热不热。"),
    )
