"""`mingchuang demo --live`: the hall of the demo town moves, by the doors everybody uses."""

import signal
import subprocess
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from mingchuang.hall.models import Window
from mingchuang.ledger.models import Entry
from mingchuang.outward.actions.demo import build_town
from mingchuang.outward.errors import NotTheDemoTown
from mingchuang.outward.living import SITE, living_hall
from mingchuang.people.models import Person
from mingchuang.visits.actions.calling import finish, skip
from mingchuang.visits.actions.desks import sign_on, step_away
from mingchuang.visits.errors import NobodyWaits, WrongStep
from mingchuang.visits.models import Call, Visit
from mingchuang.visits.queries.replayed import called_out_of_turn
from mingchuang.visits.rules.life import State, state_told
from tests.build import MONDAY
from tests.tools.serving import environment, mingchuang

A_MOMENT = timedelta(seconds=5)


@pytest.mark.django_db
def test_people_come_are_called_in_turn_and_go() -> None:
    build_town(at=MONDAY)
    hall = living_hall(speed=10, seed=1, now=MONDAY)

    happened = [word for n in range(720) for word in hall.live(MONDAY + n * A_MOMENT)]

    verbs = Counter(word.partition(" ")[0] for word in happened if word.startswith("visit."))
    assert verbs["visit.issued"] > 50
    assert verbs["visit.finished"] > 40
    assert {"visit.called", "visit.recalled", "visit.skipped", "visit.started"} <= set(verbs)
    assert {"visit.came_back", "visit.missed"} <= set(verbs)
    assert Visit.objects.filter(state=State.SKIPPED).count() <= len(hall.places)
    site = hall.lines[0].site
    assert called_out_of_turn(site, MONDAY.date()) == []
    for visit in Visit.objects.all():
        told = Entry.objects.filter(subject=visit.subject).order_by("pk")
        assert state_told(told.values_list("verb", flat=True)) == visit.state


@pytest.mark.django_db
def test_a_visitor_may_take_part_in_the_play_without_stopping_it() -> None:
    build_town(at=MONDAY)
    hall = living_hall(speed=10, seed=1, now=MONDAY)
    clerk = Person.objects.get(username="chuang1")
    done = 0

    for n in range(720):
        at = MONDAY + n * A_MOMENT
        list(hall.live(at))
        try:
            (finish if n % 3 else skip)(by=clerk, at=at)
            done += 1
        except (NobodyWaits, WrongStep):
            continue

    assert done > 5
    assert Visit.objects.filter(state=State.FINISHED).count() > 40


@pytest.mark.django_db
def test_who_was_left_sitting_somewhere_plays_there_and_nobody_loses_their_window() -> None:
    build_town(at=MONDAY)
    left, other = (Person.objects.get(username=f"chuang{n}") for n in (1, 2))
    last = Window.objects.filter(site__code=SITE).order_by("number").last()
    assert last
    sign_on(last.pk, by=left, at=MONDAY)
    step_away(by=left, at=MONDAY)

    hall = living_hall(speed=10, seed=1, now=MONDAY)
    happened = [word for n in range(120) for word in hall.live(MONDAY + n * A_MOMENT)]

    assert [place.clerk for place in hall.places][:2] == [left, other]
    assert Call.objects.filter(by=left, window=last).exists()
    assert "is_away" not in happened


@pytest.mark.django_db
def test_a_real_town_does_not_play() -> None:
    with pytest.raises(NotTheDemoTown):
        living_hall(speed=1, seed=1, now=MONDAY)


def test_the_command_tells_what_happens_until_it_is_ended(tmp_path: Path) -> None:
    words = mingchuang("demo", "--live", "--speed", "200")
    environ = environment(tmp_path)
    with subprocess.Popen(words, env=environ, stdout=subprocess.PIPE, text=True) as play:
        assert play.stdout is not None
        until, told = time.monotonic() + 180, ""
        while "来访·叫号" not in told and time.monotonic() < until:
            told += play.stdout.readline()
        play.send_signal(signal.SIGTERM)
        status = play.wait(20)

    assert status == 0
    assert "来访·取号" in told
    assert "来访·叫号" in told
