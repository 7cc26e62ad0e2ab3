"""What a convenor writes down to propose a topic."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.council.rules.proposing import (
    FEWEST_OPTIONS,
    MOST_OPTIONS,
    MOST_PLACES,
    Proposed,
    Surveyed,
    lines_typed,
    place_typed,
)
from mingchuang.council.words.tables import LEGALS
from mingchuang.people.asking import KeyField
from mingchuang.people.queries import no_units
from mingchuang.people.rules.masking import mask_text

if TYPE_CHECKING:
    from mingchuang.people.models import Unit

    OneUnit = forms.ModelChoiceField[Unit]
else:
    OneUnit = forms.ModelChoiceField

TELLS = _("里面好像有电话、证件号或者姓名。这里写的谁都能看到，请删掉。")
LONGEST_OPTION = 300


class OpenText(forms.CharField):
    """Words that everybody will read: what tells who somebody is has no place in them."""

    def clean(self, value: object) -> str:
        text = str(super().clean(value))
        if mask_text(text).text != text:
            raise forms.ValidationError(TELLS)
        return text


class ProposeForm(forms.Form):
    title = OpenText(
        label=_("议题"),
        max_length=80,
        help_text=_("一次只议一件事。例如：5 幢车棚怎么办。"),
    )
    background = OpenText(
        label=_("来龙去脉"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("谁都能看到。请写事情，不写人：不写姓名、电话、门牌和病情。"),
    )
    place = OpenText(label=_("地点（可不填）"), max_length=120, required=False)
    options = OpenText(
        label=_("可以讨论的做法"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行写一种，至少两种。公开以后不能再改；开会时可以给每种做法提条件。"),
    )
    places = OpenText(
        label=_("摸底的地点（可不填）"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行写一处：名称，数量，备注。例如：3幢车棚，2，没有窗。"),
    )
    follows = forms.ChoiceField(
        label=_("再议哪个议题的决议（可不选）"),
        required=False,
        help_text=_(
            "选了以后，对那个决议提过反对意见、留了姓名或电话的人自动列入名册，必须请到；"
            "要求身份保密的除外。"
        ),
    )
    legal = forms.ChoiceField(
        label=_("怎样决定"),
        choices=LEGALS,
        initial="deliberation",
        widget=forms.RadioSelect,
        help_text=_("动用或筹集维修资金、改变共有部分用途等，须由业主共同决定，议事只能提建议。"),
    )
    unit = OneUnit(no_units(), label=_("由哪个单位召集"), empty_label=_("请选择"))
    review_on = forms.DateField(
        label=_("工单挂起到哪一天（可不填）"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("填了就同时申请挂起这件工单，由另一位同事审批。"),
    )
    key = KeyField()

    def __init__(
        self,
        *given: Any,
        units: Any,
        decided: Iterable[tuple[str, str]] = (),
        may_pause: bool = False,
        **named: Any,
    ) -> None:
        super().__init__(*given, **named)
        self._offer_rounds(list(decided))
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if not may_pause:
            del self.fields["review_on"]

    def _offer_rounds(self, decided: list[tuple[str, str]]) -> None:
        told = [(number, f"{number} {title}") for number, title in decided]
        self.fields["follows"].choices = [("", _("不是再议")), *told]  # type: ignore[attr-defined]
        if not decided:
            del self.fields["follows"]

    def clean_options(self) -> list[str]:
        options = lines_typed(self.cleaned_data["options"])
        if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
            most = {"most": MOST_OPTIONS}
            raise forms.ValidationError(_("请写两种到 %(most)s 种做法，一行一种。"), params=most)
        if any(len(option) > LONGEST_OPTION for option in options):
            raise forms.ValidationError(
                _("每一种做法最多 %(most)s 个字。"), params={"most": LONGEST_OPTION}
            )
        return options

    def clean_places(self) -> list[Surveyed]:
        lines = lines_typed(self.cleaned_data["places"])
        if len(lines) > MOST_PLACES:
            raise forms.ValidationError(_("最多写 %(most)s 处。"), params={"most": MOST_PLACES})
        read = [(line, place_typed(line)) for line in lines]
        if wrong := [line for line, place in read if place is None]:
            told = {"line": wrong[0][:40]}
            raise forms.ValidationError(
                _("“%(line)s”看不懂。请写成：名称，数量，备注。"), params=told
            )
        return [place for _line, place in read if place]

    def proposed(self) -> Proposed:
        given = self.cleaned_data
        return Proposed(**{name: given[name] for name in Proposed._fields})
