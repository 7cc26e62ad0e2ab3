"""How often one address may knock (generous: a whole hall may share one), and who may remember."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import now
from django.views.decorators.cache import never_cache

from mingchuang.base.errors import TooOften
from mingchuang.base.http import address_of
from mingchuang.cases.errors import WrongReceipt
from mingchuang.cases.photo_field import leave_unread
from mingchuang.cases.queries.patience import minutes_to_wait
from mingchuang.people.actions.attempts import count_attempt

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
MINUTES = 10


def count(request: HttpRequest, what: str, *, as_often_as: str = "") -> None:
    """Count one knock from this address; raises TooOften beyond the limit for `what`, or for what
    it may be done as often as."""
    limit = settings.LIMITS[as_often_as or what]
    count_attempt(_key(request, what), limit=limit, minutes=MINUTES, at=now())


def count_figures(request: HttpRequest) -> None:
    """Count figures that nobody has asked for within a minute: counting them anew costs most."""
    count(request, "figures", as_often_as="look")


def _key(request: HttpRequest, what: str) -> str:
    return f"{what}:{address_of(request, proxies=settings.PROXIES)}"


def may_send(request: HttpRequest, form: BaseForm) -> bool:
    """Count a form from this address before anything in it is read.

    Beyond the limit the form says so, and comes back with its words; new photos are not read.
    """
    try:
        count(request, "say")
    except TooOften as refused:
        leave_unread(form)
        form.add_error(None, str(refused))
        return False
    return True


def guarded(view: View[P]) -> View[P]:
    """Keep those out who guess receipts: wrong guesses are counted, right ones cost nothing.

    Who guessed too often gets nothing at all for a while, not even for a right number and
    code; else the guesses beyond the limit would be free.
    """

    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **given: P.kwargs) -> HttpResponseBase:
        limit = settings.LIMITS["look"]
        if wait := minutes_to_wait(_key(request, "look"), limit=limit, minutes=MINUTES, at=now()):
            raise TooOften(minutes=wait)
        try:
            return view(request, *args, **given)
        except WrongReceipt:
            count(request, "look")
            raise

    return door


def unlisted(view: View[P]) -> View[P]:
    """Let no cache keep the answer and no search engine list it."""

    @never_cache
    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **given: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **given)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return door
