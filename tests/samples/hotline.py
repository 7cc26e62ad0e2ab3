"""Cases of the hotline, the community and the counter: what the note of each says is true."""

from datetime import timedelta
from typing import Any

from django.test import override_settings
from django.utils.timezone import now

from mingchuang.cases.models import Case, Exclusion, Plea
from mingchuang.people.models import Unit
from mingchuang.people.rules.roles import Role
from tests.build import a_supervisor, a_unit, the_handler, told
from tests.samples.doors import (
    Sample,
    answered,
    at_desk,
    deed,
    in_hand,
    page_of,
    receipt,
    say,
    seated,
    sent,
    take_in,
    wish,
)

Samples = dict[str, Sample]
CALLER = {"name": "冯小明", "phone": "13800000001"}
OTHER = {"name": "王芳", "phone": "13800000002"}


def answered_on_the_spot(sample: Sample, _all: Samples) -> None:
    """answer-on-the-spot candidate (即时办结)"""
    said = take_in(sample, **CALLER)

    case = deed(said.number, "answer", text="可以，统一寄到公司。", disposition="done")

    assert (case.state, case.dispatches.count()) == ("replied", 0)
    assert told(case)[-1] == "case.answered_at_once"
    assert "可以，统一寄到公司。" in receipt(said)


def just_answered(sample: Sample, _all: Samples) -> None:
    """No note: whoever asked reads an answer on their receipt."""
    said = say(sample)

    case = answered(said, a_unit(), "已经安排。")

    assert case.state == "replied"
    assert "已经安排。" in receipt(said)


def linked_without_leaking(_sample: Sample, every: Samples) -> None:
    """S007 and S008: one matter seen from two sides; neither reads of the other."""
    complaint, other = every["S007"], every["S008"]
    secret = take_in(complaint, **CALLER, confidential="on")
    settled = {"title": "车棚住人", "place": "", "text": "车棚里住着人。"}
    sent(at_desk(Role.DISPATCHER), "cases:redact", secret.number, **settled)
    in_hand(secret, a_unit())
    theirs = take_in(other, **OTHER)

    deed(theirs.number, "merge", into=secret.number)

    theirs.refresh_from_db()
    unit_reads = page_of(seated(the_handler(theirs.case)), "cases:case", secret.number)
    seen = {
        "occupant": [c for c in ("冯小明", "13800000001", "邻居担心") if c in receipt(theirs)],
        "complainant": [c for c in ("王芳", "13800000002", "轮椅") if c in receipt(secret)],
        "unit": [c for c in ("冯小明", "13800000001", "邻居担心") if c in unit_reads],
    }
    assert theirs.case.number == secret.number
    assert seen == {"occupant": [], "complainant": [], "unit": []}


def family_a(_sample: Sample, every: Samples) -> None:
    """S027 primary; S028 another caller is merged and keeps their call-back; S029 the same caller
    is a reminder and no new case."""
    first = take_in(every["S027"], **CALLER)
    _case, handler = in_hand(first, a_unit())
    second = take_in(every["S028"], **OTHER)
    deed(second.number, "merge", into=first.number)
    third = take_in(every["S029"], **CALLER)
    settle = {"other": first.number, "deed": "remind"}
    sent(at_desk(Role.DISPATCHER), "cases:alike", third.number, **settle)
    deed(first.number, "reply", by=handler, text="已责令停工。", disposition="done")

    master = Case.objects.numbered(first.number).get()
    to_call = page_of(at_desk(Role.CALLBACK), "cases:callbacks")
    assert list(Case.objects.exclude(state="merged")) == [master]
    assert first.number in to_call
    assert second.number in to_call
    assert "case.reminded" in told(master)


def one_master_many_people(sample: Sample, _all: Samples) -> None:
    """one master case, many requesters; only distinct requesters are counted, not 一百多户"""
    first = take_in(sample, **CALLER)
    in_hand(first, a_unit())
    for n in (2, 3, 3):
        more = take_in(sample, name="邻居", phone=f"1380000000{n}")
        deed(more.number, "merge", into=first.number)

    master = Case.objects.numbered(first.number).get()
    phones = {one.requester.phone for one in master.submissions.all() if one.requester}
    page = page_of(at_desk(Role.DISPATCHER), "cases:case", master.number)
    assert Case.objects.exclude(state="merged").count() == 1
    assert phones == {"13800000001", "13800000002", "13800000003"}
    assert "100 人" not in page


def hours_not_days(sample: Sample, _all: Samples) -> None:
    """safety hazard: hours not working days"""
    said = take_in(sample, **CALLER)

    with override_settings(TIME_LIMIT_PROFILE="bureau_13"):
        deed(said.number, "accept")
        case = deed(said.number, "dispatch", unit=a_unit().pk)

    assert case.time_limit is not None
    assert case.contact_due_at is not None
    assert case.contact_due_at - now() <= timedelta(hours=2)


def phone_is_masked(sample: Sample, _all: Samples) -> None:
    """phone number inside free text must be detected and masked (obviously fake number)"""
    said = say(sample, confidential="on")

    form = page_of(at_desk(Role.DISPATCHER), "cases:redact", said.number)
    said.refresh_from_db()

    assert "100-0000-0001" not in said.text
    assert "〔电话〕" in said.text
    assert "〔电话〕" in form


