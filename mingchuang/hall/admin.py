"""The hall's tables for administrators; every change made here stands in the ledger."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import ManyToManyField, Model
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from mingchuang.hall import models
from mingchuang.hall.actions import let_guides_be_found
from mingchuang.hall.words.tables import PARTS, choices
from mingchuang.ledger.actions import record
from mingchuang.people.admin import RecordedAdmin
from mingchuang.people.models import Person


class HallAdmin(RecordedAdmin):
    """What still holds something else is not removed; what is removed can be told by its name."""

    room = "hall"
    # Several rows may be removed at once: each is told.
    actions = ()
    kept: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """A code is printed, linked and written in the ledger, so it stays."""
        return self.kept if obj else ()

    @transaction.atomic
    def response_action(self, request: HttpRequest, queryset: Any) -> Any:
        """The entries and the deed stand or fall together."""
        return super().response_action(request, queryset)

    def _tell(self, happened: str, request: HttpRequest, row: Any, **facts: Any) -> None:
        assert isinstance(request.user, Person)
        record(f"hall.{happened}", row.subject, at=now(), by=request.user.badge, **facts)


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
    kept = ("code",)
    list_display = ("code", "name", "unit", "address", "phone", "names_on_cards")
    search_fields = ("code", "name", "address")


@admin.register(models.Window)
class WindowAdmin(HallAdmin):
    list_display = ("site", "number", "name")
    list_filter = ("site",)
    formfield_overrides = {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}

    def _tell(self, happened: str, request: HttpRequest, row: Any, **facts: Any) -> None:
        """What it takes in from now on is told too: whom it may call is checked by that."""
        super()._tell(happened, request, row, **facts, items=row.codes)


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
    kept = ("code",)
    list_display = ("code", "name", "unit", "item_kind", "audience")
    search_fields = ("code", "name")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        let_guides_be_found([obj.pk], at=now())

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A window that still takes an item in keeps it, though its row only points to it."""
        found, counts, missing, kept = super().get_deleted_objects(objs, request)
        windows = models.Window.objects.filter(items__in=objs).select_related("site").distinct()
        return found, counts, missing, [*kept, *(f"{w.site} {w}" for w in windows)]


@admin.register(models.Guide)
class GuideAdmin(HallAdmin):
    list_display = ("item", "promised_limit", "fee", "updated_on")
    search_fields = ("item__code", "item__name")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        let_guides_be_found([obj.item_id], at=now())


@admin.register(models.Notice)
class NoticeAdmin(HallAdmin):
    list_display = ("title", "site", "since", "until")


class TimeLimitForm(forms.ModelForm):  # type: ignore[type-arg]
    assumed = forms.MultipleChoiceField(
        label=_("本系统缺省的项"),
        required=False,
        choices=choices(PARTS),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("依据里没有写明、由本系统补上的，请勾选。"),
    )


@admin.register(models.TimeLimit)
class TimeLimitAdmin(HallAdmin):
    form = TimeLimitForm
    list_display = ("profile", "kind", "urgency", "finish_amount", "finish_measure")
    list_filter = ("profile", "urgency")


@admin.register(models.CalendarYear)
class CalendarYearAdmin(LoadedAdmin):
    list_display = ("year", "source", "version", "loaded_at")


@admin.register(models.CalendarDay)
class CalendarDayAdmin(LoadedAdmin):
    list_display = ("day", "kind", "name", "calendar")
    list_filter = ("calendar", "kind")
