"""Minutes are written by number, read by those who were there, and then nothing changes."""

import json
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from mingchuang.base.errors import NotFound
from mingchuang.cases import shelf
from mingchuang.cases.rules.photo import Photo, reencode
from mingchuang.council.actions.attending import leave_sitting, sign_in_on_paper
from mingchuang.council.actions.minutes import (
    Counting,
    Spoken,
    add_shot,
    add_statement,
    change_statement,
    count_vote,
    send_minutes,
    write_minutes,
)
from mingchuang.council.actions.own import withdraw
from mingchuang.council.actions.positions import Wanted, say_position
from mingchuang.council.actions.reading_minutes import (
    OnPaper,
    confirm_minutes,
    correct_minutes,
    freeze_minutes,
    freeze_next,
    leave_correction,
    note_confirmation,
    note_correction,
    take_in_correction,
)
from mingchuang.council.actions.sittings import close_sitting
from mingchuang.council.errors.sittings import (
    AnsweredAlready,
    CorrectionNeedsWords,
    CorrectionsWait,
    MinutesNotWhole,
    NoSuchOption,
    NotAgreed,
    NotTheirStatement,
    NotThere,
    ResultFirst,
    VotedOutside,
    VotedWhen,
    VotesTooMany,
    WindowOfOtherLength,
    WindowOver,
    WindowStillOpen,
    WrongMinutesStep,
    WrongSittingStep,
)
from mingchuang.council.models import Minutes, Statement, Tally
from mingchuang.council.queries.minutes import minutes_of, record_of
from mingchuang.council.queries.room import room_of
from mingchuang.council.queries.sittings import sitting_of
from mingchuang.council.rules.minutes import stage_told
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.people.models import Requester
from tests.build import A_DAY, AN_HOUR
from tests.council.build import A_MINUTE, a_convenor
from tests.council.sittings import (
    BY_SATURDAY,
    SATURDAY,
    a_late_comer,
    a_sitting,
    by_the_convenor,
    one_of,
    signed,
    some_minutes,
)

pytestmark = pytest.mark.django_db
LATER = BY_SATURDAY + AN_HOUR
WINDOW_OVER = BY_SATURDAY + 3 * A_DAY


def a_photo() -> Photo:
    raw = BytesIO()
    Image.new("RGB", (40, 30), "green").save(raw, "JPEG")
    photo = reencode(raw.getvalue())
    assert isinstance(photo, Photo)
    return photo


def where(minutes: Minutes) -> tuple[str, int]:
    return (minutes.sitting.topic.number, minutes.sitting.number)


def reader(minutes: Minutes) -> str:
    """The link of somebody who was there."""
    return one_of(minutes.sitting).code


def test_what_is_said_stands_under_a_number_and_a_guest_under_what_they_stand_for() -> None:
    sitting = a_sitting("open")
    at, by = (sitting.topic.number, 1), a_convenor()

    add_statement(*at, Spoken("太吵。", who=one_of(sitting).number), by=by, at=SATURDAY)
    add_statement(*at, Spoken("可以装隔音板。", guest="物业公司"), by=by, at=SATURDAY)

    said = [(one.number, one.guest) for one in Statement.objects.order_by("number")]
    assert said == [(1, ""), (2, "物业公司")]


def test_only_who_was_there_has_said_something() -> None:
    sitting = a_sitting("open")
    absent = a_late_comer(sitting)
    said = Spoken("不同意。", who=absent.number)

    with pytest.raises(NotThere):
        add_statement(sitting.topic.number, 1, said, by=a_convenor(), at=SATURDAY)


def test_votes_are_no_more_than_people() -> None:
    sitting = a_sitting("open", seats=3)
    at, by = (sitting.topic.number, 1), a_convenor()

    with pytest.raises(VotesTooMany, match="4"):
        count_vote(*at, Counting(1, "hands", 3, 1), by=by, at=SATURDAY)
    count_vote(*at, Counting(1, "hands", 3, 0), by=by, at=SATURDAY)
    vote = count_vote(*at, Counting(1, "hands", 2, 1), by=by, at=SATURDAY)

    assert (vote.present, vote.in_favour, vote.against) == (3, 2, 1)
    assert vote.minutes.votes.count() == 1


