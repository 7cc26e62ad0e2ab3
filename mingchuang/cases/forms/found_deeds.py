"""What is asked when something is done about a found thing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.day_field import DayField
from mingchuang.cases.forms.found import (
    PLACE_HELP,
    ClockField,
    WitnessField,
    YuanField,
    moment_in,
    text_field,
)
from mingchuang.cases.found_words import CARES, CLAIM_PROOFS, CLAIM_REFUSALS, TAKEN_BACK, THINGS
from mingchuang.cases.photo_field import photos_field
from mingchuang.cases.rules.found import Claimed, Found
from mingchuang.cases.rules.photo import Photo
from mingchuang.people.asking import PhoneField

# What was checked, and why, is said by a person: nothing stands there before.
NOTHING, NO_REPORT = ("", _("请选择")), "none"


class ClaimForm(forms.Form):
    """Who came for a thing, and what they showed and said."""

    name = text_field(_("认领人姓名"), 60)
    phone = PhoneField(label=_("认领人电话（可不填）"), required=False)
    said = text_field(
        _("认领人说的特征"), 1000, rows=3, help_text=_("先请对方说，再和登记的核对。")
    )
    principal = text_field(
        _("替谁领（本人来领不填）"),
        60,
        required=False,
    )


class GiveBackForm(ClaimForm):
    proof = forms.ChoiceField(label=_("看过的证件"), choices=[NOTHING, *CLAIM_PROOFS])
    report = forms.ChoiceField(label=_("是哪一份报失"), required=False)
    cents = YuanField(label=_("大约值多少元（可不填）"), help_text=_("计入归还总价值。"))
    witness = WitnessField()
    mandated = forms.BooleanField(
        label=_("代领：已收下签了名的委托书，看过两个人的证件"), required=False
    )
    signed = forms.BooleanField(label=_("认领人已经在认领单上签名"), required=False)
    field_order = (
        "said",
        "name",
        "proof",
        "phone",
        "principal",
        "mandated",
        "report",
        "cents",
        "witness",
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        reports = [(one.number, _whose(one)) for one in self.initial.get("reports", ())]
        none = (NO_REPORT, _("没有报过失"))
        self.fields["report"].choices = [NOTHING, *reports, none] if reports else [none]  # type: ignore[attr-defined]
        self.fields["report"].required = bool(reports)
        # Filled in only where one alone was told of it, or nobody could have reported it.
        self.initial["report"] = self.initial.get("told", "" if reports else NO_REPORT)

    def clean_report(self) -> str:
        chosen: str = self.cleaned_data["report"]
        return "" if chosen == NO_REPORT else chosen

    def claimed(self) -> Claimed:
        names = ("name", "phone", "said", "principal", "mandated", "proof", "signed", "cents")
        return Claimed(**{name: self.cleaned_data[name] for name in names})


def _whose(report: Any) -> str:
    """Return a report as it is chosen: its number, and who lost it, masked, beside it."""
    who = report.requester
    return f"{report.number} {who.masked_name}".strip() if who else str(report.number)


class PapersForm(forms.Form):
    """Photos of what was signed: at least one."""

    photos = photos_field()

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        photos = self.fields["photos"]
        photos.label = _("签了名的认领单、委托书的照片")
        photos.help_text = _("加密保存，只有查看认领人时才能看到，每次查看都记入台账。")

    def clean_photos(self) -> tuple[Photo, ...]:
        photos: tuple[Photo, ...] = self.cleaned_data["photos"]
        if not photos:
            raise forms.ValidationError(_("请至少选一张照片。"))
        return photos


class RefuseForm(ClaimForm):
    reason = forms.ChoiceField(label=_("为什么不能给"), choices=[NOTHING, *CLAIM_REFUSALS])

    def claimed(self) -> Claimed:
        names = ("name", "phone", "said", "principal")
        return Claimed(**{name: self.cleaned_data[name] for name in names}, proof="")


class CorrectForm(forms.Form):
    """What was written down of a thing, to be put right."""

    kind = forms.ChoiceField(label=_("种类"), choices=THINGS)
    care = forms.ChoiceField(label=_("怎样保管"), choices=CARES)
    place = text_field(_("在哪里拾到"), 100, help_text=PLACE_HELP)
    day = DayField(label=_("哪一天拾到"))
    clock = ClockField(label=_("几点"))
    features = text_field(_("不公开的特征"), 1000, rows=4)
    cents = YuanField(label=_("大约值多少元（可不填）"))
    witness = WitnessField()

    def found(self) -> Found:
        names = ("kind", "place", "features", "care", "cents")
        given = {name: self.cleaned_data[name] for name in names}
        return Found(found_at=moment_in(self.cleaned_data), shelf="", **given)


class ShelveForm(forms.Form):
    shelf = text_field(_("换到哪里"), 60)


class DisposeForm(forms.Form):
    witness = WitnessField()


class TakeBackForm(forms.Form):
    reason = forms.ChoiceField(label=_("为什么"), choices=[NOTHING, *TAKEN_BACK])
    witness = WitnessField()
