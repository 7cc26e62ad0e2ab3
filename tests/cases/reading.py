"""Reading a page as a person does: its main part, its sentences, what stands in its fields."""

import re
from html.parser import HTMLParser
from typing import Any

from django.db import connection

from mingchuang.cases.queries.findable import CASES

Answer = Any  # what Django's test client returns; its stubs name a private class


def main_of(answer: Answer) -> str:
    """Return the main part of a page; head and foot carry the address one came by."""
    found = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)
    assert found is not None
    return found[0]


def words_of(answer: Answer) -> str:
    """Return the words of the main part, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", main_of(answer)).split())


def fields_of(answer: Answer) -> dict[str, str]:
    """Return what stands in the fields of the form in the main part of a page."""
    fields = Fields()
    fields.feed(main_of(answer))
    return fields.values


def marks_kept() -> dict[int, set[str]]:
    """Return the marks by which each case can be found now, tags and all."""
    marks = {"sqlite": "rowid, marks", "postgresql": "id, tsvector_to_array(marks)"}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {marks[connection.vendor]} FROM {CASES.table}")
        rows = cursor.fetchall()
    return {pk: set(kept.split() if isinstance(kept, str) else kept) for pk, kept in rows}


class Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, kind = given.get("name") or "", given.get("type")
        chosen = kind not in {"radio", "checkbox"} or "checked" in given
        if tag == "input" and kind != "file" and chosen:
            self.values[name] = given.get("value") or ("on" if kind == "checkbox" else "")
        if tag == "textarea":
            self.area, self.values[name] = name, ""
        if tag == "select":
            self.select = name
        if tag == "option" and ("selected" in given or self.select not in self.values):
            self.values[self.select] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area
