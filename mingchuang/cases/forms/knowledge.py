"""What staff type to keep what their office knows, and how it is found again."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.forms.deeds import words
from mingchuang.cases.forms.said import SaidField
from mingchuang.cases.forms.units import UnitField
from mingchuang.hall.queries import service_items
from mingchuang.people.queries import nobody

if TYPE_CHECKING:
    from mingchuang.hall.models import ServiceItem
    from mingchuang.people.models import Person

    OneItem = forms.ModelChoiceField[ServiceItem]
    OnePerson = forms.ModelChoiceField[Person]
else:
    OneItem = OnePerson = forms.ModelChoiceField


class KeptForm(forms.Form):
    """Units and staff to choose from stand in `initial`, as `units` and `staff`."""

    title = SaidField(label=_("标题"), max_length=80)
    text = words(_("内容"), rows=10, most=20_000)
    unit = UnitField(_("由哪个单位维护"))
    owner = OnePerson(
        nobody(), label=_("负责人（可不选）"), required=False, empty_label=_("不指定")
    )
    review_on = forms.DateField(
        label=_("哪一天复核"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("到这一天，会提醒负责人看看内容还对不对。"),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for field, offered in (("unit", "units"), ("owner", "staff")):
            if offered in self.initial:
                self.fields[field].queryset = self.initial[offered]  # type: ignore[attr-defined]


class ArticleForm(KeptForm):
    title = SaidField(label=_("标题"), max_length=120, help_text=_("像市民那样问一句。"))
    item = OneItem(
        service_items(),
        label=_("关于哪个事项（可不选）"),
        required=False,
        empty_label=_("不限事项"),
    )
    public = forms.BooleanField(label=_("市民也能看（列入常见问题）"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class WordsForm(forms.Form):
    q = forms.CharField(label=_("搜索"), max_length=60, required=False)


class FindForm(WordsForm):
    review = forms.ChoiceField(
        label=_("复核"),
        choices=[("", _("全部")), ("due", _("该复核了")), ("mine", _("该我复核的"))],
        required=False,
    )
