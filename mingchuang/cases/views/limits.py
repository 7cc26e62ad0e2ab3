"""How often one address may knock (generous: a whole hall may share one), and who may remember."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import now
from django.views.decorators.cache import never_cache

from mingchuang.base.http import address_of
from mingchuang.people.actions import count_attempt

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
MINUTES = 10


def count(request: HttpRequest, what: str) -> None:
    """Count one knock from this address; raises TooOften beyond the limit for `what`."""
    address = address_of(request, proxies=settings.PROXIES)
    count_attempt(f"{what}:{address}", limit=settings.LIMITS[what], minutes=MINUTES, at=now())


def limited(what: str) -> Callable[[View[P]], View[P]]:
    """Refuse the page to an address that knocks too often."""

    def wall(view: View[P]) -> View[P]:
        @wraps(view)
        def door(request: HttpRequest, /, *args: P.args, **given: P.kwargs) -> HttpResponseBase:
            count(request, what)
            return view(request, *args, **given)

        return door

    return wall


def unlisted(view: View[P]) -> View[P]:
    """Let no cache keep the answer and no search engine list it."""

    @never_cache
    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **given: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **given)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return door
