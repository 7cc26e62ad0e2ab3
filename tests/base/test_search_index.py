"""The index itself, on the database of this run."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingchuang.base.search.index import Index
from mingchuang.base.search.marks import is_found_by
from mingchuang.people.models import Unit
from tests.build import a_unit

pytestmark = pytest.mark.django_db

letters = st.text(st.characters(categories=["Lo", "Ll", "Lu", "Nd", "Po"]), max_size=12)
# Beyond any Unicode this database may know, and beyond the first plane.
STRANGE = "\U0002ceb0\U0002ceb1 𠮷野家 ñandú Ⅷ ﬁn ١٢٣ ไทย"


@pytest.fixture
def index() -> Index:
    made = Index("base_search_tried")
    made.make(connection)
    return made


def test_the_newest_stands_first(index: Index) -> None:
    index.put({1: ["路灯坏了"], 2: ["路灯亮了"], 3: ["下水道堵了"]})

    assert index.newest("路灯", most=10) == [2, 1]
    assert index.newest("路灯", most=1) == [2]
    assert index.newest("路灯", most=10, first=1) == [1]


def test_only_the_rows_asked_of_are_found_and_counted(index: Index) -> None:
    units = [a_unit() for _ in range(6)]
    index.put({unit.pk: ["路灯"] for unit in units} | {10**9: ["路灯"]})
    mine = Unit.objects.filter(pk__in=[units[0].pk, units[2].pk, units[4].pk])

    assert index.newest("路灯", most=2, of=mine) == [units[4].pk, units[2].pk]
    assert index.newest("路灯", most=2, first=2, of=mine) == [units[0].pk]
    assert index.newest("水道", most=2, of=mine) == []
    assert index.newest("路灯", most=2, of=Unit.objects.none()) == []
    assert index.newest("路灯", most=1, of=Unit.objects.all()) == [10**9]


def test_a_row_put_again_is_found_by_its_new_words_alone(index: Index) -> None:
    index.put({1: ["路灯坏了"]})

    index.put({1: ["下水道", "堵了"]})

    assert index.newest("路灯", most=10) == []
    assert index.newest("下水道 堵了", most=10) == [1]


def test_a_row_removed_is_found_no_more(index: Index) -> None:
    index.put({1: ["路灯"], 2: ["路灯"]})

    index.remove([2])

    assert index.newest("路灯", most=10) == [1]


def test_a_question_is_narrowed_to_tags(index: Index) -> None:
    index.put({1: ["路灯"], 2: ["路灯"], 3: ["路灯"]}, tags={1: [7], 2: [7, 12], 3: [70]})

    assert index.newest("路灯", most=10, tagged=[7]) == [2, 1]
    assert index.newest("路灯", most=10, tagged=[12, 70]) == [3, 2]
    assert index.newest("路灯", most=10, tagged=[]) == []
    assert index.newest("路灯", most=10, tagged=None) == [3, 2, 1]


def test_any_of_some_marks_is_enough(index: Index) -> None:
    index.put({1: ["路灯"], 2: ["下水道"], 3: ["噪声"]})

    assert index.newest_with_any(["路灯", "水道"], most=10) == [2, 1]
    assert index.newest_with_any(["路灯", "水道"], most=10, until=1) == [1]
    assert index.newest_with_any([], most=10) == []


def test_what_is_undone_is_not_found(index: Index) -> None:
    with transaction.atomic():
        index.put({1: ["路灯"]})
        transaction.set_rollback(True)

    assert index.newest("路灯", most=10) == []


@pytest.mark.parametrize(
    "words", ["\U0002ceb0", "𠮷野", "ñandú", "NANDÚ"[1:], "viii", "fin", "١٢٣", "ไทย"]
)
def test_letters_of_any_script_and_age_are_found(index: Index, words: str) -> None:
    index.put({1: [STRANGE]})

    assert bool(index.newest(words, most=1)) == is_found_by(words, STRANGE)


@pytest.mark.parametrize(
    "words", ["'; DROP", '" OR "', "a* b", "路灯:*", "NOT 路灯", "路\x00灯", "{路灯}"]
)
def test_no_words_are_taken_for_commands(index: Index, words: str) -> None:
    index.put({1: ["路灯坏了"]})

    assert bool(index.newest(words, most=1)) == is_found_by(words, "路灯坏了")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(written=st.lists(letters, min_size=1, max_size=5), asked=letters)
def test_the_index_finds_what_the_rule_says(index: Index, written: list[str], asked: str) -> None:
    index.remove(range(1, 6))
    index.put({pk: [text] for pk, text in enumerate(written, 1)})

    found = index.newest(asked, most=10)

    assert sorted(found) == [pk for pk, text in enumerate(written, 1) if is_found_by(asked, text)]
