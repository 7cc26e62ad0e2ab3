"""`mingchuang erase_requester`: who asked is forgotten, what happened is not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mingchuang.cases.models import Submission
from mingchuang.cases.queries.audit import case_faults, witnessed
from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.queries import evidence_faults, receipt_for
from tests.build import MONDAY, a_case, a_dispatcher

pytestmark = pytest.mark.django_db


def test_who_asked_is_forgotten_and_the_receipt_still_holds() -> None:
    case = a_case(name="张小明", phone="13800000000")
    seal_entries(at=MONDAY)
    receipt = receipt_for(Submission.objects.get().entry)
    told = StringIO()

    call_command("erase_requester", case.number, by=a_dispatcher().badge, stdout=told)

    requester = Submission.objects.get().requester
    assert requester is not None
    assert (requester.name, requester.phone, requester.phone_index) == ("", "", "")
    assert receipt.flaws() == []
    assert not [*evidence_faults(witnessed()), *case_faults()]
    assert "不能恢复" in told.getvalue()


@pytest.mark.parametrize("number", ["YJ-2026-999999", "编号", ""])
def test_where_nobody_is_behind_it_says_so(number: str) -> None:
    badge = a_dispatcher().badge

    with pytest.raises(CommandError, match="没有留下个人信息"):
        call_command("erase_requester", number, by=badge)
