"""The indexes over a few of a million cases are used."""

from collections.abc import Callable

import pytest
from django.db import connection

from mingchuang.cases.models import Case
from mingchuang.cases.models.case import CaseQuerySet
from mingchuang.cases.queries.waiting import unchecked

pytestmark = pytest.mark.django_db

OVER_FEW: dict[str, Callable[[], CaseQuerySet]] = {
    "case_pressing": Case.objects.running,
    "case_confidential_open": lambda: Case.objects.filter(unchecked()),
}


@pytest.mark.parametrize("index", OVER_FEW)
def test_sqlite_knows_again_what_an_index_over_a_few_holds(index: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL proves by itself what an index holds")
    asked, values = OVER_FEW[index]().order_by().values("pk").query.sql_with_params()
    by_this = asked.replace('FROM "cases_case"', f'FROM "cases_case" INDEXED BY {index}', 1)

    with connection.cursor() as cursor:
        cursor.execute(by_this, values)
        found = cursor.fetchall()

    assert (by_this != asked, found) == (True, [])


def test_the_few_in_confidence_are_not_looked_for_among_all_that_are_open() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by how many there are")
    asked, values = Case.objects.filter(unchecked()).order_by().values("pk").query.sql_with_params()

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked}", values)
        plan = [step for *_, step in cursor.fetchall()]

    assert "USING INDEX case_confidential_open" in plan[0]
