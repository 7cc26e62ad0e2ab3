"""Small things views share."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit, urlunsplit

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme

from mingchuang.base.errors import NotFound, Refused
from mingchuang.base.typing import Rows

M = TypeVar("M", bound=Model)
R = TypeVar("R")
A = TypeVar("A", bound=HttpResponseBase)
View = Callable[..., HttpResponseBase]
# Nobody turns so many pages; they narrow what they look for.
DEEPEST = 400


@contextmanager
def refusal_on(form: BaseForm) -> Iterator[None]:
    """Let a refusal stand on the form, beside the field it is about: it comes back filled in.

    What a person may not see is not the form's business and passes through.
    """
    try:
        yield
    except NotFound:
        raise
    except Refused as refused:
        beside = refused.field if refused.field in form.fields else None
        form.add_error(beside, said_with_its_way(refused))


def said_with_its_way(refused: Refused) -> str:
    """Return the sentence of a refusal, and behind it the link to where it can be put right."""
    if refused.way is None:
        return str(refused)
    name, fact, words = refused.way
    where = reverse(name, args=[refused.facts[fact]])
    return format_html('{} <a href="{}">{}</a>', str(refused), where, words)


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, even if that is nothing; None where the page is only asked for."""
    return request.POST if request.method == "POST" else None


def sent_once(request: HttpRequest) -> dict[str, str]:
    """Return the key a form was shown with ({% once %}) and, as one text, what it says."""
    said = request.POST.copy()
    key = said.pop("once", [""])[-1][:64]
    said.pop("csrfmiddlewaretoken", None)
    files = [
        f"{one.name} {one.size}" for name in request.FILES for one in request.FILES.getlist(name)
    ]
    return {"key": key, "words": "\n".join([said.urlencode(), *files])}


def page_before(request: HttpRequest) -> str:
    """Return the address of our page a form was sent from, as the browser tells it; "" if none."""
    told = request.headers.get("referer", "") if request.method == "POST" else ""
    ours = url_has_allowed_host_and_scheme(told, allowed_hosts={request.get_host()})
    where = urlsplit(told)
    return urlunsplit(("", "", where.path, where.query, "")) if ours else ""


def sent_from(page: str, *names: str) -> Callable[[View], View]:
    """Let a view be sent to from a page of its room. A form that came back refused stands under the
    address it was sent to; turned to its next page, read in another language, reloaded or kept as
    a bookmark, that address leads to the page, with these parts of the address."""

    def wall(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, /, *args: Any, **given: Any) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, *args, **given)
            room = request.resolver_match.namespace if request.resolver_match else ""
            wanted = {name: given[name] for name in names}
            return HttpResponseRedirect(
                reverse(f"{room}:{page}", kwargs=wanted, query=request.GET or None)
            )

        return door

    return wall


def page_of(request: HttpRequest, rows: "QuerySet[M]", *, size: int = 25) -> "Page[M]":
    """Return the page the address asks for; an odd number shows the nearest page."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


@dataclass(frozen=True)
class Ahead(Generic[R]):
    """One page that knows whether there is a next one, and not how many there are in all."""

    number: int
    rows: Sequence[R]
    has_next: bool

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_next or self.has_previous

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def page_ahead(
    request: HttpRequest, rows: Rows[R], *, size: int = 25, by: str = "page"
) -> Ahead[R]:
    """Return the page the address asks for without counting the rows: there may be a million.

    An odd number shows the nearest page. `by` is what the address calls it, where one page of ours
    has several lists.
    """
    asked = request.GET.get(by, "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    number = min(max(1, number), DEEPEST)
    some = _part(rows, number, size)
    if not some and number > 1:
        number = _last_page(rows, number, size)
        some = _part(rows, number, size)
    return Ahead(number, some[:size], has_next=len(some) > size and number < DEEPEST)


def _part(rows: Rows[R], number: int, size: int) -> list[R]:
    return list(rows[(number - 1) * size : number * size + 1])


def _last_page(rows: Rows[R], empty: int, size: int) -> int:
    """Return the last page that holds something, given one behind it that holds nothing."""
    held = 1
    while empty - held > 1:
        middle = (held + empty) // 2
        if list(rows[(middle - 1) * size : (middle - 1) * size + 1]):
            held = middle
        else:
            empty = middle
    return held


def address_of(request: HttpRequest, *, proxies: int) -> str:
    """Return the address of the visitor, as `address_told` reads it."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return address_told(forwarded, str(request.META.get("REMOTE_ADDR", "")), proxies=proxies)


def address_told(forwarded: str, remote: str, *, proxies: int) -> str:
    """Return the address of the visitor, trusting exactly `proxies` forwarding hops.

    Of an IPv6 address only the network counts (RFC 6177): a visitor owns 2^64 addresses, at
    least. What is no address is returned as it stands.
    """
    hops = forwarded.split(",")
    if proxies and len(hops) >= proxies and hops[-proxies].strip():
        return _network_of(hops[-proxies].strip())
    return _network_of(remote)


def _network_of(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv4Address):
        return str(known)
    return str(known.ipv4_mapped or IPv6Network((int(known), 64), strict=False))


def called(answer: A, name: str) -> A:
    """Return an answer that is kept as a file of this name."""
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
