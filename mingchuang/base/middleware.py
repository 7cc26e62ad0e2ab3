"""What every page carries, and the one place where a refusal becomes an HTTP answer."""

import logging
from collections.abc import Callable

from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from mingchuang.base.errors import Busy, NotFound, Refused
from mingchuang.base.http import page_before

log = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]

# Nothing on a page may load from another host, and nothing inline may run.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


class PageMiddleware:
    """Give each request its reading mode and each answer its security headers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.elder = request.COOKIES.get("mode") == "elder"  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(self), camera=(self)")
        return response


class RefusalMiddleware:
    """Answer a refusal with its sentence, as a page or as JSON."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # No address of ours has a NUL.
        if "\0" in request.path:
            return self._said(request, NotFound())
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError):
            log.error("the database did not answer: %s", error)
            error = Busy()
        # PostgreSQL takes no NUL in a text; a page that asks for nothing by it says so itself.
        if isinstance(error, DataError) and "%00" in request.META["QUERY_STRING"]:
            error = NotFound()
        return self._said(request, error) if isinstance(error, Refused) else None

    def _said(self, request: HttpRequest, error: Refused) -> HttpResponse:
        if request.accepts("text/html"):
            shown = {"error": error, "page_before": page_before(request)}
            return render(request, "base/refused.html", shown, status=error.status)
        return JsonResponse({"code": error.code, "message": str(error)}, status=error.status)
