"""How somebody wants to be reached: who asks for text is not called."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingchuang.cases.actions.callbacks import record_callback
from mingchuang.cases.models import Case, Submission
from mingchuang.cases.queries.lists import callback_list
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    MONDAY,
    a_callback_clerk,
    a_case,
    a_person,
    code,
    the_handler,
    the_lead,
    the_town,
)
from tests.cases.reading import words_of

pytestmark = pytest.mark.django_db

ONLY_TEXT = "只发短信"
WRITES: dict[str, Any] = {"name": "林静", "phone": "13800000009", "contact": "text"}


def _seen_by(client: Client, role: Role, case: Case) -> str:
    client.force_login(a_person(role, unit=the_lead(case)))
    return words_of(client.get(reverse("cases:case", args=[case.number])))


def test_whoever_writes_says_how_they_want_to_be_reached(client: Client) -> None:
    the_town()
    said = {"text": "听不到叫号，希望有文字提示。", "key": "k" * 32, **WRITES}

    client.post(reverse("cases:say"), said)

    kept = Submission.objects.select_related("requester").get()
    assert kept.requester is not None
    assert kept.requester.wants_text
    receipt = client.get(reverse("cases:receipt", args=[kept.number, code(kept)]))
    assert "发短信问您" in words_of(receipt)


def test_nobody_is_asked_to_choose(client: Client) -> None:
    the_town()

    client.post(
        reverse("cases:say"), {"text": "路灯不亮。", "phone": "13800000009", "key": "k" * 32}
    )

    kept = Submission.objects.select_related("requester").get()
    assert kept.requester is not None
    assert not kept.requester.wants_text


def test_the_unit_reads_it_beside_the_phone(client: Client) -> None:
    case = a_case("handling", **WRITES)

    assert ONLY_TEXT in _seen_by(client, Role.HANDLER, case)


def test_of_whoever_speaks_in_confidence_the_unit_reads_nothing(client: Client) -> None:
    case = a_case("handling", confidential=True, **WRITES)

    assert ONLY_TEXT not in _seen_by(client, Role.HANDLER, case)


def test_who_calls_back_is_told_to_write_instead(client: Client) -> None:
    case = a_case("replied", **WRITES)
    client.force_login(a_callback_clerk())

    listed = words_of(client.get(reverse("cases:callbacks")))
    one = words_of(client.get(reverse("cases:callback", args=[case.number])))

    assert ONLY_TEXT in listed
    assert "请发短信，不要打电话" in one


def test_a_text_nobody_answered_is_an_attempt_and_no_answer() -> None:
    case, clerk = a_case("replied", **WRITES), a_callback_clerk()

    for n in (1, 1):
        record_callback(case.number, outcome="texted", by=clerk, at=MONDAY + n * A_DAY)
    asked_twice = [one.case_id for one in callback_list(clerk)]
    record_callback(case.number, outcome="texted", by=clerk, at=MONDAY + 2 * A_DAY)

    case.refresh_from_db()
    assert asked_twice == [case.pk]
    assert case.state == "archived"
    assert list(case.callbacks.values_list("outcome", "solved")) == [("texted", None)] * 3


def test_a_text_that_was_answered_counts_like_a_call() -> None:
    case, clerk = a_case("replied", **WRITES), a_callback_clerk()
    record_callback(case.number, outcome="texted", by=clerk, at=MONDAY + A_DAY)

    record_callback(
        case.number, outcome="reached", solved=True, satisfied="yes", by=clerk, at=MONDAY + A_DAY
    )

    case.refresh_from_db()
    assert case.state == "archived"
    assert the_handler(case) != clerk
