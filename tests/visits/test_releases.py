"""Holiday places are signed up for and drawn, once, and nobody can choose the outcome."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from mingchuang.base.errors import NotFound
from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.models import Checkpoint, Entry
from mingchuang.people.rules.roles import Role
from mingchuang.visits import errors
from mingchuang.visits.actions.booking import cancel_visit, move_visit
from mingchuang.visits.actions.releases import close_release, draw_release, open_release
from mingchuang.visits.actions.signing import withdraw_sign_up
from mingchuang.visits.actions.slots import renew_slots
from mingchuang.visits.models import PlaceNote, Release, SignUp, Slot, Standby, Visit
from mingchuang.visits.queries.releases import (
    releases_near,
    releases_to_close,
    releases_to_draw,
    sign_up_of,
)
from mingchuang.visits.queries.standby import ahead_of, slots_miscounted
from mingchuang.visits.rules.draw import sha256
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.standby import StandbyState
from tests.build import A_DAY, AN_HOUR, MONDAY, a_person
from tests.tools.together import at_once
from tests.visits.hall import a_line
from tests.visits.places import (
    CLOSED,
    TUESDAY,
    a_drawn_release,
    a_full_day,
    a_phone,
    a_release,
    a_releaser,
    a_sign_up,
    a_special_line,
    a_standby,
    a_visit_in,
)

pytestmark = pytest.mark.django_db
DAY = TUESDAY + A_DAY


def slots_of(release: Release) -> list[Slot]:
    return list(Slot.objects.filter(line=release.line, day=release.day).order_by("starts_at"))


def in_order(release: Release) -> list[SignUp]:
    return list(SignUp.objects.filter(release=release).order_by("rank"))


def test_a_release_commits_to_a_seed_that_nobody_reads() -> None:
    release = a_release()

    facts = Entry.objects.get(verb="release.opened").facts
    with connection.cursor() as cursor:
        cursor.execute("SELECT seed FROM visits_release")
        (stored,) = cursor.fetchone()
    assert facts["commitment"] == sha256(release.seed)
    assert release.seed not in str(facts) + stored


def test_only_a_day_the_hall_opens_specially_is_released_and_once() -> None:
    line, special = a_line(), a_special_line(DAY)
    window = {"quota": 1, "since": MONDAY, "until": CLOSED, "at": MONDAY}
    ask: Callable[..., Release] = partial(open_release, **window)  # type: ignore[arg-type]

    with pytest.raises(errors.NotOpenSpecially):
        ask(line.pk, DAY, by=a_releaser(line))
    with pytest.raises(errors.QuotaTooLarge, match="8 个"):
        ask(special.pk, DAY, by=a_releaser(special), quota=9)
    with pytest.raises(errors.ClosesTooLate):
        ask(special.pk, DAY, by=a_releaser(special), until=CLOSED + A_DAY)
    with pytest.raises(NotFound):
        ask(special.pk, DAY, by=a_person(Role.RECEPTION, unit=special.site.unit))
    with pytest.raises(NotFound):
        ask(special.pk, DAY, by=a_releaser(line))
    ask(special.pk, DAY, by=a_releaser(special))
    with pytest.raises(errors.ReleasedAlready):
        ask(special.pk, DAY, by=a_releaser(special))


def test_what_is_to_be_drawn_cannot_be_booked_or_moved_to() -> None:
    release = a_release()
    visit, *_ = a_full_day()
    slot = slots_of(release)[0]

    with pytest.raises(errors.DrawnFirst):
        a_visit_in(slot)
    with pytest.raises(errors.DrawnFirst):
        move_visit(visit.code, slot.pk, at=MONDAY)

    a_drawn_release(release)
    assert a_visit_in(slot, at=CLOSED + AN_HOUR).slot == slot


def test_one_signs_up_while_it_is_open_and_once_under_a_phone() -> None:
    release = a_release()
    phone = a_phone()
    first = a_sign_up(release, phone=phone, key="k")

    with pytest.raises(errors.SignedUpAlready):
        a_sign_up(release, phone=phone)
    for moment in (MONDAY - AN_HOUR, CLOSED):
        with pytest.raises(errors.SignUpShut):
            a_sign_up(release, at=moment)
    again = a_sign_up(release, phone=phone, key="k")
    withdraw_sign_up(first.code, at=MONDAY + AN_HOUR)
    anew = a_sign_up(release, phone=phone)

    assert (first, SignUp.objects.count()) == (again, 2)
    assert Entry.objects.filter(verb="signup.made", facts__mark=anew.mark).count() == 1
    assert phone not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_who_has_two_visits_that_day_signs_up_for_no_third() -> None:
    phone, lines = a_phone(), [a_special_line(DAY) for _ in range(3)]
    releases = [a_release(line) for line in lines]
    for release in releases[:2]:
        a_sign_up(release, phone=phone)

    with pytest.raises(errors.BookedEnough):
        a_sign_up(releases[2], phone=phone)


def test_who_is_drawn_has_a_place_and_the_others_stand_by_in_the_order_drawn() -> None:
    release = a_release(quota=8, closes=11)
    for _ in range(12):
        a_sign_up(release, green="elderly", part="am")

    a_drawn_release(release)

    people = in_order(release)
    visits = [one.visit for one in people[:8] if one.visit]
    assert [one.rank for one in people] == list(range(1, 13))
    assert [visit.state for visit in visits] == [State.BOOKED] * 8
    starts = [visit.slot.starts_at for visit in visits if visit.slot]
    assert starts == sorted(starts)
    standbys = [one.standby for one in people[8:] if one.standby]
    assert [ahead_of(standby) for standby in standbys] == [0, 1, 2, 3]
    greens = [visit.green for visit in visits] + [standby.green for standby in standbys]
    assert greens == ["elderly"] * 12
    assert {standby.part for standby in standbys} == {"am"}
    assert not slots_miscounted().exists()


def test_a_released_day_holds_its_quota_and_what_comes_free_goes_to_who_was_not_drawn() -> None:
    line = a_special_line(DAY)
    renew_slots(line, DAY, many=1, at=MONDAY)
    with pytest.raises(errors.NotReleased):
        a_visit_in(Slot.objects.filter(line=line)[0])
    with pytest.raises(errors.NotReleased):
        a_standby(line, DAY, persons=3)
    # As if it had been an ordinary day when somebody booked it.
    line.site.special_hours.update(kind="extended")
    early = a_visit_in(Slot.objects.filter(line=line)[0])
    line.site.special_hours.update(kind="holiday")
    release = a_release(line, quota=1)
    for _ in range(3):
        a_sign_up(release)
    with pytest.raises(errors.NothingThatHalf):
        a_sign_up(release, part="pm")
    # As if the hall had been open then, too, when they signed up.
    SignUp.objects.update(part="pm")

    a_drawn_release(release)

    states = Standby.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [StandbyState.WAITING] * 2
    assert sum(slot.left for slot in slots_of(release)) == 0
    renew_slots(release.line, release.day, many=1, at=CLOSED + AN_HOUR)
    assert sum(slot.capacity for slot in slots_of(release)) == 2
    cancel_visit(Visit.objects.exclude(pk=early.pk).get().code, at=CLOSED + AN_HOUR)
    assert list(states.all()) == [StandbyState.OFFERED, StandbyState.WAITING]


def test_the_list_is_fixed_before_the_beacon_is_known_and_drawn_once() -> None:
    release = a_release()
    made = a_sign_up(release)

    with pytest.raises(errors.NotYetClosed):
        close_release(release.pk, at=CLOSED - AN_HOUR)
    seal_entries(at=CLOSED)
    before = Checkpoint.objects.latest("size")
    close_release(release.pk, at=CLOSED)
    with pytest.raises(errors.NotSealedYet):
        draw_release(release.pk, at=CLOSED)
    with pytest.raises(errors.NotSignedUp):
        withdraw_sign_up(made.code, at=CLOSED)
    seal_entries(at=CLOSED)
    first = Checkpoint.objects.latest("size")
    a_sign_up(a_release(day=DAY + A_DAY))
    seal_entries(at=CLOSED)
    once, twice = (draw_release(release.pk, at=CLOSED + n * AN_HOUR) for n in (1, 2))

    assert once.beacon == twice.beacon == bytes(first.root).hex() != bytes(before.root).hex()
    assert Entry.objects.filter(verb="release.drawn").count() == 1
    drawn = Entry.objects.get(verb="release.drawn").facts
    assert (
        sha256(drawn["seed"])
        == Entry.objects.get(verb="release.opened", subject=release.subject).facts["commitment"]
    )


def test_the_follower_closes_what_is_over_and_draws_what_is_sealed() -> None:
    release = a_release()
    early = releases_to_close(CLOSED - AN_HOUR)

    due = releases_to_close(CLOSED)
    close_release(release.pk, at=CLOSED)
    unsealed = releases_to_draw()
    seal_entries(at=CLOSED)
    sealed = releases_to_draw()
    draw_release(release.pk, at=CLOSED)

    assert (early, due, unsealed, sealed) == ([], [release.pk], [], [release.pk])
    assert (releases_to_close(CLOSED), releases_to_draw()) == ([], [])


def test_a_draw_of_many_takes_no_more_statements_than_one_of_few() -> None:
    def statements(people: int) -> int:
        release = a_release(quota=4)
        for _ in range(people):
            a_sign_up(release)
        close_release(release.pk, at=CLOSED)
        seal_entries(at=CLOSED)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            draw_release(release.pk, at=CLOSED)
        return len(asked)

    few, many = statements(10), statements(60)

    assert few == many


def test_releases_are_seen_by_those_of_the_unit() -> None:
    release, other = a_release(), a_release()

    assert list(releases_near(a_releaser(release.line))) == [release]
    assert other not in releases_near(a_releaser(release.line))


@pytest.mark.parametrize(
    ("name", "model", "wrong"),
    [
        ("visits_release_gives_out_something", Release, {"quota": 0}),
        ("visits_release_closes_after_it_opened", Release, {"until": MONDAY}),
        ("visits_release_is_committed_to", Release, {"commitment": "?"}),
        ("visits_release_drawn_once_closed_by_a_beacon", Release, {"drawn_at": CLOSED}),
        ("visits_signup_mark_is_a_hash", SignUp, {"mark": "?"}),
        ("visits_signup_part_is_known", SignUp, {"part": "eve"}),
        ("visits_signup_is_of_some_people", SignUp, {"persons": 21}),
        ("visits_signup_green_is_a_kind", SignUp, {"green": "hurry"}),
        ("visits_signup_drawn_has_a_place_or_stands_by", SignUp, {"rank": 1}),
    ],
)
def test_the_database_is_the_last_guard(
    name: str, model: type[Release | SignUp], wrong: dict[str, object]
) -> None:
    a_sign_up(a_release())

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._default_manager.update(**wrong)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("visits_place_note_kind_is_known", {"kind": "maybe"}),
        ("visits_place_note_is_of_one", {"standby": None}),
        ("visits_place_note_of_a_shut_day_names_it", {"kind": "shut"}),
        ("visits_place_note_is_tried_so_often", {"tries": 6}),
        ("visits_place_note_sent_is_not_tried_again", {"sent_at": CLOSED}),
    ],
)
def test_the_database_guards_what_is_told_of_places(name: str, wrong: dict[str, object]) -> None:
    visit, *_ = a_full_day()
    a_standby(visit.line)
    cancel_visit(visit.code, at=MONDAY)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        PlaceNote.objects.update(**wrong)


def test_the_database_draws_nothing_before_its_window_is_over() -> None:
    release = a_drawn_release(a_release())
    early = {"drawn_at": release.until - timedelta(seconds=1)}

    with pytest.raises(IntegrityError, match="visits_release_drawn_after_its_window"):
        Release.objects.update(**early)


def test_the_database_lets_one_phone_sign_up_once() -> None:
    release = a_release()
    one, other = a_sign_up(release), a_sign_up(release)

    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.filter(pk=other.pk).update(phone_index=one.phone_index)


@pytest.mark.django_db(transaction=True)
def test_of_many_sign_ups_under_one_phone_and_many_draws_at_once_one_counts() -> None:
    release, phone = a_release(), a_phone()
    ups = at_once(*[partial(a_sign_up, release, phone=phone, key=f"k{n}") for n in range(4)])
    close_release(release.pk, at=CLOSED)
    seal_entries(at=CLOSED)

    draws = at_once(*[partial(draw_release, release.pk, at=CLOSED)] * 4)

    assert ups == ["done", *["signed_up_already"] * 3]
    assert draws == ["done"] * 4
    assert Visit.objects.count() == 1
    assert sign_up_of(SignUp.objects.get().code).rank == 1
