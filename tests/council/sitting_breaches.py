"""Each constraint of sittings and what comes of them, and what breaks it."""

from collections.abc import Mapping

from mingchuang.council.actions.attending import leave_sitting
from mingchuang.council.actions.minutes import Counting, add_shot, count_vote
from mingchuang.council.actions.objecting import Measured, review_objection, uphold_objection
from mingchuang.council.actions.positions import Wanted, join_condition, say_position
from mingchuang.council.actions.reading_minutes import confirm_minutes, correct_minutes
from mingchuang.council.models import (
    Attendance,
    Away,
    Check,
    Commitment,
    Condition,
    Confirmation,
    Joining,
    Letter,
    Measure,
    Minutes,
    Objection,
    Position,
    Shot,
    Sitting,
    Statement,
    Tally,
)
from tests.build import A_DAY, MONDAY, a_case
from tests.council.breaches import Breach, again, changed
from tests.council.build import a_convenor, a_picture, a_stakeholder, a_topic
from tests.council.sittings import (
    BY_SATURDAY,
    IN_APRIL,
    SATURDAY,
    TEN_DAYS_ON,
    a_decision,
    a_late_comer,
    a_sitting,
    an_objection,
    by_the_convenor,
    one_of,
    signed,
    some_minutes,
    what_was_promised,
)
from tests.council.test_minutes import a_photo


def an_attendance() -> Attendance:
    return a_sitting("open").attendances.first()  # type: ignore[return-value]


def a_position() -> Position:
    who = a_stakeholder(a_topic("gathering"))
    return say_position(who.code, Wanted(1, "if", text="不吵"), at=MONDAY)


def a_condition() -> Condition:
    return a_position().condition  # type: ignore[return-value]


def a_joining() -> Joining:
    condition = a_condition()
    return join_condition(condition.stakeholder.code, 1, 1, at=MONDAY)


def a_statement() -> Statement:
    return some_minutes().statements.get()


def a_vote() -> Tally:
    minutes = some_minutes()
    where = (minutes.sitting.topic.number, 1)
    return count_vote(
        *where, Counting(1, "agreed", 2, voted_at=BY_SATURDAY), by=a_convenor(), at=BY_SATURDAY
    )


def a_shot() -> Shot:
    minutes = some_minutes()
    where = (minutes.sitting.topic.number, 1)
    return add_shot(*where, a_photo(), "车棚", by=a_convenor(), at=BY_SATURDAY)


def a_confirmation() -> Confirmation:
    code = one_of(some_minutes("out").sitting).code
    return confirm_minutes(code, 1, at=BY_SATURDAY)


def a_correction() -> Confirmation:
    code = one_of(some_minutes("out").sitting).code
    return correct_minutes(code, 1, "不是这样。", at=BY_SATURDAY)


def a_commitment() -> Commitment:
    return a_decision().commitments.get()


def a_check() -> Check:
    return a_commitment().checks.get()


def an_answer() -> Objection:
    return a_measure().objection


def a_measure() -> Measure:
    objection = an_objection()
    number, asked = objection.decision.topic.number, by_the_convenor(TEN_DAYS_ON)
    review_objection(number, 1, "热不热。", **asked)
    measured = Measured("种树。", [what_was_promised()])
    return uphold_objection(number, 1, "太热。", measured, **asked)


def a_closed_sitting() -> Sitting:
    return a_sitting("closed")


def a_letter() -> Letter:
    return out().letters.first()  # type: ignore[return-value]


def out() -> Minutes:
    return some_minutes("out")


def a_second_decision() -> None:
    decision = a_decision()
    sitting = decision.sitting
    sitting.pk, sitting.number, sitting.key = None, 2, "k"
    sitting._state.adding = True
    sitting.save()
    again(lambda: decision, sitting=sitting)()


def a_case_that_objects_twice() -> None:
    objection = an_objection()
    objection.case = a_case()
    objection.save(update_fields=["case"])
    again(lambda: objection, number=2, code="c", key="k", entry_id=1)()


def a_second_measure_of_one_number() -> None:
    again(a_measure, objection=an_objection())()


def a_time_away() -> Away:
    sitting = a_sitting("open")
    who, where = one_of(sitting), (sitting.topic.number, sitting.number)
    leave_sitting(*where, who.number, by=a_convenor(), at=SATURDAY)
    signed(sitting, who)
    return Away.objects.get()


def two_in_one_seat() -> None:
    there = an_attendance()
    again(lambda: there, stakeholder=a_late_comer(there.sitting))()


def two_shots_of_one_number() -> None:
    shot = a_shot()
    again(lambda: shot, picture=a_picture(shot.minutes.sitting.topic))()


BEFORE = SATURDAY - A_DAY

