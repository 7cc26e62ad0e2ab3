"""Which machines stand in a hall, and what one browser remembers of its visits."""

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from mingchuang.base.http import address_of

MINE, HERE = "mine", "here"
A_DAY = 24 * 3600
REMEMBERED = 6


def is_kiosk(request: HttpRequest) -> bool:
    """Whether numbers may be taken here as by somebody in the hall: at the machines that stand in
    it, or anywhere where none are named."""
    return not settings.KIOSKS or address_of(request, proxies=settings.PROXIES) in settings.KIOSKS


def back_to_start(response: HttpResponseBase, site: str, *, seconds: int) -> None:
    """Let a page at the machine go back to the start by itself: the header does it, without a
    script, and the machine belongs to the next visitor."""
    response.headers["Refresh"] = f"{seconds}; url={reverse('visits:kiosk', args=[site])}"


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
