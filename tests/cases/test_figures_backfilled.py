"""What figures are counted by can be told from the ledger, for cases older than the figures."""

from importlib import import_module

import pytest
from django.apps import apps

from mingchuang.cases.actions.dispatch import decide_return
from mingchuang.cases.actions.pleas import decide_plea, propose_kind
from mingchuang.cases.actions.voice import remind_case, say_not_solved
from mingchuang.cases.models import Case, Dispatch, Plea, Reply, Submission
from tests.build import A_DAY, MONDAY, WAYS, a_case, a_dispatcher, a_supervisor, a_unit, code

backfill = import_module("mingchuang.cases.migrations.0008_figures").count_what_was


def columns() -> list[list[tuple[object, ...]]]:
    return [
        list(Reply.objects.order_by("pk").values_list("case", "due_at", "reopened_at")),
        list(Dispatch.objects.order_by("at", "case").values_list("case", "unit", "returned_at")),
        list(Case.objects.order_by("pk").values_list("pk", "stopped_at")),
        list(Submission.objects.order_by("pk").values_list("pk", "repeats")),
        list(Plea.objects.order_by("pk").values_list("pk", "was")),
    ]


@pytest.mark.django_db
def test_the_new_columns_are_told_from_the_ledger() -> None:
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
    before = columns()
    Reply.objects.update(due_at=None, reopened_at=None)
    Dispatch.objects.all().delete()
    Case.objects.update(stopped_at=None)
    Submission.objects.update(repeats=False)
    Plea.objects.update(was="")

    backfill(apps, None)

    assert columns() == before
