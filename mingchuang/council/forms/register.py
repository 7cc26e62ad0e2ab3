"""What is asked of somebody who registers, or whom a convenor writes down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.rules.photo import Photo
from mingchuang.council.actions._register import Named
from mingchuang.council.forms.books import BookField
from mingchuang.council.forms.features import FeaturesForm
from mingchuang.council.forms.photos import OnePhotoField, refuse_photo
from mingchuang.council.forms.topics import OpenText
from mingchuang.council.rules.paper import shows_something
from mingchuang.council.rules.register import Affected
from mingchuang.council.words.tables import AFFECTED, CAMPS
from mingchuang.people.asking import KeyField, PhoneField

UNREADABLE = _("照片太小，或者是一片空白，看不清签名，没有收下。请重新拍一张。")


def because_field() -> OpenText:
    return OpenText(
        label=_("必须在场的理由"),
        max_length=100,
        required=False,
        help_text=_(
            "直接受影响的才填，写进公开的抽签方案，谁都能看到。例如：住在车棚里。不写姓名和病情。"
        ),
    )


class PersonForm(FeaturesForm):
    name = forms.CharField(label=_("姓名（可不填）"), max_length=60, required=False)
    phone = PhoneField(label=_("电话（可不填）"), required=False, autocomplete="off")
    household = forms.CharField(
        label=_("住户"),
        max_length=60,
        help_text=_("例如：3幢201。同一户一次议事只有一个席位。加密保存，不公开。"),
    )


class AddForm(PersonForm):
    """Somebody a convenor writes down. Where they stand is not asked: they say it themselves."""

    affected = forms.ChoiceField(
        label=_("怎样受影响"), choices=AFFECTED, initial=Affected.NEAR, widget=forms.RadioSelect
    )
    must_because = because_field()
    key = KeyField()

    def named(self) -> Named:
        given = self.cleaned_data
        fields = ("affected", "name", "phone", "household", "must_because")
        return Named(features=self.features(), **{name: given[name] for name in fields})


class MarkForm(forms.Form):
    affected = forms.ChoiceField(label=_("怎样受影响"), choices=AFFECTED, widget=forms.RadioSelect)
    must_because = because_field()


class PaperForm(forms.Form):
    camp = forms.ChoiceField(label=_("纸上写的态度"), choices=CAMPS, widget=forms.RadioSelect)
    signed = forms.CharField(
        label=_("纸上签的名字"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("照纸上写。和名册上的姓名不一样，就不能登记。"),
    )
    photo = OnePhotoField(label=_("签字的纸"), help_text=_("拍一张，看得清态度和签名。"))

    def clean_photo(self) -> Photo:
        photo: Photo = self.cleaned_data["photo"]
        if not shows_something(photo):
            refuse_photo(self, "photo", UNREADABLE)
        return photo


class ObjectionForm(forms.Form):
    case = forms.CharField(
        label=_("工单编号"),
        max_length=40,
        help_text=_("对方在这件工单里明确反对过。"),
    )


class TakeOutForm(forms.Form):
    """Somebody who stands there under another number too."""

    other = forms.IntegerField(
        label=_("同一个人，留下第几号"),
        min_value=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("打电话问清以后再划。留下的那一份照常抽签、邀请。"),
    )
    reason = OpenText(
        label=_("为什么划去"),
        max_length=200,
        help_text=_("本人在自己的页面看得到。例如：电话里问过，两次都是本人登记的。不写姓名。"),
    )


class AlikeForm(forms.Form):
    """Somebody who was told apart, and may be one with who looks like them after all."""

    reason = OpenText(
        label=_("为什么可能是同一个人"),
        max_length=200,
        help_text=_("工作人员看得到。例如：又问了一次，是本人换了电话登记的。不写姓名。"),
    )


class ApartForm(forms.Form):
    """Nothing to fill in: the button is the answer."""


class ImportForm(forms.Form):
    workbook = BookField(help_text=_("第一行写列名。可以重复导入，已经登记的不会重复。"))
