"""What is asked of who runs a ballot, who enters a paper, and who votes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.council.actions.ballots import Called
from mingchuang.council.actions.votes import OnPaper
from mingchuang.council.forms.books import BookField
from mingchuang.council.forms.photos import MaybePhotoField
from mingchuang.council.forms.topics import OpenText
from mingchuang.council.rules.account import paper_number
from mingchuang.council.rules.ballot import Matter
from mingchuang.council.words.ballots import CHOICES, MATTERS
from mingchuang.people.asking import KeyField


def label_field(**given: Any) -> forms.CharField:
    attrs = {"autocomplete": "off"}
    return forms.CharField(
        label=_("房号"), max_length=40, widget=forms.TextInput(attrs=attrs), **given
    )


class PaperField(forms.CharField):
    """The number of a paper, read as it is kept, however it was typed."""

    def to_python(self, value: Any) -> str:
        return paper_number(str(super().to_python(value)))


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget)


class FlatsForm(forms.Form):
    workbook = BookField(help_text=_("第一行写列名。可以重复导入：没有变的不动，变了的更正。"))


class TakeOutForm(forms.Form):
    reason = OpenText(label=_("为什么划去"), max_length=200, help_text=_("例如：房号录错了。"))


class CallForm(forms.Form):
    question = OpenText(
        label=_("请业主表决什么"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("印在表决票上。请写成一句能回答“同意”或“不同意”的话，写清做什么、花多少钱。"),
    )
    matter = forms.ChoiceField(
        label=_("属于第二百七十八条第一款的哪一项"),
        choices=MATTERS,
        initial=Matter.USE_FUND,
        widget=forms.RadioSelect,
        help_text=_("第六至八项须参与表决的四分之三以上同意，其他各项须过半数同意。"),
    )
    opens_at = _moment(_("开始"))
    closes_at = _moment(_("截止"))
    key = KeyField()

    def called(self) -> Called:
        return Called(**{name: self.cleaned_data[name] for name in Called._fields})


class ChoiceForm(forms.Form):
    choice = forms.ChoiceField(label=_("您的意见"), choices=CHOICES, widget=forms.RadioSelect)


class PaperForm(forms.Form):
    label = label_field(help_text=_("写业主的任意一套房。"))
    choice = forms.ChoiceField(label=_("票上勾的"), choices=CHOICES, widget=forms.RadioSelect)
    filed = PaperField(
        label=_("存档号"), max_length=40, help_text=_("纸票归档的编号，以后好核对。")
    )
    photos = MaybePhotoField(label=_("票的照片（可不拍）"))
    in_time = forms.BooleanField(
        label=_("截止以前交来的"),
        required=False,
        help_text=_("表决已经截止。截止以前交来的票，计票以前还可以登记；截止以后交来的不算。"),
    )

    def on_paper(self) -> OnPaper:
        given = self.cleaned_data
        named = ("label", "choice", "filed", "photos", "in_time")
        return OnPaper(*(given[name] for name in named))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("理由"), max_length=200, help_text=_("例如：看错了一行。请勿写姓名。")
    )


class RevokeForm(forms.Form):
    reason = OpenText(
        label=_("为什么撤销"), max_length=200, help_text=_("已投的票全部作废，谁都能看到这句话。")
    )
