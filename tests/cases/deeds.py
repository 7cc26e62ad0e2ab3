"""Every deed that can be done to a case, as one table: for tests that must miss none of them."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from mingchuang.base.errors import Refused
from mingchuang.cases import actions
from mingchuang.cases.actions.alike import tell_apart
from mingchuang.cases.actions.callbacks import archive_case, record_callback
from mingchuang.cases.actions.dispatch import (
    acknowledge_case,
    add_assist,
    assign_case,
    decide_return,
    dispatch_case,
    redispatch_case,
    return_case,
)
from mingchuang.cases.actions.exclusions import ask_exclusion, decide_exclusion, include_case
from mingchuang.cases.actions.handling import (
    contact_requester,
    publish_reply,
    reply_to_case,
    unpublish_reply,
    write_note,
)
from mingchuang.cases.actions.merging import join_as_reminder, merge_case, unmerge_case
from mingchuang.cases.actions.personal import (
    ask_as_holder,
    ask_for_requester,
    grant_privacy,
    hand_out,
    hand_out_own,
    refuse_privacy,
)
from mingchuang.cases.actions.pleas import (
    ask_extension,
    ask_pause,
    decide_plea,
    propose_kind,
    resume_case,
)
from mingchuang.cases.actions.privacy import (
    clear_photo,
    look_behind,
    read_original,
    redact_remark,
    redact_submission,
    retitle_case,
    reveal_identity,
)
from mingchuang.cases.actions.reception import (
    accept_case,
    answer_at_once,
    ask_for_more,
    decline_case,
    refer_case,
    try_to_reach,
)
from mingchuang.cases.actions.voice import (
    add_remark,
    contest_decline,
    remind_case,
    say_not_solved,
    say_solved,
    withdraw_submission,
)
from mingchuang.cases.actions.watch import recompute_due, remind_unit, supervise_case
from mingchuang.cases.models import Case, Submission
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    a_callback_clerk,
    a_dispatcher,
    a_person,
    a_supervisor,
    a_unit,
    code,
    the_handler,
    the_lead,
    the_town,
)

KINDS = ("inquiry", "complaint", "assistance", "suggestion")
WISHES, REACHES = ("correct", "erase", "copy"), ("this", "all")
AREAS = (None, "东门社区", "")
RATES = ("on_time", "contact", "solved", "satisfied", "reopened", "returned")
CALLS: tuple[dict[str, Any], ...] = (
    {"outcome": "no_answer"},
    {"outcome": "reached", "solved": True, "satisfied": "mostly"},
    {"outcome": "wrong_number"},
    {"outcome": "reached", "solved": False, "satisfied": "no", "text": "还是不亮。"},
    {"outcome": "would_not_say"},
)


@dataclass(frozen=True)
class Turn:
    """Who does what to which case, and when; `n` chooses among the ways to do it."""

    case: Case
    at: datetime
    n: int = 0
    other: Case | None = None

    @property
    def number(self) -> str:
        return self.case.number

    @property
    def who(self) -> Mapping[str, Any]:
        return {"at": self.at}

    def by(self, person: Person) -> dict[str, Any]:
        return {"by": person, "at": self.at}

    @property
    def dispatcher(self) -> dict[str, Any]:
        return self.by(a_dispatcher())

    @property
    def handler(self) -> dict[str, Any]:
        led = self.case.responsible_unit is not None
        return self.by(the_handler(self.case) if led else a_dispatcher())

    @property
    def decider(self) -> dict[str, Any]:
        return self.by((a_supervisor, a_dispatcher)[self.n // 2 % 2]())

    @property
    def colleague(self) -> Person:
        """Somebody else in the lead unit who handles cases."""
        led = self.case.responsible_unit is not None
        return a_person(Role.HANDLER, unit=the_lead(self.case)) if led else a_dispatcher()

    @property
    def unit(self) -> Unit:
        units = list(Unit.objects.exclude(pk=the_town().pk).order_by("pk")[:3]) or [a_unit()]
        return units[self.n % len(units)]

    @property
    def receipt(self) -> tuple[str, str]:
        return self.number, code(Submission.objects.get(number=self.number))

    def plea(self, *whats: str) -> int:
        """The newest plea of these kinds, decided or not; none has number 0."""
        pleas = self.case.pleas.filter(what__in=whats).order_by("-pk")
        return pleas.values_list("pk", flat=True).first() or 0

    @property
    def wish(self) -> int:
        """What was asked last about the personal data of this submission; nothing has number 0."""
        asked = Submission.objects.get(number=self.number).privacy_pleas.order_by("-pk")
        return asked.values_list("pk", flat=True).first() or 0

    def first(self, rows: str) -> int:
        submission = Submission.objects.get(number=self.number)
        return getattr(submission, rows).values_list("pk", flat=True).first() or 0


Deed = Callable[[Turn], object]
DESK: Mapping[str, Deed] = {
    "accept_case": lambda t: accept_case(t.number, **t.dispatcher),
    "ask_for_more": lambda t: ask_for_more(t.number, "在哪里？", **t.dispatcher),
    "try_to_reach": lambda t: try_to_reach(t.number, "没有人接。", **t.dispatcher),
    "answer_at_once": lambda t: answer_at_once(
        t.number, "周一到周五九点开门。", disposition="explained", **t.dispatcher
    ),
    "decline_case": lambda t: decline_case(
        t.number, code="OUT_OF_AREA", route="请找邻市热线。", **t.dispatcher
    ),
    "refer_case": lambda t: refer_case(t.number, to="110", words="请拨打 110。", **t.dispatcher),
    "dispatch_case": lambda t: dispatch_case(t.number, t.unit, assists=[t.unit], **t.dispatcher),
    "redispatch_case": lambda t: redispatch_case(t.number, a_unit(), "派错了。", **t.dispatcher),
    "acknowledge_case": lambda t: acknowledge_case(t.number, **t.handler),
    "assign_case": lambda t: assign_case(t.number, t.colleague, **t.handler),
    "add_assist": lambda t: add_assist(t.number, a_unit(), **t.handler),
    "return_case": lambda t: return_case(t.number, "不归我们管。", **t.handler),
    "contact_requester": lambda t: contact_requester(t.number, "打了电话。", **t.handler),
    "reply_to_case": lambda t: reply_to_case(t.number, "修好了。", disposition="done", **t.handler),
    "ask_extension": lambda t: ask_extension(t.number, "要等配件。", days=1 + t.n, **t.handler),
    "ask_pause": lambda t: ask_pause(
        t.number, "等雨停。", review_on=(t.at + (1 + t.n) * A_DAY).date(), **t.handler
    ),
    "resume_case": lambda t: resume_case(t.number, **t.handler),
    "write_note": lambda t: write_note(t.number, "到现场看了。", **t.dispatcher),
    "retitle_case": lambda t: retitle_case(
        t.number, title="路灯", place="东门", area=AREAS[t.n % 3], **t.dispatcher
    ),
    "propose_kind": lambda t: propose_kind(
        t.number, "其实是咨询。", kind=KINDS[t.n % 4], **t.dispatcher
    ),
    "remind_unit": lambda t: remind_unit(t.number, **t.decider),
    "ask_exclusion": lambda t: ask_exclusion(
        t.number, "台风停工。", rate=RATES[t.n % 6], reason="FORCE_MAJEURE", **t.dispatcher
    ),
    "supervise_case": lambda t: supervise_case(t.number, **t.by(a_supervisor())),
    "merge_case": lambda t: merge_case(t.number, (t.other or t.case).number, **t.dispatcher),
    "unmerge_case": lambda t: unmerge_case(t.number, **t.dispatcher),
    "record_callback": lambda t: record_callback(
        t.number, **CALLS[t.n % 5], **t.by(a_callback_clerk())
    ),
}
# Done with the receipt: what counts is the state of the case that the submission is in now.
VOICE: Mapping[str, Deed] = {
    "add_remark": lambda t: add_remark(*t.receipt, "昨晚又灭了。", **t.who),
    "remind_case": lambda t: remind_case(*t.receipt, **t.who),
    "say_solved": lambda t: say_solved(*t.receipt, satisfied="yes", **t.who),
    "say_not_solved": lambda t: say_not_solved(*t.receipt, "还是不亮。", **t.who),
    "contest_decline": lambda t: contest_decline(*t.receipt, "这就归你们管。", **t.who),
    "withdraw_submission": lambda t: withdraw_submission(*t.receipt, **t.who),
}
# Whether these may be done hangs on more than the state.
OTHERS: Mapping[str, Deed] = {
    "decide_plea": lambda t: decide_plea(
        t.plea("extend", "pause", "retype"), granted=t.n % 2 == 0, decision="看过了。", **t.decider
    ),
    "decide_return": lambda t: decide_return(
        t.plea("return"), granted=t.n % 2 == 0, decision="看过了。", unit=t.unit, **t.dispatcher
    ),
    "decide_exclusion": lambda t: decide_exclusion(
        t.plea("exclude"), granted=t.n % 3 != 2, decision="看过了。", **t.by(a_supervisor())
    ),
    "include_case": lambda t: include_case(
        t.number, "查过了，不属实。", rate=RATES[t.n % 6], **t.dispatcher
    ),
    "archive_case": lambda t: archive_case(t.number, **t.by(a_callback_clerk())),
    "publish_reply": lambda t: publish_reply(t.number, "路灯亮了", **t.handler),
    "unpublish_reply": lambda t: unpublish_reply(t.number, **t.handler),
    "redact_submission": lambda t: redact_submission(
        t.number, title="灯", place="东门", text="灯坏了。", **t.dispatcher
    ),
    "redact_remark": lambda t: redact_remark(
        t.number, t.first("remarks"), "又灭了。", **t.dispatcher
    ),
    "clear_photo": lambda t: clear_photo(t.number, t.first("attachments"), **t.dispatcher),
    "read_original": lambda t: read_original(t.number, reason="redact", **t.dispatcher),
    "look_behind": lambda t: look_behind(t.number, reason="review", **t.decider),
    "reveal_identity": lambda t: reveal_identity(t.number, reason="review", **t.decider),
    "tell_apart": lambda t: tell_apart(t.number, (t.other or t.case).number, **t.dispatcher),
    "join_as_reminder": lambda t: join_as_reminder(
        t.number, (t.other or t.case).number, **t.dispatcher
    ),
    "recompute_due": lambda t: recompute_due(t.case.pk, at=t.at),
    "ask_as_holder": lambda t: ask_as_holder(
        *t.receipt, what=WISHES[t.n % 3], reach=REACHES[t.n // 3 % 2], text="写错了。", **t.who
    ),
    "ask_for_requester": lambda t: ask_for_requester(
        t.number, what=WISHES[t.n % 3], reach="this", proof="document", **t.dispatcher
    ),
    "grant_privacy": lambda t: grant_privacy(
        t.wish, proof="called_back", phone="13700000000", **t.decider
    ),
    "refuse_privacy": lambda t: refuse_privacy(t.wish, "没有核对身份。", **t.decider),
    "hand_out": lambda t: hand_out(t.wish, **t.decider),
    "hand_out_own": lambda t: hand_out_own(*t.receipt, **t.who),
}
DEEDS: Mapping[str, Deed] = {**DESK, **VOICE, **OTHERS}
LOST_AND_FOUND = {
    "add_to_report",
    "announce_item",
    "correct_item",
    "dispose_item",
    "end_old_reports",
    "erase_report",
    "forget_loser",
    "forget_things",
    "give_back",
    "hand_over_items",
    "keep_claim_papers",
    "match_report",
    "part_report",
    "refuse_claim",
    "register_item",
    "report_lost",
    "reveal_claimant",
    "reveal_finder",
    "reveal_loser",
    "reveal_taker",
    "shelve_item",
    "take_back",
    "withdraw_report",
}
# The people of a list have a life of their own.
BATCHES = {
    *("offer_batches", "stop_batches", "open_batch", "name_contact"),
    *("change_clerk", "change_clerk_for", "check_company", "uncheck_company"),
    *("keep_upload", "let_go_of_copies", "add_people", "finish_upload"),
    *("ask_plan", "agree_to_overtime", "withdraw_overtime", "keep_plan"),
    *("move_people", "put_back", "ask_for_papers", "hand_in", "note_handed_in"),
    *("turn_back_papers", "add_papers", "strike_papers"),
    *("say_not_received", "cross_out", "cross_out_for"),
    *(
        "send_delivery",
        "confirm_delivery",
        "unconfirm_delivery",
        "correct_parcel",
        "miss_parcel",
        "answer_missed",
    ),
    *("reveal_person", "take_out_masked", "take_out_whole", "take_out_own"),
}
# Actions that are not about one case that is already there.
NOT_ABOUT_ONE_CASE = {
    "archive_silent_cases",
    *LOST_AND_FOUND,
    *BATCHES,
    # Whether it may be done is decided by the room that calls.
    "tell_rectification",
    "compare_new",
    "ask_bulk",
    "change_article",
    "change_template",
    "do_next_item",
    "do_once",
    "drop_view",
    "drop_erased_files",
    "erase_due",
    "erase_identity",
    "finish_retention",
    "end_article",
    "forget_sent",
    "keep_photos",
    "keep_words",
    "raise_proactively",
    "raise_rectification",
    "load_terms",
    "note_export",
    "receive_submission",
    "save_view",
    "remind_of_promises",
    "remove_template",
    "stop_bulk",
    "tidy_photos",
    "watch_cases",
    "write_article",
    "write_template",
}


def all_actions() -> set[str]:
    """The name of every public action of the room, without those of the import."""
    folder = Path(actions.__path__[0])
    modules = [
        import_module(f"mingchuang.cases.actions.{path.stem}")
        for path in folder.glob("[a-z]*.py")
        if path.stem != "importing"
    ]
    return {
        name
        for module in modules
        for name, action in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_")
        and action.__module__ == module.__name__
        and "at" in inspect.signature(action).parameters
    }


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of the room and every entry about a case, as the database holds them."""
    models = apps.get_app_config("cases").get_models(include_auto_created=True)
    wanted = {model._meta.db_table: "" for model in models}
    wanted[Entry._meta.db_table] = "WHERE subject LIKE 'case:%%'"
    rows: dict[str, list[tuple[object, ...]]] = {}
    with connection.cursor() as cursor:
        for table, which in wanted.items():
            cursor.execute(f"SELECT * FROM {table} {which} ORDER BY id", [])
            rows[table] = cursor.fetchall()
    return rows


def refusal(deed: str, turn: Turn) -> Refused | None:
    """Do the deed; return what it was refused with, or nothing once it is done."""
    try:
        DEEDS[deed](turn)
    except Refused as refused:
        return refused
    return None


def may_be_done(deed: str, turn: Turn) -> bool:
    """Say whether the deed is done now, and leave everything as it was."""
    with transaction.atomic():
        refused = refusal(deed, turn)
        transaction.set_rollback(True)
    return refused is None


def due_after(deed: str, turn: Turn) -> tuple[str, str]:
    """Return the due time that stands after the deed and the newest one that the ledger tells,
    and leave everything as it was."""
    with transaction.atomic():
        refusal(deed, turn)
        case = Case.objects.get(pk=turn.case.pk)
        facts = entries_of(case.subject).values_list("facts", flat=True)
        tells = [str(fact["due_at"]) for fact in facts if "due_at" in fact]
        transaction.set_rollback(True)
    return moment_text(case.due_at) if case.due_at else "", tells[-1] if tells else ""
