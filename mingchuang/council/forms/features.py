"""What a lottery may balance: asked, and never needed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.council.rules.register import LONGEST_BUILDING, building_typed
from mingchuang.council.words.features import AGES, MOBILITIES, TENURES, UNSAID
from mingchuang.council.words.tables import Choices

FEATURES = ("age", "tenure", "mobility", "building")


def _choice(label: Any, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[UNSAID, *choices], required=False)


class FeaturesForm(forms.Form):
    """A lottery balances these, so that not only one kind of people sits together."""

    age = _choice(_("年龄段（可不填）"), AGES)
    tenure = _choice(_("业主还是租户（可不填）"), TENURES)
    mobility = _choice(_("行动是否方便（可不填）"), MOBILITIES)
    building = forms.CharField(
        label=_("楼栋（可不填）"),
        max_length=LONGEST_BUILDING,
        required=False,
        help_text=_(
            "只写楼号，例如：3幢、12号楼、A座。谁都能看到抽签按哪些楼平衡，不写姓名和门牌。"
        ),
    )

    def clean_building(self) -> str:
        typed: str = self.cleaned_data["building"]
        if typed and not building_typed(typed):
            raise forms.ValidationError(_("请只写楼号，例如：3幢、12号楼、A座。"))
        return building_typed(typed)

    def features(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in FEATURES if self.cleaned_data[name]}
