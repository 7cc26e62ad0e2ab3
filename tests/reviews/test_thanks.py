"""Thanks: registered, said in public, hung, joined, corrected, withdrawn, forgotten, counted."""

from datetime import date
from io import BytesIO

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from mingchuang.base.errors import NotFound
from mingchuang.base.once import new_key
from mingchuang.cases import shelf
from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.queries.audit import gone
from mingchuang.ledger.models import Entry
from mingchuang.outward.retention import erase, overdue_anywhere, some_due_anywhere
from mingchuang.people.rules.roles import Role
from mingchuang.reviews import errors
from mingchuang.reviews.actions import settling_thanks as does
from mingchuang.reviews.actions.gifts import restore_gift, withdraw_gift
from mingchuang.reviews.actions.thanking import correct_thanks, settle_naming
from mingchuang.reviews.errors import RegisterTooLong
from mingchuang.reviews.models import Commendation, Gift, ThanksPhoto
from mingchuang.reviews.old_register import MOST, take_in
from mingchuang.reviews.queries.thanks import draft_of, hung, is_thanked_with, opened, wall
from mingchuang.reviews.queries.thanks_audit import THANKED, thanks_faults
from mingchuang.reviews.queries.thanks_counted import counted_in, gifts_counted_in
from mingchuang.reviews.rules.gifts import Outcome
from mingchuang.reviews.rules.thanks import (
    STEPS,
    Deed,
    Kind,
    LeftOut,
    Naming,
    Shown,
    Some,
    State,
    counted,
    giver_on_wall,
)
from mingchuang.reviews.rules.thanks_sheet import COLUMNS, ThanksRow, read_thanks
from tests.build import A_DAY, MONDAY, a_person, a_unit
from tests.reviews.thanks import (
    GIVER,
    WORDS,
    a_gift,
    a_settler,
    hung_thanks,
    said_thanks,
    some_thanks,
    thanked,
)
from tests.tools.together import at_once
from tests.town import a_photo

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def faults() -> list[object]:
    return [*thanks_faults(), *gone(THANKED)]


def on_the_wall() -> list[int]:
    return [item.pk for item in wall()]


def test_a_banner_is_in_the_register_at_once_and_hangs_when_it_was_read() -> None:
    item = some_thanks()

    assert (item.state, on_the_wall()) == ("kept", [])
    does.hang_thanks(item.pk, "谢谢。", photos_shown=False, by=a_settler(item.unit), at=MONDAY)

    assert on_the_wall() == [item.pk]
    assert faults() == []


def test_what_a_visitor_wrote_waits_until_somebody_has_read_it() -> None:
    item = said_thanks()

    assert (item.state, on_the_wall(), counted_in(2026).valid) == ("waiting", [], 0)
    assert counted_in(2026).left_out == {LeftOut.WAITING: 1}
    does.keep_thanks(item.pk, by=a_settler(item.unit), at=MONDAY)

    assert (counted_in(2026).valid, on_the_wall()) == (1, [])


def test_sent_twice_it_is_one() -> None:
    key, unit = new_key(), a_unit()

    first, second = said_thanks(unit, key=key), said_thanks(unit, key=key)

    assert first.pk == second.pk


def test_the_wall_calls_who_gave_it_as_they_wished_and_staff_as_the_unit_settled() -> None:
    unit = a_unit()
    clerk = a_person(Role.HANDLER, unit=unit)
    item = hung_thanks(unit, badge=clerk.badge)
    supervisor = a_settler(unit)

    shown = [(hung(one).giver, hung(one).person) for one in wall()]
    settle_naming(unit, Naming.BADGE, by=supervisor, at=MONDAY)
    named = [hung(one).person for one in wall()]

    assert item.person == clerk
    assert shown == [("冯*明", "")]
    assert named == [clerk.badge]


def test_another_units_supervisor_settles_nothing_here() -> None:
    item = said_thanks()
    stranger = a_settler(a_unit())

    with pytest.raises(NotFound):
        does.keep_thanks(item.pk, by=stranger, at=MONDAY)
    with pytest.raises(errors.NotYours):
        settle_naming(item.unit, Naming.NAME, by=stranger, at=MONDAY)


