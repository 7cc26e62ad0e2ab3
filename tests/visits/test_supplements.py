"""One-time notices: everything at once, only what the guide names; a gap has a day."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.ledger.queries import entries_of
from mingchuang.outward.supplements_out import remind_of_supplement
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.models import Requester
from mingchuang.visits.actions.calling import finish
from mingchuang.visits.actions.keeping import forget_visitors
from mingchuang.visits.actions.supplements import Missing, note_brought, tell_at_once
from mingchuang.visits.errors import (
    AnotherNumber,
    BroughtAlready,
    NothingMissing,
    NothingToRemindOf,
    NotThatDay,
    ShutThatDay,
    ToldOnce,
)
from mingchuang.visits.models import Supplement
from mingchuang.visits.queries.audit import visit_faults
from mingchuang.visits.queries.keeping import some_visitors_due
from mingchuang.visits.rules.supplements import MOST_DAYS, is_possible, missing_of, remind_at
from tests.build import A_DAY, MONDAY, SHANGHAI
from tests.visits.care import a_supplement, a_visit_at_a_window
from tests.visits.test_keeping import the_term

THURSDAY = (MONDAY + 3 * A_DAY).date()
IN_SIX_WEEKS = MONDAY + 42 * A_DAY
WEDNESDAY_AT_THREE = datetime(2026, 3, 4, 15, 0, tzinfo=SHANGHAI)
some = st.lists(st.text(min_size=1), max_size=6)


@given(some, st.sets(st.integers(-2, 9)))
def test_nothing_is_asked_for_that_the_guide_does_not_name(
    materials: list[str], ticked: set[int]
) -> None:
    assert [text for text in missing_of(materials, ticked) if text not in materials] == []
    assert missing_of(materials, set()) == []


@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(-10, MOST_DAYS + 10))
def test_nobody_is_reminded_before_now_nor_waited_for_for_ever(today: date, days: int) -> None:
    at, due_on = datetime(2026, 6, 1, 12, tzinfo=SHANGHAI), today + timedelta(days=days)

    assert remind_at(due_on, at) >= at
    assert is_possible(due_on, today) == (0 <= days <= MOST_DAYS)


@pytest.mark.django_db
def test_everything_is_told_at_once() -> None:
    told = a_supplement()

    entry = entries_of(told.subject).get()
    assert told.material_list == ["本人身份证", "近期免冠照片"]
    assert (entry.verb, entry.facts["papers"], entry.facts["due"]) == (
        "supplement.told_once", 2, ""
    )  # fmt: skip
    assert not told.is_waited_for


@pytest.mark.django_db
def test_what_the_guide_does_not_name_is_refused_in_words() -> None:
    visit, clerk = a_visit_at_a_window()
    missing = Missing(visit.line.items.get().code, [9])

    with pytest.raises(NothingMissing, match="办事指南里没有写的"):
        tell_at_once(visit.pk, missing, key="k", by=clerk, at=MONDAY)


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, MOST_DAYS + 1])
def test_a_day_that_is_over_or_far_off_is_refused(days: int) -> None:
    visit, clerk = a_visit_at_a_window()
    due_on = (MONDAY + days * A_DAY).date()

    with pytest.raises(NotThatDay):
        tell_at_once(
            visit.pk,
            Missing(visit.line.items.get().code, [1], due_on),
            key="k",
            by=clerk,
            at=MONDAY,
        )


@pytest.mark.django_db
def test_nobody_is_to_bring_anything_before_shut_doors() -> None:
    visit, clerk = a_visit_at_a_window()
    visit.site.hours.filter(weekday=THURSDAY.weekday()).delete()
    missing = Missing(visit.line.items.get().code, [1], THURSDAY)

    with pytest.raises(ShutThatDay):
        tell_at_once(visit.pk, missing, key="k", by=clerk, at=MONDAY)


@pytest.mark.django_db
def test_nobody_is_said_to_be_reminded_to_whom_nothing_was_sent(client: Client) -> None:
    told = a_supplement(due_on=THURSDAY)
    client.force_login(told.by)
    too_early = remind_of_supplement(at=WEDNESDAY_AT_THREE - timedelta(minutes=1))

    reminded = remind_of_supplement(at=WEDNESDAY_AT_THREE)

    told.refresh_from_db()
    assert (too_early, reminded) == (False, True)
    assert (told.reminded_at, told.next_at) == (None, None)
    assert not entries_of(told.subject).filter(verb="supplement.reminded").exists()
    assert "没有发出，请当面说</td>" in client.get(reverse("visits:awaited")).content.decode()
    assert list(visit_faults()) == []
    assert not remind_of_supplement(at=WEDNESDAY_AT_THREE + A_DAY)


@pytest.mark.django_db
def test_what_was_brought_is_not_called_to_mind() -> None:
    told = a_supplement(due_on=THURSDAY, phone="13800000007")

    note_brought(told.pk, by=told.by, at=MONDAY + A_DAY)

    assert not remind_of_supplement(at=WEDNESDAY_AT_THREE)
    with pytest.raises(BroughtAlready):
        note_brought(told.pk, by=told.by, at=MONDAY + A_DAY)


@pytest.mark.django_db
def test_the_visitor_reads_what_is_missing_and_until_when(client: Client) -> None:
    told = a_supplement(due_on=THURSDAY)

    page = client.get(reverse("visits:visit", args=[told.visit.code])).content.decode()

    assert "近期免冠照片" in page
    assert "2026年3月5日 周四 关门前补齐" in page


@pytest.mark.django_db
def test_what_nobody_brings_leaves_the_list_with_a_reason_and_may_be_told_anew(
    client: Client,
) -> None:
    told = a_supplement(due_on=THURSDAY, phone="13800000007")
    client.force_login(told.by)
    way = reverse("visits:end_waiting", args=[told.pk])

    guessed = client.post(way, {"because": "no reason"})
    client.post(way, {"because": "mistaken"})

    told.refresh_from_db()
    entry = entries_of(told.subject).get(verb="supplement.ended")
    page = client.get(reverse("visits:visit", args=[told.visit.code])).content.decode()
    assert guessed.status_code == 404
    assert (told.ended_at, told.next_at, entry.facts["reason"]) == (entry.at, None, "mistaken")
    assert "本人身份证" not in client.get(reverse("visits:awaited")).content.decode()
    assert "不再等这些材料：告知错了，不用补" in page
    assert list(visit_faults()) == []
    with pytest.raises(BroughtAlready):
        note_brought(told.pk, by=told.by, at=MONDAY + A_DAY)
    again = Missing(told.item.code, [2], THURSDAY)
    assert tell_at_once(told.visit_id, again, key="again", by=told.by, at=MONDAY).is_waited_for


@pytest.mark.django_db
def test_a_number_to_remind_at_is_not_dropped_where_no_day_is_named() -> None:
    visit, clerk = a_visit_at_a_window()
    missing = Missing(visit.line.items.get().code, [1], None, "13800000007")

    with pytest.raises(NothingToRemindOf, match="没有提醒可发"):
        tell_at_once(visit.pk, missing, key="k", by=clerk, at=MONDAY)

    assert not Supplement.objects.exists()


@pytest.mark.django_db
def test_the_hall_sees_whom_it_waits_for(client: Client) -> None:
    told = a_supplement(due_on=THURSDAY)
    client.force_login(told.by)

    waits = client.get(reverse("visits:awaited")).content.decode()
    client.post(reverse("visits:brought", args=[told.pk]))

    told.refresh_from_db()
    assert "本人身份证、近期免冠照片" in waits
    assert told.brought_at is not None
    assert "本人身份证" not in client.get(reverse("visits:awaited")).content.decode()


@pytest.mark.django_db
def test_a_number_to_remind_at_is_forgotten_once_the_day_is_over() -> None:
    told = a_supplement(due_on=IN_SIX_WEEKS.date(), phone="13800000007")
    finish(by=told.by, at=MONDAY)
    term, after = the_term(30), IN_SIX_WEEKS + A_DAY

    before = some_visitors_due(term, IN_SIX_WEEKS)
    count = sum(forget_visitors(term, some, at=after) for some in some_visitors_due(term, after))

    who = Requester.objects.get()
    assert (before, count) == ([], 1)
    assert (who.phone, who.salt) == ("", b"")


@pytest.mark.django_db
def test_a_number_is_kept_no_longer_for_what_was_brought() -> None:
    told = a_supplement(due_on=IN_SIX_WEEKS.date(), phone="13800000007")
    finish(by=told.by, at=MONDAY)

    note_brought(told.pk, by=told.by, at=MONDAY + A_DAY)

    assert some_visitors_due(the_term(30), IN_SIX_WEEKS) == [[told.visit.requester_id]]


@pytest.mark.django_db
def test_nobody_is_reminded_of_a_day_that_is_over() -> None:
    a_supplement(due_on=THURSDAY)

    assert not remind_of_supplement(at=WEDNESDAY_AT_THREE + 2 * A_DAY)
    assert remind_of_supplement(at=WEDNESDAY_AT_THREE + A_DAY)


@pytest.mark.django_db
def test_one_item_is_told_once_a_visit() -> None:
    told = a_supplement()
    more = Missing(told.item.code, [2])

    with pytest.raises(ToldOnce, match="已经一次性告知过"):
        tell_at_once(told.visit_id, more, key="more", by=told.by, at=MONDAY)

    assert Supplement.objects.get() == told


@pytest.mark.django_db
def test_another_number_than_the_visitor_left_is_refused_in_words_and_theirs_is_used() -> None:
    visit, clerk = a_visit_at_a_window()
    visit.requester = add_requester(phone="13800000001", at=MONDAY)
    visit.save(update_fields=["requester"])
    missing = Missing(visit.line.items.get().code, [1], THURSDAY, "13800000007")

    with pytest.raises(AnotherNumber, match="只发到登记的手机"):
        tell_at_once(visit.pk, missing, key="k", by=clerk, at=MONDAY)
    same = missing._replace(phone="13800000001")
    told = tell_at_once(visit.pk, same, key="k", by=clerk, at=MONDAY)

    assert told.visit.requester == visit.requester


@pytest.mark.django_db
def test_the_rules_say_that_who_was_not_there_takes_a_new_number(client: Client) -> None:
    site = a_supplement().visit.site

    page = client.get(reverse("visits:line_rules", args=[site.code])).content.decode()

    assert "已记为“人不在”的，要重新取" in page


@pytest.mark.django_db
def test_the_audit_finds_a_notice_that_was_removed() -> None:
    told = a_supplement(due_on=THURSDAY)
    before = list(visit_faults())

    Supplement.objects.filter(pk=told.pk).delete()

    assert before == []
    assert {fault.code for fault in visit_faults()} == {"care_gone"}
