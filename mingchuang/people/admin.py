"""The administrators' pages of this room, and the class by which every room tells its changes."""

from copy import copy
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    UserChangeForm,
)
from django.db import transaction
from django.db.models import DateTimeField, Model, QuerySet
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from mingchuang.base.http import refusal_on
from mingchuang.ledger.actions import record
from mingchuang.people.actions import posts, staff, units
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.queries import administered_people, administered_units
from mingchuang.people.refusals import (
    refuse_wrong_account,
    refuse_wrong_end,
    refuse_wrong_post,
    refuse_wrong_unit,
)
from mingchuang.people.rules.roles import Role, lasts_longer

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


def _signed(request: HttpRequest) -> dict[str, Any]:
    return {"by": _by(request), "at": now()}


class KeptAdmin(RecordedAdmin):
    """Rows of this room are ended, not removed, and changed by its actions, which tell it."""

    kept: tuple[str, ...] = ()
    log_addition = Admin.log_addition
    log_change = Admin.log_change

    def has_delete_permission(self, *_: Any) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.kept if obj else ()

    def get_form(self, request: HttpRequest, *args: Any, **given: Any) -> Any:
        """The form knows who fills it in, so that it can refuse before the action does."""
        return _filled_in_by(_by(request), super().get_form(request, *args, **given))


def _filled_in_by(by: Person, form: type[forms.BaseForm]) -> Any:
    return type(form.__name__, (form,), {"by": by})


class RefusingForm(forms.ModelForm):  # type: ignore[type-arg]
    """Refuses on the form what the action would refuse, after Django found nothing wrong."""

    by: Person

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            with refusal_on(self):
                self.refuse()

    def refuse(self) -> None:
        raise NotImplementedError


class UnitForm(RefusingForm):
    def refuse(self) -> None:
        if not self.instance.pk:
            refuse_wrong_unit(self.instance, by=self.by)


@admin.register(Unit)
class UnitAdmin(KeptAdmin):
    form = UnitForm
    list_display = ("name", "code", "kind", "parent", "active")
    search_fields = ("code", "name", "name_en")
    list_filter = ("kind", "active")
    kept = ("code", "parent")

    def get_queryset(self, request: HttpRequest) -> Any:
        return administered_units(_by(request))

    def get_exclude(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return () if obj else ("active",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **given: Any) -> Any:
        given["queryset"] = administered_units(_by(request))
        return super().formfield_for_foreignkey(db_field, request, **given)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given, signed = form.cleaned_data, _signed(request)
        if change:
            units.change_unit(obj, {name: given[name] for name in form.changed_data}, **signed)
        else:
            made = units.add_unit(**given, **signed)
            obj.pk, obj.path = made.pk, made.path


class PostForm(RefusingForm):
    def refuse(self) -> None:
        post = self.instance
        if not post.pk:
            post.since = now()
        if not post.pk or lasts_longer(post.until, than=self.initial["until"]):
            refuse_wrong_post(post, by=self.by)
        refuse_wrong_end(post)


@admin.register(Post)
class PostAdmin(KeptAdmin):
    form = PostForm
    list_display = ("person", "unit", "role", "since", "until")
    list_filter = ("role",)
    search_fields = ("person__name", "person__badge", "unit__name")
    exclude = ("since",)
    kept = ("person", "unit", "role")

    def get_queryset(self, request: HttpRequest) -> Any:
        posts = super().get_queryset(request).select_related("person", "unit")
        return posts.filter(unit__in=administered_units(_by(request)))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **given: Any) -> Any:
        choices = {"person": administered_people, "unit": administered_units}
        given["queryset"] = choices[db_field.name](_by(request))
        return super().formfield_for_foreignkey(db_field, request, **given)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given, signed = form.cleaned_data, _signed(request)
        if not change:
            obj.pk = posts.give_post(**given | {"role": Role(given["role"])}, **signed).pk
        elif lasts_longer(given["until"], than=form.initial["until"]):
            posts.extend_post(obj, given["until"], **signed)
        elif form.changed_data:
            posts.end_post(obj, until=given["until"], **signed)


class AccountForm(RefusingForm):
    def refuse(self) -> None:
        refuse_wrong_account(self.instance, by=self.by)


class NewAccountForm(AccountForm, AdminUserCreationForm):
    class Meta:
        model = Person
        fields = ("username", "name", "badge", "email")


class ChangeAccountForm(AccountForm, UserChangeForm):  # type: ignore[type-arg]
    pass


class PasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    by: Person

    def save(self, commit: bool = True) -> Any:
        staff.set_password(self.user, _password(self), by=self.by, at=now())
        return self.user


def _password(form: Any) -> str | None:
    """Return what was typed, or None where signing in by password was switched off."""
    given = form.cleaned_data
    return str(given["password1"]) if given["set_usable_password"] else None


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
    form = ChangeAccountForm
    add_form = NewAccountForm
    kept = ("badge", "last_login")
    actions = ("forget_second_factors",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return administered_people(_by(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Only the highest administrators make others."""
        kept = super().get_readonly_fields(request, obj)
        return kept if _by(request).is_superuser else (*kept, "is_superuser")

    @transaction.atomic
    def user_change_password(self, request: HttpRequest, *args: Any, **given: Any) -> Any:
        page = copy(self)
        page.change_password_form = _filled_in_by(_by(request), PasswordForm)
        return UserAdmin.user_change_password(page, request, *args, **given)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given, signed = form.cleaned_data, _signed(request)
        if not change:
            entered = {name: given[name] for name in NewAccountForm.Meta.fields}
            obj.pk = staff.add_person(**entered, password=_password(form), **signed).pk
            return
        if changes := {name: given[name] for name in form.changed_data if name != "email"}:
            staff.change_person(obj, changes, **signed)
        if "email" in form.changed_data:
            staff.set_email(obj, given["email"], **signed)

    @admin.action(description=_("清除两步登录（手机或钥匙丢失时）"))
    def forget_second_factors(self, request: HttpRequest, chosen: "QuerySet[Person]") -> None:
        for person in chosen:
            staff.forget_second_factors(person, by=_by(request), at=now())
        self.message_user(request, _("已清除。请他们用密码登录后重新设置。"))
