"""Constants of ours that stand in a statement itself."""

from typing import Any

from django.db.models import Value


class Literal(Value):
    """A word of ours, written into the statement and not handed over beside it.

    SQLite knows the condition of an index again only by its very words, in their order.
    """

    def as_sql(self, *_compiled_by: Any) -> tuple[str, list[Any]]:
        word = str(self.value)
        assert word.isidentifier()
        return f"'{word}'", []
