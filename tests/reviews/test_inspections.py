"""A hall is inspected, announced or not; what was found is put right, answered, looked at again."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mingchuang.base.errors import NotFound, Refused
from mingchuang.cases import shelf
from mingchuang.cases.actions.photos import tidy_photos
from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.queries.casefile import case_file
from mingchuang.cases.rules.keeping import INSPECTIONS
from mingchuang.ledger.models import Entry
from mingchuang.people.actions.posts import give_post
from mingchuang.people.rules.roles import Role
from mingchuang.reviews import errors
from mingchuang.reviews.actions import inspected, inspecting, inspections_keeping, standards
from mingchuang.reviews.actions.inspecting import Found
from mingchuang.reviews.models import Act, CheckItem, Checklist, Clause, Inspection, Mark, Shot
from mingchuang.reviews.queries.inspections import (
    inspection_behind,
    inspection_for,
    inspections_of,
    opened,
    rights,
)
from mingchuang.reviews.queries.inspections_keeping import inspections_overdue, some_inspections_due
from mingchuang.reviews.queries.seen import is_shot, shot_for, trend_of
from mingchuang.reviews.queries.standards import in_force
from tests.build import A_DAY, MONDAY, a_person, a_supervisor, a_unit, the_handler
from tests.reviews.inspections import (
    LATER,
    a_checklist,
    a_clause,
    a_hall,
    an_inspector,
    finished,
    handed_over,
    noted,
    of_the_hall,
    planned,
)
from tests.town import a_photo
from tests.visits.test_keeping import audited

pytestmark = pytest.mark.django_db


def test_a_clause_is_never_rewritten_but_followed() -> None:
    old = a_clause()

    new = standards.amend_clause(old.pk, "工牌戴在左胸。", by=a_supervisor(), at=LATER)

    old.refresh_from_db()
    assert (old.text, old.until) == ("工牌戴在胸前，看得清姓名和工号。", LATER.date())
    assert (new.code, new.version, new.chapter, new.until) == (old.code, 2, old.chapter, None)
    assert in_force() == [new]


def test_a_clause_that_moved_on_is_not_worded_anew_unseen() -> None:
    old = a_clause()
    standards.amend_clause(old.pk, "工牌戴在左胸。", by=a_supervisor(), at=LATER)

    with pytest.raises(errors.ClauseMovedOn):
        standards.amend_clause(old.pk, "不戴工牌。", by=a_supervisor(), at=LATER)
    with pytest.raises(errors.ClauseStands):
        standards.write_clause("badge", old.code, "不戴。", by=a_supervisor(), at=LATER)


def test_a_clause_taken_down_goes_on_with_its_number() -> None:
    old = a_clause()
    standards.withdraw_clause(old.pk, by=a_supervisor(), at=LATER)

    new = standards.write_clause("badge", old.code, "戴好工牌。", by=a_supervisor(), at=LATER)

    assert new.version == 2


def test_only_who_supervises_the_whole_town_writes_on_every_wall() -> None:
    a_checklist()
    office = a_person(Role.SUPERVISOR, unit=a_unit())

    with pytest.raises(NotFound):
        standards.write_clause("badge", "9", "戴。", by=office, at=MONDAY)


def test_what_was_inspected_by_old_words_keeps_them() -> None:
    walk = finished()
    clause = Clause.objects.get(looked_at__checklist=walk.checklist, looked_at__number=1)

    standards.amend_clause(clause.pk, "别的。", by=a_supervisor(), at=LATER)

    assert opened(a_supervisor(), walk.pk).walk[0].item.clause == clause


def test_a_hall_learns_of_an_inspection_when_it_is_over() -> None:
    walk = planned("mystery")
    hall = of_the_hall(walk)

    with pytest.raises(NotFound):
        inspection_for(hall, walk.pk)
    finished(walk)

    assert inspections_of(hall, rights(hall)).get() == walk


def test_an_announced_one_is_known_by_day_and_list_and_no_mark_is_read_before_it_is_over() -> None:
    walk = planned()
    hall = of_the_hall(walk)
    noted(walk, 2, "broken", times=1, note="二号窗口没有起身。")

    before = opened(hall, walk.pk)
    noted(walk, 1)
    noted(walk, 3)
    inspecting.finish_inspection(walk.pk, by=walk.inspector, at=LATER)

    assert inspections_of(hall, rights(hall)).get() == walk
    assert [one.item.number for one in before.walk if one.mark is None] == [1, 2, 3]
    assert [one.mark is None for one in opened(hall, walk.pk).walk] == [False] * 3


def test_the_hall_never_reads_who_came_unannounced() -> None:
    open_one, mystery = finished(), finished(manner="mystery")

    assert opened(of_the_hall(open_one), open_one.pk).names_inspector
    assert not opened(of_the_hall(mystery), mystery.pk).names_inspector
    assert opened(a_supervisor(), mystery.pk).names_inspector


def test_the_ledger_tells_neither_where_somebody_goes_nor_who_came() -> None:
    walk = planned("mystery")
    coming = Entry.objects.get(verb="inspection.arranged")
    finished(walk)
    came = Entry.objects.get(verb="inspection.walked")

    assert set(coming.facts) == {"by"}
    assert coming.facts["by"] == a_supervisor().badge
    assert "by" not in came.facts
    assert (came.facts["points"], came.facts["whole"], came.facts["findings"]) == (150, 200, 1)


def test_the_case_of_a_finding_does_not_tell_who_came() -> None:
    walk = handed_over(finished(manner="mystery"))
    said = walk.marks.get(answer="broken").rectification
    assert said is not None

    entries = Entry.objects.filter(subject=said.case.subject)

    badges = {entry.facts.get("by") for entry in entries}
    assert walk.inspector.badge not in badges
    assert said.taken_by == a_supervisor()


def test_nobody_is_sent_to_their_own_office_or_unseen_by_themselves() -> None:
    hall = a_hall()
    own = a_person(Role.RECEPTION, unit=hall.unit)
    caller = a_person(Role.CALLBACK, unit=hall.unit)

    for who in (own, caller):
        with pytest.raises(errors.OwnOffice):
            planned(site=hall, inspector=who)
    with pytest.raises(errors.SeenByThePlanner):
        planned("mystery", inspector=a_supervisor())
    with pytest.raises(errors.NoSuchInspector):
        planned(inspector=a_person(Role.AUDITOR))


def test_who_supervises_a_hall_does_not_plan_its_inspections() -> None:
    hall, checklist = a_hall(), a_checklist()
    own, who = a_person(Role.SUPERVISOR, unit=hall.unit), an_inspector()
    given: dict[str, Any] = {"manner": "open", "day": MONDAY.date(), "inspector": who.badge}

    with pytest.raises(NotFound):
        inspecting.plan_inspection(hall, checklist.pk, **given, by=own, at=MONDAY)


def test_only_who_was_sent_walks() -> None:
    walk = planned()
    found = Found(answer="kept", key="k1")

    with pytest.raises(errors.NotYours):
        inspecting.mark_clause(walk.pk, 1, found, by=a_supervisor(), at=LATER)
    with pytest.raises(NotFound):
        inspecting.mark_clause(walk.pk, 1, found, by=an_inspector(), at=LATER)
    with pytest.raises(NotFound):
        inspecting.mark_clause(walk.pk, 4, found, by=walk.inspector, at=LATER)


def test_the_auditor_reads_all_and_does_nothing() -> None:
    walk, auditor = planned("mystery"), a_person(Role.AUDITOR)

    seen = opened(auditor, walk.pk)

    assert (seen.names_inspector, list(seen.deeds), seen.walks) == (True, [], False)


def test_who_audits_their_own_office_learns_of_a_mystery_when_it_is_over() -> None:
    walk = planned("mystery")
    auditor = a_person(Role.AUDITOR)
    give_post(auditor, walk.unit, Role.HANDLER, at=MONDAY)
    seated = a_person(Role.AUDITOR, unit=walk.unit)

    for person in (auditor, seated):
        with pytest.raises(NotFound):
            inspection_for(person, walk.pk)
    finished(walk)

    seen = [opened(person, walk.pk).names_inspector for person in (auditor, seated)]
    assert seen == [False, False]


def test_an_answer_sent_twice_is_noted_once_and_keeps_its_photos_once() -> None:
    walk = planned()

    for _ in range(2):
        noted(walk, 2, "broken", key="the-same", times=2, photos=(a_photo(),))
    noted(walk, 2, "broken", key="another", seen=["the-same"], times=3, photos=(a_photo(),))

    assert Mark.objects.get().times == 3
    assert Shot.objects.count() == 1


def test_two_phones_never_write_over_one_another_unseen() -> None:
    walk = planned()
    noted(walk, 1, "kept", key="first")

    with pytest.raises(errors.FoundOtherwise, match="第 1 条已经在别处记过：做到了"):
        noted(walk, 1, "broken", key="second", times=1)
    noted(walk, 1, "broken", key="third", seen=["first"], times=1)

    assert Mark.objects.get().answer == "broken"


def test_more_photos_than_anybody_looks_at_are_refused() -> None:
    walk = planned()
    many = tuple(a_photo(colour) for colour in ("red", "blue", "green", "gold", "gray", "pink"))
    noted(walk, 1, "broken", key="one", times=1, photos=many)

    with pytest.raises(errors.TooManyShots):
        noted(walk, 1, "broken", seen=["one"], times=1, photos=(a_photo("black"),))

    assert Shot.objects.count() == 6


def test_nothing_is_handed_in_half_done() -> None:
    walk = planned()
    noted(walk, 2)

    with pytest.raises(errors.ClausesLeft, match="第 1、3 条"):
        inspecting.finish_inspection(walk.pk, by=walk.inspector, at=LATER)

    assert Inspection.objects.get().points is None


def test_a_finished_one_has_points_and_is_not_changed_any_more() -> None:
    walk = finished()

    assert (walk.state, walk.points, walk.whole) == ("finished", 150, 200)
    with pytest.raises(errors.NotSuchAWalk, match="已查完"):
        noted(walk, 1, "broken", times=1)
    with pytest.raises(errors.NotSuchAWalk):
        inspecting.finish_inspection(walk.pk, by=walk.inspector, at=LATER)


def test_each_finding_becomes_a_case_on_its_own_clock() -> None:
    walk = handed_over()
    said = walk.marks.get(answer="broken").rectification
    assert said is not None
    case = said.case

    seen = case_file(the_handler(case), case.number)

    assert (case.kind, case.state, case.responsible_unit) == ("rectify", "dispatched", walk.unit)
    assert case.time_limit is not None
    assert case.due_at is not None
    (speaker,) = seen.speakers
    for words in (walk.number, "来人时起身相迎", "2 处", "二号窗口没有起身", "一周内改好"):
        assert words in speaker.submission.text
    assert inspection_behind(of_the_hall(walk), said.number) == walk
    with pytest.raises(NotFound):
        inspection_behind(a_person(Role.HANDLER, unit=a_unit()), said.number)


def test_what_was_handed_over_is_not_handed_over_again() -> None:
    walk = handed_over()

    with pytest.raises(errors.NothingFound):
        handed_over(walk)


def test_the_hall_says_its_word_once() -> None:
    walk = finished()
    hall = of_the_hall(walk)

    inspected.answer_inspection(walk.pk, "当天人手不足。", by=hall, at=LATER)

    assert opened(a_supervisor(), walk.pk).acts["answered"].text == "当天人手不足。"
    with pytest.raises(errors.AnsweredOnce):
        inspected.answer_inspection(walk.pk, "再说一句。", by=hall, at=LATER)
    with pytest.raises(errors.NotYours):
        inspected.answer_inspection(walk.pk, "我说。", by=a_supervisor(), at=LATER)


def test_a_mistake_is_undone_with_its_reason_and_counts_no_more() -> None:
    walk = finished()

    inspected.undo_inspection(walk.pk, "去错了大厅。", by=a_supervisor(), at=LATER)

    seen = opened(of_the_hall(walk), walk.pk)
    assert (seen.inspection.state, seen.acts["undone"].text) == ("undone", "去错了大厅。")
    assert (seen.inspection.points, list(seen.deeds)) == (150, [])
    with pytest.raises(NotFound):
        trend_of(a_supervisor(), walk.site.code)


def test_whoever_puts_it_right_is_told_that_the_inspection_was_a_mistake() -> None:
    walk = handed_over()
    (mark,) = walk.marks.exclude(rectification=None)
    assert mark.rectification is not None
    case = mark.rectification.case

    inspected.undo_inspection(walk.pk, "去错了大厅。", by=a_supervisor(), at=LATER)

    texts = [note.text for note in case.notes.all()]
    assert any(f"检查 {walk.number} 已经撤销，不计入：去错了大厅。" in text for text in texts)
    assert mark.rectification.get_channel_display() == "交办整改"
    assert audited() == []


def test_a_mystery_that_is_called_off_is_never_known_to_the_hall() -> None:
    walk = planned("mystery")

    inspecting.call_off_inspection(walk.pk, "台风。", by=a_supervisor(), at=LATER)

    with pytest.raises(NotFound):
        inspection_for(of_the_hall(walk), walk.pk)
    with pytest.raises(errors.NotSuchAWalk):
        noted(walk, 1)


def test_somebody_looks_again_and_the_hall_is_compared_with_itself() -> None:
    first = finished()
    given: dict[str, Any] = {"site": first.site, "checklist": first.checklist}
    again = planned(at=LATER + A_DAY, again=first.pk, **given)
    for number in (1, 2, 3):
        noted(again, number, at=LATER + A_DAY)
    inspecting.finish_inspection(again.pk, by=again.inspector, at=LATER + A_DAY)
    finished()

    _site, found = trend_of(of_the_hall(first), first.site.code)

    assert [(one.points, one.whole) for one in found] == [(150, 200), (300, 300)]
    assert opened(a_supervisor(), first.pk).others == [again]
    assert opened(a_supervisor(), again.pk).others == [first]


def test_only_what_is_finished_is_looked_at_again_and_in_the_same_hall() -> None:
    first, running = finished(), planned()

    for again, site in ((running.pk, running.site), (first.pk, a_hall())):
        with pytest.raises(NotFound):
            planned(site=site, again=again)


def test_a_retired_list_is_planned_with_no_more() -> None:
    checklist = a_checklist()
    standards.retire_checklist(checklist.pk, by=a_supervisor(), at=LATER)

    with pytest.raises(NotFound):
        planned(checklist=checklist, at=LATER + A_DAY)


@pytest.mark.parametrize("manner", ["open", "mystery"])
def test_photos_are_seen_by_who_may_see_the_inspection(manner: str) -> None:
    walk = planned(manner)
    shot = noted(walk, 2, "broken", times=1, photos=(a_photo(),)).shots.get()

    with pytest.raises(NotFound):
        shot_for(of_the_hall(walk), shot.pk)

    assert shot_for(walk.inspector, shot.pk) == shot


def test_a_photo_of_an_inspection_is_not_tidied_away() -> None:
    noted(planned(), 2, "broken", times=1, photos=(a_photo(),))
    shot = Shot.objects.get()

    tidy_photos(at=LATER + 400 * A_DAY, held=is_shot)

    assert shelf.read(shot.path)


def test_a_photo_with_somebody_on_it_is_forgotten_and_its_hash_stays(
    django_capture_on_commit_callbacks: Any,
) -> None:
    walk = finished(photos=(a_photo(),))
    shot = Shot.objects.get()

    with pytest.raises(errors.NotYours):
        inspections_keeping.forget_shot(shot.pk, by=of_the_hall(walk), at=LATER)
    with django_capture_on_commit_callbacks(execute=True):
        inspections_keeping.forget_shot(shot.pk, by=a_supervisor(), at=LATER)

    with pytest.raises(FileNotFoundError):
        shelf.read(shot.path)
    assert Entry.objects.get(verb="photo.erased").facts["photo"] == shot.fingerprint
    assert audited() == []


def test_after_its_days_nothing_tells_who_was_seen_and_the_points_stay(
    django_capture_on_commit_callbacks: Any,
) -> None:
    walk = finished(photos=(a_photo(),))
    inspected.answer_inspection(walk.pk, "王芳当天请假。", by=of_the_hall(walk), at=LATER)
    term, over = Retention(category=INSPECTIONS, days=30, source="本市规定"), LATER + 31 * A_DAY

    assert inspections_overdue(term, over).count == 1
    with django_capture_on_commit_callbacks(execute=True):
        for some in some_inspections_due(term, over):
            inspections_keeping.forget_inspections(term, some, at=over)

    after = Inspection.objects.get()
    assert (after.points, after.whole, after.erased_at) == (150, 200, over)
    assert {mark.note for mark in Mark.objects.all()} == {""}
    assert {(act.text, act.holds) for act in Act.objects.all()} == {("", "")}
    assert not is_shot(Shot.objects.get().path)
    assert inspections_overdue(term, over).count == 0
    assert audited() == []


def test_one_that_was_called_off_is_forgotten_after_its_days_too() -> None:
    walk = planned()
    noted(walk, 2, "broken", times=1, note="王芳没有起身。", photos=(a_photo(),))
    inspecting.call_off_inspection(walk.pk, "王芳请假。", by=a_supervisor(), at=LATER)
    term, over = Retention(category=INSPECTIONS, days=30, source="本市规定"), LATER + 31 * A_DAY

    soon = some_inspections_due(term, LATER + 29 * A_DAY)
    due = inspections_overdue(term, over)
    for some in some_inspections_due(term, over):
        inspections_keeping.forget_inspections(term, some, at=over)

    assert (soon, due.count, due.oldest) == ([], 1, LATER)
    assert (Mark.objects.get().note, Shot.objects.get().erased_at) == ("", over)
    assert {(act.text, act.holds) for act in Act.objects.all()} == {("", "")}
    assert inspections_overdue(term, over).count == 0
    assert audited() == []


def test_the_whole_story_stands_in_the_ledger_and_the_audit_agrees() -> None:
    walk = handed_over(finished(manner="mystery", photos=(a_photo(),)))
    inspected.answer_inspection(walk.pk, "已改。", by=of_the_hall(walk), at=LATER)
    inspected.undo_inspection(walk.pk, "查错了。", by=a_supervisor(), at=LATER)
    inspecting.call_off_inspection(planned().pk, "台风。", by=a_supervisor(), at=LATER)

    told = Entry.objects.filter(subject=walk.subject).values_list("verb", flat=True)

    assert [verb.removeprefix("inspection.") for verb in told] == [
        "arranged",
        "walked",
        "entrusted",
        "answered",
        "undone",
    ]
    assert audited() == []


@pytest.mark.parametrize(
    ("model", "change", "what"),
    [
        (Inspection, {"points": 190}, "points"),
        (Inspection, {"manner": "mystery"}, "holds"),
        (Mark, {"note": "好得很。"}, "holds"),
        (Mark, {"rectification": None}, "case"),
    ],
)
def test_what_was_bettered_behind_the_ledger_is_found(
    model: Any, change: dict[str, object], what: str
) -> None:
    handed_over()

    model.objects.update(**change)

    assert what in {fault.get("what") for fault in audited()}


def test_a_lost_photo_is_found() -> None:
    finished(photos=(a_photo(),))

    shelf.drop(Shot.objects.get().path)

    assert [fault["code"] for fault in audited()] == ["shot_missing"]


BREACHES: list[tuple[Any, dict[str, object], str]] = [
    (Clause, {"text": ""}, "reviews_clause_says_something"),
    (Clause, {"chapter": "dance"}, "reviews_clause_chapter"),
    (Clause, {"until": "2020-01-01"}, "reviews_clause_ends_after_it_began"),
    (Clause, {"code": "1"}, "reviews_clause_"),
    (Checklist, {"name": ""}, "reviews_checklist_has_name"),
    (Checklist, {"retired_at": "2020-01-01T00:00Z"}, "reviews_checklist_retired_after"),
    (CheckItem, {"number": 1}, "reviews_checkitem_number_once"),
    (CheckItem, {"method": "guess"}, "reviews_checkitem_method"),
    (CheckItem, {"deduction": 101}, "reviews_checkitem_costs_no_more"),
    (CheckItem, {"maximum": 1001}, "reviews_checkitem_costs_no_more"),
    (Inspection, {"state": "asleep", "points": None}, "reviews_inspection_"),
    (Inspection, {"manner": "loud"}, "reviews_inspection_manner"),
    (Inspection, {"points": 201}, "reviews_inspection_finished_has_points"),
    (Inspection, {"points": None}, "reviews_inspection_finished_has_points"),
    (Inspection, {"undone_at": "2026-03-02T00:00Z"}, "reviews_inspection_undone_once"),
    (Mark, {"answer": "maybe", "times": 0}, "reviews_mark_"),
    (Mark, {"times": 7}, "reviews_mark_broken_so_often"),
    (Mark, {"key": ""}, "reviews_mark_has_a_key"),
    (Shot, {"sha256": "short"}, "reviews_shot_has_a_hash"),
    (Act, {"deed": "danced"}, "reviews_act_"),
    (Act, {"deed": "walked"}, "reviews_act_once"),
    (Act, {"salt": b"salt"}, "reviews_act_salt_whole_or_erased"),
]


@pytest.mark.parametrize(("model", "change", "name"), BREACHES)
def test_the_tables_refuse(model: Any, change: dict[str, object], name: str) -> None:
    finished(photos=(a_photo(),))

    # SQLite names the columns of what is to be unique, PostgreSQL the constraint.
    wanted = f"{name}|UNIQUE constraint failed: reviews_"
    with pytest.raises(IntegrityError, match=wanted), transaction.atomic():
        model.objects.update(**change)


def test_the_planner_of_a_mystery_does_not_go() -> None:
    walk = planned("mystery")

    with (
        pytest.raises(IntegrityError, match="reviews_inspection_mystery_is_planned_by_another"),
        transaction.atomic(),
    ):
        Inspection.objects.filter(pk=walk.pk).update(inspector=walk.planned_by)


def test_nothing_is_answered_before_it_is_told() -> None:
    planned()

    with (
        pytest.raises(IntegrityError, match="reviews_inspection_answered_after_it_was_told"),
        transaction.atomic(),
    ):
        Inspection.objects.update(answered_at=LATER)


def test_only_what_is_broken_is_put_right() -> None:
    walk = handed_over()
    broken = walk.marks.get(answer="broken")

    with (
        pytest.raises(IntegrityError, match="reviews_mark_only_what_is_broken_is_put_right"),
        transaction.atomic(),
    ):
        Mark.objects.filter(pk=broken.pk).update(answer="kept", times=0)


def test_one_clause_stands_once_on_a_list_and_in_a_walk() -> None:
    walk = finished()
    mark, item = walk.marks.all()[0], walk.checklist.items.all()[0]

    for row in (mark, item):
        row.pk, row._state.adding = None, True
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_every_refusal_is_a_sentence() -> None:
    walk = finished()

    with pytest.raises(Refused, match="刷新页面"):
        inspecting.call_off_inspection(walk.pk, "不查了。", by=a_supervisor(), at=LATER)
