"""Some roles must carry a second factor: until they have one, they are led to set it up."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role

# What remains open: signing in and out and the second factor itself, language and mode.
OPEN = ("/accounts/", "/i18n/", "/mode/", settings.STATIC_URL)


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.MFA_ROLES and not request.path.startswith(OPEN) and _lacks(request.user):
            messages.warning(
                request, _("您的岗位要求两步登录。请先启用验证器应用或者安全密钥，然后继续。")
            )
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)


def _lacks(person: object) -> bool:
    if not isinstance(person, Person):
        return False
    must = scope_of(person).holds(*settings.MFA_ROLES) or (
        person.is_superuser and Role.ADMINISTRATOR in settings.MFA_ROLES
    )
    return must and not is_mfa_enabled(person)
