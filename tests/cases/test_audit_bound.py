"""An honest life is never taken for a forged one, whatever way it went."""

import pytest

from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.merging import merge_case, unmerge_case
from mingchuang.cases.actions.voice import add_remark, contest_decline, say_solved
from mingchuang.cases.models import Case
from mingchuang.cases.queries.audit import Untold, case_faults, witnessed
from mingchuang.cases.queries.bound import bound_faults, contradicted
from mingchuang.cases.rules.told import columns_told
from mingchuang.ledger.queries import evidence_faults
from mingchuang.ledger.rules.audit import Fault
from mingchuang.people.actions.requesters import erase_requester
from mingchuang.people.models import Requester
from tests.build import A_DAY, MONDAY, WAYS, a_case, a_dispatcher, code, the_handler
from tests.town import a_photo

pytestmark = pytest.mark.django_db

RECEIVED = {"kind": "complaint", "urgency": "normal", "unit": "YJ", "at": "2026-03-02"}


def faults() -> list[Fault | Untold]:
    rows = list(witnessed())
    bound = [fault for row in rows for fault in bound_faults(row)]
    return [*evidence_faults(rows), *bound, *case_faults()]


def join(case: Case, master: Case) -> None:
    merge_case(case.number, master.number, by=a_dispatcher(), at=MONDAY + A_DAY)


def part(case: Case) -> None:
    unmerge_case(case.number, by=a_dispatcher(), at=MONDAY + A_DAY)


@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize("state", sorted(WAYS))
def test_every_way_of_a_case_is_as_it_was_told(state: str, confidential: bool) -> None:
    a_case(
        state, name="张小明", phone="13800000000", confidential=confidential, photos=(a_photo(),)
    )

    assert faults() == []


def test_a_case_merged_into_one_that_is_merged_further_is_as_it_was_told() -> None:
    first, second, third = a_case(), a_case(), a_case()

    join(first, second)
    join(second, third)

    assert {said.case for said in third.submissions.all()} == {third}
    assert third.submissions.count() == 3
    assert faults() == []


def test_what_was_joined_and_parted_is_as_it_was_told() -> None:
    case, master = a_case(confidential=True, name="张小明"), a_case("handling")
    Case.objects.filter(pk=case.pk).update(redacted=True)
    case.submissions.update(redacted_at=MONDAY)

    join(case, master)
    assert faults() == []

    part(case)
    assert faults() == []


def test_what_was_added_while_joined_is_as_it_was_told_after_the_parting() -> None:
    case, master = a_case(), a_case()
    ours = case.submissions.get()
    join(case, master)
    add_remark(ours.number, code(ours), "又灭了。", at=MONDAY + A_DAY, photos=(a_photo(),))

    part(case)

    assert faults() == []


def test_what_somebody_who_was_joined_says_of_the_answer_is_as_it_was_told() -> None:
    case, master = a_case(phone="13800000000"), a_case("handling", phone="13900000000")
    ours, at, by = case.submissions.get(), MONDAY + A_DAY, the_handler(master)
    join(case, master)
    reply_to_case(master.number, "修好了。", disposition="done", by=by, at=at)

    say_solved(ours.number, code(ours), satisfied="yes", at=at)

    assert faults() == []


def test_an_objection_is_as_it_was_told() -> None:
    ours = a_case("declined").submissions.get()

    contest_decline(ours.number, code(ours), "这事归您管。", at=MONDAY + A_DAY)

    assert faults() == []


def test_somebody_forgotten_is_as_it_was_told() -> None:
    a_case("replied", name="张小明", phone="13800000000")

    erase_requester(Requester.objects.get(), at=MONDAY)

    assert faults() == []


def test_only_what_both_speak_of_can_contradict() -> None:
    says = {"requester": "a", "at": "09:00", "by": "0312"}

    assert contradicted(says, {"at": "09:00", "kind": "complaint"}) == []
    assert contradicted(says, {"at": "10:00", "requester": "b", "by": "0312"}) == [
        "requester",
        "at",
    ]


def test_the_columns_of_a_case_are_what_was_written_last() -> None:
    told = columns_told(
        [
            ("submission.received", RECEIVED),
            ("case.accepted", {"at": "2026-03-03", "due_at": "2026-03-20"}),
            ("case.retyped", {"new": "inquiry", "due_at": "2026-03-10"}),
            ("case.dispatched", {"unit": "SZ"}),
            ("case.acknowledged", {}),
            ("case.replied", {"at": "2026-03-05"}),
        ]
    )

    assert (told["state"], told["kind"], told["due_at"]) == ("replied", "inquiry", "2026-03-10")
    assert (told["responsible_unit"], told["intake_unit"]) == ("SZ", "YJ")
    assert (told["received_at"], told["replied_at"]) == ("2026-03-02", "2026-03-05")
    assert (told["answers"], told["ended_at"], told["master"]) == ("1", "", "")