@pytest.mark.parametrize(("in_favour", "against"), [(2, 1), (0, 1), (0, 0)])
def test_nothing_is_agreed_by_nobody_or_against_somebody(in_favour: int, against: int) -> None:
    sitting = a_sitting("open", seats=3)
    at, counted = (sitting.topic.number, 1), Counting(1, "agreed", in_favour, against)

    with pytest.raises(NotAgreed):
        count_vote(*at, counted, by=a_convenor(), at=SATURDAY)

    assert not Tally.objects.exists()


def test_a_vote_written_down_late_is_of_who_was_there_when_it_was_voted() -> None:
    sitting = a_sitting("open", seats=3)
    at, by = (sitting.topic.number, 1), a_convenor()
    leave_sitting(*at, one_of(sitting).number, by=by, at=SATURDAY + 2 * A_MINUTE)
    before, after = SATURDAY + A_MINUTE, SATURDAY + 3 * A_MINUTE
    close_sitting(*at, by=by, at=BY_SATURDAY)

    vote = count_vote(*at, Counting(1, "hands", 2, 1, voted_at=before), by=by, at=LATER)
    with pytest.raises(VotesTooMany, match="2 个席位"):
        count_vote(*at, Counting(1, "hands", 2, 1, voted_at=after), by=by, at=LATER)

    assert (vote.at, vote.present) == (before, 3)
    assert Entry.objects.get(verb="minutes.counted").facts["voted_at"] == moment_text(before)
    assert room_of(sitting_of(sitting.topic, 1)).counted.seats_present == 3


def test_who_came_after_the_vote_does_not_vote_because_it_is_written_down_late() -> None:
    sitting = a_sitting("open", seats=3)
    at, by = (sitting.topic.number, 1), a_convenor()
    leave_sitting(*at, one_of(sitting).number, by=by, at=SATURDAY)
    sign_in_on_paper(*at, one_of(sitting).number, by=by, at=SATURDAY + 2 * A_MINUTE)

    counted = Counting(1, "hands", 2, voted_at=SATURDAY + A_MINUTE)
    vote = count_vote(*at, counted, by=by, at=SATURDAY + 3 * A_MINUTE)

    assert vote.present == 2
    assert room_of(sitting).counted.seats_present == 2


def test_once_it_is_over_whoever_writes_down_a_vote_says_when_it_was() -> None:
    sitting = a_sitting("closed")
    at, by = (sitting.topic.number, 1), a_convenor()

    with pytest.raises(VotedWhen):
        count_vote(*at, Counting(1, "hands", 1), by=by, at=LATER)

    assert Tally.objects.get().in_favour == 3


@pytest.mark.parametrize("voted", [SATURDAY - A_MINUTE, BY_SATURDAY + A_MINUTE])
def test_nobody_votes_before_a_sitting_or_after_it(voted: datetime) -> None:
    sitting = a_sitting("closed")
    at, by = (sitting.topic.number, 1), a_convenor()

    with pytest.raises(VotedOutside):
        count_vote(*at, Counting(1, "hands", 1, voted_at=voted), by=by, at=LATER)


def test_nobody_has_voted_already_later_than_now() -> None:
    sitting = a_sitting("open")
    at, by = (sitting.topic.number, 1), a_convenor()
    counted = Counting(1, "hands", 1, voted_at=SATURDAY + 2 * A_MINUTE)

    with pytest.raises(VotedOutside):
        count_vote(*at, counted, by=by, at=SATURDAY + A_MINUTE)


def test_who_only_listens_does_not_vote() -> None:
    sitting = a_sitting("open", seats=3)
    at, by = (sitting.topic.number, 1), a_convenor()
    signed(sitting, a_late_comer(sitting))

    with pytest.raises(VotesTooMany, match="3 个席位"):
        count_vote(*at, Counting(1, "hands", 4), by=by, at=SATURDAY)


