"""The database is the last guard: what would break a promise it refuses, whoever writes it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from mingchuang.cases.actions.alike import compare_new, tell_apart
from mingchuang.cases.actions.personal import ask_as_holder
from mingchuang.cases.actions.pleas import ask_extension, propose_kind
from mingchuang.cases.actions.voice import add_remark
from mingchuang.cases.models import (
    Alike,
    Article,
    Attachment,
    Bulk,
    BulkItem,
    Callback,
    Case,
    Dispatch,
    DispatchRule,
    Exclusion,
    Merge,
    NotAlike,
    Note,
    Pause,
    Plea,
    PrivacyPlea,
    Remark,
    Reply,
    ReplyTemplate,
    Retention,
    SavedView,
    Submission,
)
from mingchuang.cases.queries.audit import witnessed
from mingchuang.cases.rules.photo import Photo
from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.queries import entries_of, evidence_faults
from mingchuang.ledger.rules.audit import Code
from mingchuang.people.rules.roles import Role
from tests.build import (
    LONG_AGO,
    MONDAY,
    a_case,
    a_dispatcher,
    a_person,
    a_unit,
    an_exclusion,
    code,
    the_handler,
)
from tests.cases import found_breaches
from tests.cases.batches.breaches import BATCH_BREACHES
from tests.cases.knowledge import an_article
from tests.cases.many import a_bulk

pytestmark = pytest.mark.django_db

ROOM = apps.get_app_config("cases")
Breach = Callable[[], object]


def changed(way: str, /, **fields: Any) -> Breach:
    """Write these columns of a case that is in this state."""
    return lambda: Case.objects.filter(pk=a_case(way).pk).update(**fields)


def row(model: type[models.Model], way: str, /, **fields: Any) -> Breach:
    """Write these columns of the rows that a walk to this state leaves behind."""

    def breach() -> object:
        a_case(way)
        return model._default_manager.update(**fields)

    return breach


def short_salt(model: type[models.Model], state: str) -> Breach:
    return row(model, state, salt=b"short")


def again(found: models.Model, **fields: Any) -> None:
    """Insert a copy of the row."""
    found.pk = None
    found._state.adding = True
    vars(found).update(fields)
    found.save()


def a_remark_with_a_short_salt() -> None:
    case = a_case()
    add_remark(case.number, code(case.submissions.get()), "又灭了。", at=MONDAY)
    Remark.objects.update(salt=b"short")


def a_photo_with_a_short_salt() -> None:
    a_case(photos=(Photo(b"not really a picture", 640, 480),))
    Attachment.objects.update(salt=b"short")


def a_case_that_is_its_own_master() -> None:
    case = a_case("merged")
    Case.objects.filter(pk=case.pk).update(master=case)


def a_second_answer_in_the_same_round() -> None:
    case = a_case("replied")
    first = entries_of(case.subject).earliest("pk")
    again(case.replies.get(), entry_id=first.pk, text="其实没修。")


def a_second_plea_for_the_same() -> None:
    case = a_case("handling")
    plea = ask_extension(case.number, "要等。", days=3, by=the_handler(case), at=MONDAY)
    again(plea, entry_id=entries_of(case.subject).earliest("pk").pk)


def two_pauses_at_a_time() -> None:
    case = a_case("paused")
    plea = propose_kind(case.number, "是咨询。", kind="inquiry", by=a_dispatcher(), at=MONDAY)
    again(case.pauses.get(), plea_id=plea.pk)


def two_merges_of_one_case() -> None:
    again(a_case("merged").merges.get())


def two_lines_of_the_catalogue_for_one_matter() -> None:
    for _ in range(2):
        DispatchRule.objects.create(matter="路灯", unit=a_unit(), since=date(2026, 1, 1))


def two_templates_of_one_name() -> None:
    unit = a_unit()
    for _ in range(2):
        ReplyTemplate.objects.create(unit=unit, title="已修复", text="修好了。")


def two_alike() -> Alike:
    a_case()
    a_case()
    seal_entries(at=MONDAY)
    while compare_new(at=MONDAY):
        pass
    return Alike.objects.get()


def two_told_apart() -> NotAlike:
    one, other = a_case(), a_case()
    return tell_apart(one.number, other.number, by=a_dispatcher(), at=MONDAY)


def a_tie_to_a_later_case() -> None:
    tie = two_alike()
    again(tie, case_id=tie.other_id, other_id=tie.case_id)


def told_apart_the_wrong_way_round() -> None:
    pair = two_told_apart()
    again(pair, case_id=pair.other_id, other_id=pair.case_id)


def a_case_that_prompted_itself() -> None:
    case = a_case()
    Case.objects.filter(pk=case.pk).update(prompted_by=case)


def likeness_beyond_all() -> None:
    two_alike()
    Alike.objects.update(score=1.5)


def two_lists_of_one_name() -> None:
    for _ in range(2):
        SavedView.objects.create(person=a_dispatcher(), name="路灯", query="q=路灯")


def a_list_without_a_name() -> None:
    SavedView.objects.create(person=a_dispatcher(), name="", query="q=路灯")


def a_wish() -> PrivacyPlea:
    said = a_case().submissions.get()
    return ask_as_holder(said.number, code(said), what="copy", reach="this", at=MONDAY)


def wished(**fields: Any) -> Breach:
    """Write these columns of what somebody asks about themselves."""
    return lambda: PrivacyPlea.objects.filter(pk=a_wish().pk).update(**fields)


def decided(**fields: Any) -> Breach:
    """The same of what was granted; a number for `asked_by` stands for who granted it."""

    def breach() -> object:
        plea, by = a_wish(), a_dispatcher()
        who = {name: by if name == "asked_by" else value for name, value in fields.items()}
        whole = {"granted": True, "decided_by": by, "decided_at": MONDAY, "proof": "document"}
        return PrivacyPlea.objects.filter(pk=plea.pk).update(**{**whole, **who})

    return breach


def an_article_of_ours() -> Article:
    unit = a_unit()
    return an_article(unit, by=a_person(Role.HANDLER, unit=unit))


def an_article_that_says_nothing() -> None:
    an_article_of_ours()
    Article.objects.update(text="")


def a_version_kept_twice() -> None:
    again(an_article_of_ours().versions.get())


def a_bulk_with(**fields: Any) -> Breach:
    """Write these columns of a bulk that waits."""

    def breach() -> object:
        a_bulk("remind", a_case("handling"), by=a_dispatcher())
        return Bulk.objects.update(**fields)

    return breach


def a_second_wish_for_the_same() -> None:
    plea = a_wish()
    again(plea, entry_id=entries_of(plea.submission.case.subject).earliest("pk").pk)


def a_term(**fields: Any) -> Breach:
    return lambda: Retention.objects.filter(category="words").update(**fields)


def an_item_with(**fields: Any) -> Breach:
    """Write these columns of a case of a bulk that waits."""

    def breach() -> object:
        a_bulk("remind", a_case("handling"), by=a_dispatcher())
        return BulkItem.objects.update(**fields)

    return breach


def a_case_twice_in_one_bulk() -> None:
    again(a_bulk("remind", a_case("handling"), by=a_dispatcher()).items.get())


def two_exclusions_from_one_rate() -> None:
    case = a_case("handling")
    plea = propose_kind(case.number, "是咨询。", kind="inquiry", by=a_dispatcher(), at=MONDAY)
    again(an_exclusion(case), plea_id=plea.pk)


def an_exclusion_that_ends_before_it_begins() -> None:
    an_exclusion(a_case("handling"))
    Exclusion.objects.update(included_at=LONG_AGO)


BREACHES: Mapping[str, Breach] = {
    "case_state_is_known": changed("received", state="lost"),
    "case_dispatched_has_lead_and_clock": changed("handling", due_at=None),
    "case_accepted_has_clock": changed("accepted", time_limit=None),
    "case_answered_has_a_round": changed("replied", round=0),
    "case_declined_has_reason_and_route": changed("declined", route=""),
    "case_referred_has_route": changed("referred", route=""),
    "case_merged_has_master": changed("merged", master=None),
    "case_is_not_its_own_master": a_case_that_is_its_own_master,
    "case_ended_when_it_ended": changed("archived", ended_at=None),
    "case_confidential_is_redacted_before_others_read": changed(
        "handling", confidential=True, redacted=False
    ),
    "cases_submission_salt_whole_or_erased": short_salt(Submission, "received"),
    "cases_remark_salt_whole_or_erased": a_remark_with_a_short_salt,
    "cases_attachment_salt_whole_or_erased": a_photo_with_a_short_salt,
    "cases_reply_salt_whole_or_erased": short_salt(Reply, "replied"),
    "cases_callback_salt_whole_or_erased": short_salt(Callback, "archived"),
    "cases_plea_salt_whole_or_erased": short_salt(Plea, "returned"),
    "cases_note_salt_whole_or_erased": short_salt(Note, "needs_info"),
    "submission_reachable_has_requester": row(Submission, "received", reachable=True),
    "reply_once_per_round": a_second_answer_in_the_same_round,
    "reply_has_text": row(Reply, "replied", text=""),
    "reply_published_has_headline": row(Reply, "replied", published_at=MONDAY),
    "callback_reached_says_solved": row(Callback, "archived", solved=None),
    "callback_satisfied_only_when_reached": row(
        Callback, "archived", outcome="no_answer", solved=None
    ),
    "plea_decided_by_a_second_person": row(Plea, "paused", decided_by=models.F("asked_by")),
    "plea_decision_is_whole": row(Plea, "paused", decided_at=None),
    "plea_has_reason": row(Plea, "returned", reason=""),
    "plea_says_what_is_asked": row(Plea, "paused", review_on=None),
    "plea_one_open_of_each": a_second_plea_for_the_same,
    "pause_one_at_a_time": two_pauses_at_a_time,
    "pause_ends_after_it_begins": row(Pause, "paused", until=LONG_AGO),
    "merge_one_in_force": two_merges_of_one_case,
    "dispatch_returned_after_it_was_made": row(Dispatch, "returned", returned_at=LONG_AGO),
    "exclusion_one_in_force": two_exclusions_from_one_rate,
    "exclusion_ends_after_it_begins": an_exclusion_that_ends_before_it_begins,
    "dispatch_rule_one_in_force": two_lines_of_the_catalogue_for_one_matter,
    "reply_template_title_once": two_templates_of_one_name,
    "alike_once_per_pair": lambda: again(two_alike()),
    "alike_points_to_an_earlier_case": a_tie_to_a_later_case,
    "alike_score_is_a_share": likeness_beyond_all,
    "not_alike_once_per_pair": lambda: again(two_told_apart()),
    "not_alike_names_the_later_case_first": told_apart_the_wrong_way_round,
    "case_did_not_prompt_itself": a_case_that_prompted_itself,
    "saved_view_name_once": two_lists_of_one_name,
    "saved_view_has_name": a_list_without_a_name,
    "cases_privacyplea_salt_whole_or_erased": wished(salt=b"short"),
    "privacy_plea_decision_is_whole": wished(granted=False),
    "privacy_plea_granted_on_proof": decided(proof=""),
    "privacy_plea_receipt_proves_itself_alone": wished(proof="receipt", reach="all"),
    "privacy_plea_decided_by_a_second_person": decided(asked_by=1),
    "privacy_plea_one_open_of_each": a_second_wish_for_the_same,
    "retention_days_within_reason": a_term(days=1, source="依据"),
    "retention_days_have_a_source": a_term(days=365),
    "article_says_something": an_article_that_says_nothing,
    "article_version_once": a_version_kept_twice,
    "bulk_deed_is_known": a_bulk_with(deed="erase"),
    "bulk_item_once": a_case_twice_in_one_bulk,
    "bulk_item_refused_says_why": an_item_with(outcome="refused", at=MONDAY),
    "bulk_item_has_its_time": an_item_with(outcome="done"),
    **found_breaches.BREACHES,
    **BATCH_BREACHES,
}
UNIQUE = {
    constraint.name
    for model in ROOM.get_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, models.UniqueConstraint)
}


def test_every_constraint_of_the_room_is_tried() -> None:
    named = {c.name for model in ROOM.get_models() for c in model._meta.constraints}

    assert set(BREACHES) == named


@pytest.mark.parametrize("name", sorted(set(BREACHES) - UNIQUE))
def test_the_database_refuses(name: str) -> None:
    breach = BREACHES[name]

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        breach()

    assert not list(evidence_faults(witnessed()))


# SQLite names the columns of a broken uniqueness and PostgreSQL the constraint.
@pytest.mark.parametrize("name", sorted(UNIQUE))
def test_the_database_refuses_a_second(name: str) -> None:
    breach = BREACHES[name]

    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        breach()

    assert not list(evidence_faults(witnessed()))


def test_an_answer_changed_behind_our_back_is_found() -> None:
    case = a_case("replied")
    Reply.objects.update(text="其实没修。")

    faults = list(evidence_faults(witnessed()))

    assert [fault.code for fault in faults] == [Code.PRIVATE_CHANGED]
    assert faults[0].facts == {"subject": case.subject}


def test_a_case_may_be_merged_again_once_the_first_merge_is_undone() -> None:
    merge = a_case("merged").merges.get()
    Merge.objects.update(undone_at=MONDAY)

    again(merge, undone_at=None)

    assert Merge.objects.count() == 2
