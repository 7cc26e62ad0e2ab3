"""What residents write down about themselves, on a phone and without an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.council.actions._register import Named
from mingchuang.council.forms.features import FeaturesForm
from mingchuang.council.rules.register import Affected
from mingchuang.council.words.tables import AFFECTED, CAMPS, Choices
from mingchuang.people.asking import KeyField, PhoneField

OTHERS: Choices = [one for one in AFFECTED if one[0] != Affected.DIRECT]


class JoinForm(FeaturesForm):
    """Four short questions for somebody who thinks that it concerns them."""

    affected = forms.ChoiceField(
        label=_("这件事跟您有什么关系？"),
        choices=OTHERS,
        initial=Affected.NEAR,
        widget=forms.RadioSelect,
    )
    claim = forms.CharField(
        label=_("直接影响到您吗？（可不填）"),
        max_length=200,
        required=False,
        help_text=_(
            "请写一句怎么影响，例如：我的轮椅停在车棚里。召集人核实以后，您不用抽签就有席位。不公开。"
        ),
    )
    camp = forms.ChoiceField(
        label=_("您现在怎么想？（可不填）"),
        choices=[*CAMPS, ("", _("先不说"))],
        initial="",
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "反对的一方一定有席位。截止以前随时可以改。会议记录人人可看，里面只写编号：第几号到会、"
            "是不是反对。"
        ),
    )
    household = forms.CharField(
        label=_("您住哪一户？"),
        max_length=60,
        help_text=_("例如：3幢201。同一户一次只有一个席位。加密保存，不公开。"),
    )
    name = forms.CharField(
        label=_("怎么称呼您？"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=_("联系电话"),
        help_text=_(
            "抽中了好通知您。只有召集人看得到，每次查看都留记录。登记过的，请在原来的页面改，不用再登记。"
        ),
    )
    key = KeyField()

    def named(self) -> Named:
        given = self.cleaned_data
        fields = ("affected", "name", "phone", "household")
        return Named(features=self.features(), **{name: given[name] for name in fields})


class CampForm(forms.Form):
    camp = forms.ChoiceField(
        label=_("您现在怎么想？"),
        choices=CAMPS,
        widget=forms.RadioSelect,
        help_text=_("会议记录人人可看，里面只写编号：第几号到会、是不是反对。"),
    )


class CorrectForm(FeaturesForm):
    """What is left empty stays as it is: what we keep is not shown to who holds a link."""

    name = forms.CharField(label=_("姓名"), max_length=60, required=False)
    phone = PhoneField(label=_("电话"), required=False)
    household = forms.CharField(label=_("住户"), max_length=60, required=False)
    claim = forms.CharField(label=_("怎样直接影响您"), max_length=200, required=False)

    def corrections(self) -> dict[str, Any]:
        given = self.cleaned_data
        fields = ("name", "phone", "household", "claim")
        return {"features": self.features(), **{name: given[name] for name in fields}}


class AnswerForm(forms.Form):
    """Two buttons."""

    answer = forms.ChoiceField(choices=[("accepted", ""), ("declined", "")])
