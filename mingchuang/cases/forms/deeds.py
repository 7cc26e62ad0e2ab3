"""What staff type on the desk: one small form for each deed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.cases.forms.said import SaidField
from mingchuang.cases.forms.units import UnitField, UnitsField
from mingchuang.cases.forms.used import UsedField
from mingchuang.cases.rules.areas import LONGEST_AREA
from mingchuang.cases.words import DECLINES, DISPOSITIONS, ROUTES, SAID_KINDS


def words(label: Text, *, rows: int = 3, most: int = 2000, help_text: Text = "") -> forms.CharField:
    return SaidField(
        label=label,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


class ReplyForm(forms.Form):
    text = words(_("答复内容"), rows=8, most=20_000, help_text=_("诉求人会在回执页逐字读到。"))
    disposition = forms.ChoiceField(label=_("办理结果"), choices=DISPOSITIONS)
    used = UsedField()


class AskForm(forms.Form):
    text = words(_("请诉求人补充什么？"), help_text=_("一次问全：时间、地点、经过、希望。"))


class TryForm(forms.Form):
    text = words(_("怎么联系的，有没有结果？"), help_text=_("只有工作人员读得到。"))


class DeclineForm(forms.Form):
    code = forms.ChoiceField(label=_("不予受理的理由"), choices=DECLINES)
    text = words(_("应当去哪里办"), help_text=_("写清单位、电话或地址，诉求人会读到。"))


class ReferForm(forms.Form):
    to = forms.ChoiceField(label=_("转给谁"), choices=ROUTES)
    text = words(_("告诉诉求人什么"), help_text=_("例如：请立即拨打 119，我们已同时转告。"))


class DispatchForm(forms.Form):
    unit = UnitField(_("主办单位"))
    assists = UnitsField(_("协办单位（可不选）"), required=False)
    basis = forms.CharField(label=_("派单依据（可不填）"), max_length=200, required=False)


class RedispatchForm(forms.Form):
    unit = UnitField(_("改派给"))
    text = words(_("为什么改派？"))


class ReturnForm(forms.Form):
    text = words(_("为什么不属于本单位？"))
    unit = UnitField(_("建议派给（可不选）"), required=False)


class NoteForm(forms.Form):
    text = words(_("记录"))


class ContactForm(forms.Form):
    text = words(_("怎么联系的，谈了什么？"))


class ExtendForm(forms.Form):
    days = forms.IntegerField(label=_("延长几个工作日"), min_value=1, max_value=60)
    text = words(_("理由"), help_text=_("批准后，诉求人会看到新的到期时间。"))


class PauseForm(forms.Form):
    review_on = forms.DateField(
        label=_("哪一天复核"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    text = words(_("为什么现在办不了？"))


class RetypeForm(forms.Form):
    kind = forms.ChoiceField(label=_("改为"), choices=SAID_KINDS)
    text = words(_("理由"), help_text=_("须另一位工作人员同意，并计入公开统计。"))


class AssistForm(forms.Form):
    unit = UnitField(_("请哪个单位协办"))


class MergeForm(forms.Form):
    into = forms.CharField(label=_("并入哪一件（工单编号）"), max_length=40)


class RetitleForm(forms.Form):
    title = SaidField(label=_("标题"), max_length=60)
    place = forms.CharField(label=_("地点"), max_length=200, required=False)
    area = forms.CharField(
        label=_("地段"),
        max_length=LONGEST_AREA,
        required=False,
        help_text=_("社区或派单目录里的地段，统计时按它分。身份保密的，写了会记入公开的台账。"),
    )


class PublishForm(forms.Form):
    headline = SaidField(
        label=_("公开的标题"),
        max_length=60,
        help_text=_("不写姓名、电话和门牌。"),
    )
    text = words(
        _("公开的文字"),
        rows=8,
        most=20_000,
        help_text=_("姓名、电话和门牌已经自动遮住。请再读一遍，把能看出是谁的话改掉。"),
    )
