"""How often somebody tries something: counted in one statement, under a name nobody can read."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingchuang.base.errors import TooOften
from mingchuang.people.actions.attempts import count_attempt, forget_attempts
from mingchuang.people.models import Attempt
from tests.people.build import LONG_AGO

A_MINUTE = timedelta(minutes=1)


@pytest.mark.django_db
def test_the_one_too_many_is_asked_to_wait() -> None:
    counts = [count_attempt("look:1.2.3.4", limit=3, minutes=10, at=LONG_AGO) for _ in range(3)]

    with pytest.raises(TooOften, match="请 6 分钟后再试"):
        count_attempt("look:1.2.3.4", limit=3, minutes=10, at=LONG_AGO + 4 * A_MINUTE)

    assert counts == [1, 2, 3]


@pytest.mark.django_db
def test_a_window_that_is_over_begins_again() -> None:
    count_attempt("look:1.2.3.4", limit=1, minutes=10, at=LONG_AGO)

    assert count_attempt("look:1.2.3.4", limit=1, minutes=10, at=LONG_AGO + 10 * A_MINUTE) == 1


@pytest.mark.django_db
def test_others_and_other_deeds_are_counted_apart() -> None:
    count_attempt("look:1.2.3.4", limit=1, minutes=10, at=LONG_AGO)

    assert count_attempt("look:1.2.3.5", limit=1, minutes=10, at=LONG_AGO) == 1
    assert count_attempt("say:1.2.3.4", limit=1, minutes=10, at=LONG_AGO) == 1


@pytest.mark.django_db
def test_no_address_is_kept() -> None:
    count_attempt("look:1.2.3.4", limit=1, minutes=10, at=LONG_AGO)

    kept = Attempt.objects.get()

    assert len(kept.key) == 64
    assert "1.2.3.4" not in str(vars(kept))


@pytest.mark.django_db
def test_an_attempt_is_one_statement() -> None:
    with CaptureQueriesContext(connection) as asked:
        count_attempt("look:1.2.3.4", limit=9, minutes=10, at=LONG_AGO)

    (statement,) = [query["sql"] for query in asked if "people_attempt" in query["sql"]]
    assert "ON CONFLICT" in statement


@pytest.mark.django_db
def test_old_counters_are_forgotten() -> None:
    count_attempt("old", limit=9, minutes=10, at=LONG_AGO)
    count_attempt("new", limit=9, minutes=10, at=LONG_AGO + timedelta(days=2))

    forgotten = forget_attempts(older_than=timedelta(days=1), at=LONG_AGO + timedelta(days=2))

    assert forgotten == 1
    assert Attempt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_the_limit_comes_through() -> None:
    def knock(_: int) -> bool:
        try:
            count_attempt("say:1.2.3.4", limit=20, minutes=10, at=LONG_AGO)
        except TooOften:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as crowd:
        came_in = list(crowd.map(knock, range(60)))

    assert came_in.count(True) == 20
