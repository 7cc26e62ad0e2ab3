"""Small things views share."""

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from mingchuang.base.errors import NotFound, Refused

M = TypeVar("M", bound=Model)


@contextmanager
def refusal_on(form: BaseForm) -> Iterator[None]:
    """Let a refusal stand on the form, so that it comes back filled in.

    What a person may not see is not the form's business and passes through.
    """
    try:
        yield
    except NotFound:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))


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


def page_of(request: HttpRequest, rows: "QuerySet[M]", *, size: int = 25) -> "Page[M]":
    """Return the page the address asks for; an odd number shows the nearest page."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def address_of(request: HttpRequest, *, proxies: int) -> str:
    """Return the address of the visitor, trusting exactly `proxies` forwarding hops.

    Of an IPv6 address only the network counts (RFC 6177): a visitor owns 2^64 addresses, at
    least. What is no address is returned as it stands.
    """
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies and len(hops) >= proxies and hops[-proxies].strip():
        return _network_of(hops[-proxies].strip())
    return _network_of(str(request.META.get("REMOTE_ADDR", "")))


def _network_of(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv4Address):
        return str(known)
    return str(known.ipv4_mapped or IPv6Network((int(known), 64), strict=False))
