"""What a convenor says when a lottery is promised, thrown, or given up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.council.forms.sittings import moment
from mingchuang.council.forms.topics import OpenText
from mingchuang.council.rules.lottery.dice import read_dice
from mingchuang.council.words.tables import RANDOMNESS


class PromiseForm(forms.Form):
    randomness = forms.ChoiceField(
        label=_("用什么抽"), choices=RANDOMNESS, widget=forms.RadioSelect, initial="dice"
    )
    due_at = moment(
        _("几时掷，几时开奖"),
        _("要在现在以后。不到这个时间，不能填结果；写进封存码，谁都能核对。"),
    )
    announced = OpenText(
        label=_("在哪里，或者哪一期"),
        max_length=200,
        help_text=_("例如：居委会二楼，当众掷。还没有开奖的一期，写全名称和期号。谁都能看到。"),
    )


class DiceForm(forms.Form):
    dice = forms.CharField(
        label=_("三个数字，按掷出的先后"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("例如 4,7,1。骰子当众掷，掷完再填；填了就不能改。"),
    )

    def clean_dice(self) -> tuple[int, ...]:
        text = self.cleaned_data["dice"]
        dice = read_dice(",".join(text) if text.isdecimal() else text)
        if dice is None:
            raise forms.ValidationError(_("请写三个骰子的点数，每个 0 到 9，例如 4,7,1。"))
        return dice


class VoidForm(forms.Form):
    reason = OpenText(
        label=_("为什么作废"), max_length=200, help_text=_("作废的一次和理由永远公开可查。")
    )


class NothingForm(forms.Form):
    """A button that needs no words."""
