"""A form that is refused comes back where it was, open, with what was typed and why beside it."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from mingchuang.base.once import new_key
from mingchuang.council.actions.reading_minutes import correct_minutes
from mingchuang.council.actions.register import mark_affected
from tests.build import A_DAY
from tests.cases.reading import Fields
from tests.council.ballots import a_ballot, a_payment, an_owners_topic, vote_on_paper
from tests.council.build import a_convenor, a_stakeholder, a_topic, an_inviting_topic
from tests.council.neighbours import a_planned_lottery
from tests.council.sittings import BY_SATURDAY, a_decision, an_objection, some_minutes
from tests.council.test_costs import spend
from tests.council.test_inviting import DIRECT
from tests.council.test_minutes import reader

pytestmark = pytest.mark.django_db
TELLING = "请打 13800000001"


class Sent(NamedTuple):
    """What is sent where, and the id of the field that is wrong."""

    way: str
    said: Mapping[str, str]
    wrong: str


def somebody_marked() -> Sent:
    who = a_stakeholder(name="Ann Lee")
    way = reverse("council:person_deed", args=[who.topic.number, who.number, "mark"])
    said = {"affected": "direct", "must_because": "Ann Lee lives in the shed"}
    return Sent(way, said, "mark-must_because")


def a_reason_without_need() -> Sent:
    who = a_stakeholder()
    way = reverse("council:person_deed", args=[who.topic.number, who.number, "mark"])
    return Sent(way, {"affected": "near", "must_because": "住在车棚里"}, "mark-must_because")


def somebody_added() -> Sent:
    said = {"affected": "direct", "name": "Ann Lee", "household": "3幢201", "key": new_key()}
    said["must_because"] = "Ann Lee lives in the shed"
    return Sent(reverse("council:add", args=[a_topic("gathering").number]), said, "id_must_because")


def an_objection_nobody_finds() -> Sent:
    who = a_stakeholder()
    way = reverse("council:person_deed", args=[who.topic.number, who.number, "objection"])
    return Sent(way, {"case": "XX-1"}, "objection-case")


def a_proxy() -> Sent:
    roster = an_inviting_topic(DIRECT, at=now() - A_DAY)
    way = reverse("council:invitation_deed", args=[roster.topic.number, 1, "proxy"])
    return Sent(way, {"name": "王小红", "mandate": TELLING}, "proxy-mandate")


def a_promise() -> Sent:
    number = a_planned_lottery().roster.topic.number
    way = reverse("council:lottery_deed", args=[number, "promise"])
    return Sent(
        way,
        {"randomness": "issue", "due_at": "2999-01-01T09:00", "announced": TELLING},
        "promise-announced",
    )


def a_dropped_topic() -> Sent:
    way = reverse("council:deed", args=[a_topic("gathering").number, "drop"])
    return Sent(way, {"reason": TELLING}, "drop-reason")


def a_ballot_called_off() -> Sent:
    ballot = a_ballot(at=now())
    way = reverse("council:ballot_deed", args=[ballot.topic.number, ballot.number, "revoke"])
    return Sent(way, {"reason": TELLING}, "revoke-reason")


def ones_own_phone() -> Sent:
    said = {"name": "王小红", "phone": "12"}
    return Sent(reverse("council:correct", args=[a_stakeholder().code]), said, "correct-phone")


def an_answer() -> Sent:
    objection = an_objection()
    number = objection.decision.topic.number
    way = reverse("council:objection_deed", args=[number, objection.number, "answer"])
    return Sent(way, {"gist": "灯太亮", "answer": TELLING}, "answer-1-answer")


def a_review() -> Sent:
    number = an_objection().decision.topic.number
    way = reverse("council:objection_deed", args=[number, 1, "review"])
    return Sent(way, {"review_of": TELLING}, "review-1-review_of")


def a_day_of_checking() -> Sent:
    [check] = a_decision(published=True).commitments.get(number=1).checks.all()[:1]
    number = check.commitment.decision.topic.number
    way = reverse("council:check", args=[number, check.pk])
    return Sent(way, {"note": TELLING}, f"check-{check.pk}-note")


def a_correction_left_out() -> Sent:
    minutes = some_minutes("out")
    said = correct_minutes(reader(minutes), 1, "少写了一个人。", at=BY_SATURDAY)
    where = (minutes.sitting.topic.number, minutes.sitting.number, said.pk, "leave")
    way = reverse("council:correction", args=where)
    return Sent(way, {"answer": TELLING}, f"leave-{said.pk}-answer")


def a_register_closed_unread() -> Sent:
    way = reverse("council:deed", args=[a_topic("gathering").number, "close"])
    return Sent(way, {}, "close-sure")


def a_line_struck_out() -> Sent:
    line = a_payment()
    way = reverse("council:strike", args=[line.cost.topic.number, line.cost.number, line.pk])
    return Sent(way, {"reason": TELLING}, f"strike-{line.pk}-reason")


def a_paper_taken_back() -> Sent:
    ballot = a_ballot(at=now())
    vote_on_paper(ballot, "1幢101", "for", at=now())
    way = reverse("council:take_back", args=[ballot.topic.number, ballot.number, 1])
    return Sent(way, {"reason": "看错了一行" * 41}, "back-1-reason")


def a_flat_taken_out() -> Sent:
    way = reverse("council:take_out_flat", args=[an_owners_topic().number, 1])
    return Sent(way, {"reason": TELLING}, "out-1-reason")


REFUSED: tuple[Callable[[], Sent], ...] = (
    somebody_marked,
    a_reason_without_need,
    somebody_added,
    an_objection_nobody_finds,
    a_proxy,
    a_promise,
    a_dropped_topic,
    a_ballot_called_off,
    ones_own_phone,
    an_answer,
    a_review,
    a_day_of_checking,
    a_correction_left_out,
    a_register_closed_unread,
    a_line_struck_out,
    a_paper_taken_back,
    a_flat_taken_out,
)


@pytest.mark.parametrize("refused", REFUSED)
def test_what_was_typed_comes_back_with_what_is_wrong_beside_it(
    client: Client, refused: Callable[[], Sent]
) -> None:
    sent = refused()
    client.force_login(a_convenor())
    before = form_with(sent.wrong, client.get(sent.way, follow=True))

    answer = client.post(sent.way, sent.said)

    form = form_with(sent.wrong, answer)
    assert answer.status_code == 422
    assert f'id="{sent.wrong}_error"' in form
    assert f'href="#{sent.wrong}"' in answer.content.decode()
    assert sent.said.items() <= sent_by(form).items()
    assert hints_in(form) == hints_in(before)


def form_with(field: str, answer: Any) -> str:
    """Return the form of a page in which this field stands."""
    forms = re.findall(r"<form.*?</form>", answer.content.decode(), re.DOTALL)
    [form] = [one for one in forms if re.search(rf'(id|for)="{field}(_0)?"', one)]
    return str(form)


def sent_by(form: str) -> dict[str, str]:
    """Return what a form sends if nothing in it is touched."""
    fields = Fields()
    fields.feed(form)
    return fields.values


def hints_in(form: str) -> list[str]:
    return re.findall(r'<p class="hint".*?</p>', form, re.DOTALL)


def test_the_part_of_the_page_that_is_refused_stands_open(client: Client) -> None:
    sent = a_proxy()
    client.force_login(a_convenor())

    page = client.post(sent.way, sent.said).content.decode()

    [opened] = re.findall(r"<details open>.*?</details>", page, re.DOTALL)
    assert 'id="proxy-mandate"' in opened


def test_a_row_that_is_refused_keeps_its_reason_and_gives_it_to_no_other(client: Client) -> None:
    line = a_payment(amount=100_00)
    spend(line.cost, 60_00)
    client.force_login(a_convenor())
    number, n = line.cost.topic.number, line.cost.number

    answer = client.post(reverse("council:strike", args=[number, n, line.pk]), {"reason": "记错"})

    assert (answer.status_code, "40.00" in answer.content.decode()) == (422, True)
    typed = {
        one.pk: sent_by(form_with(f"strike-{one.pk}-reason", answer))["reason"]
        for one in line.cost.movements.all()
    }
    assert typed == {one: "记错" if one == line.pk else "" for one in typed}
    assert len(typed) == 2


def test_a_reason_written_otherwise_on_a_form_that_was_sent_comes_back_to_be_pressed_again(
    client: Client,
) -> None:
    who = a_stakeholder()
    client.force_login(a_convenor())
    way = reverse("council:person_deed", args=[who.topic.number, who.number, "mark"])
    said = {"affected": "direct", "must_because": "住在车棚里", "once": new_key()}
    client.post(way, said)

    changed = {**said, "must_because": "轮椅停在车棚里"}
    page = client.post(way, changed)
    again = client.post(way, {**changed, "once": new_key()})

    who.refresh_from_db()
    assert (page.status_code, again.status_code) == (422, 302)
    assert 'value="轮椅停在车棚里"' in page.content.decode()
    assert who.must_because == "轮椅停在车棚里"


def test_a_form_begins_with_what_stands_there_where_nothing_was_sent(client: Client) -> None:
    who = a_stakeholder()
    mark_affected(who.topic.number, who.number, "direct", "住在车棚里", by=a_convenor(), at=now())
    client.force_login(a_convenor())

    page = client.get(reverse("council:person", args=[who.topic.number, who.number]))

    assert 'name="must_because" value="住在车棚里"' in page.content.decode()
