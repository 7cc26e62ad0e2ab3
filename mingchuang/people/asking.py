"""What many forms ask alike: how to call somebody, and the key by which sent twice is done once."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.people.rules.encryption import may_be_dialled

STALE = _("页面没有完整提交上来。您写的都还在，请再提交一次。")


class PhoneField(forms.CharField):
    """A number people can be called at; however they type it, it must hold 7 to 15 digits."""

    def __init__(self, *, autocomplete: str = "tel", **given: Any) -> None:
        attrs = {"type": "tel", "autocomplete": autocomplete}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **given)

    def clean(self, value: object) -> str:
        # Full-width digits are no number to a telephone.
        phone = unicodedata.normalize("NFKC", str(super().clean(value)))
        if phone and not may_be_dialled(phone):
            raise forms.ValidationError(_("请填能打通的电话，例如 13800000000 或 0574-87654321。"))
        return phone


class KeyField(forms.RegexField):
    """Exactly what `base.once.new_key` makes: no other way in (an import) uses keys of this
    shape."""

    def __init__(self, stale: Text = STALE) -> None:
        told = dict.fromkeys(("required", "invalid"), stale)
        super().__init__(r"\A[\w-]{32}\Z", widget=forms.HiddenInput, error_messages=told)
