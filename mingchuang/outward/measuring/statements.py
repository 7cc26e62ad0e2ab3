"""What is asked of the database meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

Hear = Callable[[dict[str, Any], str, Any], str]


@contextmanager
def heard() -> Iterator[list[str]]:
    """Yield the statements that are sent meanwhile, in order, with their values in them."""
    with _listening(_with_values) as said:
        yield said


@contextmanager
def counted() -> Iterator[list[str]]:
    """The same without the values, where writing them out would take part of what is timed."""
    with _listening(_plain) as said:
        yield said


@contextmanager
def _listening(hear: Hear) -> Iterator[list[str]]:
    said: list[str] = []

    def listen(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        answer = execute(sql, params, many, context)
        said.append(hear(context, sql, params))
        return answer

    with connection.execute_wrapper(listen):
        yield said


def _with_values(context: dict[str, Any], sql: str, params: Any) -> str:
    return str(connection.ops.last_executed_query(context["cursor"], sql, params))


def _plain(_context: dict[str, Any], sql: str, _params: Any) -> str:
    return sql
