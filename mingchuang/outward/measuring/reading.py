"""Somebody who opens pages, and how long the view behind each takes: in process, signed in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from django.test import Client
from django.test.client import ClientHandler

from mingchuang.outward.measuring.statements import counted
from mingchuang.people.models import Person

WARMING = 5
# By this a page marks each line of its list.
LINE = b" data-item"


@dataclass
class Looks:
    """What many looks at one page took: seconds in the view, seconds in all, statements; and how
    many lines the list on it has."""

    in_view: list[float] = field(default_factory=list)
    in_all: list[float] = field(default_factory=list)
    statements: int = 0
    lines: int = 0


class _Handler(ClientHandler):
    """Passes every view through the looks that are kept at the moment."""

    looks = Looks()

    def make_view_atomic(self, view: Callable[..., Any]) -> Callable[..., Any]:
        within = super().make_view_atomic(view)

        def watched(*args: Any, **given: Any) -> Any:
            with counted() as said:
                began = perf_counter()
                response = within(*args, **given)
                self.looks.in_view.append(perf_counter() - began)
            self.looks.statements = max(self.looks.statements, len(said))
            return response

        return watched


class Reader:
    """A member of staff at the desk."""

    def __init__(self, badge: str) -> None:
        self._client = Client(SERVER_NAME="localhost")
        self._handler = _Handler(enforce_csrf_checks=False)
        self._client.handler = self._handler
        self._client.force_login(Person.objects.get(badge=badge))

    def looks(self, path: str, rounds: int) -> Looks:
        """Open a page so many times; what is loaded only once is loaded before."""
        for _ in range(WARMING):
            self._open(path)
        kept, page = Looks(), b""
        self._handler.looks = kept
        for _ in range(rounds):
            began = perf_counter()
            page = self._open(path)
            kept.in_all.append(perf_counter() - began)
        kept.lines = page.count(LINE)
        return kept

    def _open(self, path: str) -> bytes:
        answer = self._client.get(path)
        if answer.status_code != 200:
            raise AssertionError(f"{path}: {answer.status_code}")
        content: bytes = answer.content
        return content
