"""`mingchuang demo`: a town to try things in, put up once however often it is asked for."""

import io
import json
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from mingchuang.cases.models import Attachment, Batch, Case, ClaimPaper, FoundItem, LostItem, Paper
from mingchuang.cases.rules.life import State
from mingchuang.council.models import Check, Decision, Invitation, Lottery, Measure, Refill, Topic
from mingchuang.council.models import Shot as Pictured
from mingchuang.council.queries.lotteries import plan_in
from mingchuang.council.rules.lottery.check import untruths
from mingchuang.ledger.models import Entry
from mingchuang.outward.drawn import drawn
from mingchuang.people.models import Person
from mingchuang.reviews.models import Rating, Shot, ThanksPhoto
from mingchuang.visits.models import Assist, HomeVisit, Plan, Supplement, Visit
from mingchuang.visits.queries.record import record_published
from tests.tools.serving import environment, mingchuang

PASSWORD = "mingchuang-demo"
SHEDS, GREENERY = "5 幢车棚怎么办", "停车位和绿地怎么分"
CRACKS = "5 幢门前地面开裂、化粪池外溢，合起来修"


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Put up the town once for all who only look at it; yield what was said."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("zh-hans"):
        yield demo()
        transaction.set_rollback(True)


def demo() -> str:
    out = io.StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def rows() -> Mapping[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_the_second_time_nothing_is_doubled_and_it_is_quick() -> None:
    before = rows()
    began = time.monotonic()

    said = demo()

    assert time.monotonic() - began < 10
    assert rows() == before
    assert "数据库里已有单位，保持原样。" in said


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_everything_in_the_town_is_sealed_and_passes_the_audit() -> None:
    out = io.StringIO()
    call_command("audit", "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert (told["sealed"], told["waiting"], told["faults"]) == (Entry.objects.count(), 0, [])


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_the_town_shows_cases_at_every_turn_of_their_life() -> None:
    states = set(Case.objects.values_list("state", flat=True))

    assert states >= set(State) - {State.PAUSED, State.RETURNED, State.REFERRED, State.WITHDRAWN}


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_the_founding_topic_says_that_it_is_invented_and_nobody_spoke_for_anybody(
    client: Client,
) -> None:
    topic = Topic.objects.get(origin="survey")
    page = client.get(f"/council/{topic.number}/").content.decode()
    assert "人物和住户都是虚构的" in page
    assert topic.places.count() == 16
    assert set(topic.stakeholders.exclude(camp="").values_list("proof", flat=True)) == {"link"}


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_a_topic_shows_the_notice_that_hung_the_tries_after_it_and_the_place_itself() -> None:
    tries = Invitation.objects.filter(roster__topic__title=SHEDS)

    assert set(tries.values_list("channel", flat=True)) == {"notice", "call", "door", "sms"}
    assert not tries.filter(channel="notice", picture=None).exists()
    assert Pictured.objects.get().minutes.sitting.topic.title == SHEDS


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_its_councils_were_drawn_by_lotteries_anybody_can_check() -> None:
    lotteries = Lottery.objects.select_related("roster__topic")

    plans = [plan_in(one) for one in lotteries] + [plan_in(one) for one in Refill.objects.all()]
    assert {one.roster.topic.title for one in lotteries} == {SHEDS, GREENERY, CRACKS}
    assert all(one.is_drawn for one in lotteries)
    assert [untruths(plan) for plan in plans] == [[]] * 6


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_what_its_councils_decided_binds_under_conditions_and_was_kept_so_far() -> None:
    decisions = Decision.objects.all()

    assert {one.force for one in decisions} == {"binding", "proposal"}
    assert all(one.commitments.exclude(condition=None).count() == 2 for one in decisions)
    assert set(Check.objects.values_list("result", flat=True)) == {"passed", "due", "missed"}
    assert Measure.objects.get().decision.topic.title == GREENERY


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_what_was_forgotten_of_what_the_owners_pay_together_opened_a_case_by_itself(
    client: Client,
) -> None:
    topic = Topic.objects.get(title=CRACKS)
    missed = Check.objects.get(result="missed")

    pages = [
        client.get(f"/council/{topic.number}/{page}/").content.decode()
        for page in ("decision", "ballots/1", "costs/1")
    ]

    assert missed.case is not None
    assert (missed.commitment.decision.topic, missed.case.state) == (topic, "received")
    assert missed.case.number in pages[0]
    assert all("虚构" in page for page in pages)


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_three_people_can_have_two_things_done_in_one_coming(client: Client) -> None:
    told = client.get("/book/disabled-parking/?persons=3&also=library-card").content.decode()

    assert "起有空" in told


@pytest.mark.django_db
def test_everybody_it_names_can_sign_in(client: Client, town: str) -> None:
    names = [line.split()[0] for line in town.splitlines() if line.startswith("  ")]

    assert len(names) == 17
    assert all(client.login(username=name, password=PASSWORD) for name in names)


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_its_forecasts_are_measured_line_by_line(client: Client) -> None:
    told = client.get("/how-long/").content.decode()

    known = record_published()
    assert known is not None
    lines = {one["prefix"]: one["record"] for one in known.record}
    assert set(lines) == {"A", "B"}
    assert all(
        line["judged"] > 50 and 0 < line["inside"] < line["judged"] for line in lines.values()
    )
    assert all(f"{line['inside']}/{line['judged']}" in told for line in lines.values())


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_its_supervisor_finds_a_plan_of_windows_and_what_would_be_if(client: Client) -> None:
    client.force_login(Person.objects.get(username="duban"))

    page = client.get(f"/desk/staffing/{Plan.objects.get().pk}/").content.decode()

    assert "全天少一个窗口" in page
    assert "09:00" in page


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_everything_that_happens_to_a_visit_has_happened_in_its_halls() -> None:
    verbs = set(Entry.objects.filter(subject__startswith="visit:").values_list("verb", flat=True))

    steps = {"checked_in", "came_back", "parked", "taken_up", "missed", "cancelled", "told"}
    assert verbs >= {f"visit.{step}" for step in steps}
    assert set(Visit.objects.values_list("state", flat=True)) == {"finished", "missed", "cancelled"}
    assert Visit.objects.exclude(green="").exists()
    assert Assist.objects.filter(state="finished").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_its_lost_property_office_has_something_at_every_turn(client: Client) -> None:
    page = client.get("/lost/").content.decode()

    assert set(FoundItem.objects.values_list("state", flat=True)) == {
        "kept",
        "returned",
        "handed_over",
        "disposed",
    }
    assert set(LostItem.objects.values_list("state", flat=True)) >= {
        "searching",
        "matched",
        "returned",
        "withdrawn",
    }
    assert "年已归还 2 件，总价值 506.00 元" in page
    assert "梅花" not in page


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_whose_word_a_rating_is_can_be_told_apart_in_it() -> None:
    assert set(Rating.objects.values_list("origin", flat=True)) == {"citizen", "window", "staff"}


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_it_has_photos_and_each_is_drawn(client: Client) -> None:
    hung = ThanksPhoto.objects.get()
    photo = b"".join(client.get(f"/thanks/photos/{hung.pk}/").streaming_content)  # type: ignore[attr-defined]

    assert photo == drawn("banner").jpeg
    assert Shot.objects.count() == ClaimPaper.objects.count() == 1
    assert Attachment.objects.filter(papers__isnull=True).count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_one_of_its_batches_is_over_and_one_goes_on() -> None:
    over = Batch.objects.get(case__state="archived")

    assert set(over.people.values_list("stage", flat=True)) == {"done", "declined"}
    assert over.people.get(stage="declined").because == "本人已在本市参保，不用转入。"


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_the_batch_that_goes_on_promises_a_day_and_has_its_papers_put_right() -> None:
    batch = Batch.objects.get(case__state="handling")
    papers = Paper.objects.filter(item__batch=batch)

    assert batch.people.to_do().exists()
    assert batch.promised_on
    assert papers.filter(why="unreadable", supplied_at=None).count() == 1
    assert papers.filter(is_late=True).count() == 1
    assert batch.deliveries.exclude(received_at=None).count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_it_goes_to_homes_and_tells_in_writing_what_is_missing() -> None:
    homes = HomeVisit.objects.values_list("state", flat=True)

    assert set(homes) == {"asked", "arranged", "done"}
    assert set(Supplement.objects.values_list("item__code", flat=True)) == {"pension-transfer"}


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_what_its_council_decided_comes_up_again_with_who_objected(client: Client) -> None:
    again = Topic.objects.exclude(follows=None).get()

    assert again.follows is not None
    assert again.follows.title == GREENERY
    assert again.stakeholders.count() == 1
    assert client.get(f"/council/{again.number}/").status_code == 200


@pytest.mark.slow
def test_on_an_empty_machine_it_makes_the_database_and_the_keys(tmp_path: Path) -> None:
    done = subprocess.run(
        mingchuang("demo"),
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "演示城市已建好" in done.stdout
    assert (tmp_path / "mingchuang.sqlite3").exists()
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "keys").iterdir()} == {0o600}
