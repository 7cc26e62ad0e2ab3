"""The tables offices keep by hand; every change made here stands in the ledger."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from mingchuang.cases.models import DispatchRule, ReplyTemplate, Retention, StorageTime
from mingchuang.people.admin import RecordedAdmin


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
