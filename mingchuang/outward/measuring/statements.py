"""What is asked of the database: each statement, and how long a view takes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection


class Statement(NamedTuple):
    """One statement as it was sent, with its values in it."""

    words: str


@contextmanager
def heard() -> Iterator[list[Statement]]:
    """Yield the statements that are sent meanwhile, in order."""
    said: list[Statement] = []

    def listen(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        answer = execute(sql, params, many, context)
        words = connection.ops.last_executed_query(context["cursor"], sql, params)
        said.append(Statement(str(words)))
        return answer

    with connection.execute_wrapper(listen):
        yield said