def test_who_is_thanked_does_not_hang_it_themselves() -> None:
    unit = a_unit()
    thanked_one = a_settler(unit)
    item = some_thanks(unit, badge=thanked_one.badge)

    with pytest.raises(errors.NotYours):
        does.hang_thanks(item.pk, "好。", photos_shown=False, by=thanked_one, at=MONDAY)


def test_the_ledger_and_the_draft_name_nobody() -> None:
    item = said_thanks()

    entries = list(Entry.objects.filter(subject=item.subject))

    assert [entry.verb for entry in entries] == ["thanks.received"]
    assert GIVER not in str(entries[0].facts)
    assert "13812345678" not in str(entries[0].facts)
    assert "13812345678" not in draft_of(item)


def test_a_letter_and_a_banner_for_one_deed_are_counted_once() -> None:
    unit = a_unit()
    banner, letter = some_thanks(unit), some_thanks(unit, kind=Kind.LETTER)
    settler = a_settler(unit)

    does.join_thanks(letter.pk, banner.pk, "同一件事", by=settler, at=MONDAY)
    joined = counted_in(2026)
    does.part_thanks(letter.pk, "不是同一件", by=settler, at=MONDAY)

    assert (joined.valid, joined.left_out) == (1, {LeftOut.JOINED: 1})
    assert counted_in(2026).valid == 2
    assert faults() == []


def test_nothing_is_joined_to_itself_or_in_chains() -> None:
    unit = a_unit()
    first, second, third = (some_thanks(unit) for _ in range(3))
    settler = a_settler(unit)
    does.join_thanks(second.pk, first.pk, "同一件", by=settler, at=MONDAY)

    for moved, to in ((first.pk, first.pk), (third.pk, second.pk), (first.pk, third.pk)):
        with pytest.raises(errors.NotTheSame):
            does.join_thanks(moved, to, "同一件", by=settler, at=MONDAY)
    with pytest.raises(errors.OthersHangOnIt):
        does.withdraw_thanks(first.pk, "登错", by=settler, at=MONDAY)


def test_a_withdrawal_says_why_and_is_undone() -> None:
    item = hung_thanks()
    settler = a_settler(item.unit)

    does.withdraw_thanks(item.pk, "送错了单位", by=settler, at=MONDAY)
    withdrawn = (on_the_wall(), counted_in(2026).valid)
    does.restore_thanks(item.pk, "没有送错", by=settler, at=MONDAY)

    assert withdrawn == ([], 0)
    assert counted_in(2026).valid == 1
    assert [note.text for note in item.story.all()][-2:] == ["送错了单位", "没有送错"]
    assert faults() == []


def test_what_hung_comes_down_when_it_is_corrected_and_the_giver_stays() -> None:
    item = hung_thanks()
    settler = a_settler(item.unit)
    said = thanked(item.unit, giver="", words="更正以后的话。", shown_as=Shown.HIDDEN)

    correct_thanks(item.pk, said, because="抄错了", by=settler, at=MONDAY)
    item.refresh_from_db()

    assert (on_the_wall(), item.giver, item.words) == ([], GIVER, "更正以后的话。")
    assert (item.corrected_because, item.shown) == ("抄错了", "")
    assert faults() == []


def test_a_day_to_come_and_a_badge_of_nobody_are_refused() -> None:
    unit = a_unit()

    with pytest.raises(errors.NotBeforeItsDay):
        some_thanks(unit, given_on=(MONDAY + A_DAY).date())
    with pytest.raises(errors.NoSuchBadge, match="ZZ999"):
        some_thanks(unit, badge="ZZ999")


