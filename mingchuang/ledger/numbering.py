"""Give waiting entries their places, in one statement that SQLite and PostgreSQL both know."""

from django.db import connection

NUMBER = """
UPDATE ledger_entry SET "index" = waiting.place
FROM (
    SELECT id, %s - 1 + row_number() OVER (ORDER BY id) AS place
    FROM ledger_entry WHERE "index" IS NULL ORDER BY id LIMIT %s
) AS waiting
WHERE ledger_entry.id = waiting.id
"""


def number_waiting(*, first: int, limit: int) -> int:
    """Number up to `limit` unsealed entries from `first` on; return how many there were.

    An entry that was committed late, behind others with higher ids, is simply still waiting.
    """
    with connection.cursor() as cursor:
        cursor.execute(NUMBER, [first, limit])
        return int(cursor.rowcount)
