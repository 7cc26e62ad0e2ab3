"""A database that is emptied between tests lets go of its guards for that moment.

SQLite empties a table row by row, which the guards of frozen minutes do not allow.
"""

from typing import Any

from django.db.backends.sqlite3.base import DatabaseOperations  # type: ignore[attr-defined]

from mingchuang.council import frozen

EMPTYING = DatabaseOperations.sql_flush


def _past_the_guards(self: DatabaseOperations, *asked: Any, **more: Any) -> list[str]:
    words = frozen.LIFT["sqlite"]
    lifted = [words.format(name=name) for name in frozen.standing("sqlite")]
    emptied = EMPTYING(self, *asked, **more)
    return [*lifted, *emptied, *frozen.standing("sqlite").values()] if emptied else []


def let_tests_empty_it() -> None:
    DatabaseOperations.sql_flush = _past_the_guards  # type: ignore[assignment, method-assign]
