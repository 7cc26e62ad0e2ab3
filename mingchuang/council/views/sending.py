"""What is only ever sent: who comes back to such an address by hand is led to its page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

View = Callable[..., HttpResponseBase]


def sent_from(page: str, *names: str) -> Callable[[View], View]:
    """Let a view be sent to from a page. A form that came back refused stands under the address it
    was sent to; reloaded or kept as a bookmark, that address leads to the page, with these parts of
    the address."""

    def wall(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, /, *args: Any, **given: Any) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, *args, **given)
            wanted = {name: given[name] for name in names}
            return HttpResponseRedirect(reverse(f"council:{page}", kwargs=wanted))

        return door

    return wall