OF_SITTINGS: Mapping[str, Breach] = {
    "council_sitting_number_once": again(a_closed_sitting, key="k"),
    "council_sitting_one_at_a_time": again(a_sitting, key="k", number=2),
    "council_sitting_says_where_and_what": changed(a_sitting, agenda=""),
    "council_sitting_quorum_can_be_met": changed(a_sitting, seats_percent=100),
    "council_sitting_happens_in_order": changed(a_closed_sitting, closed_at=None),
    "council_sitting_off_has_a_reason": changed(a_sitting, stage="off"),
    "council_attendance_once_a_person": again(an_attendance, seat=None),
    "council_attendance_once_a_seat": two_in_one_seat,
    "council_attendance_written_by_somebody": changed(an_attendance, by=None),
    "council_attendance_left_after_it_came": changed(an_attendance, left_at=BEFORE),
    "council_away_came_back_after_it_left": changed(a_time_away, until=BEFORE),
    "council_condition_number_once": again(a_condition),
    "council_condition_says_something": changed(a_condition, text=""),
    "council_joining_once_a_person": again(a_joining),
    "council_position_one_standing": again(a_position),
    "council_yes_if_names_its_condition": changed(a_position, condition=None),
    "council_minutes_stage_is_known": changed(out, stage="lost"),
    "council_minutes_out_have_a_window": changed(out, until=None),
    "council_minutes_frozen_after_their_window": changed(out, stage="frozen", body="{}"),
    "council_minutes_out_are_a_text": changed(out, body=""),
    "council_letter_one_a_reader": again(a_letter),
    "council_letter_sent_is_not_tried_again": changed(
        a_letter, next_at=SATURDAY, sent_at=SATURDAY
    ),
    "council_letter_handed_by_somebody": changed(a_letter, next_at=None, handed_at=SATURDAY),
    "council_statement_salt_whole_or_erased": changed(a_statement, salt=b"short"),
    "council_statement_number_once": again(a_statement),
    "council_statement_has_one_speaker": changed(a_statement, guest="物业公司"),
    "council_statement_says_something": changed(a_statement, text=""),
    "council_tally_once_an_option": again(a_vote),
    "council_tally_of_no_more_than_were_there": changed(a_vote, in_favour=9),
    "council_agreed_means_nobody_against": changed(a_vote, against=1),
    "council_shot_number_once": two_shots_of_one_number,
    "council_shot_says_what_it_shows": changed(a_shot, caption=""),
    "council_confirmed_once_a_person": again(a_confirmation),
    "council_correction_says_what": changed(a_correction, text=""),
    "council_reading_on_paper_was_entered_and_filed": changed(a_confirmation, filed="3-1"),
    "council_correction_answered_by_somebody": changed(a_correction, is_taken_in=True, after="是"),
    "council_correction_taken_in_says_how": changed(
        a_correction, is_taken_in=True, by=1, answered_at=BY_SATURDAY
    ),
    "council_correction_refused_says_why": changed(
        a_correction, is_taken_in=False, by=1, answered_at=BY_SATURDAY
    ),
    "council_decision_one_a_topic": a_second_decision,
    "council_decision_force_is_known": changed(a_decision, force="law"),
    "council_decision_says_something": changed(a_decision, text=""),
    "council_decision_rests_on_p10": changed(a_decision, uninvited=1),
    "council_notice_has_a_last_day": changed(a_decision, until=IN_APRIL),
    "council_commitment_number_once": again(a_commitment),
    "council_commitment_says_what_who_and_how": changed(a_commitment, obligor=""),
    "council_commitment_has_a_date": changed(a_commitment, last_on=BEFORE.date()),
    "council_check_number_once": again(a_check, due_on=BEFORE.date()),
    "council_check_once_a_day": again(a_check, number=2),
    "council_check_done_by_somebody": changed(a_check, result="passed", ended_at=SATURDAY),
    "council_check_ended_when_it_ended": changed(a_check, ended_at=SATURDAY),
    "council_broken_promise_is_a_case": changed(a_check, result="missed", ended_at=SATURDAY),
    "council_position_salt_whole_or_erased": changed(a_position, salt=b"short"),
    "council_objection_salt_whole_or_erased": changed(an_objection, salt=b"short"),
    "council_objection_number_once": again(an_objection, code="c", key="k", entry_id=1),
    "council_objection_once_a_case": a_case_that_objects_twice,
    "council_objection_stage_is_known": changed(an_answer, stage="lost"),
    "council_objection_is_answered_in_words": changed(an_answer, answered_at=None),
    "council_objection_upheld_was_reviewed": changed(an_answer, reviewed_at=None),
    "council_measure_number_once": a_second_measure_of_one_number,
    "council_measure_says_something": changed(a_measure, text=""),
}  # fmt: skip
