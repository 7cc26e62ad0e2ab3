"""Who took part is forgotten after the days of the table or on their wish; the rest stays."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from mingchuang.cases import shelf
from mingchuang.cases.actions.keeping import load_terms
from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.rules.keeping import COUNCIL, OBJECTORS, OWNERS, Term
from mingchuang.council.actions.ballots import publish_ballot
from mingchuang.council.actions.inviting import Tried, invite, seat_proxy
from mingchuang.council.actions.keeping import forget_my_flats, forget_my_objection, forget_people
from mingchuang.council.actions.objecting import answer_objection
from mingchuang.council.actions.own import withdraw
from mingchuang.council.actions.register import note_camp_on_paper
from mingchuang.council.actions.topics import drop_topic
from mingchuang.council.errors.keeping import StillNeeded
from mingchuang.council.models import Objection, Picture, Stakeholder, Topic, Vote
from mingchuang.council.queries.audit import council_faults
from mingchuang.council.queries.keeping import council_due, council_overdue, some_council_due
from mingchuang.council.words.reasons import ERASED
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Requester
from tests.build import A_DAY, MONDAY
from tests.council.ballots import (
    OVER,
    a_closed_ballot,
    a_fixed_cost,
    a_payment,
    an_owner,
    an_owners_topic,
)
from tests.council.build import a_convenor, a_photo, a_stakeholder, a_topic, an_inviting_topic
from tests.council.sittings import TEN_DAYS_ON, an_objection

pytestmark = pytest.mark.django_db
A_YEAR = 365
LATER = MONDAY + 400 * A_DAY


def the_term(category: str, days: int | None = A_YEAR) -> Retention:
    load_terms([Term(category, days, "本市规定第三条")], at=MONDAY)
    return Retention.objects.get(category=category)


def forgotten(category: str) -> int:
    term = the_term(category)
    return sum(forget_people(term, some, at=LATER) for some in some_council_due(term, LATER))


def ended(topic: Topic) -> Topic:
    return drop_topic(topic.number, "不议了", by=a_convenor(), at=MONDAY)


def somebody_known() -> Stakeholder:
    """Somebody of whom there is everything that can be known, and whose topic is over."""
    topic = a_topic("gathering")
    given: dict[str, Any] = {"name": "王小明", "phone": "13800001234", "household": "3幢201"}
    who = a_stakeholder(topic, **given, features={"age": "60"})
    by = a_convenor()
    note_camp_on_paper(
        topic.number, who.number, "oppose", a_photo(), signed=who.requester.name, by=by, at=MONDAY
    )
    ended(topic)
    return Stakeholder.objects.get(pk=who.pk)


def test_after_its_days_nobody_knows_who_stood_under_a_number() -> None:
    who = somebody_known()

    assert forgotten(COUNCIL) == 1

    after = Stakeholder.objects.select_related("requester", "household", "paper").get(pk=who.pk)
    assert (after.requester.name, after.requester.phone, after.requester.phone_index) == (
        "",
        "",
        "",
    )
    assert (after.phone_index, after.claim, after.features, after.salt) == ("", "", {}, b"")
    assert (after.household.label, after.household.label_index) == ("", "")
    assert after.code != who.code
    assert (after.number, after.camp, after.affected) == (who.number, "oppose", "near")
    told = Entry.objects.get(verb="stakeholder.erased")
    assert (told.subject, told.facts["category"]) == (who.subject, COUNCIL)
    assert list(council_faults()) == []


def test_the_paper_with_a_camp_is_gone_and_its_hash_stays(
    django_capture_on_commit_callbacks: Any,
) -> None:
    path = somebody_known().paper.path  # type: ignore[union-attr]

    with django_capture_on_commit_callbacks(execute=True):
        forgotten(COUNCIL)

    with pytest.raises(FileNotFoundError):
        shelf.read(path)
    assert not Picture.objects.get().is_kept
    assert list(council_faults()) == []


def test_a_photo_that_was_lost_and_not_erased_is_missed() -> None:
    somebody_known()
    shelf.drop(Picture.objects.get().path)
    Picture.objects.update(erased_at=MONDAY)

    assert [one.code for one in council_faults()] == ["picture_missing"]


def test_what_was_written_about_reaching_somebody_is_forgotten_with_their_proxy() -> None:
    seat = an_inviting_topic({"name": "王小明"}).seats.get()
    where, by = (seat.roster.topic.number, seat.stakeholder.number), a_convenor()
    invite(*where, Tried("door", "absent", "老伴开的门", a_photo()), by=by, at=MONDAY)
    seat_proxy(*where, "王小红", "女儿，电话里说的", by=by, at=MONDAY)
    ended(seat.roster.topic)

    assert forgotten(COUNCIL) == 1

    seat.refresh_from_db()
    tried = seat.stakeholder.invitations.get()
    assert (tried.note, tried.outcome, tried.picture.is_kept) == ("", "absent", False)  # type: ignore[union-attr]
    assert seat.mandate == ERASED
    assert not [one.name for one in Requester.objects.all() if one.name]


def test_that_something_is_forgotten_is_told_in_the_language_of_who_reads_it(
    client: Client,
) -> None:
    seat = an_inviting_topic({}).seats.get()
    where = (seat.roster.topic.number, seat.stakeholder.number)
    seat_proxy(*where, "王小红", "女儿，电话里说的", by=a_convenor(), at=MONDAY)
    ended(seat.roster.topic)
    forgotten(COUNCIL)
    client.force_login(a_convenor())
    way = reverse("council:invitation", args=where)

    chinese = client.get(way).content.decode()
    english = client.get(way, headers={"accept-language": "en"}).content.decode()

    assert "已按规定删除" in chinese
    assert "Erased as the rules require" in english
    assert "女儿" not in chinese


def test_who_lives_with_somebody_still_known_keeps_their_address() -> None:
    topic = a_topic("gathering")
    first = a_stakeholder(topic, household="3幢201")
    second = a_stakeholder(topic, household="3幢201")

    withdraw(first.code, at=MONDAY)
    kept = Stakeholder.objects.get(pk=second.pk).household.label
    withdraw(second.code, at=MONDAY)

    assert kept == "3幢201"
    assert Stakeholder.objects.get(pk=second.pk).household.label == ""


def test_who_withdraws_leaves_no_paper_either() -> None:
    who = a_stakeholder(a_topic("gathering"))
    given = (who.topic.number, who.number, "oppose", a_photo())
    note_camp_on_paper(*given, signed=who.requester.name, by=a_convenor(), at=MONDAY)

    withdraw(who.code, at=MONDAY)

    assert not Picture.objects.get().is_kept
    assert Entry.objects.get(verb="stakeholder.erased").facts == {"wish": "erase"}


@pytest.mark.parametrize(("days", "count"), [(399, 1), (401, 0), (None, 0)])
def test_time_is_counted_from_the_end_of_the_topic(days: int | None, count: int) -> None:
    somebody_known()
    term = the_term(COUNCIL, days)

    assert council_due(term, LATER).count() == count
    assert council_overdue(term, LATER).count == count


def test_a_topic_that_goes_on_forgets_nobody() -> None:
    a_stakeholder(a_topic("gathering"))

    assert forgotten(COUNCIL) == 0


def test_what_was_objected_is_gone_and_its_gist_and_answer_stay() -> None:
    said = an_objection()
    number = said.decision.topic.number
    answer_objection(number, 1, "灯太亮", "已换灯", by=a_convenor(), at=TEN_DAYS_ON)
    Topic.objects.update(state="closed", ended_at=MONDAY)

    assert forgotten(OBJECTORS) == 1

    after = Objection.objects.select_related("requester", "entry").get()
    assert (after.text, after.salt, after.requester.name) == ("", b"", "")  # type: ignore[union-attr]
    assert (after.gist, after.answer) == ("灯太亮", "已换灯")
    told = Entry.objects.get(verb="objection.erased")
    assert told.facts["of"] == after.entry.digest


def test_who_objected_is_forgotten_when_they_ask_and_were_answered(client: Client) -> None:
    said = an_objection()
    with pytest.raises(StillNeeded):
        forget_my_objection(said.code, at=TEN_DAYS_ON)
    number = said.decision.topic.number
    answer_objection(number, 1, "灯太亮", "已换灯", by=a_convenor(), at=TEN_DAYS_ON)
    page = client.get(reverse("council:objection", args=[said.code])).content.decode()

    asked = client.post(reverse("council:forget_objection", args=[said.code]))

    assert "删除我的原文和联系方式" in page
    assert asked.status_code == 302
    assert client.get(reverse("council:objection", args=[said.code])).status_code == 404
    assert Objection.objects.get().text == ""


def an_owners_history() -> Topic:
    ballot = a_closed_ballot()
    publish_ballot(ballot.topic.number, 1, by=a_convenor(), at=OVER)
    cost = a_fixed_cost(topic=ballot.topic)
    a_payment(cost)
    Topic.objects.update(state="closed", ended_at=MONDAY)
    return ballot.topic


def test_owners_are_forgotten_and_what_was_counted_and_paid_stays() -> None:
    topic = an_owners_history()

    assert forgotten(OWNERS) == 4

    assert not [one.name for one in Requester.objects.all() if one.name]
    assert {flat.label for flat in topic.flats.all()} == {""}
    assert {vote.choice for vote in Vote.objects.all()} == {""}
    assert topic.ballots.get().result["for"] == [4, 400_00]
    assert topic.costs.get().movements.get().amount == 600_00
    assert [one.code for one in council_faults()] == ["contradicted"]  # the state set above


def test_the_account_of_a_cost_keeps_its_owners_known() -> None:
    an_owners_history()
    term = the_term(OWNERS, 399)

    assert council_due(term, MONDAY + 399 * A_DAY).count() == 0
    assert council_due(term, LATER + 9 * A_DAY).count() == 4


def test_an_owner_is_forgotten_on_their_wish_once_the_topic_is_over(client: Client) -> None:
    owner = an_owner(an_owners_topic())
    with pytest.raises(StillNeeded):
        forget_my_flats(owner.code, at=MONDAY)
    ended(owner.topic)
    page = client.get(reverse("council:owner", args=[owner.code])).content.decode()

    asked = client.post(reverse("council:forget_owner", args=[owner.code]))

    assert "删除我的个人信息" in page
    assert asked.status_code == 302
    assert client.get(reverse("council:owner", args=[owner.code])).status_code == 404


def test_the_command_of_retention_knows_the_council() -> None:
    who = somebody_known()
    Topic.objects.filter(pk=who.topic_id).update(ended_at=MONDAY - 9 * 365 * A_DAY)
    the_term(COUNCIL)
    out = StringIO()

    call_command("retain", "--json", stdout=out)

    assert json.loads(out.getvalue()) == {"erased": {COUNCIL: 1}}
    assert Entry.objects.get(verb="retention.ran").facts["erased"] == [f"{COUNCIL} 1"]


def test_without_days_in_the_table_nobody_is_forgotten() -> None:
    somebody_known()

    assert not Retention.objects.filter(days__isnull=False).exists()
    assert some_council_due(Retention.objects.get(category=COUNCIL), LATER) == []
