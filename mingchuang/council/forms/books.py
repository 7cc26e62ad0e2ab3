"""A workbook that is handed in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from mingchuang.council.books import SentBook

LARGEST = 5_000_000


class BookField(forms.FileField):
    def __init__(self, **named: Any) -> None:
        widget = forms.FileInput(attrs={"accept": ".xlsx"})
        super().__init__(label=_("工作簿（.xlsx）"), widget=widget, **named)

    def clean(self, data: Any, initial: Any = None) -> SentBook:
        file: UploadedFile = super().clean(data, initial)
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("文件超过 5 MB，请分成几份。"))
        return SentBook(file.name or "", file.read())


class PlacesForm(forms.Form):
    workbook = BookField(help_text=_("第一行写列名。可以重复导入：没有变的不动，变了的更正。"))
