"""Cases driven at random: legal and illegal steps, several cases at once, joined and parted.

After every step the promises hold and every case stands as the ledger tells it.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from mingchuang.cases.actions.watch import archive_silent_cases, watch_cases
from mingchuang.cases.models import Callback, Case, Reply, Submission
from mingchuang.cases.queries.audit import case_faults, witnessed
from mingchuang.cases.queries.bound import bound_faults
from mingchuang.cases.queries.findable import units_of
from mingchuang.cases.rules.life import state_told
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import evidence_faults
from mingchuang.ledger.rules.canonical import moment_text
from tests.build import (
    MONDAY,
    WAYS,
    a_callback_clerk,
    a_case,
    a_dispatcher,
    a_supervisor,
    a_unit,
)
from tests.cases.deeds import DEEDS, DESK, VOICE, Turn, everything, refusal
from tests.cases.reading import marks_kept
from tests.cases.test_deeds import MAY

MOST = 6
FIXED = settings(
    max_examples=30,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
# How often what is tried; a rule of its own for each would be switched off in most runs.
DOINGS = ["_do_what_fits"] * 6 + ["_do_anything"] * 2 + ["_join_or_part"] * 2 + ["_speak", "_wait"]
PLEAS = {
    "decide_exclusion",
    "decide_plea",
    "decide_return",
    "include_case",
    "redact_submission",
}
# Left to chance among everything else: after these nothing more happens.
ENDS = {"decline_case", "refer_case", "withdraw_submission"}
a_state = st.sampled_from(sorted(WAYS))
a_phone = st.sampled_from(["", "13900000000"])
some_way = st.integers(0, 7)
a_while = st.sampled_from([timedelta(hours=1), timedelta(hours=9), timedelta(days=1)])
long = st.sampled_from([timedelta(), timedelta(days=2), timedelta(days=9)])


class Desk(RuleBasedStateMachine):
    """The staff and the people who hold receipts, all at once, at times that only grow."""

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.now = MONDAY
        self.numbers: list[str] = []
        self.replies: dict[int, tuple[object, ...]] = {}
        self.archived: set[int] = set()
        self.joined: dict[str, tuple[str, set[str]]] = {}

    def teardown(self) -> None:
        faults = [
            *evidence_faults(witnessed()),
            *case_faults(),
            *(fault for row in witnessed() for fault in bound_faults(row)),
        ]
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)
        assert not faults

    @initialize()
    def two_people_spoke(self) -> None:
        self._take_in("handling", "13800000000", confidential=False)
        self._take_in("received", "", confidential=True)

    @rule(data=st.data(), doing=st.sampled_from(DOINGS))
    def something_happens(self, data: st.DataObject, doing: str) -> None:
        self.now += data.draw(a_while)
        which, other = (data.draw(st.sampled_from(self.numbers)) for _ in range(2))
        turn = Turn(_called(which), self.now, data.draw(some_way), _called(other))
        getattr(self, doing)(turn, data)

    def _speak(self, turn: Turn, data: st.DataObject) -> None:
        if len(self.numbers) < MOST:
            state, phone = data.draw(a_state), data.draw(a_phone)
            self._take_in(state, phone, confidential=data.draw(st.booleans()))

    def _take_in(self, state: str, phone: str, *, confidential: bool) -> None:
        note(f"{self.now:%m-%d %H:%M} somebody spoke, {state}, {phone}, {confidential}")
        case = a_case(state, at=self.now, phone=phone, confidential=confidential)
        self.joined |= {case.number: ("received", {case.number})} if case.master else {}
        self.now += timedelta(hours=6)
        self.numbers = list(Submission.objects.order_by("pk").values_list("number", flat=True))

    def _wait(self, turn: Turn, data: st.DataObject) -> None:
        self.now += data.draw(long)
        note(f"{self.now:%m-%d %H:%M} watch")
        watch_cases(at=self.now)
        archive_silent_cases(at=self.now)

    def _join_or_part(self, turn: Turn, data: st.DataObject) -> None:
        self._do("unmerge_case" if turn.case.state == "merged" else "merge_case", turn)

    def _do_what_fits(self, turn: Turn, data: st.DataObject) -> None:
        fitting = sorted({*MAY[turn.case.state], *PLEAS} - ENDS)
        self._do(data.draw(st.sampled_from(fitting)), turn)

    def _do_anything(self, turn: Turn, data: st.DataObject) -> None:
        self._do(data.draw(st.sampled_from(sorted(DEEDS))), turn)

    def _do(self, deed: str, turn: Turn) -> None:
        note(f"{turn.at:%m-%d %H:%M} {deed} {turn.number}, {turn.case.state}, {turn.n}")
        heard = Submission.objects.get(number=turn.number).case
        state = heard.state if deed in VOICE else turn.case.state
        before, had = everything(), _submissions_of(turn.case)
        refused = refusal(deed, turn)
        if refused is None:
            assert deed in MAY[state] or deed not in {*DESK, *VOICE}
            self._remember(deed, turn, had)
        else:
            assert str(refused)
            assert everything() == before

    def _remember(self, deed: str, turn: Turn, had: set[str]) -> None:
        if deed in {"merge_case", "join_as_reminder"}:
            self.joined[turn.number] = turn.case.state, had
        if deed == "unmerge_case":
            state, submissions = self.joined.pop(turn.number)
            assert _called(turn.number).state in {state, "withdrawn"}
            assert _submissions_of(turn.case) == submissions

    @invariant()
    def every_case_stands_as_the_ledger_tells_it(self) -> None:
        told = defaultdict(list)
        about_cases = Entry.objects.filter(subject__startswith="case:").order_by("pk")
        for subject, verb, facts in about_cases.values_list("subject", "verb", "facts"):
            told[subject].append((verb, facts))
        for case in Case.objects.all():
            entries = told[case.subject]
            due = [facts["due_at"] for _, facts in entries if "due_at" in facts]
            kinds = [facts["new"] for verb, facts in entries if verb == "case.retyped"]
            assert state_told(entries) == case.state
            assert (moment_text(case.due_at) if case.due_at else "") == (due or [""])[-1]
            assert case.kind == (kinds or ["complaint"])[-1]

    @invariant()
    def every_submission_is_in_one_case_and_every_case_has_its_people(self) -> None:
        cases = {case.pk: case for case in Case.objects.all()}
        home = {case.number: case for case in cases.values()}
        submissions = Submission.objects.order_by("pk").values_list(
            "number", "case", "withdrawn_at"
        )
        assert [number for number, *_ in submissions] == self.numbers
        for number, case, _ in submissions:
            assert case == _last_master(home[number], cases)
        asked = {case for _, case, withdrawn_at in submissions if not withdrawn_at}
        assert asked >= {case.pk for case in cases.values() if case.is_open}

    @invariant()
    def answers_are_added_and_never_changed(self) -> None:
        fields = ("case", "round", "text", "disposition", "by", "unit", "at", "entry")
        replies = {pk: tuple(row) for pk, *row in Reply.objects.values_list("pk", *fields)}
        erased = set(Reply.objects.filter(salt=b"").values_list("pk", flat=True))
        kept = {pk: reply for pk, reply in self.replies.items() if pk not in erased}
        assert kept.items() <= replies.items()
        self.replies = replies
        for case, rounds in Case.objects.values_list("pk", "round"):
            given = sorted(row[1] for row in replies.values() if row[0] == case)
            assert given == list(range(1, rounds + 1))

    @invariant()
    def every_unit_that_has_a_case_can_find_it(self) -> None:
        kept = marks_kept()
        for pk, units in units_of(Case.objects.all()).items():
            assert {f"@{unit}" for unit in units} <= kept[pk]

    @invariant()
    def an_archived_case_owes_nobody_anything_and_stays(self) -> None:
        archived = set(Case.objects.filter(state="archived").values_list("pk", flat=True))
        assert self.archived <= archived
        self.archived = archived
        live = Submission.objects.filter(case__in=archived, withdrawn_at=None)
        assert all(_is_done_with(submission) for submission in live.select_related("case"))


def _called(number: str) -> Case:
    return Case.objects.numbered(number).get()


def _last_master(case: Case, cases: Mapping[int, Case]) -> int:
    return _last_master(cases[case.master_id], cases) if case.master_id else case.pk


def _submissions_of(case: Case) -> set[str]:
    return set(case.submissions.values_list("number", flat=True))


def _is_done_with(submission: Submission) -> bool:
    """Promise P3 in other words than the room's own."""
    case = submission.case
    calls = Callback.objects.filter(submission=submission, case=case, round=case.round)
    spoken = calls.filter(outcome__in=["reached", "would_not_say"])
    days = {localdate(call.at) for call in calls}
    tried = calls.count() >= 3 and len(days) >= 2
    return case.round >= 1 and (not submission.reachable or spoken.exists() or tried)


@pytest.mark.django_db
def test_whatever_people_do_the_promises_hold() -> None:
    for prepare in (a_unit, a_unit, a_unit, a_dispatcher, a_supervisor, a_callback_clerk):
        prepare()

    run_state_machine_as_test(Desk, settings=FIXED)
