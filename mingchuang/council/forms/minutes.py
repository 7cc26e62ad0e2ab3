"""What is asked of a recorder who writes the minutes of a sitting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.council.forms.ballots import PaperField
from mingchuang.council.forms.photos import OnePhotoField
from mingchuang.council.forms.sittings import moment, number, prose
from mingchuang.council.forms.topics import OpenText
from mingchuang.council.rules.minutes import Reading
from mingchuang.council.words.sittings import METHODS, READINGS


class StatementForm(forms.Form):
    who = number(_("发言人的名册编号"), required=False)
    guest = OpenText(
        label=_("不在名册上的，代表谁"),
        max_length=40,
        required=False,
        help_text=_("例如：物业公司、社区民警。不写姓名。"),
    )
    text = prose(_("说了什么"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("who")) == bool(given.get("guest")):
            raise forms.ValidationError(_("请填名册编号，或者写明代表谁，两样填一样。"))
        return {**given, "who": given.get("who") or 0}


class RewordForm(forms.Form):
    statement = number(_("第几条发言"))
    text = prose(_("改成"))


class VoteForm(forms.Form):
    option = number(_("第几种做法"))
    method = forms.ChoiceField(label=_("怎样表决"), choices=METHODS, widget=forms.RadioSelect)
    in_favour = number(_("同意几票"), least=0, initial=0)
    against = number(_("不同意几票"), least=0, initial=0)
    abstained = number(_("弃权几票"), least=0, initial=0)
    voted_at = moment(
        _("什么时候表决的"),
        _("刚刚表决的，不用填。散会以后补记的，要填：在场的人按那个时候算。"),
        required=False,
    )


class ShotForm(forms.Form):
    """Minutes are read by everybody: whoever adds a photo has covered the faces in it."""

    photo = OnePhotoField(label=_("照片"))
    caption = OpenText(label=_("照片上是什么"), max_length=120)
    covered = forms.BooleanField(
        label=_("照片里认得出的人脸已经遮住，或者没有"),
        help_text=_("定稿以后谁都看得到这张照片。没有遮的原件不要传上来，留在社区。"),
        error_messages={"required": _("请先遮住照片里认得出的人脸，再打勾。")},
    )


class MinutesForm(forms.Form):
    seen = prose(_("看现场看到了什么（可不填）"), required=False)
    outcome = prose(_("会议结果"))
    dissent = prose(
        _("谁不同意、为什么（可不填）"), required=False, help_text=_("写编号，不写姓名。")
    )


class ReadingForm(forms.Form):
    """What somebody signed, or wants otherwise, on paper; staff copy it."""

    who = number(_("名册编号"))
    reading = forms.ChoiceField(label=_("纸上写的"), choices=READINGS, widget=forms.RadioSelect)
    statement = number(_("更正的是本人第几条发言（更正别的地方，不填）"), required=False)
    text = prose(
        _("要更正什么（无误的不填）"),
        most=1000,
        required=False,
        help_text=_(
            "照纸上写。是本人的发言，就写当时怎么说的。采纳以后谁都能看到，不写姓名和电话。"
        ),
    )
    filed = PaperField(
        label=_("存档号"), max_length=40, help_text=_("这张纸归档的编号，以后好核对。")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        reading, words = given.get("reading"), given.get("text") or given.get("statement")
        if reading == Reading.CONFIRMED and words:
            self.add_error("text", _("记录无误的，不写更正。请核对。"))
        if reading == Reading.CORRECTED and not (given.get("text") or self.errors):
            self.add_error("text", _("请写明要更正什么。"))
        return {**given, "statement": given.get("statement") or 0}


class SendForm(forms.Form):
    until = moment(_("请大家核对到什么时候"), _("到时候没有更正要答复的，自动定稿。"))


class TakeInForm(forms.Form):
    """Where it is no statement of their own, the recorder says what is put right."""

    words = OpenText(
        label=_("更正的内容"),
        max_length=300,
        required=False,
        help_text=_("写进记录，谁都能看到。例如：到会的还有第 5 号。"),
    )
    answer = OpenText(label=_("说明（可不填）"), max_length=300, required=False)


class RefusalForm(forms.Form):
    answer = OpenText(label=_("为什么不改（写明更正的是什么，谁都能看到）"), max_length=300)
