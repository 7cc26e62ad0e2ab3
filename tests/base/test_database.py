"""The database knows what it holds."""

import pytest
from django.db import connection

from mingchuang.base.database import take_statistics
from tests.build import a_unit

pytestmark = pytest.mark.django_db

KNOWN = {
    "sqlite": "SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = 'people_unit'",
    "postgresql": "SELECT COUNT(*) FROM pg_stats WHERE tablename = 'people_unit'",
}


def test_what_a_table_holds_is_known_after_a_look() -> None:
    a_unit()

    take_statistics()

    with connection.cursor() as cursor:
        cursor.execute(KNOWN[connection.vendor])
        (known,) = cursor.fetchone()

    assert known > 0
