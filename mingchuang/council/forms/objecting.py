"""What is asked of who notes that a case objects to a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

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
