"""What can go into an answer, beside its form: found and put in, also without scripts."""

from typing import Any

from django.utils.timezone import localdate

from mingchuang.cases.forms.used import KEY, ReadyForm
from mingchuang.cases.queries.knowledge import READY_AT_ONCE, Ready, ready_with, ready_words
from mingchuang.people.http import PersonRequest

# Pressing one of these looks for words or puts them in; the answer is not given by it.
PRESSED = ("look", "more", "put")


def is_still_writing(request: PersonRequest) -> bool:
    return request.method == "POST" and any(name in request.POST for name in PRESSED)


def written(request: PersonRequest) -> dict[str, Any]:
    """Return what stands in the form, with the words that were put in below it."""
    kept: dict[str, Any] = {name: request.POST.get(name, "") for name in ("text", "disposition")}
    kept["used"] = request.POST.getlist("used")
    for taken in _put(request):
        kept["text"] = "\n".join(filter(None, [kept["text"], taken.text]))
        kept["used"] = [*kept["used"], taken.key]
    return kept


def _put(request: PersonRequest) -> list[Ready]:
    key = request.POST.get("put", "")
    return ready_with(request.user, key, today=localdate()) if KEY.fullmatch(key) else []


def ready_beside(request: PersonRequest) -> dict[str, object]:
    """Return what stands beside the form: the most used of what is looked for."""
    form = ReadyForm(request.POST)
    more = form.cleaned_data["more"] or 0 if form.is_valid() else 0
    shown: dict[str, object] = {"looked": form, "next": more + 1}
    if form.is_valid():
        words, most = form.cleaned_data["find"], READY_AT_ONCE * (more + 1)
        ready, has_more = ready_words(request.user, words=words, today=localdate(), most=most)
        shown |= {"ready": ready, "has_more": has_more}
    shown["is_open"] = is_still_writing(request) and "put" not in request.POST
    return shown
