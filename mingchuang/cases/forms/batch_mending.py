"""What is put right of a batch: its papers, its parcels, and who talks to whom."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.batching.words import PROOFS, TURNED
from mingchuang.cases.forms.batch_desk import NumberForm, PlacesForm, TickedPapers, papers_in
from mingchuang.cases.forms.said import SaidField
from mingchuang.cases.forms.staff import AssignForm
from mingchuang.cases.rules.batches.papers import Turned
from mingchuang.people.asking import PhoneField


class ContactForm(AssignForm):
    """Who of the staff the company talks to, and on which line."""

    phone = PhoneField(
        label=_("专人的直拨电话"),
        required=False,
        help_text=_("可不填。不填的，单位看到的是大厅的电话。"),
        autocomplete="off",
    )


class ClerkForm(forms.Form):
    """Who speaks for the company from now on."""

    name = SaidField(
        label=_("新经办人姓名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(label=_("新经办人电话"))


class CompanyForm(forms.Form):
    """How somebody made sure which company it is."""

    proof = forms.ChoiceField(
        label=_("怎样核对的"),
        choices=[("", _("请选择")), *PROOFS],
        help_text=_("统一社会信用代码谁都查得到，填对了不等于就是这个单位。"),
    )


class ClerkForHerForm(ClerkForm):
    """Who speaks for the company from now on, as the staff write it, and how they made sure."""

    name = SaidField(label=_("新经办人姓名"), max_length=60)
    phone = PhoneField(label=_("新经办人电话"), autocomplete="off")
    proof = forms.ChoiceField(
        label=_("怎样核实的"),
        choices=[("", _("请选择")), *PROOFS],
        help_text=_("新链接打得开整份名单。请先核实确是这个单位的人。"),
    )


class TurnBackForm(TickedPapers):
    """Which papers cannot be used, and why; the company reads both."""

    why = forms.ChoiceField(label=_("退回的原因"), choices=[("", _("请选择")), *TURNED])
    because = SaidField(
        label=_("退回的说明"),
        max_length=200,
        required=False,
        help_text=_("单位会读到，请写清楚怎样补交。选“其他原因”的要写明。"),
    )

    def clean(self) -> dict[str, object]:
        given = super().clean()
        if given.get("why") == Turned.OTHERWISE and not given.get("because"):
            self.add_error("because", _("请写明是什么原因。"))
        return given


class MoreForm(PlacesForm):
    """What the one list left out, and why; the company reads both."""

    # On the page these stand in one form with the papers of the one list.
    more = SaidField(
        label=_("漏告的材料"),
        max_length=900,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("一行写一份。单位会读到这是补充告知，并计入“一次说全”的统计。"),
    )
    why_more = SaidField(label=_("为什么当时没有告知"), max_length=200)

    def clean_more(self) -> list[str]:
        return papers_in(self.cleaned_data["more"])


class StrikeForm(TickedPapers):
    """Which papers are not needed after all, and why."""

    why_struck = SaidField(
        label=_("为什么不用交"), max_length=200, required=True, help_text=_("单位会读到。")
    )


class ParcelForm(NumberForm):
    """The right carrier and number of a parcel; nobody is put into it or taken out."""

    parcel = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What the company is told that waits for a parcel."""

    parcel = forms.IntegerField(widget=forms.HiddenInput)
    answer = SaidField(
        label=_("答复单位"), max_length=200, help_text=_("查到哪里了、接下来怎么办，单位会读到。")
    )


class MissedForm(forms.Form):
    """What a company says that waits for a parcel."""

    said = SaidField(
        label=_("怎么回事"),
        max_length=200,
        required=False,
        help_text=_("可不填，例如：显示已签收，前台没有。"),
    )
