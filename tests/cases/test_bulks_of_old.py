"""An older town reads why a case of a bulk was refused, and so does one taken back to it."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import override

from mingchuang.cases.models import Bulk
from tests.build import MONDAY, a_case, a_dispatcher
from tests.cases.many import a_bulk, follow, outcomes

BEFORE = ("cases", "0010_figures_of_old")


def migrated(*target: tuple[str, str]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(list(target) or executor.loader.graph.leaf_nodes())


def sentences_of_old() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sentence FROM cases_bulkitem ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_bulk_keeps_its_sentences_on_the_way_back_and_forth() -> None:
    bulk = a_bulk("remind", a_case("accepted"), a_case("handling"), by=a_dispatcher())
    follow(at=MONDAY)
    became, chinese = outcomes(bulk), bulk.items.get(outcome="refused").sentence

    migrated(BEFORE)
    old = sentences_of_old()
    migrated()

    with override("zh-hans"):
        new = Bulk.objects.get(pk=bulk.pk).items.get(outcome="refused").sentence
    assert old == [chinese, ""]
    assert (outcomes(bulk), new) == (became, chinese)
