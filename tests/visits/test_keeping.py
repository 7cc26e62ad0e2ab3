"""Who came is forgotten after the days of the table; that somebody came stays."""

import io
import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from mingchuang.cases.actions.keeping import load_terms
from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.rules.keeping import VISITORS, Term
from mingchuang.ledger.models import Entry
from mingchuang.outward.retention import overdue_anywhere
from mingchuang.people.models import Requester
from mingchuang.visits.actions.booking import cancel_visit
from mingchuang.visits.actions.keeping import forget_visitors
from mingchuang.visits.actions.standby import take_offer
from mingchuang.visits.models import Assist, Visit
from mingchuang.visits.queries.keeping import some_visitors_due, visitors_due, visitors_overdue
from mingchuang.visits.rules.assisting import State
from tests.build import A_DAY, MONDAY
from tests.visits.companions import a_hall, an_assist
from tests.visits.places import a_full_day, a_release, a_sign_up, a_standby
from tests.visits.test_booking import a_slot, booked

LATER = MONDAY + 100 * A_DAY
pytestmark = pytest.mark.django_db


def the_term(days: int | None = 90) -> Retention:
    load_terms([Term(VISITORS, days, "本市规定第三条")], at=MONDAY)
    return Retention.objects.get(category=VISITORS)


def a_visitor_gone(**given: Any) -> Visit:
    """Somebody who booked and gave their place back: their visit is over."""
    return cancel_visit(booked(a_slot(), **given).code, at=MONDAY)


def audited() -> list[dict[str, str]]:
    out = io.StringIO()
    with suppress(SystemExit):
        call_command("audit", "--json", stdout=out)
    faults: list[dict[str, str]] = json.loads(out.getvalue())["faults"]
    return faults


def test_after_its_days_name_and_phone_are_gone_and_the_visit_stays() -> None:
    visit, term = a_visitor_gone(), the_term()

    found = some_visitors_due(term, LATER)
    count = sum(forget_visitors(term, some, at=LATER) for some in found)

    visit.refresh_from_db()
    who = Requester.objects.get()
    assert count == 1
    assert (who.name, who.phone, who.phone_index, who.salt) == ("", "", "", b"")
    assert (visit.requester, visit.state, visit.persons) == (None, "cancelled", 1)
    told = Entry.objects.get(verb="visit.erased", subject=visit.subject)
    assert told.facts["category"] == VISITORS
    assert audited() == []


def test_who_had_stood_by_is_not_found_by_their_phone_any_more() -> None:
    full, *_ = a_full_day()
    standby, term = a_standby(full.line), the_term()
    cancel_visit(full.code, at=MONDAY)
    visit = take_offer(standby.code, at=MONDAY)
    cancel_visit(visit.code, at=MONDAY)

    forget_visitors(term, [standby.requester_id], at=LATER)

    assert standby.phone_index
    standby.refresh_from_db()
    assert (standby.phone_index, standby.requester.phone) == ("", "")


def forgotten(term: Retention) -> int:
    return sum(forget_visitors(term, some, at=LATER) for some in some_visitors_due(term, LATER))


def test_who_only_stood_by_is_forgotten_once_their_day_is_long_over() -> None:
    standby, term = a_standby(a_full_day()[0].line), the_term()
    days_after = MONDAY + 91 * A_DAY  # they stood by for the day after Monday

    early = [who.pk for who in visitors_due(term, days_after)]
    assert forgotten(term) == 1

    standby.refresh_from_db()
    assert standby.requester_id not in early
    assert (standby.phone_index, standby.requester.name, standby.requester.phone) == ("", "", "")
    assert audited() == []


def test_who_only_signed_up_for_a_draw_is_forgotten() -> None:
    signed, term = a_sign_up(a_release()), the_term()

    assert forgotten(term) == 1

    signed.refresh_from_db()
    assert (signed.phone_index, signed.requester.name) == ("", "")


def test_who_was_only_accompanied_is_forgotten_with_the_places_they_were_met_at() -> None:
    site, term = a_hall(), the_term()
    assist = an_assist(site, State.FINISHED, name="王芳", from_place="幸福路 3 号")

    assert forgotten(term) == 1

    assist.refresh_from_db()
    assert assist.requester is not None
    assert (assist.requester.name, assist.asker) == ("", None)
    assert (assist.from_place, assist.to_place, assist.state) == ("", "", "finished")
    told = Entry.objects.get(verb="assist.erased", subject=assist.subject)
    assert told.facts["category"] == VISITORS


def test_a_place_to_be_met_at_is_forgotten_where_nobody_left_a_name() -> None:
    assist, term = an_assist(a_hall(), State.FINISHED, from_place="幸福路 3 号"), the_term()

    assert forgotten(term) == 1

    assist.refresh_from_db()
    assert assist.from_place == ""


def test_a_companion_of_who_booked_is_forgotten_with_the_booking() -> None:
    visit, term = a_visitor_gone(), the_term()
    assist = an_assist(a_hall(), State.FINISHED)
    Assist.objects.filter(pk=assist.pk).update(visit=visit, requester=None)

    forgotten(term)

    assist.refresh_from_db()
    assert assist.from_place == ""


def test_whoever_is_still_accompanied_is_kept() -> None:
    term = the_term()

    an_assist(a_hall(), State.MET, name="王芳", phone="13800000007")

    assert not visitors_due(term, LATER).exists()


def test_all_who_are_due_are_counted_with_the_oldest_of_it() -> None:
    term, line = the_term(), a_full_day()[0].line

    a_standby(line)
    an_assist(a_hall(), State.FINISHED, phone="13800000007")
    told = visitors_overdue(term, LATER)

    assert (told.count, told.oldest) == (2, MONDAY)


def test_before_its_days_and_while_it_goes_on_nobody_is_forgotten() -> None:
    term, visit = the_term(), booked(a_slot())

    early = a_visitor_gone(key="b", phone="13800000009")

    assert not visitors_due(term, MONDAY + 89 * A_DAY).exists()
    assert [who.pk for who in visitors_due(term, LATER)] == [early.requester_id]
    assert visit.requester is not None


def test_without_days_everybody_is_kept() -> None:
    a_visitor_gone()

    assert not visitors_due(the_term(None), LATER).exists()


def test_who_booked_again_meanwhile_is_kept() -> None:
    visit, term = a_visitor_gone(), the_term()
    some = some_visitors_due(term, LATER)[0]
    Visit.objects.filter(pk=visit.pk).update(ended_at=LATER - timedelta(days=1))

    assert forget_visitors(term, some, at=LATER) == 0
    assert Requester.objects.get().name == "王芳"


def test_the_command_counts_and_forgets_them_with_all_the_rest() -> None:
    a_visitor_gone()
    the_term(30)
    out = io.StringIO()

    told = {line.term.category: line.count for line in overdue_anywhere([the_term(30)], LATER)}
    call_command("retain", "--json", stdout=out)

    assert told == {VISITORS: 1}
    assert json.loads(out.getvalue()) == {"erased": {VISITORS: 1}}
    ran = Entry.objects.filter(verb="retention.ran").latest("pk")
    assert ran.facts["erased"] == ["visitors 1"]
