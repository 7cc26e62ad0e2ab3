"""What figures are counted by can be told from the ledger, for cases older than the figures."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mingchuang.cases.actions.dispatch import decide_return
from mingchuang.cases.actions.merging import merge_case, unmerge_case
from mingchuang.cases.actions.pleas import decide_plea, propose_kind
from mingchuang.cases.actions.voice import remind_case, say_not_solved
from mingchuang.cases.models import Case, Dispatch, Plea, Reply, Submission
from tests.build import A_DAY, MONDAY, WAYS, a_case, a_dispatcher, a_supervisor, a_unit, code

backfill = import_module("mingchuang.cases.migrations.0010_figures_of_old").count_what_was
BEFORE_FIGURES = ("cases", "0007_many")


def lives_of_every_kind() -> None:
    """Cases in every state, and each thing that figures count beside the steps of the life."""
    for state in WAYS:
        a_case(state)
    again = a_case("replied")
    say_not_solved(again.number, code(again.submissions.get()), "还不亮。", at=MONDAY + A_DAY)
    back = a_case("returned").pleas.get()
    decide_return(
        back.pk, granted=True, decision="是。", unit=a_unit(), by=a_dispatcher(), at=MONDAY + A_DAY
    )
    chased = a_case("handling")
    remind_case(chased.number, code(chased.submissions.get()), at=MONDAY + A_DAY)
    plea = propose_kind(chased.number, "是问。", kind="inquiry", by=a_dispatcher(), at=MONDAY)
    decide_plea(plea.pk, granted=True, decision="是。", by=a_supervisor(), at=MONDAY + A_DAY)
    parted = a_case("paused")
    merge_case(parted.number, chased.number, by=a_dispatcher(), at=MONDAY + A_DAY)
    unmerge_case(parted.number, by=a_dispatcher(), at=MONDAY + 2 * A_DAY)


def columns() -> list[list[tuple[object, ...]]]:
    return [
        list(Reply.objects.order_by("pk").values_list("case", "due_at", "reopened_at")),
        list(
            Dispatch.objects.order_by("at", "case").values_list("case", "unit", "at", "returned_at")
        ),
        list(Case.objects.order_by("pk").values_list("pk", "stopped_at", "ended_at")),
        list(Submission.objects.order_by("pk").values_list("pk", "repeats")),
        list(Plea.objects.order_by("pk").values_list("pk", "was")),
    ]


def blank(*, until: int) -> None:
    """Take the columns away from the cases up to this one."""
    Reply.objects.filter(case__lte=until).update(due_at=None, reopened_at=None)
    Dispatch.objects.filter(case__lte=until).delete()
    Case.objects.filter(pk__lte=until).update(stopped_at=None)
    Submission.objects.filter(case__lte=until).update(repeats=False)
    Plea.objects.filter(case__lte=until).update(was="")


def migrated(*target: tuple[str, str]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(list(target) or executor.loader.graph.leaf_nodes())


@pytest.mark.django_db
def test_the_new_columns_are_told_from_the_ledger() -> None:
    lives_of_every_kind()
    before = columns()
    blank(until=Case.objects.order_by("pk").last().pk)  # type: ignore[union-attr]

    backfill(apps, None)

    assert columns() == before


@pytest.mark.django_db
def test_telling_them_again_changes_nothing_and_what_was_cut_short_is_completed() -> None:
    lives_of_every_kind()
    before, rows = columns(), list(Dispatch.objects.order_by("pk").values_list("pk", flat=True))

    backfill(apps, None)
    again = list(Dispatch.objects.order_by("pk").values_list("pk", flat=True))
    blank(until=Case.objects.order_by("pk")[6].pk)
    backfill(apps, None)

    assert again == rows
    assert columns() == before


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_town_from_before_the_figures_is_brought_up_to_date() -> None:
    lives_of_every_kind()
    before = columns()

    migrated(BEFORE_FIGURES)
    migrated()

    assert columns() == before
