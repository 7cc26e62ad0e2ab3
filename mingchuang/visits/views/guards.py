"""How often one address may knock, what one browser remembers, and who may remember it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.signing import BadSignature
from django.forms import BaseForm
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import now
from django.views.decorators.cache import never_cache

from mingchuang.base.errors import TooOften
from mingchuang.base.http import address_of
from mingchuang.people.actions.attempts import count_attempt

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
MINUTES = 10
MINE, HERE = "mine", "here"
A_DAY = 24 * 3600
REMEMBERED = 6


def count(request: HttpRequest, what: str) -> None:
    """Count one knock from this address; raises TooOften beyond the limit for `what`."""
    limit = settings.LIMITS[what]
    key = f"{what}:{address_of(request, proxies=settings.PROXIES)}"
    count_attempt(key, limit=limit, minutes=MINUTES, at=now())


def may_send(request: HttpRequest, form: BaseForm) -> bool:
    """Count a form from this address; beyond the limit it says so and comes back filled in."""
    try:
        count(request, "say")
    except TooOften as refused:
        form.add_error(None, str(refused))
        return False
    return True


def is_kiosk(request: HttpRequest) -> bool:
    """Whether numbers may be taken here as by somebody in the hall: at the machines that stand in
    it, or anywhere where none are named."""
    return not settings.KIOSKS or address_of(request, proxies=settings.PROXIES) in settings.KIOSKS


def mine(request: HttpRequest) -> list[str]:
    """Return the codes of visits this browser holds."""
    try:
        return (request.get_signed_cookie(MINE, "", max_age=A_DAY) or "").split(",")
    except BadSignature:
        return []


def remember(request: HttpRequest, response: HttpResponseBase, code: str) -> None:
    """Let this browser hold a visit until tomorrow; nothing else reads it, no script either."""
    kept = [code, *(one for one in mine(request) if one and one != code)][:REMEMBERED]
    _keep(response, MINE, ",".join(kept))


def word(request: HttpRequest) -> str:
    """Return the word of the hall that this browser scanned last."""
    try:
        return request.get_signed_cookie(HERE, "", max_age=A_DAY) or ""
    except BadSignature:
        return ""


def remember_word(response: HttpResponseBase, said: str) -> None:
    _keep(response, HERE, said)


def _keep(response: HttpResponseBase, name: str, value: str) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    response.set_signed_cookie(
        name, value, max_age=A_DAY, httponly=True, secure=secure, samesite="Lax"
    )


def unlisted(view: View[P]) -> View[P]:
    """Let no cache keep the answer and no search engine list it."""

    @never_cache
    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **given: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **given)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return door
