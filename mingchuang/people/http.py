"""Requests by staff, and the two walls around their pages."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from mingchuang.base.errors import NotFound
from mingchuang.people.errors import SignedOut
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role

P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """A request by someone who is signed in (use with @staff_required or @holds)."""

    user: Person


StaffView = Callable[Concatenate[PersonRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def staff_required(view: StaffView[P]) -> View[P]:
    """Show the page to staff; ask anybody else to sign in.

    What somebody sends after their sign-in has ended is not led away: it still stands in their
    browser, one step back.
    """

    # Counters share machines: what staff saw is not kept by the browser.
    @never_cache
    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **given: P.kwargs) -> HttpResponseBase:
        if not (request.user.is_authenticated and request.user.is_active):
            if request.method == "POST":
                raise SignedOut
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **given)  # type: ignore[arg-type]

    return door


def holds(*roles: Role) -> Callable[[StaffView[P]], View[P]]:
    """Show the page to who holds one of the roles now; for other staff it does not exist."""

    def wall(view: StaffView[P]) -> View[P]:
        @staff_required
        @wraps(view)
        def door(request: PersonRequest, /, *args: P.args, **given: P.kwargs) -> HttpResponseBase:
            if not scope_of(request.user).holds(*roles):
                raise NotFound
            return view(request, *args, **given)

        return door

    return wall
