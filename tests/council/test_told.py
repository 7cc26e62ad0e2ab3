"""Whoever changes a row of the council behind the house's back is found, and what they changed."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F

from mingchuang.cases import shelf
from mingchuang.council import frozen
from mingchuang.council.actions.attending import leave_sitting, sign_in_on_paper
from mingchuang.council.actions.ballots import close_ballot
from mingchuang.council.actions.checking import look_again, pass_check
from mingchuang.council.actions.decisions import decide, publish_decision
from mingchuang.council.actions.doubles import take_out_double
from mingchuang.council.actions.minutes import Counting, add_shot, count_vote
from mingchuang.council.actions.money import enter_pledge, strike_movement
from mingchuang.council.actions.objecting import (
    Measured,
    answer_objection,
    review_objection,
    uphold_objection,
)
from mingchuang.council.actions.own import declare_camp, withdraw
from mingchuang.council.actions.positions import Wanted, join_condition, note_position, say_position
from mingchuang.council.actions.reading_minutes import (
    confirm_minutes,
    correct_minutes,
    freeze_minutes,
    take_in_correction,
)
from mingchuang.council.actions.sittings import close_sitting
from mingchuang.council.models import (
    Attendance,
    Away,
    Check,
    Commitment,
    Condition,
    Confirmation,
    CostShare,
    Decision,
    Flat,
    Joining,
    Measure,
    Minutes,
    Movement,
    Objection,
    OwnersBallot,
    Paper,
    Picture,
    Pledge,
    Position,
    Share,
    Shot,
    Sitting,
    Stakeholder,
    Statement,
    Tally,
    Topic,
    Vote,
)
from mingchuang.council.queries.audit import council_faults
from mingchuang.council.queries.sittings import sitting_of
from mingchuang.outward.words import FAULTS
from tests.build import A_DAY, MONDAY
from tests.council.ballots import (
    OVER,
    TUESDAY,
    a_ballot,
    a_fixed_cost,
    a_payment,
    vote,
    vote_on_paper,
)
from tests.council.build import a_convenor, a_photo, a_stakeholder, a_topic
from tests.council.sittings import (
    BY_SATURDAY,
    IN_APRIL,
    SATURDAY,
    TEN_DAYS_ON,
    a_sitting,
    an_objection,
    in_days,
    one_of,
    some_minutes,
    what_was_decided,
    what_was_promised,
)

pytestmark = pytest.mark.django_db
Change = Callable[[], object]
IN_JULY = date(2026, 7, 1)
DAYS_ON = TEN_DAYS_ON + 60 * A_DAY


def unguarded() -> None:
    """Do what somebody with the rights of an administrator of the database does first."""
    with connection.cursor() as cursor:
        for guard in frozen.GUARDS:
            for event in guard.events:
                name = f"council_frozen_{guard.name}_{event.lower()}"
                words = frozen.LIFT[connection.vendor]
                cursor.execute(words.format(name=name, table=guard.table).split(";")[0])


def told() -> set[tuple[str, str]]:
    """Return what the audit finds, each in words that can be read."""
    found = list(council_faults())
    return {(str(one.code), str(FAULTS[str(one.code)]) % one.facts) for one in found}


def codes_after(change: Change, before: set[tuple[str, str]]) -> set[str]:
    """Return what is found beyond what was before once this was changed, and undo it."""
    with transaction.atomic():
        change()
        anew = {code for code, _words in told() - before}
        transaction.set_rollback(True)
    return anew


def missed(changes: Mapping[str, Change], *codes: str) -> list[str]:
    """Return the changes after which none of these is found."""
    before = told()
    return [name for name, change in changes.items() if not codes_after(change, before) & {*codes}]


def changed(rows: Any, **to: object) -> Change:
    return lambda: rows.update(**to)


def removed(rows: Any) -> Change:
    """Take rows away as raw SQL does: whatever hangs on them is left hanging."""
    return lambda: rows._raw_delete(rows.db)


def a_talk() -> Sitting:
    """A sitting that is over, where everything happened that can, but for a decision."""
    sitting, by = a_sitting("open"), a_convenor()
    where = (sitting.topic.number, 1)
    one, two, three = (seat.stakeholder for seat in sitting.roster.seats.order_by("pk"))
    leave_sitting(*where, two.number, by=by, at=SATURDAY)
    sign_in_on_paper(*where, two.number, by=by, at=SATURDAY + timedelta(minutes=1))
    leave_sitting(*where, three.number, by=by, at=BY_SATURDAY)
    close_sitting(*where, by=by, at=BY_SATURDAY)
    sitting = sitting_of(sitting.topic, 1)
    wanted = Wanted(1, "if", text="晚上十点以后不开灯")
    note_position(*where, one.number, wanted, by=by, at=BY_SATURDAY)
    join_condition(two.code, 1, 1, at=BY_SATURDAY)
    say_position(three.code, Wanted(1, "for"), at=BY_SATURDAY)
    say_position(three.code, Wanted(1, "against"), at=BY_SATURDAY + timedelta(minutes=1))
    count_vote(*where, Counting(1, "hands", 2, voted_at=SATURDAY), by=by, at=BY_SATURDAY)
    add_shot(*where, a_photo(), "车棚", by=by, at=BY_SATURDAY)
    return sitting


def a_kept_decision() -> Decision:
    """A decision with frozen minutes, a check passed and one added, objections of both ends."""
    sitting, by = a_talk(), a_convenor()
    number = sitting.topic.number
    decision = decide(number, 1, what_was_decided(), by=by, at=BY_SATURDAY)
    written = some_minutes("out", sitting=sitting)
    confirm_minutes(one_of(sitting).code, 1, at=BY_SATURDAY)
    said = correct_minutes(one_of(sitting).code, 1, "我怕太吵。", statement=1, at=BY_SATURDAY)
    take_in_correction(number, 1, said.pk, "", by=by, at=BY_SATURDAY)
    freeze_minutes(number, 1, by=by, at=BY_SATURDAY + 3 * A_DAY)
    publish_decision(number, 7, by=by, at=BY_SATURDAY + 4 * A_DAY)
    pass_check(Check.objects.get().pk, "种了", photo=a_photo(), by=by, at=DAYS_ON)
    look_again(number, 1, DAYS_ON.date() + 9 * A_DAY, by=by, at=DAYS_ON)
    for _ in range(2):
        an_objection(decision)
    answer_objection(number, 1, "灯太亮", "已换灯", by=by, at=DAYS_ON)
    review_objection(number, 2, "绿地够不够", by=by, at=DAYS_ON)
    measured = Measured("墙面种爬藤", [what_was_promised(first_on=IN_JULY, last_on=IN_JULY)])
    uphold_objection(number, 2, "绿地少了", measured, by=by, at=DAYS_ON)
    assert written.sitting == sitting
    return decision


def test_a_camp_a_household_and_a_withdrawal_are_held_by_the_ledger() -> None:
    who, gone = a_stakeholder(a_topic("gathering")), a_stakeholder()
    declare_camp(who.code, "oppose", at=MONDAY)
    withdraw(gone.code, at=MONDAY)
    mine = Stakeholder.objects.filter(pk=who.pk)
    left = Stakeholder.objects.filter(pk=gone.pk)
    twice = a_stakeholder(who.topic)
    declare_camp(twice.code, "support", at=MONDAY)
    take_out_double(who.topic.number, twice.number, 1, "问过了", by=a_convenor(), at=MONDAY)
    struck = Stakeholder.objects.filter(pk=twice.pk)
    put_back: dict[str, Any] = {"taken_out_at": None, "taken_out_by": None, "double_of": None}

    otherwise = {
        "camp": changed(mine, camp="support"),
        "no camp": changed(mine, camp="", proof="", camp_at=None),
        "household": changed(mine, household=gone.household_id),
        "features": changed(mine, features={"age": "old"}),
        "affected": changed(mine, affected="interested"),
        "since when": changed(mine, camp_at=SATURDAY),
        "who added them": changed(mine, added_by=None, at=SATURDAY),
        "back again": changed(left, withdrawn_at=None),
        "counted again": changed(struck, taken_out_because="", **put_back),
        "two people": changed(mine, apart_at=MONDAY),
        "one person": changed(mine, alike_because="问错了"),
        "text": changed(Topic.objects.filter(pk=who.topic_id), background="别的"),
        "state": changed(Topic.objects.filter(pk=who.topic_id), state="drawing"),
        "legal": changed(Topic.objects.filter(pk=who.topic_id), legal="ballot"),
        "taken out": removed(left),
    }

    assert told() == set()
    assert missed(otherwise, "contradicted", "unsaid", "untold") == []


def test_what_happens_at_a_sitting_is_held_by_the_ledger() -> None:
    sitting = a_talk()
    some_minutes(sitting=sitting)
    positions = Position.objects.filter(stakeholder=one_of(sitting))
    seconded = Joining.objects.exclude(stakeholder=F("condition__stakeholder"))

    otherwise = {
        "stance": changed(positions, stance="against", condition=None),
        "position": removed(positions),
        "changed mind": removed(Position.objects.filter(replaced_at=None, stance="against")),
        "condition": changed(Condition.objects.all(), text="没有条件"),
        "joined": removed(seconded),
        "statement": changed(Statement.objects.all(), text="我没有意见。"),
        "speaker": changed(Statement.objects.all(), stakeholder=None, guest="物业"),
        "unsaid": removed(Statement.objects.all()),
        "tally": changed(Tally.objects.all(), in_favour=1, against=1),
        "when it was voted": changed(Tally.objects.all(), at=BY_SATURDAY),
        "uncounted": removed(Tally.objects.all()),
        "caption": changed(Shot.objects.all(), caption="别处"),
        "not pictured": removed(Shot.objects.all()),
        "mandate": changed(Attendance.objects.all(), mandate="妻子代"),
        "without a seat": changed(Attendance.objects.all(), seat=None),
        "not there": removed(Attendance.objects.filter(stakeholder=one_of(sitting))),
        "when they came": changed(Attendance.objects.all(), at=MONDAY),
        "when they left": changed(Attendance.objects.exclude(left_at=None), left_at=OVER),
        "never away": removed(Away.objects.all()),
        "away for longer": changed(Away.objects.all(), until=OVER),
        "quorum": changed(Sitting.objects.all(), seats_percent=1),
        "day": changed(Sitting.objects.all(), begins_at=MONDAY),
        "stage": changed(Sitting.objects.all(), stage="open", closed_at=None),
        "outcome": changed(Minutes.objects.all(), outcome="没有人反对。"),
        "no dissent": changed(Minutes.objects.all(), dissent=""),
    }

    assert missed(otherwise, "contradicted", "unsaid") == []


def test_what_was_never_told_is_found() -> None:
    sitting = a_talk()
    minutes = some_minutes(sitting=sitting)
    second = sitting.topic.options.get(number=2)
    who = one_of(sitting)

    added = {
        "position": lambda: Position.objects.create(
            option=second, stakeholder=who, stance="for", at=SATURDAY
        ),
        "statement": lambda: minutes.statements.create(
            number=9, guest="物业", text="好", at=SATURDAY
        ),
        "tally": lambda: minutes.votes.create(
            option=second,
            method="hands",
            present=3,
            in_favour=3,
            against=0,
            abstained=0,
            at=SATURDAY,
        ),
        "confirmation": lambda: minutes.confirmations.create(
            stakeholder=who, reading="confirmed", at=SATURDAY
        ),
    }

    assert missed(added, "untold") == []


def test_what_was_decided_and_how_it_is_kept_is_held_by_the_ledger() -> None:
    a_kept_decision()
    unguarded()
    looked, again = Check.objects.filter(result="passed"), Check.objects.filter(result="due")
    promised = Commitment.objects.filter(measure=None)
    answered, upheld = (Objection.objects.filter(number=n) for n in (1, 2))

    otherwise = {
        "decision": changed(Decision.objects.all(), text="都不改。"),
        "force": changed(Decision.objects.all(), force="opinion"),
        "missing": changed(Decision.objects.all(), seats_present=F("seats_present") + 1),
        "options": lambda: Decision.objects.get().options.set([]),
        "posted": changed(Decision.objects.all(), until=in_days(90).date()),
        "promise": changed(promised, text="什么也不做"),
        "obligor": changed(promised, obligor="别人"),
        "first day": changed(promised, first_on=IN_APRIL - A_DAY),
        "no days": removed(again.filter(commitment__measure=None)),
        "fewer days": removed(Check.objects.filter(commitment__measure__isnull=False)),
        "no promise": removed(promised),
        "found": changed(looked, note="没有种"),
        "not looked": changed(looked, result="due", by=None, note="", picture=None, ended_at=None),
        "measure": changed(Measure.objects.all(), text="别的"),
        "no measure": removed(Measure.objects.all()),
        "objection": changed(answered, stage="upheld", reviewed_at=DAYS_ON),
        "answer": changed(answered, answer="没有答复"),
        "gist": changed(upheld, gist="没有什么"),
        "review": changed(upheld, review_of="别的"),
        "late": changed(answered, is_late=True),
    }

    assert missed(otherwise, "contradicted", "unsaid") == []


def test_what_somebody_objected_is_held_by_its_private_digest() -> None:
    a_kept_decision()
    said = Objection.objects.get(number=1)
    said.text = "没有意见"

    assert codes_after(said.save, told()) == {"private_changed"}


def test_rows_behind_frozen_minutes_are_compared_with_what_was_frozen() -> None:
    a_kept_decision()
    unguarded()

    otherwise = {
        "statement": changed(Statement.objects.all(), text="我没有意见。"),
        "tally": changed(Tally.objects.all(), in_favour=1, against=1),
        "photo": changed(Shot.objects.all(), caption="别处"),
        "decision": changed(Decision.objects.all(), text="都不改。"),
        "promise": changed(Commitment.objects.filter(measure=None), how="不看"),
        "place": changed(Sitting.objects.all(), place="别处"),
        "confirmed": removed(Confirmation.objects.filter(reading="confirmed")),
        "left": changed(Confirmation.objects.filter(reading="corrected"), answer="不"),
        "paper": changed(Confirmation.objects.all(), filed="C-07", entered_by=a_convenor()),
    }

    assert missed(otherwise, "behind_minutes") == []


def test_another_text_in_frozen_minutes_is_found_by_its_hash() -> None:
    a_kept_decision()
    with connection.cursor() as cursor:
        drop = {"sqlite": "", "postgresql": " ON council_minutes"}[connection.vendor]
        cursor.execute(f"DROP TRIGGER council_minutes_are_frozen{drop}")
    body = Minutes.objects.get().body.replace("太吵", "很好")

    assert "contradicted" in codes_after(changed(Minutes.objects.all(), body=body), told())


def test_a_guard_that_was_removed_is_named() -> None:
    assert codes_after(unguarded, told()) == {"unguarded"}


def test_the_file_of_a_photo_is_looked_at() -> None:
    a_talk()
    picture, other = Picture.objects.all(), a_photo("blue")

    swapped = codes_after(changed(picture, path=shelf.keep(other.jpeg)), told())
    shelf.drop(picture.get().path)

    assert "picture_changed" in swapped
    assert "picture_missing" in {code for code, _words in told()}


def test_votes_flats_and_their_count_are_held_by_the_ledger() -> None:
    ballot, by = a_ballot(), a_convenor()
    for number in (1, 2, 3):
        vote(ballot, number)
    vote(ballot, 3, "against", at=TUESDAY + timedelta(minutes=1))
    vote_on_paper(ballot, "1幢401", "abstain")
    close_ballot(ballot.topic.number, 1, by=by, at=OVER)
    live, papers = Vote.objects.live(), list(Paper.objects.order_by("pk"))
    first, third = (live.filter(paper=papers[n]) for n in (0, 2))

    otherwise = {
        "choice": changed(first, choice="against"),
        "whose": lambda: (
            Vote.objects.filter(paper=papers[3]).delete(),
            third.update(paper=papers[3]),
        ),
        "taken back": changed(first, replaced_at=OVER),
        "counts again": lambda: (
            third.update(replaced_at=OVER),
            Vote.objects.filter(paper=papers[2], choice="for").update(replaced_at=None),
        ),
        "result": changed(OwnersBallot.objects.all(), result={"decided": "passed"}),
        "area": changed(Flat.objects.filter(number=1), area=1),
        "owner": changed(Flat.objects.filter(number=1), owner=papers[1].owner),
        "weight": changed(Paper.objects.filter(pk=papers[0].pk), area=1),
        "matter": changed(OwnersBallot.objects.all(), matter="raise_fund"),
        "no flat": removed(Flat.objects.filter(number=1)),
        "taken out": changed(
            Flat.objects.filter(number=1), taken_out_at=OVER, taken_out_because="录错了"
        ),
    }

    assert told() == set()
    assert missed(otherwise, "contradicted", "unsaid", "private_changed", "untold") == []


def test_costs_pledges_and_receipts_are_held_by_the_ledger() -> None:
    cost, by = a_fixed_cost(), a_convenor()
    enter_pledge(cost.topic.number, 1, "1幢101", by=by, at=TUESDAY)
    a_payment(cost)
    struck = a_payment(cost)
    strike_movement(cost.topic.number, 1, struck.pk, "写错了", by=by, at=TUESDAY)
    paid = Movement.objects.live()

    otherwise = {
        "total": changed(CostShare.objects.all(), total=1),
        "share": changed(Share.objects.filter(flat__number=1), amount=1),
        "exemption": changed(cost.shares.filter(flat__number=2), exempt=1, exempt_because="x"),
        "pledge": changed(Pledge.objects.all(), amount=1),
        "no pledge": removed(Pledge.objects.all()),
        "payment": changed(paid, amount=1),
        "whose payment": lambda: paid.update(share=cost.shares.last()),
        "receipt": changed(paid, paper="SK-0"),
        "no payment": removed(paid),
        "struck": changed(paid, struck_at=OVER, struck_because="写错了"),
        "not struck": changed(
            Movement.objects.filter(pk=struck.pk), struck_at=None, struck_because=""
        ),
    }

    def one_pays_for_another() -> None:
        cost.shares.filter(flat__number=1).update(amount=F("amount") - 100)
        cost.shares.filter(flat__number=2).update(amount=F("amount") + 100)

    assert told() == set()
    assert missed(otherwise, "contradicted", "unsaid", "untold") == []
    assert codes_after(one_pays_for_another, set()) == {"shares_unlike"}
