"""The door of the administrators' pages."""

from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import NotFound
from mingchuang.people.models import Person


class AdministratorSite(admin.AdminSite):
    """Open to who is an administrator now; for other staff it does not exist."""

    site_title = site_header = _("明窗 · 管理")
    index_title = _("单位、人员与目录")

    def register(self, model_or_iterable: Any, *args: Any, **options: Any) -> None:
        """Keep the pages of other applications out: what they change is not recorded."""
        models = (
            model_or_iterable
            if isinstance(model_or_iterable, list | tuple)
            else [model_or_iterable]
        )
        ours = [model for model in models if model.__module__.startswith("mingchuang.")]
        super().register(ours, *args, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return isinstance(request.user, Person) and request.user.is_administrator

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inside = super().admin_view(view, cacheable)

        @wraps(inside)
        def door(request: HttpRequest, *args: Any, **given: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise NotFound
            return inside(request, *args, **given)

        return door

    # Signing in and out has one door in this house, with its second factor and its limits.

    def login(self, request: HttpRequest, *_: Any, **__: Any) -> Any:
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, *_: Any, **__: Any) -> Any:
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(self, *_: Any, **__: Any) -> Any:
        return HttpResponseRedirect(reverse("account_change_password"))
