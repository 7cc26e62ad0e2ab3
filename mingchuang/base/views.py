"""Reading mode: normal or for elders, kept in a cookie and nowhere else."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

A_YEAR = 365 * 24 * 3600


@require_POST
def set_mode(request: HttpRequest) -> HttpResponse:
    """Switch to the mode asked for and go back to the page the person was reading."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    mode = "elder" if request.POST.get("mode") == "elder" else "normal"
    response.set_cookie("mode", mode, max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
    return response
