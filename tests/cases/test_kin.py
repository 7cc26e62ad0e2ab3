"""What else has to do with a case is shown to whoever may see that too, and to nobody else."""

import pytest
from django.test import Client

from mingchuang.cases.actions.alike import tell_apart
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.merging import join_as_reminder, merge_case, unmerge_case
from mingchuang.cases.actions.proactive import raise_proactively
from mingchuang.cases.models import Case
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Role
from tests.build import MONDAY, a_case, a_dispatcher, a_person, a_unit, the_handler
from tests.cases.reading import words_of

pytestmark = pytest.mark.django_db

SECRET = "住三楼的人在楼道里存汽油"
WISHES = "希望加入"
PHONE = "13800000001"


def elsewhere(case: Case, unit: Unit) -> Case:
    """Let another office have taken the case in."""
    Case.objects.filter(pk=case.pk).update(intake_unit=unit)
    return Case.objects.get(pk=case.pk)


def page(client: Client, case: Case, person: Person) -> str:
    client.force_login(person)
    return words_of(client.get(f"/desk/cases/{case.number}/"))


def raised_because_of(cause: Case) -> Case:
    said = {"title": "楼道清一清", "text": "请清理楼道。", "place": "", "kind": "other"}
    return raise_proactively(cause.number, **said, by=a_dispatcher(), at=MONDAY)


def test_a_wish_is_shown_with_the_title_of_the_other_case() -> None:
    other = a_case("handling", title=SECRET)

    shown = page(Client(), a_case(joins=other.pk), a_dispatcher())

    assert WISHES in shown
    assert SECRET in shown


def test_a_wish_to_join_what_one_may_not_see_tells_nothing_of_it() -> None:
    south = a_unit("南区")
    other = a_case("handling", title=SECRET)
    case = elsewhere(a_case(joins=other.pk), south)

    shown = page(Client(), case, a_person(Role.DISPATCHER, unit=south))

    assert case.title in shown
    assert SECRET not in shown
    assert other.number not in shown


def test_a_wish_to_join_what_was_answered_meanwhile_says_what_to_do() -> None:
    other = a_case("handling")
    case = a_case(joins=other.pk)
    by = the_handler(other)
    reply_to_case(other.number, "清了。", disposition="done", by=by, at=MONDAY)

    shown = page(Client(), case, a_dispatcher())

    assert "请单独办理，可以参考那份答复" in shown
    assert "核对过了，并单" not in shown


def test_the_old_case_and_the_one_raised_because_of_it_lead_to_each_other() -> None:
    cause = a_case("handling")
    case = raised_because_of(cause)

    old, new = (page(Client(), one, a_dispatcher()) for one in (cause, case))

    assert f"主动立项 {case.number}" in old
    assert f"起因 {cause.number}" in new


def test_neither_is_named_to_who_may_not_see_it() -> None:
    south, unit = a_unit("南区"), a_unit()
    cause = a_case("handling", unit=unit)
    case = elsewhere(raised_because_of(cause), south)

    old = page(Client(), cause, the_handler(cause))
    new = page(Client(), case, a_person(Role.RECEPTION, unit=south))

    assert case.number not in old
    assert cause.number not in new
    assert "因多人反映，主动办理" in new


def test_what_was_joined_is_named_to_who_may_see_it() -> None:
    master, case = a_case("handling"), a_case()
    merge_case(case.number, master.number, by=a_dispatcher(), at=MONDAY)

    inside = page(Client(), master, a_dispatcher())
    outside = page(Client(), master, the_handler(master))

    assert f"并入的 {case.number}" in inside
    assert f"并入的 {case.number}" not in outside


def test_the_master_is_named_to_who_may_see_it_and_to_nobody_else() -> None:
    master, case = a_case("handling"), a_case("handling")
    merge_case(case.number, master.number, by=a_dispatcher(), at=MONDAY)

    inside = page(Client(), case, a_dispatcher())
    outside = page(Client(), case, the_handler(case))

    assert f"已并入 {master.number}" in inside
    assert f"与 {master.number} 是同一件事，合并办理" in inside
    assert master.number not in outside
    assert "已并入另一件" in outside
    assert "与另一件诉求是同一件事，合并办理" in outside


def test_what_was_parted_is_named_to_who_may_see_it_and_to_nobody_else() -> None:
    master, case = a_case("handling"), a_case()
    merge_case(case.number, master.number, by=a_dispatcher(), at=MONDAY)
    unmerge_case(case.number, by=a_dispatcher(), at=MONDAY)

    inside = page(Client(), master, a_dispatcher())
    outside = page(Client(), master, the_handler(master))

    assert f"{case.number} 恢复单独办理" in inside
    assert case.number not in outside
    assert "并入的一件恢复单独办理" in outside


def test_what_was_said_again_is_named_to_who_may_see_it_and_to_nobody_else() -> None:
    master, case = a_case("handling", phone=PHONE), a_case(phone=PHONE)
    join_as_reminder(case.number, master.number, by=a_dispatcher(), at=MONDAY)

    inside = page(Client(), master, a_dispatcher())
    outside = page(Client(), master, the_handler(master))

    assert f"同一位诉求人又反映了一次，{case.number} 并入" in inside
    assert f"{case.number} 并入" not in outside
    assert "先前的诉求人又反映了一次" in outside


def test_what_was_told_apart_is_named_to_who_may_see_it_and_to_nobody_else() -> None:
    one, other = a_case("handling"), a_case()
    tell_apart(one.number, other.number, by=a_dispatcher(), at=MONDAY)

    inside = page(Client(), one, a_dispatcher())
    outside = page(Client(), one, the_handler(one))

    assert f"与 {other.number} 不是同一件事" in inside
    assert other.number not in outside
    assert "与另一件不是同一件事" in outside
