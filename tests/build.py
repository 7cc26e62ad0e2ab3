"""Plain builders: each returns one valid, boring object; name only what the test is about."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from mingchuang.cases.actions.alike import keep_words
from mingchuang.cases.actions.dispatch import acknowledge_case, dispatch_case, return_case
from mingchuang.cases.actions.exclusions import ask_exclusion, decide_exclusion
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.actions.merging import merge_case
from mingchuang.cases.actions.pleas import ask_pause, decide_plea
from mingchuang.cases.actions.privacy import redact_submission
from mingchuang.cases.actions.reception import accept_case, ask_for_more, decline_case, refer_case
from mingchuang.cases.actions.voice import say_solved, withdraw_submission
from mingchuang.cases.models import Case, Exclusion, Plea, Submission
from mingchuang.cases.queries.common_words import newly_counted
from mingchuang.cases.queries.receipts import code_of
from mingchuang.cases.rules.said import Said
from mingchuang.hall.actions import CALENDARS, load_calendar, load_profiles
from mingchuang.hall.models import TimeLimit
from mingchuang.hall.rules.table import CalendarTable, parse_calendar
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.people.actions.posts import give_post
from mingchuang.people.actions.staff import add_person
from mingchuang.people.actions.units import add_unit
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.rules.roles import Role

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG_AGO = datetime(2020, 1, 1, tzinfo=SHANGHAI)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)
_serial = count(1)


@cache
def the_calendar_of(year: int) -> CalendarTable:
    table = parse_calendar((CALENDARS / f"{year}.txt").read_text(encoding="utf-8"))
    assert isinstance(table, CalendarTable)
    return table


def the_town() -> Unit:
    """The root unit, with its time limits and the calendar of the year the tests live in."""
    town = Unit.objects.filter(parent__isnull=True).order_by("pk").first()
    if town is None:
        town = add_unit("YJ", "甬江市", kind="city", at=LONG_AGO)
    if not TimeLimit.objects.exists():
        load_profiles(at=LONG_AGO)
        load_calendar(the_calendar_of(2026), at=LONG_AGO)
    return town


def a_unit(name: str = "", *, parent: Unit | None = None, kind: str = "bureau") -> Unit:
    n = next(_serial)
    return add_unit(
        f"U{n}", name or f"第{n}局", kind=kind, parent=parent or the_town(), at=LONG_AGO
    )


def a_person(*roles: Role, unit: Unit | None = None) -> Person:
    n = next(_serial)
    person = add_person(
        f"p{n}", f"员工{n}", badge=f"{n:04d}", password="明窗-demo-2026", at=LONG_AGO
    )
    for role in roles:
        give_post(person, unit or the_town(), role, at=LONG_AGO)
    return person


def the_holder(role: Role, unit: Unit) -> Person:
    """Whoever holds the role in the unit; appointed if nobody does."""
    post = Post.objects.filter(role=role, unit=unit).select_related("person").first()
    return post.person if post else a_person(role, unit=unit)


def a_dispatcher() -> Person:
    return the_holder(Role.DISPATCHER, the_town())


def a_callback_clerk() -> Person:
    return the_holder(Role.CALLBACK, the_town())


def a_supervisor() -> Person:
    return the_holder(Role.SUPERVISOR, the_town())


def the_lead(case: Case) -> Unit:
    assert case.responsible_unit is not None
    return case.responsible_unit


def the_handler(case: Case) -> Person:
    return the_holder(Role.HANDLER, the_lead(case))


def what_was_said(**given: Any) -> Said:
    plain = {"text": "楼道灯坏了三天，晚上看不见台阶。", "key": f"key-{next(_serial):020d}"}
    return Said(**{**plain, "kind": "complaint", **given})


def a_submission(*, at: datetime = MONDAY, **given: Any) -> Submission:
    return receive_submission(what_was_said(**given), unit=the_town(), at=at)


def code(submission: Submission) -> str:
    return code_of(submission)


def a_case(
    state: str = "received", *, unit: Unit | None = None, at: datetime = MONDAY, **given: Any
) -> Case:
    """A case brought to `state` through the real doors, an hour between the steps."""
    case = a_submission(at=at, **given).case
    if case.confidential:
        redact(case, at=at)
    for step in WAYS[state]:
        at += AN_HOUR
        step(case, unit, at)
        case = Case.objects.get(pk=case.pk)
    assert case.state == state
    return case


def a_mass_complaint(people: int, *, at: datetime = MONDAY) -> Case:
    """A case that many people asked for, each by themselves."""
    case = a_case("accepted", at=at)
    for _ in range(people - 1):
        merge_case(a_submission(at=at).case.number, case.number, by=a_dispatcher(), at=at)
    return case


def redact(case: Case, *, at: datetime = MONDAY) -> None:
    words = {"title": case.title, "place": case.place, "text": case.submissions.get().text}
    redact_submission(case.number, **words, by=a_dispatcher(), at=at)


def the_plea(case: Case) -> Plea:
    """What is asked about the case and not decided yet."""
    return case.pleas.open().get()


def count_words(*, at: datetime) -> bool:
    """Count how common which words are, as the follower does; say whether it was time to."""
    words = newly_counted(at)
    if words:
        keep_words(words, at=at)
    return words is not None


def an_exclusion(
    case: Case, rate: str = "on_time", *, reason: str = "FORCE_MAJEURE", at: datetime = MONDAY
) -> Exclusion:
    """The case left out of a rate: asked by the dispatcher, approved by the supervisor."""
    plea = ask_exclusion(
        case.number, "台风停工三天。", rate=rate, reason=reason, by=a_dispatcher(), at=at
    )
    decide_exclusion(plea.pk, granted=True, decision="属实。", by=a_supervisor(), at=at)
    return case.exclusions.in_force().get(rate=rate)


def told(case: Case) -> list[str]:
    """The verbs of the case's entries, in order."""
    return [entry.verb for entry in entries_of(case.subject)]


