"""Staff see that somebody in line needs the green channel, or that somebody does not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from mingchuang.base.errors import NotFound
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.visits import errors
from mingchuang.visits.actions.calling import bring_back, call_next, finish, skip
from mingchuang.visits.actions.green import change_channel
from mingchuang.visits.live.payloads import told_to
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.queries.audit import visit_faults
from mingchuang.visits.queries.in_line import InLine
from mingchuang.visits.queries.replayed import called_out_of_turn
from mingchuang.visits.queries.screens import hall_now
from mingchuang.visits.rules.channels import Channel, Kind
from mingchuang.visits.rules.green import Basis
from tests.build import MONDAY, a_person
from tests.visits.hall import a_clerk, a_line, a_visit

pytestmark = pytest.mark.django_db

A_MINUTE = timedelta(minutes=1)
LATER = MONDAY + 5 * A_MINUTE


def at_the_counter(line: Line) -> Person:
    return a_person(Role.RECEPTION, unit=line.site.unit)


def changed(visit: Visit, green: str, *, by: Person, reason: str = "") -> Visit:
    return change_channel(visit.pk, green, Basis.SEEN, by=by, at=LATER, reason=reason)


def standing(line: Line) -> list[str]:
    ((_line, _many, visits),) = InLine(line.site, LATER).lines
    return [visit.shown for visit in visits]


def test_who_looks_for_one_number_still_reads_how_many_stand_there() -> None:
    line = a_line()
    a_visit(line)
    second = a_visit(line)

    assert InLine(line.site, LATER, "a002").lines == [(line, 2, [second])]


def test_who_is_seen_to_need_it_goes_first_from_then_on() -> None:
    line = a_line()
    first, second = a_visit(line), a_visit(line, at=MONDAY + A_MINUTE)
    clerk, by = a_clerk(line), at_the_counter(line)
    board = Channel(Kind.BOARD, line.site.code)
    before = told_to(board, hall_now(line.site.code, at=LATER))

    for _ in range(2):
        changed(second, "elderly", by=by)

    assert standing(line) == ["A002", "A001"]
    assert told_to(board, hall_now(line.site.code, at=LATER)) != before
    assert call_next(by=clerk, at=LATER) == second
    told = Entry.objects.get(verb="visit.channel_changed").facts
    assert told == {"old": "", "new": "elderly", "basis": "seen", "by": by.badge}
    assert (called_out_of_turn(line.site, first.day), list(visit_faults())) == ([], [])


def test_what_somebody_has_is_changed_only_for_a_reason() -> None:
    line = a_line()
    by, visit = at_the_counter(line), a_visit(line, green="pregnant")

    with pytest.raises(errors.ChannelReasonNeeded):
        changed(visit, "", by=by, reason=" ")
    assert changed(visit, "", by=by, reason="本人说点错了").green == ""

    told = Entry.objects.get(verb="visit.channel_changed").facts
    assert (told["old"], told["new"], told["reason"]) == ("pregnant", "", "本人说点错了")
    assert list(visit_faults()) == []


def test_the_line_played_again_knows_who_went_by_which_channel_when() -> None:
    line = a_line()
    clerk, by = a_clerk(line), at_the_counter(line)
    visits = [a_visit(line, at=MONDAY + n * A_MINUTE) for n in range(6)]
    for visit in visits[1:4]:
        changed(visit, "elderly", by=by)
    came_back = call_next(by=clerk, at=LATER)
    skip(by=clerk, at=LATER)
    bring_back(came_back.pk, by=clerk, at=LATER)
    changed(came_back, "", by=by, reason="不用优先")

    for _ in visits:
        call_next(by=clerk, at=LATER)
        finish(by=clerk, at=LATER)

    assert called_out_of_turn(line.site, visits[0].day) == []


def test_of_another_hall_nobody_is_there_and_who_was_called_is_sorted_no_more() -> None:
    line = a_line()
    visit, stranger = a_visit(line), at_the_counter(a_line("B"))
    call_next(by=a_clerk(line), at=LATER)

    with pytest.raises(NotFound):
        changed(visit, "elderly", by=stranger)
    with pytest.raises(errors.WrongStep):
        changed(visit, "elderly", by=at_the_counter(line))


def test_a_clerk_sets_it_from_the_window_and_from_the_list_of_the_hall() -> None:
    line = a_line()
    visit, client = a_visit(line, at=now()), Client()
    client.force_login(a_clerk(line, at=now()))
    path = f"/desk/hall/visits/{visit.pk}/green/"

    offered = [client.get(page).content.decode() for page in ("/desk/window/", "/desk/hall/line/")]
    sent = client.post(f"{path}?from=window", {"green": "elderly", "basis": "said"})
    refused = client.post(path, {"green": "", "basis": "seen"})

    assert f'href="{path}?from=window"' in offered[0]
    assert f'href="{path}"' in offered[1]
    assert sent["Location"] == "/desk/window/"
    assert "老年人" in client.get("/desk/hall/line/now/").content.decode()
    assert refused.status_code == 422
    assert "要改动或取消，请写明理由" in refused.content.decode()
