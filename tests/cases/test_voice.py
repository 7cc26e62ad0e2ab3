"""What the holder of a receipt may do: add, chase, say yes or no, object, take it back."""

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest

from mingchuang.base.errors import Refused
from mingchuang.cases.actions.callbacks import record_callback
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.merging import merge_case
from mingchuang.cases.actions.voice import (
    add_remark,
    contest_decline,
    remind_case,
    say_not_solved,
    say_solved,
    withdraw_submission,
)
from mingchuang.cases.actions.watch import watch_cases
from mingchuang.cases.errors import RemindedToday, WrongReceipt, WrongStep
from mingchuang.cases.models import Case
from mingchuang.cases.queries.casefile import case_file
from mingchuang.cases.queries.receipts import receipt_of, submission_for
from mingchuang.cases.rules.photo import Photo
from tests.build import (
    A_DAY,
    MONDAY,
    SHANGHAI,
    a_callback_clerk,
    a_case,
    a_dispatcher,
    code,
    newest,
    the_handler,
    told,
)

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + A_DAY
A_PHOTO = Photo(b"not really a picture", 640, 480)
VOICES: Mapping[str, Callable[[str, str], object]] = {
    "remark": lambda number, code: add_remark(number, code, "又灭了。", at=TUESDAY),
    "remind": lambda number, code: remind_case(number, code, at=TUESDAY),
    "not solved": lambda number, code: say_not_solved(number, code, "没好。", at=TUESDAY),
    "solved": lambda number, code: say_solved(number, code, satisfied="yes", at=TUESDAY),
    "contest": lambda number, code: contest_decline(number, code, "应受理。", at=TUESDAY),
    "withdraw": lambda number, code: withdraw_submission(number, code, at=TUESDAY),
}


def receipt(case: Case) -> tuple[str, str]:
    return case.number, code(case.submissions.order_by("pk").first())  # type: ignore[arg-type]


def two_neighbours() -> tuple[Case, Case]:
    """A case in hand and another person's case that was joined to it."""
    master, other = a_case("handling", phone="13800000001"), a_case(phone="13800000002")
    merge_case(other.number, master.number, by=a_dispatcher(), at=TUESDAY)
    return Case.objects.get(pk=master.pk), Case.objects.get(pk=other.pk)


def two_answered() -> tuple[Case, Case]:
    """The same, answered."""
    master, other = two_neighbours()
    by = the_handler(master)
    reply_to_case(master.number, "灯已修好。", disposition="done", by=by, at=TUESDAY)
    return Case.objects.get(pk=master.pk), Case.objects.get(pk=other.pk)


def test_more_words_are_read_by_the_unit_and_by_oneself() -> None:
    case = a_case("handling")

    add_remark(*receipt(case), "二楼的也灭了。", at=TUESDAY)

    speaker = case_file(the_handler(case), case.number).speakers[0]
    assert [remark.text for remark in speaker.remarks] == ["二楼的也灭了。"]
    assert receipt_of(case.submissions.get()).story[-1].text == "二楼的也灭了。"


def test_photos_come_with_a_remark() -> None:
    case = a_case("handling")

    add_remark(*receipt(case), "", photos=[A_PHOTO], at=TUESDAY)

    kept = case.submissions.get().attachments.get()
    assert (kept.width, kept.height, kept.cleared) == (640, 480, True)
    assert told(case)[-2:] == ["submission.remarked", "photo.kept"]


def test_a_reminder_is_seen_at_once() -> None:
    case = a_case("handling")

    remind_case(*receipt(case), at=TUESDAY)

    assert Case.objects.get(pk=case.pk).reminders == 1
    assert case_file(the_handler(case), case.number).story[-1].sentence == "诉求人催办"


def test_one_reminder_a_day_is_enough() -> None:
    case = a_case("handling")
    remind_case(*receipt(case), at=datetime(2026, 3, 3, 0, 0, tzinfo=SHANGHAI))

    with pytest.raises(RemindedToday, match="已经看到"):
        remind_case(*receipt(case), at=datetime(2026, 3, 3, 23, 59, tzinfo=SHANGHAI))

    assert told(case).count("case.reminded") == 1


def test_the_next_day_begins_at_midnight_in_beijing() -> None:
    case = a_case("handling")
    remind_case(*receipt(case), at=datetime(2026, 3, 3, 23, 59, tzinfo=SHANGHAI))

    remind_case(*receipt(case), at=datetime(2026, 3, 4, 0, 0, tzinfo=SHANGHAI))

    assert Case.objects.get(pk=case.pk).reminders == 2


def test_neighbours_in_one_case_share_the_reminder_of_the_day() -> None:
    master, other = two_neighbours()
    remind_case(*receipt(master), at=TUESDAY)

    with pytest.raises(RemindedToday):
        remind_case(other.number, code(other.merges.get().moved.get()), at=TUESDAY)

    assert Case.objects.get(pk=master.pk).reminders == 1


def test_a_reminder_by_the_house_counts_too() -> None:
    case = a_case("handling")
    late = datetime(2026, 3, 10, 8, tzinfo=SHANGHAI)
    watch_cases(at=late)
    watch_cases(at=late)

    with pytest.raises(RemindedToday):
        remind_case(*receipt(case), at=late)

    assert newest(case).facts["by"] == "system"


