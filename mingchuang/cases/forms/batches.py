"""What a company's clerk fills in."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.actions.batches import Company
from mingchuang.cases.forms.batch_desk import CrossOutForm, TickedPapers
from mingchuang.cases.forms.said import SaidField
from mingchuang.cases.photo_field import photos_field
from mingchuang.cases.rules.batches.numbers import is_credit_code, plain
from mingchuang.cases.rules.said import Said
from mingchuang.people.asking import KeyField, PhoneField

LARGEST = 20_000_000


class OpenForm(forms.Form):
    """One form, asked once: the organisation, and who speaks for it."""

    organisation = SaidField(label=_("单位名称"), max_length=100)
    credit_code = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=30,
        help_text=_("营业执照上的 18 位代码。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    name = SaidField(
        label=_("经办人姓名"),
        max_length=60,
        help_text=_("我们也指定一名专人，以后都由这两个人对接。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(label=_("经办人电话"))
    address = SaidField(
        label=_("收件地址"),
        max_length=200,
        help_text=_("办好的结果寄到这里，不用再来取。"),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    people = forms.IntegerField(label=_("大约多少人"), min_value=1, max_value=200_000)
    key = KeyField()

    def clean_credit_code(self) -> str:
        code = plain(self.cleaned_data["credit_code"])
        if not is_credit_code(code):
            raise forms.ValidationError(_("代码对不上，有一位写错了。请对照营业执照核对。"))
        return code

    def company(self, item: str) -> Company:
        given = self.cleaned_data
        title = _("批量办理：%(item)s") % {"item": item}
        text = _("%(organisation)s为大约 %(people)s 人办理“%(item)s”。") % {**given, "item": item}
        said = Said(
            text=text,
            key=given["key"],
            kind="assistance",
            title=title[:120],
            name=given["name"],
            phone=given["phone"],
            address=given["address"],
            representative_of=given["people"],
        )
        return Company(given["organisation"], given["credit_code"], said)


class UploadForm(forms.Form):
    workbook = forms.FileField(
        label=_("填好的批量表（.xlsx）"),
        help_text=_("填对的先列入名单；有问题的，写回同一张表的那一格。改好再报送，不会重复。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    key = KeyField()

    def clean_workbook(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["workbook"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("文件超过 20 MB，请分成几份。"))
        return file


class HandInForm(TickedPapers):
    """Which papers, and photos of them; the ticks stand beside the names."""

    photos = photos_field()


class OwnCrossOutForm(CrossOutForm):
    """As the company writes it: by the places of the list she can download."""

    places = forms.CharField(
        label=_("名单序号"),
        max_length=400,
        help_text=_("在“下载名单和进度”里查得到，例如 3、7-9。"),
    )
