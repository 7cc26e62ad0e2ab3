"""What people type on the public pages. Few questions, plain words, nothing asked twice."""

from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.once import new_key
from mingchuang.cases.forms.offers import stands, taken_up
from mingchuang.cases.forms.said import SaidField
from mingchuang.cases.photo_field import photos_field
from mingchuang.cases.rules.said import Said
from mingchuang.cases.words import SAID_KINDS
from mingchuang.people.asking import KeyField, PhoneField
from mingchuang.people.words import CONTACTS

LONGEST = 5000
NOT_THE_SAME = "none"


class SayForm(forms.Form):
    """The one form of the house: what, where, photos; who and how to reach only if wanted."""

    text = SaidField(
        label=_("您想说什么？"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("什么时候、什么地方、发生了什么、希望怎样解决。"),
        error_messages={
            "required": _("请写下您想说的事，一两句话也可以。"),
            "max_length": _("最多写 %(limit_value)d 个字，现在是 %(show_value)d 个。"),
        },
    )
    kind = forms.ChoiceField(
        label=_("这属于哪一种？"),
        choices=SAID_KINDS,
        initial="other",
        required=False,
        widget=forms.RadioSelect,
        help_text=_("分不清就选“其他”，我们来分。"),
    )
    place = forms.CharField(
        label=_("在哪里？（可不填）"),
        max_length=200,
        required=False,
        help_text=_("街道、小区、楼号，或者附近的标志。"),
    )
    photos = photos_field()
    name = forms.CharField(
        label=_("怎么称呼您？（可不填）"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=_("联系电话（可不填）"),
        required=False,
        help_text=_("留了电话，办完会回访您；不留也能凭回执看答复。"),
    )
    contact = forms.ChoiceField(
        label=_("怎样联系您方便？"),
        choices=list(CONTACTS.items()),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("听不清、不方便接电话，请选只发短信；我们不会打给您。"),
    )
    confidential = forms.BooleanField(
        label=_("请为我的身份保密"),
        required=False,
        help_text=_("承办单位看不到您是谁，文字里能看出您身份的内容也会遮住。"),
    )
    key = KeyField()
    # Which case of neighbours to join, as it was offered; `NOT_THE_SAME` after it was declined.
    joins = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or "other"

    def clean_joins(self) -> int:
        chosen: str = self.cleaned_data["joins"]
        return 0 if chosen in {"", NOT_THE_SAME} else taken_up(chosen)

    @property
    def offer_stands(self) -> bool:
        """Whether what was taken up was offered not long ago. Sent before, it is done all the
        same; so a form where it does not stand is none that is faulty."""
        return stands(str(self.data.get("joins")).strip())

    @property
    def was_asked(self) -> bool:
        """Whether whoever writes has been told already what neighbours said."""
        return bool(self.data.get("joins"))

    def renew_key(self) -> None:
        """Let what was refused be sent again as something new."""
        self._put("key", new_key())

    def ask_anew(self) -> None:
        """Let whoever writes be told of neighbours once more: the offer they took up is over."""
        self._put("joins", "")

    def _put(self, name: str, value: str) -> None:
        data: Any = copy(self.data)
        data[name] = value
        self.data = data

    def said(self) -> Said:
        return Said(**self.cleaned_data)


class AnswersForm(forms.Form):
    q = forms.CharField(
        label=_("找一件事"),
        max_length=60,
        required=False,
        help_text=_("写两三个字就行，例如：路灯、积水、停车。"),
        widget=forms.SearchInput,
    )
