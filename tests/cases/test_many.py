"""One deed on many cases: each is done as a single one is, or refused with its sentence."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.many import ask_bulk, do_next_item, stop_bulk
from mingchuang.cases.errors import NoSuchCase, NothingChosen, TooManyChosen
from mingchuang.cases.models import Bulk, Case, Plea
from mingchuang.cases.queries.audit import case_faults
from mingchuang.cases.queries.many import bulk_for, bulks_of, cases_called, progress_of
from mingchuang.cases.rules.many import DUTIES, is_left_alone
from mingchuang.cases.words import MANY
from mingchuang.ledger.queries import entries_of
from mingchuang.people.actions.posts import end_post
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    MONDAY,
    a_case,
    a_dispatcher,
    a_person,
    a_submission,
    a_supervisor,
    a_unit,
    newest,
    the_handler,
    the_lead,
    told,
)
from tests.cases.many import a_bulk, follow, outcomes
from tests.cases.reading import words_of

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + A_DAY
DONE = ("done", "")
# What no deed expects: a database that says no.
ONE_REMINDER_AT_THE_GATE = (
    "CREATE UNIQUE INDEX one_at_the_gate ON cases_case (reminders)"
    " WHERE reminders > 0 AND place = '东门'"
)
# What passes by itself: a case somebody else holds (here, all that lie at the south gate).
HELD = "NEW.place = '南门' AND NEW.reminders > OLD.reminders"
HELD_AT_THE_GATE = {
    "sqlite": (
        f"CREATE TRIGGER held BEFORE UPDATE OF reminders ON cases_case WHEN {HELD}"
        " BEGIN SELECT abs(-9223372036854775807 - 1); END"
    ),
    "postgresql": (
        "CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'held' USING ERRCODE = 'deadlock_detected'; END $$;"
        " CREATE TRIGGER held BEFORE UPDATE OF reminders ON cases_case"
        f" FOR EACH ROW WHEN ({HELD}) EXECUTE FUNCTION held()"
    ),
}


def test_each_deed_has_a_word_and_a_duty() -> None:
    assert [name for name, _ in MANY] == list(DUTIES)


def test_many_are_dispatched_and_the_one_that_cannot_be_says_why() -> None:
    unit, clerk = a_unit(), a_dispatcher()
    ready, late, other = a_case("accepted"), a_case("received"), a_case("accepted")

    bulk = a_bulk("dispatch", ready, late, other, by=clerk, unit=unit, assists=[], basis="目录")
    follow(at=TUESDAY)

    assert outcomes(bulk) == [DONE, ("refused", "wrong_step"), DONE]
    assert "已收到" in bulk.items.get(outcome="refused").sentence
    assert set(Case.objects.filter(state="dispatched")) == {ready, other}
    assert newest(ready).facts["by"] == clerk.badge
    assert told(late) == ["submission.received"]
    assert list(case_faults()) == []


def test_many_are_given_to_a_colleague() -> None:
    unit = a_unit()
    cases = [a_case("handling", unit=unit), a_case("dispatched", unit=unit), a_case("handling")]
    colleague = a_person(Role.HANDLER, unit=unit)

    bulk = a_bulk("assign", *cases, by=a_person(Role.SUPERVISOR), to=colleague)
    follow(at=TUESDAY)

    assert outcomes(bulk) == [DONE, DONE, ("refused", "no_handler_there")]
    assert set(Case.objects.filter(handler=colleague)) == set(cases[:2])


def test_many_are_chased_each_once_a_day() -> None:
    cases = [a_case("handling"), a_case("dispatched")]
    a_bulk("remind", *cases, by=a_dispatcher())
    follow(at=TUESDAY)

    again = a_bulk("remind", *cases, by=a_dispatcher())
    follow(at=TUESDAY)

    assert outcomes(again) == [("refused", "reminded_today")] * 2
    assert set(Case.objects.values_list("reminders", flat=True)) == {1}


def test_more_time_is_asked_for_many_within_each_limit() -> None:
    unit = a_unit()
    cases = [a_case("handling", unit=unit), a_case("handling", unit=unit)]
    Case.objects.filter(pk=cases[1].pk).update(due_at=MONDAY)

    bulk = a_bulk("extend", *cases, by=the_handler(cases[0]), text="等配件。", days=2)
    follow(at=TUESDAY)

    assert outcomes(bulk) == [DONE, ("refused", "too_late")]
    assert [(plea.case, plea.days) for plea in Plea.objects.all()] == [(cases[0], 2)]


def test_many_are_joined_to_one_and_the_one_is_not_joined_to_itself() -> None:
    master, first, second = (a_submission().case for _ in range(3))

    bulk = a_bulk("merge", first, master, second, by=a_dispatcher(), into=master.number)
    follow(at=TUESDAY)

    assert outcomes(bulk) == [DONE, ("refused", "same_case"), DONE]
    assert set(Case.objects.filter(master=master)) == {first, second}


def test_a_master_that_is_not_there_is_said_before_anything_is_done() -> None:
    with pytest.raises(NoSuchCase):
        a_bulk("merge", a_case(), by=a_dispatcher(), into="YJ-2026-999999")

    assert not Bulk.objects.exists()


def test_what_was_asked_and_what_came_of_it_stand_in_the_ledger() -> None:
    clerk = a_dispatcher()

    bulk = a_bulk("remind", a_case("handling"), a_case("accepted"), by=clerk)
    follow(at=TUESDAY)

    told = list(entries_of(bulk.subject).values_list("verb", "facts"))
    assert told == [
        ("bulk.asked", {"by": clerk.badge, "deed": "remind", "cases": 2}),
        ("bulk.ended", {"done": 1, "refused": 1}),
    ]


def test_it_is_done_with_the_posts_one_holds_now_not_those_one_held_when_asking() -> None:
    case, clerk = a_case("handling"), a_person(Role.DISPATCHER)
    bulk = a_bulk("remind", case, by=clerk)
    end_post(clerk.posts.get(), at=MONDAY, by=a_person(Role.ADMINISTRATOR))

    follow(at=TUESDAY)

    assert outcomes(bulk) == [("refused", "not_found")]
    assert Case.objects.get().reminders == 0


def test_the_sentence_is_in_the_language_of_who_reads_it() -> None:
    bulk = a_bulk("remind", a_case("accepted"), by=a_dispatcher())
    with override("en"):
        follow(at=TUESDAY)

    with override("zh-hans"):
        chinese = bulk.items.get().sentence
    with override("en"):
        english = bulk.items.get().sentence

    assert "这件工单现在是“已受理”" in chinese
    assert "已受理" not in english
    assert english


def test_a_case_that_breaks_the_deed_says_so_and_holds_up_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ONE_REMINDER_AT_THE_GATE)
    first, broken = a_case("handling", place="东门"), a_case("handling", place="东门")
    bulk = a_bulk("remind", first, broken, a_case("handling"), by=a_dispatcher())
    other = a_bulk("remind", a_case("handling"), by=a_dispatcher())

    follow(at=TUESDAY)

    assert outcomes(bulk) == [DONE, ("refused", "broken"), DONE]
    assert outcomes(other) == [DONE]
    assert "请告诉系统管理员" in bulk.items.get(outcome="refused").sentence
    assert broken.number in caplog.text
    assert told(broken)[-1] == "case.acknowledged"


def test_a_case_the_database_could_not_give_is_tried_again_and_holds_up_nobody(
    client: Client,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(HELD_AT_THE_GATE[connection.vendor])
    held, free, clerk = a_case("handling", place="南门"), a_case("handling"), a_dispatcher()
    bulk = a_bulk("remind", held, free, by=clerk)
    other = a_bulk("remind", a_case("handling"), by=clerk)

    steps = [do_next_item(at=TUESDAY + n * timedelta(seconds=1)) for n in range(5)]
    client.force_login(clerk)
    page = client.get(f"/desk/many/{bulk.pk}/")
    meanwhile = outcomes(bulk)
    Case.objects.filter(pk=held.pk).update(place="西门")
    follow(at=TUESDAY)

    assert steps == [False, True, True, False, False]
    assert (meanwhile, outcomes(other)) == ([("waiting", ""), DONE], [DONE])
    assert "正有人在办这一件" in words_of(page)
    assert outcomes(bulk) == [DONE, DONE]
    assert bulk.items.filter(sentences={}).count() == 2
    assert told(held).count("case.reminded") == 1


def test_a_bulk_that_is_stopped_does_no_more_and_says_so_of_each() -> None:
    cases, clerk = [a_case("handling") for _ in range(3)], a_dispatcher()
    bulk = a_bulk("remind", *cases, by=clerk)
    do_next_item(at=TUESDAY)

    stop_bulk(bulk.pk, by=clerk, at=TUESDAY)
    stop_bulk(bulk.pk, by=clerk, at=TUESDAY)

    assert follow(at=TUESDAY) == 0
    assert outcomes(bulk) == [DONE, ("refused", "stopped"), ("refused", "stopped")]
    ended = entries_of(bulk.subject).filter(verb="bulk.ended").get()
    assert ended.facts == {"by": clerk.badge, "done": 1, "refused": 2}


def test_two_bulks_take_turns_so_that_a_small_one_does_not_wait_for_a_large_one() -> None:
    large = a_bulk("remind", *[a_case("handling") for _ in range(4)], by=a_dispatcher())
    small = a_bulk("remind", a_case("handling"), by=a_dispatcher())

    for step in range(2):
        do_next_item(at=TUESDAY + step * timedelta(seconds=1))

    small.refresh_from_db()
    assert small.ended_at is not None
    assert large.items.filter(outcome="waiting").count() == 3


def test_nobody_asks_for_a_deed_that_none_of_their_posts_carries() -> None:
    case = a_case("handling")

    with pytest.raises(NotFound):
        a_bulk("dispatch", case, by=the_handler(case), unit=a_unit(), assists=[], basis="")
    with pytest.raises(NotFound):
        a_bulk("erase", case, by=a_dispatcher())


def test_a_bulk_needs_cases_that_one_may_see_and_not_too_many() -> None:
    case, stranger = a_case("handling"), a_person(Role.HANDLER, unit=a_unit())

    with pytest.raises(NothingChosen):
        a_bulk("extend", case, by=stranger, text="忙", days=1)
    with pytest.raises(NothingChosen):
        ask_bulk("remind", ["", "x-1", "-"], {}, by=a_dispatcher(), at=MONDAY)


def test_more_than_five_hundred_are_refused_before_anything_is_done() -> None:
    case = a_case()
    about: dict[str, Any] = {"series": case.series, "title": case.title, "kind": case.kind}
    about |= {"intake_unit": case.intake_unit, "received_at": case.received_at}
    about["meet_by"] = case.meet_by
    cases = Case.objects.bulk_create(Case(**about) for _ in range(501))

    nobodys = [f"YJ-2026-{n}" for n in range(900_000, 900_600)]
    with pytest.raises(TooManyChosen, match="500"):
        a_bulk("remind", *cases, by=a_dispatcher())
    with pytest.raises(TooManyChosen, match="500"):
        ask_bulk("remind", [*nobodys, *(c.number for c in cases)], {}, by=a_dispatcher(), at=MONDAY)

    assert not Bulk.objects.exists()


def test_a_case_named_twice_is_meant_once_and_stays_in_its_place() -> None:
    first, second = a_case(), a_case()
    numbers = [second.number, first.number, second.number]

    assert cases_called(a_dispatcher(), numbers) == [second, first]


def test_a_bulk_is_seen_by_who_asked_and_by_supervisors_above_and_nobody_else() -> None:
    unit = a_unit()
    case = a_case("handling", unit=unit)
    bulk = a_bulk("extend", case, by=the_handler(case), text="忙", days=1)

    assert bulk_for(a_person(Role.SUPERVISOR, unit=unit), bulk.pk) == bulk
    assert list(bulks_of(a_supervisor())) == [bulk]
    for other in (a_dispatcher(), a_person(Role.HANDLER, unit=unit), a_person(Role.AUDITOR)):
        with pytest.raises(NotFound):
            bulk_for(other, bulk.pk)
        assert not bulks_of(other)


def test_a_title_is_shown_only_of_what_one_still_sees() -> None:
    case = a_case("handling")
    by = the_handler(case)
    bulk = a_bulk("extend", case, by=by, text="忙", days=1)
    Case.objects.update(responsible_unit=a_unit())

    lines = progress_of(type(by).objects.get(pk=by.pk), bulk.pk, now=MONDAY).lines

    assert [(line.title, line.is_visible) for line in lines] == [("", False)]


def test_who_waits_half_a_minute_is_told_that_nobody_follows() -> None:
    bulk = a_bulk("remind", a_case("handling"), by=a_dispatcher())
    at = MONDAY + timedelta(seconds=31)

    assert progress_of(a_dispatcher(), bulk.pk, now=at).is_left_alone
    assert not progress_of(a_dispatcher(), bulk.pk, now=MONDAY).is_left_alone
    assert not is_left_alone(MONDAY, MONDAY + timedelta(seconds=30))
    follow(at=MONDAY)
    assert not progress_of(a_dispatcher(), bulk.pk, now=at).is_left_alone


def marked(deed: str, *cases: Case, **given: Any) -> dict[str, Any]:
    return {"deed": deed, "case": [case.number for case in cases], **given}


def test_a_dispatcher_marks_cases_and_reads_what_became_of_each(client: Client) -> None:
    unit = a_unit("市政管理中心")
    ready, late = a_case("accepted", text="灯坏了。"), a_case("received", text="井盖没了。")
    client.force_login(a_dispatcher())

    form = client.get("/desk/many/new/", marked("dispatch", ready, late))
    sent = marked("dispatch", ready, late, unit=unit.pk)
    asked = client.post("/desk/many/new/", sent, follow=True)
    follow(at=TUESDAY)
    page = client.get(asked.redirect_chain[-1][0])

    assert "2 件" in words_of(form)
    assert "正在逐件办理：0 / 2" in words_of(asked)
    assert "办好 1 件，1 件没有办成" in words_of(page)
    assert "这件工单现在是“已收到”，不能这样办。" in words_of(page)
    assert "请刷新" not in words_of(page)
    assert f'href="/desk/cases/{late.number}/"' in page.content.decode()


def test_a_faulty_form_comes_back_with_the_cases_still_marked(client: Client) -> None:
    case = a_case("accepted")
    client.force_login(a_dispatcher())

    page = client.post("/desk/many/new/", marked("dispatch", case))

    assert page.status_code == 422
    assert f'name="case" value="{case.number}" checked' in page.content.decode()
    assert not Bulk.objects.exists()


def test_what_was_named_and_is_not_there_is_told_before_and_after(client: Client) -> None:
    case, elsewhere = a_case("handling"), a_case("handling")
    client.force_login(the_handler(case))
    named = marked("extend", case, elsewhere, text="等配件。", days=3)
    named["case"] += ["YJ-1", "", "YJ-1"]

    form = client.get("/desk/many/new/", named)
    asked = client.post("/desk/many/new/", named, follow=True)

    assert f"{elsewhere.number}、YJ-1 没有列入" in words_of(form)
    assert f"{elsewhere.number}、YJ-1 没有列入" in words_of(asked)
    assert list(Bulk.objects.get().items.values_list("case", flat=True)) == [case.pk]


def test_who_asked_for_all_that_is_found_is_told_nothing_of_marks(client: Client) -> None:
    found, marked_too = a_case("handling"), a_case("replied")
    client.force_login(a_dispatcher())
    asked = {**marked("remind", marked_too), "all": "1", "view": "due"}

    form = client.get("/desk/many/new/", asked)

    assert found.number in words_of(form)
    assert "没有列入" not in words_of(form)


def test_a_number_without_its_zeros_is_the_same_number(client: Client) -> None:
    case = a_case("handling")
    short = f"{case.series}-{case.pk}"
    client.force_login(a_dispatcher())

    form = client.get("/desk/many/new/", {"deed": "remind", "case": [short]})

    assert case.number in words_of(form)
    assert "没有列入" not in words_of(form)


def test_of_many_that_are_not_there_some_are_named(client: Client) -> None:
    client.force_login(a_dispatcher())
    numbers = [f"YJ-{n}" for n in range(12)]

    form = client.get("/desk/many/new/", {"deed": "remind", "case": numbers})

    assert "有 12 件没有列入" in words_of(form)
    assert "YJ-9。" in words_of(form)


def test_the_same_form_sent_twice_is_one_bulk(client: Client) -> None:
    case = a_case("handling")
    client.force_login(a_dispatcher())
    sent = marked("remind", case, once="k" * 32)

    first, second = (client.post("/desk/many/new/", sent) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Bulk.objects.count() == 1


def test_sent_again_it_leads_to_ones_own_bulk_and_not_to_a_newer_one(client: Client) -> None:
    person = a_person(Role.DISPATCHER, Role.SUPERVISOR)
    case = a_case("handling")
    client.force_login(person)
    sent = marked("remind", case, once="k" * 32)
    first = client.post("/desk/many/new/", sent)
    client.post("/desk/many/new/", marked("remind", case, once="m" * 32))
    a_bulk("remind", case, by=a_person(Role.DISPATCHER))

    again = client.post("/desk/many/new/", sent)

    assert again["Location"] == first["Location"]
    assert Bulk.objects.count() == 3


def test_all_that_a_filter_finds_are_meant_and_their_number_is_confirmed(client: Client) -> None:
    unit = a_unit()
    for _ in range(27):
        a_case("accepted")
    a_case("handling", unit=unit)
    client.force_login(a_dispatcher())

    asked = {"deed": "dispatch", "all": "1", "view": "dispatch", "q": ""}
    form = client.get("/desk/many/new/", asked)
    cases = Case.objects.filter(state="accepted")
    sent = marked("dispatch", *cases, unit=unit.pk)
    unsure = client.post("/desk/many/new/", sent)
    sure = client.post("/desk/many/new/", {**sent, "sure": "on"})

    assert form.content.decode().count("checked>") == 27
    assert (unsure.status_code, sure.status_code) == (422, 302)
    assert Bulk.objects.get().items.count() == 27


def test_without_a_case_one_is_told_to_choose_some(client: Client) -> None:
    client.force_login(a_dispatcher())

    assert "还没有选工单" in words_of(client.get("/desk/many/new/?deed=remind"))
    assert "还没有选工单" in words_of(client.post("/desk/many/new/", {"deed": "remind"}))


def test_the_inbox_offers_what_ones_posts_carry(client: Client) -> None:
    case = a_case("handling")
    client.force_login(the_handler(case))
    handler = client.get("/desk/").content.decode()
    client.force_login(a_person(Role.AUDITOR))
    auditor = client.get("/desk/?view=all").content.decode()

    assert 'value="extend"' in handler
    assert 'value="dispatch"' not in handler
    assert case.number in auditor
    assert 'name="case"' not in auditor


def test_the_pages_cost_the_same_however_many_cases_there_are(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    unit = a_unit()
    cases = [a_case("handling", unit=unit) for _ in range(4)]
    bulk = a_bulk("remind", *cases, by=a_dispatcher())
    client.force_login(a_dispatcher())

    with django_assert_max_num_queries(8):
        client.get("/desk/many/new/", marked("dispatch", *cases))
    with django_assert_max_num_queries(7):
        client.get(f"/desk/many/{bulk.pk}/")
    with django_assert_max_num_queries(5):
        client.get("/desk/many/")


def test_asking_costs_the_same_however_many_cases_there_are(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cases = [a_case("handling") for _ in range(4)]
    client.force_login(a_dispatcher())
    sent = marked("remind", *cases, once="k" * 32)

    with django_assert_max_num_queries(20):
        client.post("/desk/many/new/", sent)


def test_what_has_ended_cannot_be_stopped_any_more(client: Client) -> None:
    bulk = a_bulk("remind", a_case("handling"), by=a_dispatcher())
    follow(at=TUESDAY)
    client.force_login(a_dispatcher())

    page = client.post(f"/desk/many/{bulk.pk}/stop/", follow=True)

    assert "在您停止以前，已经全部办过了" in words_of(page)
    assert "已停止" not in words_of(page)


def test_who_asked_stops_it_on_its_page(client: Client) -> None:
    case = a_case("handling")
    bulk = a_bulk("remind", case, by=a_dispatcher())
    client.force_login(a_dispatcher())

    page = client.post(f"/desk/many/{bulk.pk}/stop/", follow=True)

    assert "已停止：办好 0 件，其余 1 件没有办成" in words_of(page)
    assert "已停止，这一件没有办" in words_of(page)
    assert told(case)[-1] == "case.acknowledged"
    assert the_lead(case) is not None
