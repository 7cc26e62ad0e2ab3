"""The administrators' pages of this room, and the class by which every room tells its changes."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db import transaction
from django.db.models import DateTimeField, Model, QuerySet
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from mingchuang.ledger.actions import record
from mingchuang.people import actions
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.rules.roles import Role

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Model]
else:
    Admin = admin.ModelAdmin


class RecordedAdmin(Admin):
    """Every change made on these pages is an entry: who, what, which fields; never the values.

    A room names itself: `class SiteAdmin(RecordedAdmin): room = "hall"` tells `hall.changed`.
    """

    room: str
    actions: Any = None
    # One box with a label, where the two boxes of Django have none.
    formfield_overrides = {
        DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
    }

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._tell("added", request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        changes = [change.get("changed", {}) for change in message] if message else []
        fields = [str(field) for changed in changes for field in changed.get("fields", [])]
        self._tell("changed", request, obj, fields=fields)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for row in queryset:
            self._tell("removed", request, row)
        return super().log_deletions(request, queryset)

    def _tell(self, happened: str, request: HttpRequest, row: Model, **facts: Any) -> None:
        subject = f"{row._meta.model_name}:{row.pk}"
        record(f"{self.room}.{happened}", subject, at=now(), by=_by(request).badge, **facts)


def _by(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


class KeptAdmin(RecordedAdmin):
    """Rows of this room are ended, not removed: entries speak of them."""

    room = "people"
    kept: tuple[str, ...] = ()

    def has_delete_permission(self, *_: Any) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.kept if obj else ()


@admin.register(Unit)
class UnitAdmin(KeptAdmin):
    list_display = ("name", "code", "kind", "parent", "active")
    search_fields = ("code", "name", "name_en")
    list_filter = ("kind", "active")
    kept = ("code", "parent")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            return super().save_model(request, obj, form, change)
        given = {name: form.cleaned_data[name] for name in ("name", "name_en", "kind", "parent")}
        made = actions.add_unit(obj.code, **given, by=_by(request), at=now())
        obj.pk, obj.path = made.pk, made.path
        return None

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """The action has told it."""
        return Admin.log_addition(self, request, obj, message)


@admin.register(Post)
class PostAdmin(KeptAdmin):
    list_display = ("person", "unit", "role", "since", "until")
    list_filter = ("role",)
    search_fields = ("person__name", "person__badge", "unit__name")
    exclude = ("since",)
    kept = ("person", "unit", "role")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            return super().save_model(request, obj, form, change)
        given = {name: form.cleaned_data[name] for name in ("person", "unit", "until")}
        role = Role(form.cleaned_data["role"])
        obj.pk = actions.give_post(**given, role=role, by=_by(request), at=now()).pk
        return None

    log_addition = UnitAdmin.log_addition


class PersonCreationForm(AdminUserCreationForm):
    class Meta:
        model = Person
        fields = ("username", "name", "badge", "email")


@admin.register(Person)
class PersonAdmin(KeptAdmin, UserAdmin):  # type: ignore[type-arg]
    list_display = ("name", "badge", "username", "email", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "badge", "username", "email")
    ordering = ("badge",)
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "badge", "email")}),
        (None, {"fields": ("is_active", "is_superuser", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "name", "badge", "email")}),
        (None, {"fields": ("usable_password", "password1", "password2")}),
    )
    add_form = PersonCreationForm
    kept = ("badge", "last_login")
    actions = ("forget_second_factors",)

    @transaction.atomic
    def user_change_password(self, *args: Any, **given: Any) -> Any:
        return super().user_change_password(*args, **given)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            actions.set_email(obj, obj.email, by=_by(request), at=now())

    @admin.action(description=_("清除两步登录（手机或钥匙丢失时）"))
    def forget_second_factors(self, request: HttpRequest, chosen: "QuerySet[Person]") -> None:
        for person in chosen:
            actions.forget_second_factors(person, by=_by(request), at=now())
        self.message_user(request, _("已清除。请他们用密码登录后重新设置。"))