def test_not_solved_opens_the_case_again_with_a_new_day() -> None:
    case = a_case("replied")

    say_not_solved(*receipt(case), "灯又灭了。", at=TUESDAY)

    reopened = Case.objects.get(pk=case.pk)
    assert (reopened.state, reopened.handler) == ("handling", the_handler(case))
    assert (reopened.callback_due_at, reopened.round) == (None, 1)
    assert reopened.due_at == datetime(2026, 3, 11, tzinfo=SHANGHAI)
    assert told(case)[-2:] == ["callback.recorded", "case.reopened"]


def test_the_unit_reads_why_it_was_not_solved() -> None:
    case = a_case("replied")

    say_not_solved(*receipt(case), "灯又灭了。", at=TUESDAY)

    story = case_file(the_handler(case), case.number).story
    assert "灯又灭了。" in [line.text for line in story]


def test_the_first_answer_stays_on_the_receipt_of_a_reopened_case() -> None:
    case = a_case("replied")

    say_not_solved(*receipt(case), "灯又灭了。", at=TUESDAY)

    assert "灯已修好。" in [line.text for line in receipt_of(case.submissions.get()).story]


def test_solved_spares_the_call_and_archives_the_case() -> None:
    case = a_case("replied", phone="13800000000")

    say_solved(*receipt(case), satisfied="mostly", at=TUESDAY)

    assert Case.objects.get(pk=case.pk).state == "archived"
    assert newest(case).facts["by"] == "requester"


def test_solved_and_satisfied_are_two_things() -> None:
    case = a_case("replied")

    say_solved(*receipt(case), satisfied="no", at=TUESDAY)

    call = case.callbacks.get()
    assert (call.solved, call.satisfied) == (True, "no")
    assert Case.objects.get(pk=case.pk).state == "archived"


def test_the_yes_of_one_neighbour_does_not_speak_for_the_other() -> None:
    master, _other = two_answered()

    say_solved(*receipt(master), satisfied="yes", at=TUESDAY)

    assert Case.objects.get(pk=master.pk).state == "replied"


def test_the_no_of_one_neighbour_opens_the_case_for_both() -> None:
    master, other = two_answered()

    say_not_solved(other.number, code(other.merges.get().moved.get()), "没好。", at=TUESDAY)

    assert Case.objects.get(pk=master.pk).state == "handling"


def test_who_takes_back_the_only_word_ends_the_case() -> None:
    case = a_case("handling")

    withdraw_submission(*receipt(case), at=TUESDAY)

    assert Case.objects.get(pk=case.pk).state == "withdrawn"
    assert told(case)[-2:] == ["submission.withdrawn", "case.withdrawn"]


def test_who_takes_back_one_of_several_leaves_the_case_to_the_others() -> None:
    master, other = two_neighbours()

    withdraw_submission(*receipt(master), at=TUESDAY)

    assert Case.objects.get(pk=master.pk).state == "handling"
    assert master.submissions.live().get().number == other.number


def test_the_last_one_to_take_it_back_ends_the_case() -> None:
    master, other = two_neighbours()
    withdraw_submission(*receipt(master), at=TUESDAY)

    withdraw_submission(other.number, code(other.merges.get().moved.get()), at=TUESDAY)

    assert Case.objects.get(pk=master.pk).state == "withdrawn"


@pytest.mark.parametrize("voice", VOICES)
def test_who_took_it_back_is_silent(voice: str) -> None:
    master, _other = two_answered()
    withdraw_submission(*receipt(master), at=TUESDAY)

    with pytest.raises(WrongStep, match="已撤回"):
        VOICES[voice](*receipt(master))

    assert newest(master).verb == "submission.withdrawn"


def test_who_took_it_back_is_not_called() -> None:
    master, _other = two_answered()
    withdraw_submission(*receipt(master), at=TUESDAY)

    with pytest.raises(WrongStep, match="已撤回"):
        record_callback(master.number, outcome="no_answer", by=a_callback_clerk(), at=TUESDAY)

    assert not master.callbacks.exists()


@pytest.mark.parametrize("voice", VOICES)
def test_a_wrong_number_and_a_wrong_code_are_refused_alike(voice: str) -> None:
    case = a_case("replied")
    number, secret = receipt(case)

    with pytest.raises(WrongReceipt) as of_number:
        VOICES[voice]("YJ-2026-999999", secret)
    with pytest.raises(WrongReceipt) as of_code:
        VOICES[voice](number, "2222-2222-2222")

    assert _as_seen(of_number.value) == _as_seen(of_code.value)
    assert newest(case).verb == "case.replied"


def _as_seen(refused: Refused) -> tuple[str, str, int]:
    return str(refused), refused.code, refused.status


def test_a_receipt_is_read_the_way_people_type() -> None:
    case = a_case("received")
    number, secret = receipt(case)

    found = submission_for(f" {number.lower()} ", secret.lower().replace("-", " "))

    assert found.number == number


@pytest.mark.parametrize("odd", ["", " ", "——", "０", "\x00", "查询码", "9" * 5000])
def test_nothing_odd_opens_a_receipt(odd: str) -> None:
    number, secret = receipt(a_case("received"))

    with pytest.raises(WrongReceipt):
        submission_for(number, odd)
    with pytest.raises(WrongReceipt):
        submission_for(odd, secret)


def test_the_code_of_one_receipt_does_not_open_another() -> None:
    one, two = a_case("received"), a_case("received")

    with pytest.raises(WrongReceipt):
        submission_for(one.number, receipt(two)[1])

    assert one.number != two.number


def test_one_neighbour_does_not_read_what_the_other_says() -> None:
    master, other = two_neighbours()

    add_remark(*receipt(master), "我家在 301。", at=TUESDAY)

    heard = receipt_of(other.merges.get().moved.get()).story
    assert "我家在 301。" not in [line.text for line in heard]
