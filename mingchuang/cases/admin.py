"""The tables offices keep by hand; every change made here stands in the ledger."""

from django.contrib import admin

from mingchuang.cases.models import DispatchRule, ReplyTemplate
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
