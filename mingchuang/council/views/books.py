"""Workbooks as they leave a page: the empty one, and the copy with its faults marked."""

from base64 import b64encode
from collections.abc import Sequence

from django.http import HttpResponse

from mingchuang.cases.workbook.tables import KINDS, table_bytes
from mingchuang.council.books import Faulty


def blank_book(columns: Sequence[str], name: str) -> HttpResponse:
    """Return an empty workbook with these columns."""
    answer = HttpResponse(table_bytes([columns], "xlsx"), content_type=KINDS["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def marked_link(taken: Faulty | None) -> str:
    """Return the marked copy as an address of its own: it holds names and is kept nowhere."""
    if taken is None or not taken.marked:
        return ""
    return f"data:{KINDS['xlsx']};base64,{b64encode(taken.marked).decode()}"
