"""The hall's tables for administrators; every change made here stands in the ledger."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from mingchuang.hall import models
from mingchuang.people.admin import RecordedAdmin


class HallAdmin(RecordedAdmin):
    room = "hall"


class LoadedAdmin(HallAdmin):
    """The statutory calendar is loaded from a file, never typed in by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(models.Site)
class SiteAdmin(HallAdmin):
    list_display = ("code", "name", "unit", "address", "phone")
    search_fields = ("code", "name", "address")


@admin.register(models.Window)
class WindowAdmin(HallAdmin):
    list_display = ("site", "number", "name")
    list_filter = ("site",)
    filter_horizontal = ("items",)


@admin.register(models.OpeningHours)
class OpeningHoursAdmin(HallAdmin):
    list_display = ("site", "weekday", "opens", "closes")
    list_filter = ("site",)


@admin.register(models.SpecialHours)
class SpecialHoursAdmin(HallAdmin):
    list_display = ("site", "day", "kind", "opens", "closes", "note")
    list_filter = ("site", "kind")
    date_hierarchy = "day"


@admin.register(models.ServiceItem)
class ServiceItemAdmin(HallAdmin):
    list_display = ("code", "name", "unit", "item_kind", "audience")
    search_fields = ("code", "name")


@admin.register(models.Guide)
class GuideAdmin(HallAdmin):
    list_display = ("item", "promised_limit", "fee", "updated_on")
    search_fields = ("item__code", "item__name")


@admin.register(models.Notice)
class NoticeAdmin(HallAdmin):
    list_display = ("title", "site", "since", "until")


@admin.register(models.Standard)
class StandardAdmin(HallAdmin):
    list_display = ("code", "order", "text")


@admin.register(models.TimeLimit)
class TimeLimitAdmin(HallAdmin):
    list_display = ("profile", "kind", "urgency", "finish_amount", "finish_measure")
    list_filter = ("profile", "urgency")


@admin.register(models.CalendarYear)
class CalendarYearAdmin(LoadedAdmin):
    list_display = ("year", "source", "version", "loaded_at")


@admin.register(models.CalendarDay)
class CalendarDayAdmin(LoadedAdmin):
    list_display = ("day", "kind", "name", "calendar")
    list_filter = ("calendar", "kind")