def test_who_wrote_it_has_it_forgotten_and_it_comes_off_the_wall() -> None:
    item = said_thanks()
    settler = a_settler(item.unit)
    does.hang_thanks(item.pk, "谢谢。", photos_shown=True, by=settler, at=MONDAY)

    does.forget_my_thanks(item.code, at=MONDAY)
    item.refresh_from_db()

    assert (on_the_wall(), item.giver, item.words, bytes(item.salt)) == ([], "", "", b"")
    assert counted_in(2026).valid == 1
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_who_gave_what_a_clerk_registered_has_it_forgotten() -> None:
    item = hung_thanks(photos=(a_photo(),))

    does.forget_giver(item.pk, by=a_settler(item.unit), at=MONDAY)
    item.refresh_from_db()

    assert (on_the_wall(), item.giver, item.words, item.shown) == ([], "", "", "")
    assert not is_thanked_with(item.photos.get().path)
    assert counted_in(2026).valid == 1
    assert faults() == []
    with pytest.raises(errors.ForgottenThanks):
        does.forget_giver(item.pk, by=a_settler(item.unit), at=MONDAY)


def test_who_is_thanked_forgets_nobody() -> None:
    unit = a_unit()
    settler = a_settler(unit)
    item = some_thanks(unit, badge=settler.badge, photos=(a_photo(),))

    with pytest.raises(errors.NotYours):
        does.forget_giver(item.pk, by=settler, at=MONDAY)
    with pytest.raises(errors.NotYours):
        does.forget_thanks_photo(item.photos.get().pk, by=settler, at=MONDAY)


def test_what_retention_left_on_the_wall_comes_down_when_its_giver_wishes() -> None:
    item = said_thanks()
    does.hang_thanks(item.pk, "谢谢。", photos_shown=False, by=a_settler(item.unit), at=MONDAY)
    term = Retention(category="thanks", days=60, source="本市规定")
    does.forget_thanks(term, [item.pk], at=MONDAY + 61 * A_DAY)

    does.forget_my_thanks(item.code, at=MONDAY + 62 * A_DAY)

    assert on_the_wall() == []
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_one_photo_is_forgotten_and_the_other_stays() -> None:
    item = hung_thanks(photos=(a_photo(), a_photo("navy")))
    first, second = item.photos.all()

    does.forget_thanks_photo(first.pk, by=a_settler(item.unit), at=MONDAY)

    assert [is_thanked_with(photo.path) for photo in (first, second)] == [False, True]
    with pytest.raises(FileNotFoundError):
        shelf.read(first.path)
    assert faults() == []
    with pytest.raises(NotFound):
        does.forget_thanks_photo(first.pk, by=a_settler(item.unit), at=MONDAY)


def test_what_was_forgotten_is_neither_hung_nor_corrected_again() -> None:
    item = said_thanks()
    settler = a_settler(item.unit)
    does.keep_thanks(item.pk, by=settler, at=MONDAY)
    does.forget_my_thanks(item.code, at=MONDAY)

    with pytest.raises(errors.ForgottenThanks):
        does.hang_thanks(item.pk, GIVER, photos_shown=False, by=settler, at=MONDAY)
    with pytest.raises(errors.ForgottenThanks):
        correct_thanks(item.pk, thanked(item.unit), because="改字", by=settler, at=MONDAY)

    item.refresh_from_db()
    assert (item.giver, item.on_wall, bytes(item.salt)) == ("", False, b"")
    assert {Deed.HANG, Deed.CORRECT}.isdisjoint(opened(settler, item.pk).deeds)
    assert Deed.WITHDRAW in opened(settler, item.pk).deeds


def test_what_was_forgotten_shows_no_photo_again() -> None:
    item = said_thanks()
    does.forget_my_thanks(item.code, at=MONDAY)

    with pytest.raises(IntegrityError, match="reviews_commendation_forgotten_shows_no_photo"):
        Commendation.objects.update(photos_shown=True)


@pytest.mark.django_db(transaction=True)
def test_the_table_of_retention_forgets_givers_words_and_photos_and_counts_on() -> None:
    item, gift = hung_thanks(photos=(a_photo(),)), a_gift()
    correct = thanked(item.unit, words="再改一次。")
    correct_thanks(item.pk, correct, because="改字", by=a_settler(item.unit), at=MONDAY)
    term, _ = Retention.objects.get_or_create(category="thanks")
    term.days, term.source = 60, "本市规定"
    later = MONDAY + 61 * A_DAY

    overdue = next(one for one in overdue_anywhere([term], later) if one.term is term)
    done = sum(erase(term, some, at=later, by="system") for some in some_due_anywhere(term, later))
    item.refresh_from_db()
    gift.refresh_from_db()

    assert (overdue.count, done) == (2, 2)
    assert (item.giver, item.words, gift.what, gift.giver, gift.sentence) == ("",) * 5
    assert ThanksPhoto.objects.get().erased_at == later
    assert (counted_in(2026).valid, gifts_counted_in(2026)) == (1, {"refused": 1})
    assert some_due_anywhere(term, later) == []
    assert faults() == []


