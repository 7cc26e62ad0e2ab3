"""What a convenor writes down of each try to reach somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.rules.photo import Photo
from mingchuang.council.actions.inviting import Tried
from mingchuang.council.forms.photos import MaybePhotoField, OnePhotoField
from mingchuang.council.forms.sittings import moment
from mingchuang.council.forms.topics import OpenText
from mingchuang.council.rules.inviting import POSSIBLE, Channel
from mingchuang.council.words.tables import CHANNELS, OUTCOMES, Choices
from mingchuang.people.asking import PhoneField

# A notice hangs for everybody, and a link is its holder's own.
TRIED: Choices = [one for one in CHANNELS if one[0] not in {Channel.NOTICE, Channel.LINK}]


def when() -> forms.DateTimeField:
    return moment(
        _("什么时候（刚刚的，不用填）"), _("以前的事补记的，写当时的时间。"), required=False
    )


class TriedForm(forms.Form):
    channel = forms.ChoiceField(
        label=_("用什么方式"), choices=TRIED, initial=Channel.CALL, widget=forms.RadioSelect
    )
    outcome = forms.ChoiceField(label=_("结果"), choices=OUTCOMES, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("说明（可不填）"),
        max_length=200,
        required=False,
        help_text=_("加密保存。例如：约好周四晚上再打。"),
    )
    tried_at = when()
    photo = MaybePhotoField(label=_("照片（可不填）"), help_text=_("例如门上留的条。"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        channel, outcome = given.get("channel"), given.get("outcome")
        if channel and outcome and outcome not in POSSIBLE[Channel(channel)]:
            self.add_error("outcome", _("这种方式不会有这样的结果，请核对。"))
        return given

    def tried(self) -> Tried:
        given = self.cleaned_data
        photo: Photo | None = given["photo"]
        return Tried(given["channel"], given["outcome"], given["note"], photo, given["tried_at"])


class NoticeForm(forms.Form):
    photo = OnePhotoField(label=_("张贴的照片"), help_text=_("拍一张，看得清通知和张贴的地方。"))
    tried_at = when()


class ProxyForm(forms.Form):
    name = forms.CharField(label=_("家属姓名"), max_length=60)
    phone = PhoneField(label=_("家属电话（可不填）"), required=False, autocomplete="off")
    mandate = OpenText(
        label=_("怎样委托的"),
        max_length=200,
        help_text=_("打印在签到表上。例如：本人 3 月 2 日在电话里委托，工号 0012 接听。不写姓名。"),
    )


class LoseForm(forms.Form):
    reason = OpenText(
        label=_("为什么空缺"),
        max_length=200,
        help_text=_("看得到这个议题的同事都能看到。例如：已搬走。不写姓名和病情。"),
    )
