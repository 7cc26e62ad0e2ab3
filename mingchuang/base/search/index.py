"""Finding rows by words, newest first: SQLite's FTS5 and PostgreSQL's GIN behind one door.

A row is found by the marks of `marks.py`; an index knows nothing but numbers of rows and marks.
It is written in the transaction of what it tells of, so it is never behind.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps.registry import Apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.expressions import RawSQL

from mingchuang.base.search.marks import Asked, asked_for, marks_of

# FTS5 keeps no positions and no lengths: only whether a mark is there. Every letter, also one
# younger than this SQLite, belongs to its mark.
SQLITE = {
    "create": (
        "CREATE VIRTUAL TABLE {table} USING fts5(marks, detail=none, columnsize=0,"
        " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* S* P* Co Cn'\")",
    ),
    "put": "INSERT OR REPLACE INTO {table} (rowid, marks) VALUES (%s, %s)",
    "remove": "DELETE FROM {table} WHERE rowid = %s",
    "join": "INSERT INTO {table} ({table}, rank) VALUES ('merge', %s)",
    "match": "SELECT rowid FROM {table} WHERE {table} MATCH %s AND rowid {range}",
    "id": "rowid",
}
POSTGRESQL = {
    "create": (
        "CREATE TABLE {table} (id bigint PRIMARY KEY, marks tsvector NOT NULL)",
        "ALTER TABLE {table} ALTER marks SET STATISTICS 1000",
        # Each question reads all that waits to be sorted in: no more than 64 kB wait.
        "CREATE INDEX {table}_marks ON {table} USING gin (marks)"
        " WITH (gin_pending_list_limit = 64)",
    ),
    "put": (
        "INSERT INTO {table} (id, marks) VALUES (%s, array_to_tsvector(%s::text[]))"
        " ON CONFLICT (id) DO UPDATE SET marks = EXCLUDED.marks"
    ),
    "remove": "DELETE FROM {table} WHERE id = %s",
    "match": "SELECT id FROM {table} WHERE marks @@ %s::tsquery AND id {range}",
    "id": "id",
}
# What follows a question to SQLite for each mark that is looked at in what is found.
LOOK_AT = " AND ' ' || marks LIKE %s"
# A question to the index, and what is looked at in what it finds.
Query = tuple[str, list[str]]
VENDORS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
LARGEST = 2**62
# Joined in one step, while others wait to write: for about a tenth of a second.
PAGES = 500


@dataclass(frozen=True)
class Index:
    """One table of marks beside a table of rows; `table` is its name in the database."""

    table: str

    def create(self, _apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        """Make the table: a step of a migration."""
        self.make(editor.connection)

    def drop(self, _apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        editor.execute(f"DROP TABLE {self.table}", None)

    def make(self, database: BaseDatabaseWrapper) -> None:
        with database.cursor() as cursor:
            for statement in VENDORS[database.vendor]["create"]:
                cursor.execute(statement.format(table=self.table))

    @property
    def is_read_from_the_top(self) -> bool:
        """Whether the newest few cost little; GIN gathers everything first."""
        return connection.vendor == "sqlite"

    def put(self, rows: Mapping[int, Iterable[str]]) -> None:
        """Let each row be found by these texts, and by nothing it was found by before."""
        if rows:
            self._many("put", [(pk, _shaped(marks_of(*texts))) for pk, texts in rows.items()])

    def remove(self, pks: Iterable[int]) -> None:
        """Let these rows be found no more."""
        if gone := [(pk,) for pk in pks]:
            self._many("remove", gone)

    def leave_no_traces(self) -> None:
        """Join all parts of SQLite's index, for it keeps what was removed until they are joined:
        in small steps, each a transaction of its own. A million rows take about ten seconds."""
        if connection.vendor == "sqlite":
            self._join(-PAGES)
            while self._join(PAGES):
                pass

    def _join(self, pages: int) -> bool:
        """Join so many pages, beginning anew where they are negative; say whether there were any
        (sqlite.org/fts5.html, 6.8)."""
        before = connection.connection.total_changes
        with connection.cursor() as cursor:
            cursor.execute(self._words("join"), [pages])
        return bool(connection.connection.total_changes - before >= 2)

    def newest(self, words: str, *, most: int, until: int = LARGEST) -> list[int]:
        """Return the newest rows that hold all these words; words without a letter find none."""
        asked = asked_for(words)
        return self._newest(_all(asked), most=most, range_=(0, until)) if asked else []

    def newest_with_any(
        self, marks: Sequence[str], *, most: int, since: int = 0, until: int = LARGEST
    ) -> list[int]:
        """Return the newest rows from `since` to `until` that hold any of these marks."""
        asked = [Asked(mark, begins=False) for mark in marks]
        return self._newest(_any(asked), most=most, range_=(since, until)) if asked else []

    def holding(self, words: str, *, until: int = LARGEST) -> RawSQL:
        """Return every row up to that number which holds all these words, to be asked within
        another question: `filter(pk__in=index.holding(words))`."""
        asked = asked_for(words)
        if not asked:
            return RawSQL("SELECT 0 WHERE 1 = 0", [])
        query, looked_at = _all(asked)
        match = self._words("match") + LOOK_AT * len(looked_at)
        return RawSQL(match, [query, 0, until, *looked_at])  # noqa: S611  asked as a value

    def _newest(self, asked: Query, *, most: int, range_: tuple[int, int]) -> list[int]:
        query, looked_at = asked
        order = f" ORDER BY {VENDORS[connection.vendor]['id']} DESC LIMIT %s"
        match = self._words("match") + LOOK_AT * len(looked_at) + order
        with connection.cursor() as cursor:
            cursor.execute(match, [query, *range_, *looked_at, most])
            return [pk for (pk,) in cursor.fetchall()]

    def _many(self, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
        with connection.cursor() as cursor:
            if len(rows) == 1:
                cursor.execute(self._words(name), rows[0])
            else:
                cursor.executemany(self._words(name), rows)

    def _words(self, name: str) -> str:
        words = VENDORS[connection.vendor][name]
        assert isinstance(words, str)
        return words.format(table=self.table, range="BETWEEN %s AND %s")


def _shaped(marks: list[str]) -> Any:
    return marks if connection.vendor == "postgresql" else " ".join(marks)


def _all(asked: Sequence[Asked]) -> Query:
    """Return the question for all of these marks. What begins with one letter may go on in a
    hundred ways, all of which FTS5 would gather: it is looked at in what the others find."""
    vague = [one for one in asked if one.begins and len(one.mark) == 1]
    if connection.vendor != "sqlite" or len(vague) == len(asked):
        return _query(asked, "&", "AND"), []
    plain = [one for one in asked if one not in vague]
    return _query(plain, "&", "AND"), [f"% {one.mark}%" for one in vague]


def _any(asked: Iterable[Asked]) -> Query:
    return _query(asked, "|", "OR"), []


def _query(asked: Iterable[Asked], postgresql: str, sqlite: str) -> str:
    """Write the question as this database reads it; a mark is letters and digits only."""
    if connection.vendor == "postgresql":
        return f" {postgresql} ".join(f"'{a.mark}'{':*' if a.begins else ''}" for a in asked)
    return f" {sqlite} ".join(f'"{a.mark}"{" *" if a.begins else ""}' for a in asked)