def test_a_changed_word_or_state_is_found_by_the_audit() -> None:
    changed, moved = some_thanks(), some_thanks()
    Commendation.objects.filter(pk=changed.pk).update(hangs="别处")
    Commendation.objects.filter(pk=moved.pk).update(state="withdrawn")

    found = {str(fault.code) for fault in thanks_faults()}

    assert found == {"private_changed", "contradicted"}


def test_a_gift_that_went_back_says_to_whom() -> None:
    with pytest.raises(errors.GiftToNobody):
        a_gift(outcome=Outcome.RETURNED)

    assert not Gift.objects.exists()


def test_a_wrong_entry_of_a_gift_is_withdrawn_with_a_reason_and_restored() -> None:
    gift = a_gift(outcome=Outcome.HANDED_IN, to_whom="机关纪委")
    settler = a_settler(gift.unit)

    withdraw_gift(gift.pk, "记重了", by=settler, at=MONDAY)
    withdrawn = gifts_counted_in(2026)
    restore_gift(gift.pk, "没有重", by=settler, at=MONDAY)

    assert withdrawn == {}
    assert gifts_counted_in(2026) == {"handed_in": 1}
    assert faults() == []


def a_book(*rows: tuple[object, ...], header: tuple[str, ...] = COLUMNS) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (header, *rows):
        sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_old_register_goes_in_its_faults_are_said_by_cell_and_again_changes_nothing() -> None:
    unit = a_unit("滨江区人社局")
    clerk, supervisor = a_person(Role.HANDLER, unit=unit), a_settler(unit)
    good = (date(2019, 5, 6), "锦旗", "滨江区人社局", clerk.badge, "某公司", "利企惠民", "三楼")
    book = a_book(
        good,
        ("2018年3月1日", "感谢信", "滨江区人社局", "", "", "", ""),
        ("去年", "奖杯", "滨江区人社局", "", "", "", ""),
        (date(2019, 5, 6), "锦旗", "没有这个局", "", "", "", ""),
        (date(2019, 5, 6), "锦旗", "滨江区人社局", "ZZ9", "", "", ""),
        ("=1+1", "锦旗", "滨江区人社局", "", "", "", ""),
        good,
        (date(2019, 5, 7), "口头感谢", "滨江区人社局", "王大姐", "", "扶我上楼。", ""),
    )

    first = take_in(book, by=supervisor, at=MONDAY)
    again = take_in(book, by=supervisor, at=MONDAY)
    marked = load_workbook(BytesIO(first.marked)).active
    assert marked is not None

    assert (first.counts["added"], first.counts["same"], first.wrong) == (3, 0, 5)
    assert (again.counts["added"], again.counts["same"], again.wrong) == (0, 3, 5)
    assert [row for row, _why in first.faults] == [4, 5, 6, 7, 8]
    assert "完全一样，没有再登记" in first.faults[4][1]
    assert Commendation.objects.get(given_on=date(2019, 5, 7)).whom == "王大姐"
    assert "不是日期" in first.faults[0][1]
    assert "看不懂" in first.faults[0][1]
    assert "没有叫“没有这个局”" in first.faults[1][1]
    assert "没有工号 ZZ9" in first.faults[2][1]
    assert "公式" in first.faults[3][1]
    assert marked.cell(4, 1).fill.fgColor.rgb == "FFFFC7CE"
    assert counted_in(2019).by_kind[Kind.BANNER] == 1
    assert faults() == []


def test_a_workbook_without_its_columns_is_refused_by_name() -> None:
    supervisor = a_settler(a_unit())

    with pytest.raises(errors.ColumnsAbsent, match="受表扬单位"):
        take_in(a_book(header=("日期", "类别")), by=supervisor, at=MONDAY)