def identity_and_clues_are_redacted(sample: Sample, _all: Samples) -> None:
    """redact identity AND identity clues (“内部员工”) in the dispatched copy"""
    said = take_in(sample, **CALLER, confidential="on")
    desk = at_desk(Role.DISPATCHER)
    settled = {"title": "后厨食材过期", "place": "", "text": "后厨使用过期食材。"}

    sent(desk, "cases:redact", said.number, **settled)
    case, handler = in_hand(said, a_unit())
    page = page_of(handler, "cases:case", case.number)

    assert "后厨使用过期食材。" in page
    assert [clue for clue in ("内部员工", "冯小明", "13800000001") if clue in page] == []


def one_speaks_for_seven(sample: Sample, _all: Samples) -> None:
    """seven people represented by one caller: representative field"""
    said = take_in(sample, **CALLER, representative_of="7")

    assert said.requester is not None
    assert said.requester.representative_of == 7
    assert "7" in page_of(at_desk(Role.DISPATCHER), "cases:case", said.number)


def declined_for_litigation(sample: Sample, _all: Samples) -> None:
    """decline with reason code LITIGATION (the house calls it LEGAL_PROCEDURE) and its channel"""
    said = take_in(sample, **CALLER)

    case = deed(said.number, "decline", code="LEGAL_PROCEDURE", text="请等法院判决，电话 12368。")

    page = receipt(said)
    assert case.state == "declined"
    assert "诉讼" in page
    assert "请等法院判决，电话 12368。" in page


def declined_for_privacy(sample: Sample, _all: Samples) -> None:
    """decline reason PRIVACY; advise police report"""
    said = say(sample)

    case = deed(
        said.number, "decline", code="SECRET_OR_PRIVACY", text="请拨打 110 报警，由警方调取。"
    )

    page = receipt(said)
    assert case.state == "declined"
    assert "他人隐私" in page
    assert "请拨打 110 报警，由警方调取。" in page


def redirected_and_never_queued(sample: Sample, _all: Samples) -> None:
    """emergency redirect; record but never queue"""
    said = take_in(sample, **CALLER)

    case = deed(said.number, "refer", to="119", text="请立即拨打 119，我们已同时转告。")

    inbox = page_of(at_desk(Role.DISPATCHER), "cases:inbox")
    assert (case.state, case.due_at, case.responsible_unit) == ("referred", None, None)
    assert case.title not in inbox
    assert "119" in receipt(said)


def asked_back_and_closed(sample: Sample, _all: Samples) -> None:
    """missing elements: ask back, clock paused, closed when nobody can be reached"""
    said = take_in(sample, **CALLER)

    asked = deed(said.number, "ask", text="请问是什么事，在哪里？")
    page = receipt(said)
    closed = deed(said.number, "decline", code="UNCLEAR", text="想起来了请随时再写。")

    assert (asked.state, asked.due_at) == ("needs_info", None)
    assert "请问是什么事，在哪里？" in page
    assert closed.state == "declined"


def explained_once_and_excluded(sample: Sample, _all: Samples) -> None:
    """explained once in writing; excluded from a rate under a recorded, reviewed reason"""
    said = take_in(sample, **CALLER)
    case = answered(said, a_unit(), "您不符合保障房条件，依据见附件。", "explained")
    wanted: dict[str, Any] = {
        "rate": "satisfied",
        "reason": "BEYOND_LAW",
        "text": "政策已书面解释。",
    }
    deed(case.number, "exclude", **wanted)
    plea = Plea.objects.get(case=case, what="exclude")

    decided = {"granted": "1", "decision": "属实。"}
    sent(seated(a_supervisor()), "cases:plea", plea.pk, **decided)

    found = Exclusion.objects.get(case=case)
    assert (found.rate, case.replies.count()) == ("satisfied", 1)
    assert plea.asked_by != Plea.objects.get(pk=plea.pk).decided_by
    assert "case.excluded" in told(case)


def reopened_twice_is_supervised(sample: Sample, _all: Samples) -> None:
    """reopen (重办) keeps the first answer; second dissatisfaction triggers 督办"""
    said = take_in(sample, **CALLER)
    case, handler = in_hand(said, a_unit())
    for text in ("第一次答复。", "第二次答复。"):
        deed(case.number, "reply", by=handler, text=text, disposition="done")
        wish(said, "not-solved", text="还是没有解决。")

    case.refresh_from_db()
    texts = [reply.text for reply in case.replies.order_by("round")]
    assert texts == ["第一次答复。", "第二次答复。"]
    assert told(case).count("case.reopened") == 2
    assert "case.supervised" in told(case)


def returned_twice_goes_to_the_coordinator(sample: Sample, _all: Samples) -> None:
    """after 2 rejections escalate to the coordinator; 派单异议审核"""
    said = take_in(sample, **CALLER)
    deed(said.number, "accept")
    unit, other = a_unit("水利局"), a_unit("城管局")
    case = deed(said.number, "dispatch", unit=unit.pk)
    _return(case, other)
    _return(Case.objects.get(pk=case.pk), a_unit("街道办"))

    case.refresh_from_db()
    assert told(case).count("case.returned") == 2
    assert "case.supervised" in told(case)


def _return(case: Case, other: Unit) -> None:
    """The unit says it is not theirs; the dispatcher looks into it and agrees."""
    handler = seated(the_handler(case))
    deed(case.number, "return", by=handler, text="不归我们管。", unit=other.pk)
    plea = Plea.objects.filter(case=case, what="return").latest("pk")
    decided = {"granted": "1", "unit": other.pk, "decision": "同意。"}
    sent(at_desk(Role.DISPATCHER), "cases:plea", plea.pk, **decided)