def test_an_option_that_is_not_there_is_said_in_words() -> None:
    sitting = a_sitting("open")

    with pytest.raises(NoSuchOption, match="第 9 种"):
        count_vote(sitting.topic.number, 1, Counting(9, "hands", 1), **by_the_convenor(SATURDAY))


def test_a_photo_of_the_site_is_hashed_into_the_ledger() -> None:
    minutes = some_minutes()

    shot = add_shot(*where(minutes), a_photo(), "车棚北侧", by=a_convenor(), at=BY_SATURDAY)

    told = Entry.objects.get(verb="minutes.pictured").facts["photo"]
    assert told == f"sha256:{sha256(shelf.read(shot.picture.path)).hexdigest()}"


def test_what_is_missing_is_said_before_minutes_go_out() -> None:
    sitting = a_sitting("closed")

    with pytest.raises(MinutesNotWhole, match="发言、会议结果"):
        send_minutes(sitting.topic.number, 1, WINDOW_OVER, by=a_convenor(), at=BY_SATURDAY)


def test_minutes_do_not_go_out_before_what_could_be_decided_is_recorded() -> None:
    minutes = some_minutes()

    with pytest.raises(ResultFirst, match="请先记录结果"):
        send_minutes(*where(minutes), WINDOW_OVER, by=a_convenor(), at=BY_SATURDAY)

    assert minutes_of(minutes.sitting).is_draft


def test_minutes_go_out_when_the_sitting_is_over() -> None:
    minutes = some_minutes(sitting=a_sitting("open"))

    with pytest.raises(WrongSittingStep):
        send_minutes(*where(minutes), WINDOW_OVER, by=a_convenor(), at=BY_SATURDAY)


def test_what_is_out_is_not_rewritten() -> None:
    minutes = some_minutes("out")

    with pytest.raises(WrongMinutesStep, match="核对"):
        change_statement(*where(minutes), 1, "我没有意见。", by=a_convenor(), at=BY_SATURDAY)


def test_a_draft_is_put_right() -> None:
    minutes = some_minutes()

    change_statement(*where(minutes), 1, "我担心孩子睡不着。", by=a_convenor(), at=BY_SATURDAY)

    assert minutes.statements.get().text == "我担心孩子睡不着。"


def test_who_was_there_confirms_once() -> None:
    minutes = some_minutes("out")

    confirm_minutes(reader(minutes), 1, at=BY_SATURDAY)
    confirm_minutes(reader(minutes), 1, at=BY_SATURDAY + AN_HOUR)

    assert minutes.confirmations.count() == 1
    assert Entry.objects.filter(verb="minutes.confirmed").count() == 1


def test_what_was_signed_on_paper_is_written_down_with_where_it_is_filed_and_by_whom() -> None:
    minutes, by = some_minutes("out"), a_convenor()
    paper = OnPaper(one_of(minutes.sitting).number, "C-07")

    said = note_confirmation(*where(minutes), paper, by=by, at=BY_SATURDAY)
    note_correction(*where(minutes), paper, "少写了一个人。", by=by, at=BY_SATURDAY)

    assert (said.filed, said.entered_by) == ("C-07", by)
    assert record_of(minutes)["on_paper"] == [paper.who]
    entries = Entry.objects.filter(verb__in=["minutes.confirmed", "minutes.corrected"])
    assert {entry.facts["by"] for entry in entries} == {by.badge}


def test_who_was_not_there_signs_nothing_on_paper() -> None:
    minutes = some_minutes("out")
    paper = OnPaper(a_late_comer(minutes.sitting).number, "C-07")

    with pytest.raises(NotThere):
        note_confirmation(*where(minutes), paper, by=a_convenor(), at=BY_SATURDAY)


def test_who_was_not_there_confirms_nothing() -> None:
    minutes = some_minutes("out")
    absent = a_late_comer(minutes.sitting)

    with pytest.raises(NotThere):
        confirm_minutes(absent.code, 1, at=BY_SATURDAY)


