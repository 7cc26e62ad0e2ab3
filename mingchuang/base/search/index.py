"""Finding rows by words, newest first: SQLite's FTS5 and PostgreSQL's GIN behind one door.

A row is found by the marks of `marks.py`; an index knows nothing but numbers of rows, marks and
tags.
It is written in the transaction of what it tells of, so it is never behind.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps.registry import Apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from mingchuang.base.search.marks import Asked, asked_for, marks_of
from mingchuang.base.search.question import Query, all_of, any_of, look_at, shaped, tagged_with

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
# A condition on the rows of an index, and its values.
Among = tuple[str, Sequence[Any]]
EVERYTHING: Among = ("", ())
Tags = Mapping[int, Iterable[int]]
NO_TAGS: Tags = {}
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

    def put(self, rows: Mapping[int, Iterable[str]], *, tags: Tags = NO_TAGS) -> None:
        """Let each row be found by these texts, under these tags, and by nothing it was found by
        before. A tag is a number that no text can hold: what a question may be narrowed to."""
        if rows:
            told = [(pk, shaped(marks_of(*rows[pk]), tags.get(pk, ()))) for pk in rows]
            self._many("put", told)

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

    def newest(
        self,
        words: str,
        *,
        most: int,
        first: int = 0,
        of: QuerySet[Any] | None = None,
        tagged: Collection[int] | None = None,
    ) -> list[int]:
        """Return the newest rows that hold all these words, beginning with number `first`; words
        without a letter find none.

        Only those `of` a queryset are wanted: each is asked about as it comes, from the top of
        the index, until there are enough. Where each of them bears one of some tags, to name
        these leaves fewer to be asked about; it permits nothing.
        """
        if not (asked := asked_for(words)):
            return []
        try:
            among = self._among(of)
        except EmptyResultSet:
            return []
        query = tagged_with(tagged, all_of(asked))
        return self._newest(query, most=most, first=first, among=among)

    def newest_with_any(
        self, marks: Sequence[str], *, most: int, until: int = LARGEST
    ) -> list[int]:
        """Return the newest rows up to number `until` that hold any of these marks."""
        asked = [Asked(mark, begins=False) for mark in marks]
        return self._newest(any_of(asked), most=most, until=until) if asked else []

    def holding(self, words: str) -> RawSQL:
        """Return every row that holds all these words, to be asked within another question:
        `filter(pk__in=index.holding(words))`."""
        asked = asked_for(words)
        if not asked:
            return RawSQL("SELECT 0 WHERE 1 = 0", [])
        query = all_of(asked)
        match = self._words("match") + look_at(query)
        return RawSQL(match, [query[0], LARGEST, *query[1]])  # noqa: S611  asked as a value

    def _newest(
        self,
        asked: Query,
        *,
        most: int,
        first: int = 0,
        until: int = LARGEST,
        among: Among = EVERYTHING,
    ) -> list[int]:
        (words, looked_at), (condition, values) = asked, among
        order = f" ORDER BY {VENDORS[connection.vendor]['id']} DESC LIMIT %s OFFSET %s"
        match = self._words("match") + look_at(asked) + condition + order
        with connection.cursor() as cursor:
            cursor.execute(match, [words, until, *looked_at, *values, most, first])
            return [pk for (pk,) in cursor.fetchall()]

    def _among(self, rows: QuerySet[Any] | None) -> Among:
        """Return the condition that a row of the index is one of these; none where all are.

        Raises EmptyResultSet where nothing can be one of them.
        """
        if rows is None or not rows.query.where:
            return EVERYTHING
        this = RawSQL(f"{self.table}.{VENDORS[connection.vendor]['id']}", ())  # noqa: S611
        one = rows.order_by().filter(pk=this).values("pk")
        sql, values = one.query.sql_with_params()
        return f" AND EXISTS ({sql})", values

    def _many(self, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
        with connection.cursor() as cursor:
            if len(rows) == 1:
                cursor.execute(self._words(name), rows[0])
            else:
                cursor.executemany(self._words(name), rows)

    def _words(self, name: str) -> str:
        words = VENDORS[connection.vendor][name]
        assert isinstance(words, str)
        return words.format(table=self.table, range="<= %s")