def newest(case: Case) -> Entry:
    """What was written about the case last."""
    return entries_of(case.subject).latest("pk")


def _ask(case: Case, unit: Unit | None, at: datetime) -> None:
    ask_for_more(case.number, "哪一栋楼，几单元？", by=a_dispatcher(), at=at)


def _decline(case: Case, unit: Unit | None, at: datetime) -> None:
    route = "请到人民法院立案大厅办理。"
    decline_case(case.number, code="LEGAL_PROCEDURE", route=route, by=a_dispatcher(), at=at)


def _refer(case: Case, unit: Unit | None, at: datetime) -> None:
    refer_case(case.number, to="119", words="请立即拨打 119。", by=a_dispatcher(), at=at)


def _accept(case: Case, unit: Unit | None, at: datetime) -> None:
    accept_case(case.number, by=a_dispatcher(), at=at)


def _dispatch(case: Case, unit: Unit | None, at: datetime) -> None:
    dispatch_case(case.number, unit or a_unit(), by=a_dispatcher(), at=at)


def _return(case: Case, unit: Unit | None, at: datetime) -> None:
    return_case(case.number, "不属于本单位职责。", by=the_handler(case), at=at)


def _acknowledge(case: Case, unit: Unit | None, at: datetime) -> None:
    acknowledge_case(case.number, by=the_handler(case), at=at)


def _pause(case: Case, unit: Unit | None, at: datetime) -> None:
    review_on = (at + 30 * A_DAY).date()
    plea = ask_pause(case.number, "等配件。", review_on=review_on, by=the_handler(case), at=at)
    decide_plea(plea.pk, granted=True, decision="同意。", by=a_dispatcher(), at=at)


def _reply(case: Case, unit: Unit | None, at: datetime) -> None:
    reply_to_case(case.number, "灯已修好。", disposition="done", by=the_handler(case), at=at)


def _archive(case: Case, unit: Unit | None, at: datetime) -> None:
    say_solved(case.number, code(case.submissions.get()), satisfied="yes", at=at)


def _merge(case: Case, unit: Unit | None, at: datetime) -> None:
    merge_case(case.number, a_submission().case.number, by=a_dispatcher(), at=at)


def _withdraw(case: Case, unit: Unit | None, at: datetime) -> None:
    withdraw_submission(case.number, code(case.submissions.get()), at=at)


WAYS: Mapping[str, tuple[Callable[[Case, Unit | None, datetime], None], ...]] = {
    "received": (),
    "needs_info": (_ask,),
    "declined": (_decline,),
    "referred": (_refer,),
    "accepted": (_accept,),
    "dispatched": (_accept, _dispatch),
    "returned": (_accept, _dispatch, _return),
    "handling": (_accept, _dispatch, _acknowledge),
    "paused": (_accept, _dispatch, _acknowledge, _pause),
    "replied": (_accept, _dispatch, _acknowledge, _reply),
    "archived": (_accept, _dispatch, _acknowledge, _reply, _archive),
    "merged": (_merge,),
    "withdrawn": (_withdraw,),
}
