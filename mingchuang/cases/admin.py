"""The tables offices keep by hand; every change made here stands in the ledger."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.actions.batches import offer_batches, stop_batches
from mingchuang.cases.models import BatchSheet, DispatchRule, ReplyTemplate, Retention, StorageTime
from mingchuang.cases.queries.batches import must_be_columns
from mingchuang.people.admin import KeptAdmin, RecordedAdmin, RefusingForm


@admin.register(DispatchRule)
class DispatchRuleAdmin(RecordedAdmin):
    room = "catalogue"
    list_display = ("matter", "area", "unit", "basis", "since", "until")
    list_filter = ("unit",)
    search_fields = ("matter", "area")


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(RecordedAdmin):
    room = "templates"
    list_display = ("title", "unit", "owner", "review_on", "uses")
    list_filter = ("unit",)
    search_fields = ("title", "text")


@admin.register(Retention)
class RetentionAdmin(RecordedAdmin):
    """One line for each category, neither more nor less; every change tells the days."""

    room = "retention"
    list_display = ("category", "days", "source", "since")
    readonly_fields = ("category",)

    def has_add_permission(self, *_: Any) -> bool:
        return False

    def has_delete_permission(self, *_: Any) -> bool:
        return False

    def _tell(self, happened: str, request: HttpRequest, row: Any, **facts: Any) -> None:
        line = {"category": row.category, "days": row.days, "source": row.source}
        super()._tell(happened, request, row, **line, **facts)


@admin.register(StorageTime)
class StorageTimeAdmin(RecordedAdmin):
    """One line for each kind of thing, neither more nor less."""

    room = "storage"
    list_display = ("kind", "hours", "fate", "source")
    readonly_fields = ("kind",)

    def has_add_permission(self, *_: Any) -> bool:
        return False

    def has_delete_permission(self, *_: Any) -> bool:
        return False


class BatchSheetForm(RefusingForm):
    """The columns are looked over before they are kept."""

    columns = forms.CharField(
        label=_("除姓名、身份证号码、手机号码以外的列"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "一行写一列：列名、种类（文字、日期、过去日期、选择）、必填或选填，"
            "选择的再写有哪几项。例如：原参保地 文字 必填；类别 选择 必填 养老、失业。"
        ),
    )

    def refuse(self) -> None:
        must_be_columns(self.cleaned_data["columns"])


@admin.register(BatchSheet)
class BatchSheetAdmin(KeptAdmin):
    """What a service item asks of each person of a batch, and whether companies may still come."""

    form = BatchSheetForm
    kept = ("item",)
    list_display = ("item", "minutes", "active")
    list_filter = ("active",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        by: Any = request.user
        sheet = offer_batches(obj.item, obj.columns, minutes=obj.minutes, by=by, at=now())
        if not obj.active:
            stop_batches(sheet, by=by, at=now())
        obj.pk = sheet.pk
