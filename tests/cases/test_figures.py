"""What each figure counts, who sees it, and what may be left out of it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, now
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from mingchuang.cases.actions.dispatch import return_case
from mingchuang.cases.actions.exclusions import ask_exclusion, decide_exclusion, include_case
from mingchuang.cases.actions.merging import merge_case
from mingchuang.cases.actions.pleas import decide_plea, propose_kind
from mingchuang.cases.actions.privacy import retitle_case
from mingchuang.cases.actions.voice import remind_case, say_not_solved, withdraw_submission
from mingchuang.cases.errors import ExcludedAlready, NotByTheUnit, NotYourDuty, SecondPerson
from mingchuang.cases.models import Case, DispatchRule
from mingchuang.cases.queries.audit import case_faults
from mingchuang.cases.queries.basis import FiguresFilter
from mingchuang.cases.queries.figure_rows import opened, rows_behind
from mingchuang.cases.queries.figures import FiguresLine, count_figures, figures_for
from mingchuang.cases.queries.handlers import is_measured, who_may_exclude
from mingchuang.cases.rules.areas import area_in
from mingchuang.cases.rules.figures import (
    DEFINITIONS,
    Name,
    Part,
    Period,
    Rate,
    month_of,
    months_to,
)
from mingchuang.cases.rules.numbers import Number
from mingchuang.cases.words import MEASURE_WORDS, RATE_SENTENCES, RATES
from mingchuang.people.actions.posts import end_post, give_post
from mingchuang.people.actions.units import add_unit, change_unit
from mingchuang.people.models import Post
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    LONG_AGO,
    MONDAY,
    a_case,
    a_dispatcher,
    a_person,
    a_submission,
    a_supervisor,
    a_unit,
    an_exclusion,
    code,
    newest,
    the_handler,
    the_town,
)

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
LATER = MONDAY + 20 * A_DAY
small = st.integers(0, 5000)


def march(name: Name, *, at: object = LATER) -> Rate:
    return FiguresLine(count_figures(FiguresFilter(MARCH), scope=None, now=at).total).rate(name)  # type: ignore[arg-type]


def share(name: Name) -> tuple[int, int]:
    rate = march(name)
    return rate.numerator, rate.denominator


@given(small, small)
def test_only_all_is_a_hundred_percent_and_only_none_is_nothing(some: int, more: int) -> None:
    rate = Rate(Name.SOLVED, some, some + more)

    assert (rate.percent == "100.0%") == (some > 0 and more == 0)
    assert (rate.percent == "0.0%") == (some == 0 and more > 0)
    assert (rate.percent == "—") == (some + more == 0)


def test_the_last_months_are_whole_and_in_order() -> None:
    months = months_to(date(2026, 2, 10), 3)

    assert [month.first for month in months] == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert months[-1].last == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("place", "text", "area"),
    [
        ("舟山里东区 8 幢", "灯坏了", "舟山里东区"),
        ("", "舟山里的灯坏了", "舟山里"),
        ("江滨", "舟山里东区的灯坏了", "江滨"),
        ("北门", "灯坏了", ""),
    ],
)
def test_the_most_exact_area_is_found_first_in_the_place(place: str, text: str, area: str) -> None:
    assert area_in(place, text, ["舟山里", "江滨", "舟山里东区", ""]) == area


@pytest.mark.django_db
def test_late_and_still_open_counts_against_on_time() -> None:
    a_case("replied")
    a_case("handling")

    assert share(Name.ON_TIME) == (1, 2)


@pytest.mark.django_db
def test_what_is_not_due_yet_counts_in_neither() -> None:
    a_case("handling")

    rate = march(Name.ON_TIME, at=MONDAY + A_DAY)

    assert (rate.numerator, rate.denominator, rate.percent) == (0, 0, "—")


@pytest.mark.django_db
def test_a_case_joined_or_taken_back_after_its_day_stays_late() -> None:
    joined, master, gone = (
        a_case("handling"),
        a_case("handling", at=MONDAY - A_DAY),
        a_case("handling"),
    )
    merge_case(joined.number, master.number, by=a_dispatcher(), at=LATER - A_DAY)
    withdraw_submission(gone.number, code(gone.submissions.get()), at=LATER - A_DAY)

    assert share(Name.ON_TIME) == (0, 3)


@pytest.mark.django_db
def test_a_case_taken_back_in_time_and_a_paused_one_owe_nothing() -> None:
    gone = a_case("handling")
    withdraw_submission(gone.number, code(gone.submissions.get()), at=MONDAY + A_DAY)
    a_case("paused")

    assert share(Name.ON_TIME) == (0, 0)


@pytest.mark.django_db
def test_a_reopened_case_is_a_second_promise_and_its_first_answer_a_reopened_one() -> None:
    case = a_case("replied")
    say_not_solved(case.number, code(case.submissions.get()), "还是不亮。", at=MONDAY + A_DAY)

    assert share(Name.ON_TIME) == (1, 2)
    assert share(Name.REOPENED) == (1, 1)
    assert share(Name.SOLVED) == (0, 1)


@pytest.mark.django_db
def test_a_return_is_counted_once_and_belongs_to_the_unit_that_returned() -> None:
    case = a_case("dispatched")
    return_case(case.number, "不归我们管。", by=the_handler(case), at=MONDAY + 4 * A_DAY / 24)

    assert share(Name.RETURNED) == (1, 1)
    assert case.dispatches.get().unit == case.responsible_unit


@pytest.mark.django_db
def test_who_chases_and_who_joins_repeats() -> None:
    case = a_case("handling")
    remind_case(case.number, code(case.submissions.get()), at=MONDAY + A_DAY)
    a_submission()
    other = a_submission().case
    merge_case(other.number, case.number, by=a_dispatcher(), at=MONDAY + A_DAY)

    assert share(Name.REPEATED) == (2, 3)


@pytest.mark.django_db
def test_a_change_of_type_is_counted_in_public(client: Client) -> None:
    case = a_case("handling", at=now() - timedelta(hours=8))
    plea = propose_kind(case.number, "其实是问。", kind="inquiry", by=a_dispatcher(), at=now())
    decide_plea(plea.pk, granted=True, decision="是。", by=a_supervisor(), at=now())

    page = client.get("/figures/").content.decode()

    assert "投诉 → 咨询" in page


@pytest.mark.django_db
def test_a_case_is_left_out_of_one_rate_and_counted_beside_it() -> None:
    case = a_case("handling")
    a_case("replied")

    an_exclusion(case, "on_time", at=MONDAY + A_DAY)

    rate = march(Name.ON_TIME)
    assert (rate.numerator, rate.denominator) == (1, 1)
    assert [(one.reason, one.badge, one.count) for one in rate.left] == [
        ("FORCE_MAJEURE", a_supervisor().badge, 1)
    ]
    assert share(Name.CONTACT) == (1, 2)
    assert newest(case).verb == "case.excluded"
    assert list(case_faults()) == []


@pytest.mark.django_db
def test_a_case_counted_again_is_in_the_rate_as_before() -> None:
    case = a_case("handling")
    an_exclusion(case, at=MONDAY + A_DAY)

    include_case(
        case.number, "查过，不属实。", rate="on_time", by=a_dispatcher(), at=MONDAY + A_DAY
    )

    assert share(Name.ON_TIME) == (0, 1)
    assert march(Name.ON_TIME).left == ()
    assert newest(case).facts == {"by": a_dispatcher().badge, "rate": "on_time"}


@pytest.mark.django_db
def test_nobody_approves_what_they_asked_or_what_measures_their_own_unit() -> None:
    case = a_case("handling")
    words = {"rate": "on_time", "reason": "UNTRUE"}
    plea = ask_exclusion(case.number, "恶意。", **words, by=a_dispatcher(), at=MONDAY)
    both = a_person(Role.DISPATCHER)
    lead = a_person(Role.SUPERVISOR, unit=case.responsible_unit)
    helper = a_person(Role.HANDLER, unit=case.responsible_unit)
    decide: dict[str, Any] = {"granted": True, "decision": "同意。", "at": MONDAY}

    with pytest.raises(SecondPerson):
        decide_exclusion(plea.pk, **decide, by=a_dispatcher())
    with pytest.raises(NotYourDuty):
        decide_exclusion(plea.pk, **decide, by=lead)
    with pytest.raises(NotYourDuty):
        decide_exclusion(plea.pk, **decide, by=helper)

    assert decide_exclusion(plea.pk, **decide, by=both).granted


@pytest.mark.django_db
def test_a_dispatcher_who_also_handles_there_does_not_approve() -> None:
    case = a_case("handling")
    words = {"rate": "on_time", "reason": "UNTRUE"}
    plea = ask_exclusion(case.number, "恶意。", **words, by=the_handler(case), at=MONDAY)
    torn = a_person(Role.DISPATCHER, Role.HANDLER)

    with pytest.raises(NotByTheUnit):
        decide_exclusion(plea.pk, granted=True, decision="同意。", by=torn, at=MONDAY)


@pytest.mark.django_db
def test_a_dispatcher_who_also_handles_there_counts_nothing_again() -> None:
    case = a_case("handling")
    an_exclusion(case)
    torn = a_person(Role.DISPATCHER, Role.HANDLER)

    with pytest.raises(NotByTheUnit):
        include_case(case.number, "再算上。", rate="on_time", by=torn, at=MONDAY)


@pytest.mark.django_db
def test_whom_the_figures_measure_is_told_why_and_who_decides(client: Client) -> None:
    case = a_case("handling")
    words = {"rate": "on_time", "reason": "UNTRUE"}
    plea = ask_exclusion(case.number, "恶意。", **words, by=the_handler(case), at=MONDAY)
    torn = a_person(Role.DISPATCHER, Role.HANDLER)
    client.force_login(torn)

    page = client.get(f"/desk/pleas/{plea.pk}/").content.decode()

    assert "须由不在承办单位任职的工作人员审核" in page
    assert f"工号 {a_dispatcher().badge}" in page
    assert f"工号 {torn.badge}" not in page.split('id="main"')[1]
    assert "提交决定" not in page


@pytest.mark.django_db
def test_whom_the_figures_measure_is_told_who_counts_a_case_again(client: Client) -> None:
    case = a_case("handling")
    an_exclusion(case)
    client.force_login(a_person(Role.DISPATCHER, Role.HANDLER))

    page = client.get(f"/desk/cases/{case.number}/include/").content.decode()

    assert f"工号 {a_supervisor().badge}" in page
    assert 'name="text"' not in page


@pytest.mark.django_db
def test_whoever_may_decide_is_found_behind_many_who_may_not_and_who_asked_is_not_named(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    lead = a_unit()
    case = a_case("handling", unit=lead)
    for post in Post.objects.filter(role__in=[Role.DISPATCHER, Role.SUPERVISOR]):
        end_post(post, at=LONG_AGO + A_DAY)
    for _ in range(22):
        a_person(Role.DISPATCHER, Role.HANDLER)
    asked, both = a_person(Role.DISPATCHER), a_person(Role.DISPATCHER)
    give_post(both, lead, Role.DISPATCHER, at=LONG_AGO)
    torn = a_person(Role.DISPATCHER)
    give_post(torn, lead, Role.SUPERVISOR, at=LONG_AGO)
    above = a_person(Role.SUPERVISOR)

    with django_assert_max_num_queries(4):
        named = who_may_exclude(case, asked_by=asked)

    assert named == [both, above]
    assert [one for one in (torn, both, above) if not is_measured(one, case)] == named


@pytest.mark.django_db
def test_who_asked_is_not_named_as_one_who_may_decide(client: Client) -> None:
    case, supervisor = a_case("handling"), a_supervisor()
    words = {"rate": "on_time", "reason": "UNTRUE"}
    plea = ask_exclusion(case.number, "恶意。", **words, by=supervisor, at=MONDAY)
    client.force_login(a_person(Role.DISPATCHER, Role.HANDLER))

    page = client.get(f"/desk/pleas/{plea.pk}/").content.decode()

    assert f"工号 {a_dispatcher().badge}" in page
    assert f"工号 {supervisor.badge}" not in page.partition("可以决定的")[2]


@pytest.mark.django_db
def test_where_nobody_may_decide_the_page_says_who_can_change_that(client: Client) -> None:
    case = a_case("handling")
    words = {"rate": "on_time", "reason": "UNTRUE"}
    plea = ask_exclusion(case.number, "恶意。", **words, by=the_handler(case), at=MONDAY)
    for post in Post.objects.filter(role=Role.DISPATCHER):
        end_post(post, at=LONG_AGO + A_DAY)
    client.force_login(a_person(Role.DISPATCHER, Role.HANDLER))

    page = client.get(f"/desk/pleas/{plea.pk}/").content.decode()

    assert "现在没有可以决定的人" in page


@pytest.mark.django_db
def test_what_is_left_out_is_not_left_out_twice() -> None:
    case = a_case("handling")
    an_exclusion(case)

    with pytest.raises(ExcludedAlready, match="按时答复"):
        an_exclusion(case)


@pytest.mark.django_db
def test_every_number_opens_just_its_rows() -> None:
    late, out = a_case("handling"), a_case("handling")
    a_case("replied")
    a_case("archived", phone="13800000000")
    a_case("returned")
    an_exclusion(out, at=MONDAY + A_DAY)
    line = FiguresLine(count_figures(FiguresFilter(MARCH), scope=None, now=LATER).total)

    def rows(name: str, part: Part = Part.DENOMINATOR) -> int:
        return len(rows_behind(a_supervisor(), Number(name, part), FiguresFilter(MARCH), now=LATER))

    for rate in line.rates:
        assert rows(rate.name) == rate.denominator
        assert rows(rate.name, Part.NUMERATOR) == rate.numerator
        assert rows(rate.name, Part.REST) == rate.denominator - rate.numerator
        assert rows(rate.name, Part.EXCLUDED) == rate.excluded
    assert rows("submissions") == line.submissions
    rest = Number("on_time", Part.REST)
    found = opened(rows_behind(a_supervisor(), rest, FiguresFilter(MARCH), now=LATER))
    assert late in [row.case for row in found]
    assert {row.what for row in found} == {"lapsed"}


@pytest.mark.django_db
def test_what_is_no_longer_in_use_still_opens_its_figures_and_rows(client: Client) -> None:
    unit = a_unit("旧路灯所")
    days = {"since": LONG_AGO.date(), "until": MONDAY.date()}
    DispatchRule.objects.create(matter="路灯", area="老街", unit=unit, **days)
    case = a_case("handling", unit=unit)
    retitle_case(case.number, title="灯", place="", area="后巷", by=a_dispatcher(), at=MONDAY)
    change_unit(unit, {"active": False}, at=MONDAY, by=a_person(Role.ADMINISTRATOR))
    client.force_login(a_supervisor())
    asked = "since=2026-03-01&until=2026-03-31&"

    for_all = [client.get(f"/figures/?{asked}area={area}") for area in ("老街", "后巷")]
    for_staff = client.get(f"/desk/figures/?{asked}area=后巷&unit={unit.pk}&alone=on")
    rows = client.get(
        f"/desk/figures/rows/?{asked}what=submissions&area=后巷&unit={unit.pk}&alone=on"
    )

    assert {page.status_code for page in (*for_all, for_staff, rows)} == {200}
    assert '<option value="后巷" selected>' in for_staff.content.decode()
    assert "旧路灯所（已停用）" in for_staff.content.decode()
    assert case.number in rows.content.decode()


@pytest.mark.django_db
def test_staff_see_figures_of_what_they_may_see_and_no_more() -> None:
    case = a_case("handling")
    a_case("handling")
    handler = the_handler(case)

    total = FiguresLine(figures_for(handler, FiguresFilter(MARCH), now=LATER).total)

    assert (total.submissions, total.rate(Name.ON_TIME).denominator) == (1, 1)


@pytest.mark.django_db
def test_a_unit_in_a_table_opens_its_own_rows_and_not_those_of_its_parts() -> None:
    above = a_unit()
    below = a_unit(parent=above)
    a_case("handling", unit=above)
    a_case("handling", unit=below)

    def dispatched(wanted: FiguresFilter) -> int:
        total = count_figures(wanted, scope=None, now=LATER).total
        return FiguresLine(total).rate(Name.RETURNED).denominator

    assert dispatched(FiguresFilter(MARCH, unit=above)) == 2
    assert dispatched(FiguresFilter(MARCH, unit=above, alone=True)) == 1


@pytest.mark.django_db
def test_a_case_knows_its_area_and_a_dispatcher_puts_it_right() -> None:
    the_town()
    add_unit("ZSL", "舟山里", kind="community", parent=the_town(), at=LONG_AGO)
    DispatchRule.objects.create(
        matter="路灯", area="舟山里东区", unit=a_unit(), since=date(2026, 1, 1)
    )
    case = a_case(place="舟山里东区 8 幢")
    hidden = a_case(place="舟山里东区 8 幢", confidential=True)

    assert (case.area, hidden.area) == ("舟山里东区", "")
    retitle_case(case.number, title="灯", place="", area="舟山里", by=a_dispatcher(), at=MONDAY)
    assert Case.objects.get(pk=case.pk).area == "舟山里"
    assert list(case_faults()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "most"), [("/figures/", 30), ("/desk/figures/", 37)])
def test_a_page_of_figures_costs_the_same_however_much_there_is(
    client: Client, path: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(a_supervisor())
    for _ in range(3):
        a_case("replied", at=now() - 4 * A_DAY)

    with django_assert_max_num_queries(most):
        first = client.get(path)
    with django_assert_max_num_queries(10):
        later = client.get(path)

    strip = re.compile(r'name="csrfmiddlewaretoken"[^>]*')
    assert strip.sub("", first.content.decode()) == strip.sub("", later.content.decode())


@pytest.mark.django_db
def test_figures_are_never_older_than_a_minute() -> None:
    wanted = FiguresFilter(month_of(localdate()))
    before = figures_for(a_supervisor(), wanted, now=now())
    a_submission(at=now())

    soon = figures_for(a_supervisor(), wanted, now=now() + timedelta(seconds=30))
    later = figures_for(a_supervisor(), wanted, now=now() + timedelta(seconds=60))

    assert FiguresLine(soon.total).submissions == FiguresLine(before.total).submissions == 0
    assert FiguresLine(later.total).submissions == 1


@pytest.mark.django_db
def test_the_public_page_names_no_unit_and_nobody(client: Client) -> None:
    unit = a_unit("舟山里第七服务站")
    case = a_case("replied", unit=unit, at=now() - 4 * A_DAY, name="张小明", title="找张小明")

    page = client.get("/figures/").content.decode()

    assert "按时答复率" in page
    assert not [clue for clue in ("第七服务站", "张小明", case.number) if clue in page]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "?since=2026-05-01&until=2026-03-01",
        "?since=2020-01-01&until=2026-01-01",
        "?since=soon",
        "?kind=%00",
        "?area=nowhere",
        "?area=%00",
        "?since=0001-01-01&until=0001-01-31",
        "?since=9999-12-01&until=9999-12-31",
        "?until=9999-12-31",
    ],
)
def test_odd_questions_are_refused_in_words(client: Client, query: str) -> None:
    client.force_login(a_supervisor())

    answers = [
        client.get(f"{path}{query}&what=on_time")
        for path in ("/figures/", "/desk/figures/", "/desk/figures/rows/")
    ]

    assert {answer.status_code for answer in answers} == {422}


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["alone=xyz", "alone=1", "unit=" + "9" * 30, "unit=x"])
@pytest.mark.parametrize("path", ["/desk/figures/", "/desk/figures/rows/"])
def test_a_unit_or_a_tick_that_is_none_is_refused_in_words(
    client: Client, path: str, query: str
) -> None:
    client.force_login(a_supervisor())

    assert client.get(f"{path}?what=on_time&{query}").status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?what=money", "?what=on_time&part=all"])
def test_a_number_that_is_none_is_not_found(client: Client, query: str) -> None:
    client.force_login(a_supervisor())

    assert client.get(f"/desk/figures/rows/{query}").status_code == 404


def test_every_rate_has_a_name_and_a_sentence() -> None:
    assert set(DEFINITIONS) == set(Name) == set(RATES) == set(RATE_SENTENCES)
    parts = {part for one in DEFINITIONS.values() for part in (*one.denominator, one.numerator)}
    assert parts <= set(MEASURE_WORDS)