@pytest.mark.parametrize("window", [2 * A_DAY, 31 * A_DAY])
def test_people_get_three_days_to_read_and_no_more_than_a_month(window: timedelta) -> None:
    minutes = some_minutes()

    with pytest.raises(WindowOfOtherLength, match="至少 3 天"):
        send_minutes(*where(minutes), BY_SATURDAY + window, by=a_convenor(), at=BY_SATURDAY)


def test_what_was_confirmed_is_what_is_frozen() -> None:
    minutes = some_minutes("out")
    read = record_of(minutes)
    confirm_minutes(reader(minutes), 1, at=BY_SATURDAY)

    say_position(reader(minutes), Wanted(1, "against"), at=BY_SATURDAY + AN_HOUR)
    frozen = freeze_minutes(*where(minutes), by=a_convenor(), at=WINDOW_OVER)

    number = one_of(minutes.sitting).number
    assert record_of(frozen) == {**read, "confirmed": [number]}
    sent, confirmed = Entry.objects.filter(verb__in=["minutes.sent", "minutes.confirmed"])
    assert sent.facts["text"] == confirmed.facts["text"] == f"sha256:{minutes.sha256}"


def test_what_is_wrong_elsewhere_is_put_right_in_words_that_stay_beside_it() -> None:
    minutes = some_minutes("out")
    said = correct_minutes(reader(minutes), 1, "少写了一个人。", at=BY_SATURDAY)
    answer = (*where(minutes), said.pk, "核对过签到表。")

    with pytest.raises(CorrectionNeedsWords):
        take_in_correction(*answer, by=a_convenor(), at=BY_SATURDAY)
    take_in_correction(*answer, "到会的还有第 5 号。", by=a_convenor(), at=BY_SATURDAY)
    frozen = freeze_minutes(*where(minutes), by=a_convenor(), at=WINDOW_OVER)

    (correction,) = json.loads(frozen.body)["corrections"]
    assert (correction["taken_in"], correction["after"]) == (True, "到会的还有第 5 号。")


def test_after_the_window_nobody_corrects() -> None:
    minutes = some_minutes("out")

    with pytest.raises(WindowOver):
        correct_minutes(reader(minutes), 1, "不是这样。", at=WINDOW_OVER)


def test_nobody_corrects_the_words_of_another() -> None:
    minutes = some_minutes("out")
    other = minutes.sitting.roster.seats.order_by("pk").last()
    assert other is not None

    with pytest.raises(NotTheirStatement):
        correct_minutes(other.stakeholder.code, 1, "他说同意。", statement=1, at=BY_SATURDAY)


def test_a_correction_that_is_taken_in_changes_ones_own_words() -> None:
    minutes = some_minutes("out")
    said = correct_minutes(reader(minutes), 1, "我是担心半夜太吵。", statement=1, at=BY_SATURDAY)

    take_in_correction(*where(minutes), said.pk, "", by=a_convenor(), at=BY_SATURDAY)

    shown = record_of(minutes)
    assert [one["text"] for one in shown["statements"]] == ["我是担心半夜太吵。"]  # type: ignore[index, union-attr, call-overload]
    assert shown["corrections"][0]["before"] == "我担心晚上太吵。"  # type: ignore[index, call-overload]
    with pytest.raises(AnsweredAlready):
        leave_correction(*where(minutes), said.pk, "不改。", by=a_convenor(), at=BY_SATURDAY)


def test_before_the_window_is_over_nothing_is_frozen_and_until_when_is_said() -> None:
    minutes = some_minutes("out")

    with pytest.raises(WindowStillOpen, match="2026-03-10 11:00"):
        freeze_minutes(*where(minutes), by=a_convenor(), at=BY_SATURDAY)