units = st.integers(1, 4)
somes = st.builds(
    Some, units, st.sampled_from(Kind), st.sampled_from(State), st.booleans(), st.integers(1, 9)
)


@given(st.lists(somes, max_size=6))
def test_every_entry_is_counted_or_left_out_with_a_reason(entries: list[Some]) -> None:
    count = counted(entries)

    assert count.valid + sum(count.left_out.values()) == sum(one.n for one in entries)
    assert count.valid == sum(
        one.n for one in entries if one.state == State.KEPT and not one.joined
    )


@given(st.text(alphabet="张王欧阳小明ABC ·", max_size=8))
def test_who_wishes_no_name_has_none_on_the_wall(name: str) -> None:
    assert giver_on_wall(name, Shown.HIDDEN) == ""
    assert giver_on_wall(name, Shown.FULL) == name.strip()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("甬江海澜纺织有限公司", "甬江海澜纺织有限公司"),
        ("海澜（宁波）有限公司", "海澜（宁波）有限公司"),
        ("平安社区", "平安社区"),
        ("李家新村", "李家新村"),
        ("欧阳新村", "欧阳*村"),
        ("李志村", "李*村"),
        ("王小明、海澜公司", "王******司"),
        ("王小明：海澜公司", "王******司"),
        ("Hailan (Ningbo) Textile Co., Ltd.", "Hailan (Ningbo) Textile Co., Ltd."),
        ("Ningbo No. 2 Hospital", "Ningbo No. 2 Hospital"),
        ("Smith & Sons LLC", "Smith & Sons LLC"),
        ("Ann Schooler", "A** S*******"),
        ("Ann Lee, Acme Inc.", "A** L*** A*** I***"),
        ("Ann Lee of Acme Inc.", "A** L** o* A*** I***"),
    ],
)
def test_an_office_is_called_by_its_name_and_a_person_never(name: str, shown: str) -> None:
    assert giver_on_wall(name, Shown.MASKED) == shown


@given(st.lists(st.sampled_from(Deed), max_size=12))
def test_no_way_leads_from_the_register_back_to_waiting(deeds: list[Deed]) -> None:
    state = State.KEPT

    for deed in deeds:
        state = STEPS.get((state, deed), state)

    assert state in {State.KEPT, State.WITHDRAWN}


written = st.sampled_from(["", "锦旗", "2019-05-06", "去年", "=1", "人社局", 23, 4.5, TODAY, None])


@given(st.fixed_dictionaries(dict.fromkeys(COLUMNS, st.one_of(written, st.text(max_size=9)))))
def test_any_row_is_read_or_its_faults_name_its_columns(row: dict[str, object]) -> None:
    read = read_thanks(row, today=TODAY)  # type: ignore[arg-type]

    assert isinstance(read, ThanksRow) or {fault.column for fault in read} <= set(COLUMNS)
    assert not isinstance(read, ThanksRow) or read.given_on <= TODAY


def test_words_are_kept_as_they_were_said() -> None:
    assert Commendation.objects.get(pk=said_thanks().pk).words == WORDS


def test_a_register_longer_than_anybody_waits_for_is_refused_before_its_first_row() -> None:
    unit = a_unit("滨江区人社局")
    row = (date(2019, 5, 6), "锦旗", "滨江区人社局", "", "某公司", "利企惠民", "三楼")
    book = a_book(*[row] * (MOST + 1))

    with pytest.raises(RegisterTooLong, match="超过 2000 行"):
        take_in(book, by=a_settler(unit), at=MONDAY)

    assert not Commendation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_register_taken_in_twice_at_once_counts_once() -> None:
    unit = a_unit("滨江区人社局")
    supervisor = a_settler(unit)
    row = (date(2019, 5, 6), "锦旗", "滨江区人社局", "", "某公司", "利企惠民", "三楼")
    book = a_book(row)

    outcomes = at_once(*[lambda: take_in(book, by=supervisor, at=MONDAY)] * 4)

    assert outcomes == ["done"] * 4
    assert Commendation.objects.count() == 1
