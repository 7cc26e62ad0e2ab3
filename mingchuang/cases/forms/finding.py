"""What people look for: the inbox's filters, and the lists somebody keeps."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.cases.forms.units import indented
from mingchuang.cases.words import KINDS, STATES, Choices
from mingchuang.people.queries import units_shown

if TYPE_CHECKING:
    from mingchuang.people.models import Unit

# So many digits may be somebody's telephone.
A_PHONE = 7


class PlainSelect(forms.Select):
    """A choice written in one go, where a template for each line takes as long as the page."""

    def render(
        self,
        name: str,
        value: object,
        attrs: Any = None,
        renderer: Any = None,  # noqa: ARG002
    ) -> SafeString:
        chosen = "" if value is None else str(value)
        lines = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((pk, " selected" if str(pk) == chosen else "", words) for pk, words in self.choices),
        )
        return format_html(
            '<select name="{}" id="{}">{}</select>', name, (attrs or {}).get("id", ""), lines
        )


class ShownChoice(forms.ChoiceField):
    """One of a few to narrow a list by, or none."""

    def __init__(self, label: Text, choices: Choices) -> None:
        super().__init__(label=label, required=False, choices=choices, widget=PlainSelect)


class ShownUnitField(forms.TypedChoiceField):
    """A unit to narrow a list by, or none: shown with every list, so it costs no statement."""

    def __init__(self, label: Text, *, empty_label: Text) -> None:
        super().__init__(
            label=label,
            required=False,
            choices=self._choices,
            coerce=self._unit,
            empty_value=None,
            widget=PlainSelect,
        )
        self.empty_label = empty_label

    def _choices(self) -> list[tuple[object, Text]]:
        return [("", self.empty_label), *((unit.pk, indented(unit)) for unit in units_shown())]

    def _unit(self, pk: str) -> "Unit":
        return next(unit for unit in units_shown() if str(unit.pk) == pk)


class InboxForm(forms.Form):
    """Filters of the inbox; they live in the address, so that a view can be kept and shared."""

    q = forms.CharField(label=_("搜索"), max_length=60, required=False)
    state = ShownChoice(_("状态"), [("", _("全部状态")), *STATES])
    kind = ShownChoice(_("类型"), [("", _("全部类型")), *KINDS])
    unit = ShownUnitField(_("单位"), empty_label=_("全部单位"))
    time = ShownChoice(
        _("时间"), [("", _("不限时间")), ("late", _("已逾期")), ("soon", _("快到期"))]
    )


def address_of_list(asked: Mapping[str, str]) -> str:
    """Return what stands in the address of a list: always in one order, without a page."""
    names = ("view", *InboxForm.base_fields)
    return urlencode([(name, asked[name].strip()) for name in names if asked.get(name, "").strip()])


class SaveViewForm(forms.Form):
    """A name for the list one looks at."""

    name = forms.CharField(label=_("给这个列表起个名字"), max_length=30)
    query = forms.CharField(max_length=400, required=False, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        return _without_phone(self.cleaned_data["name"])

    def clean_query(self) -> str:
        """Keep only what a list understands, and nobody's telephone."""
        asked = dict(parse_qsl(self.cleaned_data["query"]))
        _without_phone(asked.get("q", ""))
        return address_of_list(asked)


def _without_phone(text: str) -> str:
    if sum(letter.isdigit() for letter in text) >= A_PHONE:
        raise forms.ValidationError(_("电话和编号不能存进常用列表。请先从搜索框里去掉。"))
    return text
