"""What the staff of a batch may do: one table; the page follows it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.cases.actions import (
    batch_crossing_out,
    batch_items,
    batch_papers,
    batch_plans,
    batch_post,
    batches,
)
from mingchuang.cases.forms import batch_desk as f
from mingchuang.cases.forms import batch_mending as m
from mingchuang.cases.rules.duties import Duty

Run = Callable[..., object]
Given = Mapping[str, Any]


class BatchDeed(NamedTuple):
    """A form on the page of a batch. Without a duty it belongs to the contact and the handler."""

    name: str
    label: Text
    form: type[forms.Form]
    run: Run
    duty: Duty | None = None


def _noted(number: str, given: Given, **who: Any) -> object:
    return batch_items.note_handed_in(number, given["paper"], **who)


DEEDS: tuple[BatchDeed, ...] = (
    BatchDeed(
        "contact", pgettext_lazy("batch", "指定专人"), m.ContactForm,
        lambda n, g, **who: batches.name_contact(n, g["to"], g["phone"], **who), Duty.ASSIGN,
    ),
    BatchDeed(
        "clerk", pgettext_lazy("done", "单位换经办人"), m.ClerkForHerForm,
        lambda n, g, **who: batches.change_clerk_for(
            n, g["name"], g["phone"], g["proof"], **who
        ),
    ),
    BatchDeed(
        "company", pgettext_lazy("company", "核对单位"), m.CompanyForm,
        lambda n, g, **who: batches.check_company(n, g["proof"], **who),
    ),
    BatchDeed(
        "uncheck", pgettext_lazy("company", "撤回核对"), f.NothingForm,
        lambda n, _g, **who: batches.uncheck_company(n, **who),
    ),
    BatchDeed(
        "move", pgettext_lazy("batch", "办理"), f.MoveForm,
        lambda n, g, **who: batch_items.move_people(
            n, g["places"], g["to"], g["because"] if g["to"] == "declined" else "", **who
        ),
    ),
    BatchDeed(
        "ask", pgettext_lazy("batch", "一次性告知"), f.AskPapersForm,
        lambda n, g, **who: batch_items.ask_for_papers(n, g["places"], g["papers"], **who),
    ),
    BatchDeed(
        "back", pgettext_lazy("batch", "改回"), f.BackForm,
        lambda n, g, **who: batch_items.put_back(n, g["places"], g["why_back"], **who),
    ),
    BatchDeed(
        "out", pgettext_lazy("done", "划去"), f.CrossOutForm,
        lambda n, g, **who: batch_crossing_out.cross_out_for(n, g["places"], g["why_out"], **who),
    ),
    BatchDeed("noted", pgettext_lazy("batch", "登记交来的材料"), f.TickedPapers, _noted),
    BatchDeed(
        "missing", pgettext_lazy("batch", "没有收到"), f.NotReceivedForm,
        lambda n, g, **who: batch_items.say_not_received(n, g["paper"], g["because"], **who),
    ),
    BatchDeed(
        "turn", pgettext_lazy("batch", "退回材料"), m.TurnBackForm,
        lambda n, g, **who: batch_papers.turn_back_papers(
            n, g["paper"], g["why"], g["because"], **who
        ),
    ),
    BatchDeed(
        "more", pgettext_lazy("batch", "补充告知"), m.MoreForm,
        lambda n, g, **who: batch_papers.add_papers(
            n, g["places"], g["more"], g["why_more"], **who
        ),
    ),
    BatchDeed(
        "strike", pgettext_lazy("batch", "不用交了"), m.StrikeForm,
        lambda n, g, **who: batch_papers.strike_papers(n, g["paper"], g["why_struck"], **who),
    ),
    BatchDeed(
        "plan", pgettext_lazy("batch", "排计划"), f.NothingForm,
        lambda n, _g, **who: batch_plans.ask_plan(n, **who),
    ),
    BatchDeed(
        "overtime", pgettext_lazy("batch", "我自愿加班"), f.OvertimeForm,
        lambda n, g, **who: batch_plans.agree_to_overtime(n, g["day"], g["minutes"], **who),
        Duty.HANDLE,
    ),
    BatchDeed(
        "stay_not", pgettext_lazy("batch", "撤回加班"), f.DayForm,
        lambda n, g, **who: batch_plans.withdraw_overtime(n, g["day"], **who), Duty.READ,
    ),
    BatchDeed(
        "send", pgettext_lazy("batch", "寄出"), f.SendForm,
        lambda n, g, **who: batch_post.send_delivery(
            n, g["places"], g["carrier"], g["tracking"], **who
        ),
    ),
    BatchDeed(
        "renumber", pgettext_lazy("batch", "更正单号"), m.ParcelForm,
        lambda n, g, **who: batch_post.correct_parcel(
            n, g["parcel"], g["carrier"], g["tracking"], **who
        ),
    ),
    BatchDeed(
        "answer", pgettext_lazy("batch", "答复没收到的快递"), m.AnswerForm,
        lambda n, g, **who: batch_post.answer_missed(n, g["parcel"], g["answer"], **who),
    ),
)  # fmt: skip
BY_NAME = {deed.name: deed for deed in DEEDS}
