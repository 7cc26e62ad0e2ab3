"""Plain builders: each returns one valid, boring object; name only what the test is about."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from mingchuang.cases.actions.dispatch import acknowledge_case, dispatch_case
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.models import Case, Submission
from mingchuang.cases.queries.receipts import code_of
from mingchuang.cases.rules.said import Said
from mingchuang.hall.actions import load_profiles, load_shipped_calendars
from mingchuang.hall.models import TimeLimit
from mingchuang.people.actions import add_person, add_unit, give_post
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.rules.roles import Role

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG_AGO = datetime(2020, 1, 1, tzinfo=SHANGHAI)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)
_serial = count(1)


def the_town() -> Unit:
    """The root unit, with its time limits and calendars loaded."""
    town = Unit.objects.filter(parent__isnull=True).first()
    if town is None:
        town = add_unit("YJ", "甬江市", kind="city", at=LONG_AGO)
    if not TimeLimit.objects.exists():
        load_profiles(at=LONG_AGO)
        load_shipped_calendars(at=LONG_AGO)
    return town


def a_unit(name: str = "", *, parent: Unit | None = None) -> Unit:
    n = next(_serial)
    return add_unit(
        f"U{n}", name or f"第{n}局", kind="bureau", parent=parent or the_town(), at=LONG_AGO
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


def the_handler(case: Case) -> Person:
    assert case.responsible_unit is not None
    return the_holder(Role.HANDLER, case.responsible_unit)


def what_was_said(**given: Any) -> Said:
    plain = {"text": "楼道灯坏了三天，晚上看不见台阶。", "key": f"key-{next(_serial):020d}"}
    return Said(**{**plain, "kind": "complaint", **given})


def a_submission(*, at: datetime = MONDAY, **given: Any) -> Submission:
    return receive_submission(what_was_said(**given), unit=the_town(), at=at)


def code(submission: Submission) -> str:
    return code_of(submission)


def a_case(state: str = "received", *, unit: Unit | None = None, **given: Any) -> Case:
    """A case brought to `state` through the real doors, an hour between the steps."""
    case = a_submission(**given).case
    if case.confidential:
        redact(case)
    at = MONDAY
    for reached, step in PATH:
        if case.state == state:
            break
        at += AN_HOUR
        case = step(case, unit, at)
        assert case.state == reached
    assert case.state == state
    return case


def redact(case: Case) -> None:
    from mingchuang.cases.actions.privacy import redact_submission  # noqa: PLC0415

    words = {"title": case.title, "place": case.place, "text": case.submissions.get().text}
    redact_submission(case.number, **words, by=a_dispatcher(), at=MONDAY)


def _accept(case: Case, unit: Unit | None, at: datetime) -> Case:
    return accept_case(case.number, by=a_dispatcher(), at=at)


def _dispatch(case: Case, unit: Unit | None, at: datetime) -> Case:
    return dispatch_case(case.number, unit or a_unit(), by=a_dispatcher(), at=at)


def _acknowledge(case: Case, unit: Unit | None, at: datetime) -> Case:
    return acknowledge_case(case.number, by=the_handler(case), at=at)


def _reply(case: Case, unit: Unit | None, at: datetime) -> Case:
    reply = reply_to_case(
        case.number, "灯已修好。", disposition="done", by=the_handler(case), at=at
    )
    return reply.case


PATH = (
    ("accepted", _accept),
    ("dispatched", _dispatch),
    ("handling", _acknowledge),
    ("replied", _reply),
)
