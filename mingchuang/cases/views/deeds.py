"""What staff can do to a case: one line each. The page and the address follow from the table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import NotFound
from mingchuang.base.typing import Text
from mingchuang.cases.actions import (
    callbacks,
    dispatch,
    exclusions,
    handling,
    merging,
    pleas,
    privacy,
    reception,
    watch,
)
from mingchuang.cases.errors import NoSuchCase
from mingchuang.cases.forms import deeds as f
from mingchuang.cases.forms.figures import ExcludeForm, IncludeForm
from mingchuang.cases.forms.receipt import ConfirmForm
from mingchuang.cases.forms.staff import AssignForm
from mingchuang.cases.queries.casefile import CaseFile
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.life import OPEN, RUNNING, State, steps_from
from mingchuang.cases.rules.watch import Watch

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Deed:
    """A button on the case page: who may press it, when, what it asks, and what it does."""

    name: str
    label: Text
    duty: Duty
    form: type[forms.Form]
    run: Callable[..., object]
    when: Callable[[CaseFile], bool]
    key: str = ""
    main: bool = False

    def is_offered(self, file: CaseFile) -> bool:
        return self.duty in file.duties and self.when(file)


def _step(verb: str) -> Callable[[CaseFile], bool]:
    return lambda file: verb in steps_from(State(file.case.state))


def _in(*states: State) -> Callable[[CaseFile], bool]:
    return lambda file: file.case.state in states


def _dispatchable(file: CaseFile) -> bool:
    return file.case.redacted and "case.dispatched" in steps_from(State(file.case.state))


def _may_publish(file: CaseFile) -> bool:
    return file.has_words and not file.case.confidential and not file.newest_is_public


def _supervisable(file: CaseFile) -> bool:
    return file.case.state in RUNNING and file.case.watch < Watch.SUPERVISED


def _merge(number: str, into: str, **who: Any) -> object:
    """Merge; a mistyped number is a fault of the form, not a page that is not there."""
    try:
        return merging.merge_case(number, into, **who)
    except NotFound:
        raise NoSuchCase(number=into) from None


DEEDS: tuple[Deed, ...] = (
    Deed(
        "accept", _("受理"), Duty.RECEIVE, ConfirmForm,
        lambda n, g, **who: reception.accept_case(n, **who),
        _step("case.accepted"), key="a", main=True,
    ),
    Deed(
        "dispatch", _("派单"), Duty.DISPATCH, f.DispatchForm,
        lambda n, g, **who: dispatch.dispatch_case(
            n, g["unit"], assists=g["assists"], basis=g["basis"], **who
        ),
        _dispatchable, key="d", main=True,
    ),
    Deed(
        "redispatch", _("改派"), Duty.DISPATCH, f.RedispatchForm,
        lambda n, g, **who: dispatch.redispatch_case(n, g["unit"], g["text"], **who),
        _in(State.DISPATCHED),
    ),
    Deed(
        "acknowledge", _("签收"), Duty.HANDLE, ConfirmForm,
        lambda n, g, **who: dispatch.acknowledge_case(n, **who),
        _step("case.acknowledged"), key="a", main=True,
    ),
    Deed(
        "assign", _("派给承办人"), Duty.ASSIGN, AssignForm,
        lambda n, g, **who: dispatch.assign_case(n, g["to"], **who),
        _in(State.DISPATCHED, State.HANDLING, State.PAUSED),
    ),
    Deed(
        "reply", _("答复"), Duty.HANDLE, f.ReplyForm,
        lambda n, g, **who: handling.reply_to_case(
            n, g["text"], disposition=g["disposition"], used=g["used"], **who
        ),
        _step("case.replied"), key="r", main=True,
    ),
    Deed(
        "answer", _("当场答复"), Duty.RECEIVE, f.ReplyForm,
        lambda n, g, **who: reception.answer_at_once(
            n, g["text"], disposition=g["disposition"], used=g["used"], **who
        ),
        _step("case.answered_at_once"), key="r",
    ),
    Deed(
        "contact", _("联系诉求人"), Duty.HANDLE, f.ContactForm,
        lambda n, g, **who: handling.contact_requester(n, g["text"], **who),
        _in(State.DISPATCHED, State.HANDLING), key="c",
    ),
    Deed(
        "note", _("写记录"), Duty.NOTE, f.NoteForm,
        lambda n, g, **who: handling.write_note(n, g["text"], **who),
        _in(*OPEN), key="w",
    ),
    Deed(
        "ask", _("请补充"), Duty.RECEIVE, f.AskForm,
        lambda n, g, **who: reception.ask_for_more(n, g["text"], **who),
        _step("case.asked"),
    ),
    Deed(
        "try", _("联系补充"), Duty.RECEIVE, f.TryForm,
        lambda n, g, **who: reception.try_to_reach(n, g["text"], **who),
        _in(State.NEEDS_INFO), key="c",
    ),
    Deed(
        "decline", _("不予受理"), Duty.RECEIVE, f.DeclineForm,
        lambda n, g, **who: reception.decline_case(n, code=g["code"], route=g["text"], **who),
        _step("case.declined"),
    ),
    Deed(
        "refer", _("转送 / 紧急转接"), Duty.RECEIVE, f.ReferForm,
        lambda n, g, **who: reception.refer_case(n, to=g["to"], words=g["text"], **who),
        _step("case.referred"),
    ),
    Deed(
        "return", _("退单"), Duty.HANDLE, f.ReturnForm,
        lambda n, g, **who: dispatch.return_case(n, g["text"], to=g["unit"], **who),
        _step("case.returned"),
    ),
    Deed(
        "extend", _("申请延期"), Duty.HANDLE, f.ExtendForm,
        lambda n, g, **who: pleas.ask_extension(n, g["text"], days=g["days"], **who),
        _in(State.DISPATCHED, State.HANDLING),
    ),
    Deed(
        "pause", _("申请挂起"), Duty.HANDLE, f.PauseForm,
        lambda n, g, **who: pleas.ask_pause(n, g["text"], review_on=g["review_on"], **who),
        _in(State.HANDLING),
    ),
    Deed(
        "resume", _("恢复办理"), Duty.RESUME, ConfirmForm,
        lambda n, g, **who: pleas.resume_case(n, **who),
        _step("case.resumed"), main=True,
    ),
    Deed(
        "assist", _("请单位协办"), Duty.HANDLE, f.AssistForm,
        lambda n, g, **who: dispatch.add_assist(n, g["unit"], **who),
        _in(State.DISPATCHED, State.HANDLING),
    ),
    Deed(
        "merge", _("并单"), Duty.DISPATCH, f.MergeForm,
        lambda n, g, **who: _merge(n, g["into"], **who),
        lambda file: _step("case.merged")(file) and not hasattr(file.case, "batch"), key="m",
    ),
    Deed(
        "unmerge", _("拆分"), Duty.DISPATCH, ConfirmForm,
        lambda n, g, **who: merging.unmerge_case(n, **who),
        _in(State.MERGED),
    ),
    Deed(
        "retitle", _("改标题、地点"), Duty.DISPATCH, f.RetitleForm,
        lambda n, g, **who: privacy.retitle_case(
            n, title=g["title"], place=g["place"], area=g["area"], **who
        ),
        _in(*OPEN),
    ),
    Deed(
        "retype", _("申请改类型"), Duty.NOTE, f.RetypeForm,
        lambda n, g, **who: pleas.propose_kind(n, g["text"], kind=g["kind"], **who),
        _in(*OPEN),
    ),
    Deed(
        "remind", _("催办"), Duty.REMIND, ConfirmForm,
        lambda n, g, **who: watch.remind_unit(n, **who),
        _in(State.DISPATCHED, State.HANDLING, State.PAUSED),
    ),
    Deed(
        "exclude", _("申请剔除"), Duty.NOTE, ExcludeForm,
        lambda n, g, **who: exclusions.ask_exclusion(
            n, g["text"], rate=g["rate"], reason=g["reason"], **who
        ),
        lambda file: file.case.time_limit_id is not None,
    ),
    Deed(
        "include", _("恢复统计"), Duty.EXCLUDE, IncludeForm,
        lambda n, g, **who: exclusions.include_case(n, g["text"], rate=g["rate"], **who),
        lambda file: bool(file.exclusions),
    ),
    Deed(
        "supervise", _("督办"), Duty.SUPERVISE, ConfirmForm,
        lambda n, g, **who: watch.supervise_case(n, **who),
        _supervisable,
    ),
    Deed(
        "publish", _("公开答复"), Duty.HANDLE, f.PublishForm,
        lambda n, g, **who: handling.publish_reply(n, g["headline"], text=g["text"], **who),
        _may_publish,
    ),
    Deed(
        "unpublish", _("撤下公开"), Duty.HANDLE, ConfirmForm,
        lambda n, g, **who: handling.unpublish_reply(n, **who),
        lambda file: file.is_public,
    ),
    Deed(
        "archive", _("归档"), Duty.CALL_BACK, ConfirmForm,
        lambda n, g, **who: callbacks.archive_case(n, **who),
        _step("case.archived"),
    ),
)  # fmt: skip
BY_NAME = {deed.name: deed for deed in DEEDS}
