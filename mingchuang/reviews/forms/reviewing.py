"""What the offices type about a bad rating: one small form for each deed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.cases.rules.closing import Outcome
from mingchuang.cases.words import OUTCOMES
from mingchuang.people.queries import unit_tree
from mingchuang.reviews.rules.life import FIRST_FOUND, UPHELD, Finding, findings_open
from mingchuang.reviews.words.tables import FINDINGS

NAMES = dict(FINDINGS)


def words(label: Text, *, required: bool = True, help_text: Text = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=1000, required=required, widget=widget, help_text=help_text
    )


def _named(*findings: Finding) -> list[tuple[str, Text]]:
    return [(str(one), NAMES[one]) for one in findings]


class DeedForm(forms.Form):
    """A form that knows how the bad rating stands; most need not."""

    def __init__(self, *given: Any, **start: Any) -> None:
        self.stands: dict[str, object] = start.pop("stands")
        super().__init__(*given, **start)
        self.initial = self.stands


class CallForm(DeedForm):
    outcome = forms.ChoiceField(
        label=_("联系上了吗？"), choices=OUTCOMES, initial=Outcome.REACHED, widget=forms.RadioSelect
    )
    text = words(_("说了什么（可不填）"), required=False, help_text=_("只有评价管理部门看得到。"))


class FindForm(DeedForm):
    finding = forms.ChoiceField(
        label=_("核实的结果"), choices=_named(*FIRST_FOUND), widget=forms.RadioSelect
    )
    shown = words(
        _("可以给被评价单位和大家看的话（可不填）"),
        required=False,
        help_text=_(
            "机器已经遮盖电话、门牌和留下的姓名，别的称呼认不全。请再读一遍，去掉能猜出是谁的内容。"
        ),
    )
    text = words(_("根据什么这样认定？"))

    def __init__(self, *given: Any, **start: Any) -> None:
        super().__init__(*given, **start)
        may = findings_open(was_heard=bool(self.stands["was_heard"]))
        self.fields["finding"].choices = _named(*may)  # type: ignore[attr-defined]


class ContestForm(DeedForm):
    text = words(_("为什么不同意这个认定？"), help_text=_("写清事实和证据。申诉只能一次。"))


class DecideForm(DeedForm):
    finding = forms.ChoiceField(
        label=_("审核的结果"),
        choices=[("", _("申诉不成立，维持认定")), *_named(*UPHELD)],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("选别的，就是申诉成立，改为这样认定。评价本身不会删除。"),
    )
    text = words(_("理由"))


class HandOverForm(DeedForm):
    unit = forms.ModelChoiceField(unit_tree(), label=_("交给哪个单位整改"), empty_label=_("请选择"))
    text = words(_("要改什么？"), help_text=_("单位会读到这里写的，请不要写出评价人。"))


class CloseForm(DeedForm):
    told = words(_("做了什么，告诉大家"), help_text=_("写在公开的页面上，请不要写出是谁。"))


class ShowForm(DeedForm):
    """Good words as everybody will read them."""

    shown = words(
        _("公开的话"),
        help_text=_("机器已经遮盖电话、门牌和留下的姓名。请再读一遍，去掉能猜出是谁的内容。"),
    )


class AgreeForm(DeedForm):
    """Nothing to fill in: the button is the answer."""
