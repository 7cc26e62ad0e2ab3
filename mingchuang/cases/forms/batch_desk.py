"""What the staff of a batch fill in: who of the list is meant, and what is done."""

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.batching.words import CARRIERS
from mingchuang.cases.forms.said import SaidField
from mingchuang.cases.rules.batches.life import MOVES
from mingchuang.cases.rules.batches.papers import each_once

LONGEST_PAPER, MOST_PAPERS = 40, 20


def ticked(form: forms.Form | None, name: str) -> list[str]:
    """Return what was ticked under this name on a form that was sent."""
    sent = form.data if form else {}
    return sent.getlist(name) if isinstance(sent, MultiValueDict) else []


def papers_in(text: str) -> list[str]:
    """Return the papers somebody wrote, one a line; how a name is spelt makes no second paper."""
    papers = each_once([" ".join(line.split()) for line in text.splitlines()])
    if text and not papers:
        raise forms.ValidationError(_("请写材料的名称。"))
    if len(papers) > MOST_PAPERS or any(len(paper) > LONGEST_PAPER for paper in papers):
        told = _("最多 %(many)s 份，每份名称最多 %(most)s 个字。")
        raise forms.ValidationError(told % {"many": MOST_PAPERS, "most": LONGEST_PAPER})
    return papers


class PlacesForm(forms.Form):
    """Who is meant: ticked in the list, or written as places."""

    places = forms.CharField(
        label=_("名单序号"),
        max_length=400,
        required=False,
        help_text=_("在名单里打勾，或者写序号，例如 1-80、92。"),
    )

    def clean_places(self) -> str:
        written = (self.cleaned_data["places"], *ticked(self, "place"))
        return "、".join([one for one in written if one])[:4000]


class MoveForm(PlacesForm):
    to = forms.ChoiceField(
        label=_("办到哪一步"),
        choices=[(stage.value, stage.value) for stage in MOVES],
        required=False,
    )
    because = forms.CharField(
        label=_("不予办理的理由"),
        max_length=200,
        required=False,
        help_text=_("只在“不予办理”时填写，单位会读到。"),
    )

    def clean(self) -> dict[str, object]:
        """Enter in any field of the form of the list sends no step: it does nothing."""
        given = super().clean() or {}
        if "to" in self.cleaned_data and not self.cleaned_data["to"]:
            told = _("没有选要办的事项，名单没有变动。请按要办的按钮，填好的都还在。")
            raise forms.ValidationError(told, code="nothing_chosen")
        return given


class BackForm(PlacesForm):
    """Who was done or declined by mistake, and what the mistake was."""

    # On the page this stands in one form with the reason of who is declined.
    why_back = SaidField(label=_("为什么改回"), max_length=200)


class CrossOutForm(PlacesForm):
    """Who is on the list by mistake or was written wrong, and what the mistake was."""

    why_out = SaidField(label=_("为什么划去"), max_length=200, help_text=_("单位和专人都会读到。"))


class TickedPapers(forms.Form):
    """Which papers are here now: ticked beside the names."""

    def clean(self) -> dict[str, object]:
        marks = ticked(self, "paper")
        kept = [int(one) for one in marks if one.isascii() and one.isdecimal() and len(one) < 16]
        return {**(super().clean() or {}), "paper": kept}


class NotReceivedForm(TickedPapers):
    """Which papers the company says came and are not here, and what the company is told."""

    because = SaidField(
        label=_("没有收到的说明"), max_length=200, help_text=_("单位会读到，请写清楚怎么补交。")
    )


class NothingForm(forms.Form):
    """Nothing to fill in: the button says it."""


class AskPapersForm(PlacesForm):
    papers = SaidField(
        label=_("还要哪些材料"),
        max_length=900,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行写一份，一次写全：每个人只告知一次。"),
    )

    def clean_papers(self) -> list[str]:
        return papers_in(self.cleaned_data["papers"])


class NumberForm(forms.Form):
    """By whom a parcel goes, and its number."""

    carrier = forms.ChoiceField(label=_("快递公司"), choices=CARRIERS)
    tracking = forms.RegexField(
        r"\A[A-Za-z0-9-]{6,30}\Z",
        label=_("快递单号"),
        error_messages={"invalid": _("单号只有字母、数字和短横线，6 到 30 位。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SendForm(NumberForm, PlacesForm):
    """What goes into a parcel, and by whom."""


class DayForm(forms.Form):
    """Which day's offer is taken back: it stands beside the button."""

    day = forms.DateField(label=_("撤回哪一天"))


class OvertimeForm(forms.Form):
    """Offered by who will stay, for themselves."""

    day = forms.DateField(label=_("哪一天"), widget=forms.DateInput(attrs={"type": "date"}))
    minutes = forms.IntegerField(label=_("多少分钟"), min_value=1, max_value=240)