def test_a_correction_nobody_answered_keeps_minutes_from_being_frozen() -> None:
    minutes = some_minutes("out")
    said = correct_minutes(reader(minutes), 1, "少写了一个人。", at=BY_SATURDAY)

    with pytest.raises(CorrectionsWait, match="还有 1 条更正没有答复，现在"):
        freeze_minutes(*where(minutes), by=a_convenor(), at=WINDOW_OVER)
    assert freeze_next(at=WINDOW_OVER) == 0
    answer = "签到表上是三个人。"
    leave_correction(*where(minutes), said.pk, answer, by=a_convenor(), at=WINDOW_OVER)
    frozen = freeze_minutes(*where(minutes), by=a_convenor(), at=WINDOW_OVER)

    assert json.loads(frozen.body)["corrections"] == [
        {
            "speaker": one_of(minutes.sitting).number,
            "statement": 0,
            "taken_in": False,
            "before": "",
            "after": "",
            "answer": answer,
        }
    ]


def test_a_correction_of_who_withdrew_keeps_nothing_from_being_frozen() -> None:
    minutes = some_minutes("out")
    said = correct_minutes(reader(minutes), 1, "少写了一个人。", at=BY_SATURDAY)
    withdraw(reader(minutes), at=LATER)

    with pytest.raises(NotFound):
        leave_correction(*where(minutes), said.pk, "不改。", by=a_convenor(), at=LATER)
    assert freeze_next(at=WINDOW_OVER) == 1

    (correction,) = json.loads(Minutes.objects.get().body)["corrections"]
    assert correction["withdrawn"]


def test_the_follower_freezes_when_the_window_is_over() -> None:
    minutes = some_minutes("out")

    assert freeze_next(at=WINDOW_OVER - AN_HOUR) == 0
    assert freeze_next(at=WINDOW_OVER) == 1
    assert freeze_next(at=WINDOW_OVER) == 0

    assert Minutes.objects.get(pk=minutes.pk).stage == "frozen"


def test_the_hash_of_frozen_minutes_stands_in_the_ledger() -> None:
    minutes = some_minutes("frozen")

    told = Entry.objects.get(verb="minutes.frozen").facts["text"]

    assert told == f"sha256:{sha256(minutes.body.encode()).hexdigest()}"
    assert stage_told(e.verb for e in entries_of(minutes.subject)) == minutes.stage


@pytest.mark.parametrize(
    "change", [{"body": "{}"}, {"outcome": "没有人反对。"}, {"stage": "out"}, {"frozen_at": None}]
)
def test_the_database_changes_nothing_of_frozen_minutes(change: dict[str, object]) -> None:
    minutes = some_minutes("frozen")

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(**change)


def test_frozen_minutes_show_what_was_wanted_then_and_not_what_is_wanted_later() -> None:
    minutes = some_minutes("frozen")

    say_position(reader(minutes), Wanted(1, "for"), at=WINDOW_OVER + AN_HOUR)

    assert record_of(minutes)["positions"][0]["for"] == 0  # type: ignore[index, call-overload]


def test_minutes_hold_what_they_must_and_no_name() -> None:
    minutes = some_minutes()
    counted = Counting(1, "hands", 2, 1, voted_at=BY_SATURDAY)
    count_vote(*where(minutes), counted, by=a_convenor(), at=BY_SATURDAY)

    body = record_of(minutes)

    text = json.dumps(body, ensure_ascii=False)
    assert {
        "topic", "sitting", "invited", "there", "quorum", "seats", "seen", "statements", "photos",
        "positions", "votes", "outcome", "dissent", "decision", "unanswered", "confirmed",
        "corrections",
    } == set(body)  # fmt: skip
    assert body["invited"]["objectors_invited"] == 1  # type: ignore[index, call-overload]
    assert not [r.name for r in Requester.objects.all() if r.name and r.name in text]


def test_write_minutes_takes_the_place_of_what_was_written() -> None:
    minutes = some_minutes()

    texts = {"seen": "", "outcome": "下次再议。", "dissent": ""}
    write_minutes(*where(minutes), **by_the_convenor(BY_SATURDAY, **texts))

    assert Minutes.objects.get().outcome == "下次再议。"
