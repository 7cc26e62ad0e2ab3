"""Cases of the hotline, the community and the counter: the ways of S002 to S041, step by step."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from mingchuang.base.once import new_key
from mingchuang.cases.models import Case, Exclusion, Plea, Reply
from mingchuang.cases.rules.closing import ATTEMPTS
from mingchuang.cases.rules.watch import Watch
from mingchuang.people.models import Unit
from mingchuang.people.rules.roles import Role
from tests.build import a_supervisor, a_unit, the_handler, told
from tests.samples.doors import (
    CALLER,
    OTHER,
    Sample,
    Step,
    Story,
    at_desk,
    deed,
    follow,
    in_hand,
    page_of,
    receipt,
    say,
    seated,
    sent,
    take_in,
)
from tests.samples.steps import (
    answers,
    calls_in,
    desk,
    desk_reads,
    given_to_a_unit,
    holder,
    receipt_reads,
    recorded,
    stands,
    unit_reads,
    writes,
)


def linked_without_leaking(story: Story) -> str:
    """One matter seen from two sides, one of them somebody who needs care, as the desk reads: each
    side reads the answer, and nothing of the other; the unit nothing of who complained."""
    secret = take_in(story.every["S007"], **CALLER, confidential="on")
    settled = {"title": "车棚住人", "place": "", "text": "车棚里住着人。"}
    sent(at_desk(Role.DISPATCHER), "cases:redact", secret.number, **settled)
    in_hand(secret, a_unit())
    theirs = take_in(story.every["S008"], **OTHER, vulnerability="disabled")

    deed(theirs.number, "merge", into=secret.number)

    theirs.refresh_from_db()
    handler, together = seated(the_handler(theirs.case)), "社区同您一起找能进出的住处。"
    unit_page = page_of(handler, "cases:case", secret.number)
    deed(secret.number, "reply", by=handler, text=together, disposition="partly")
    complainant = ("冯小明", "13800000001", "邻居担心")
    seen = {
        "occupant": [clue for clue in complainant if clue in receipt(theirs)],
        "complainant": [
            clue for clue in ("王芳", "13800000002", "轮椅") if clue in receipt(secret)
        ],
        "unit": [clue for clue in complainant if clue in unit_page],
    }
    assert theirs.case.number == secret.number
    assert "残疾人" in page_of(at_desk(Role.DISPATCHER), "cases:case", secret.number)
    assert [one for one in (secret, theirs) if together not in receipt(one)] == []
    assert seen == {"occupant": [], "complainant": [], "unit": []}
    return "one case, who needs care known to the desk; neither side reads of the other"


def family_a(story: Story) -> str:
    """S028 is another caller: merged, and called back; S029 the same one: a reminder, no case."""
    first = take_in(story.every["S027"], **CALLER)
    in_hand(first, a_unit())
    second = take_in(story.every["S028"], **OTHER)
    deed(second.number, "merge", into=first.number)
    third = take_in(story.every["S029"], **CALLER)
    settle = {"other": first.number, "deed": "remind"}
    sent(at_desk(Role.DISPATCHER), "cases:alike", third.number, **settle)
    handler = seated(the_handler(Case.objects.numbered(first.number).get()))
    deed(first.number, "reply", by=handler, text="已责令停工。", disposition="done")

    master = Case.objects.numbered(first.number).get()
    to_call = page_of(at_desk(Role.CALLBACK), "cases:callbacks")
    assert list(Case.objects.exclude(state="merged")) == [master]
    assert first.number in to_call
    assert second.number in to_call
    assert told(master).count("case.reminded") == 1
    return f"{master.state}; both callers are to be called back; one reminder, one case"


def one_master_many_people(story: Story) -> str:
    """Whoever said it is counted by phone; the 一百多户 of the text are counted by nobody."""
    first = take_in(story.sample, **CALLER)
    in_hand(first, a_unit())
    for n in (2, 3, 3):
        more = take_in(story.sample, name="邻居", phone=f"1380000000{n}")
        deed(more.number, "merge", into=first.number)

    master = Case.objects.numbered(first.number).get()
    phones = {one.requester.phone for one in master.submissions.all() if one.requester}
    page = page_of(at_desk(Role.DISPATCHER), "cases:topic", master.number)
    assert Case.objects.exclude(state="merged").count() == 1
    assert phones == {"13800000001", "13800000002", "13800000003"}
    assert "至少 3 人" in page
    assert "4 件" in page
    return "one master; four submissions of three people"


def hours_not_days(story: Story) -> str:
    """A danger runs by the hour, by the profile the house is set up with."""
    said = story.said
    deed(said.number, "accept")
    case = deed(said.number, "dispatch", unit=a_unit().pk)

    limit = case.time_limit
    assert limit is not None
    assert case.contact_due_at is not None
    assert case.due_at is not None
    assert (limit.profile, limit.urgency) == (settings.TIME_LIMIT_PROFILE, "critical")
    assert case.contact_due_at - now() <= timedelta(hours=2)
    assert case.due_at - now() <= timedelta(hours=24)
    return f"{case.state}; to be contacted within two hours, answered within twenty-four"


def phone_is_masked(story: Story) -> str:
    """A number inside the text is covered on every page of the desk; who needs it to call looks,
    for a reason that is written down. Whoever wrote it reads it on their receipt as it was."""
    number, handler, phone = story.case.number, story.handler, "100-0000-0001"
    pages = [
        page_of(handler, "cases:case", number),
        page_of(handler, "cases:deed", number, "reply"),
        page_of(at_desk(Role.DISPATCHER), "cases:case", number),
    ]

    looked = handler.post(
        reverse("cases:reveal", args=[story.said.number]), {"reason": "call_requester"}
    )

    assert [page for page in pages if phone in page or "〔电话〕" not in page] == []
    assert phone in looked.content.decode()
    assert told(story.case).count("submission.original_read") == 1
    return "the number is covered for all who read; who looked at it is written down"


def looked_over(story: Story) -> str:
    """The dispatcher takes out who speaks, and what gives them away."""
    settled = {"title": "后厨食材过期", "place": "", "text": "后厨使用过期食材。"}
    sent(at_desk(Role.DISPATCHER), "cases:redact", story.said.number, **settled)
    return ""


def ended_after_so_many_tries(story: Story) -> str:
    """Nobody is told “unclear” before they were tried as often as for a call-back; all the while
    no clock runs, and they read that they were looked for."""
    number, tried = story.said.number, "打了电话，没有人接。"
    said: dict[str, Any] = {"code": "UNCLEAR", "text": "想起来了请随时再写。"}
    early = []
    for _ in range(ATTEMPTS):
        answer = at_desk(Role.DISPATCHER).post(
            reverse("cases:deed", args=[number, "decline"]), said
        )
        early.append(answer.status_code)
        deed(number, "try", text=tried)
    waiting = story.case

    deed(number, "decline", **said)

    page = receipt(story.said)
    assert early == [422] * ATTEMPTS
    assert (waiting.state, waiting.due_at, waiting.contact_due_at) == ("needs_info", None, None)
    assert page.count("为补充情况联系过诉求人") == ATTEMPTS
    assert tried not in page
    return f"no clock ran; refused before {ATTEMPTS} tries were made, ended after them"


def never_queued(story: Story) -> str:
    """Handed to 119 at once: it stands in no list, with no clock and no unit."""
    case = story.case
    inbox = page_of(at_desk(Role.DISPATCHER), "cases:inbox")

    assert (case.due_at, case.responsible_unit) == (None, None)
    assert case.title not in inbox
    return "in no inbox, with no clock"


def explained_once(story: Story) -> str:
    """Who calls again with nothing new is led to what was written, and is not written to again."""
    first = story.said
    again = take_in(story.sample, **CALLER)
    route = f"{first.number} 已经书面答复，没有新的情况。"
    case = deed(again.number, "decline", code="ALREADY_HANDLED_NO_NEW_FACTS", text=route)

    page = receipt(again)
    assert case.state == "declined"
    assert "同一事实已办结或正在办理，没有新的情况" in page
    assert route in page
    assert [one.case for one in Reply.objects.all()] == [story.case]
    return "explained once in writing; the second call leads to it"


def left_out_by_a_second_person(story: Story) -> str:
    """Not content when called back: left out of that rate by a second person, for a reason that
    everybody reads in the figures, and that may be taken back."""
    called = {"outcome": "reached", "solved": "1", "satisfied": "no"}
    sent(at_desk(Role.CALLBACK), "cases:callback", story.said.number, **called)
    wanted: dict[str, Any] = {
        "rate": "satisfied",
        "reason": "BEYOND_LAW",
        "text": "政策已书面解释。",
    }
    deed(story.case.number, "exclude", **wanted)
    plea = Plea.objects.get(case=story.case, what="exclude")
    supervisor = seated(a_supervisor())
    sent(supervisor, "cases:plea", plea.pk, granted="1", decision="属实。")

    figures = page_of(Client(), "cases:figures")
    again = page_of(supervisor, "cases:deed", story.case.number, "include")
    assert Exclusion.objects.get(case=story.case).rate == "satisfied"
    assert plea.asked_by != Plea.objects.get(pk=plea.pk).decided_by
    assert "诉求超出法律、政策的规定" in figures
    assert "恢复统计" in again
    return "left out of one rate by a second person; in the public figures with its reason"


def says_at_the_call_back(words: str) -> Step:
    """Who is called back says that it is not solved; the case is never done by that call."""

    def step(story: Story) -> str:
        said = {"outcome": "reached", "solved": "0", "satisfied": "no", "text": words}
        sent(at_desk(Role.CALLBACK), "cases:callback", story.said.number, **said)
        assert story.case.state == "handling"
        return ""

    return step


def supervised(story: Story) -> str:
    """It stands on top of the list, and both answers stand."""
    case = story.case
    texts = [reply.text for reply in case.replies.order_by("round")]
    page = page_of(at_desk(Role.SUPERVISOR), "cases:case", case.number)

    assert case.watch == Watch.SUPERVISED
    assert texts == ["第一次答复。", "第二次答复。"]
    assert "2 次没有解决，列入督办" in page
    return "supervised; both answers are kept"


def the_coordinator_settles_it(story: Story) -> str:
    """Returned by two units: the dispatcher may not decide any more, the coordinator does."""
    water, town, street = a_unit("水利局"), a_unit("城管局"), a_unit("街道办")
    deed(story.said.number, "accept")
    deed(story.said.number, "dispatch", unit=water.pk)
    dispatcher, coordinator = at_desk(Role.DISPATCHER), seated(a_supervisor())
    _settle(dispatcher, _returned(story, town), town)

    again = _returned(story, street)

    shut = dispatcher.get(reverse("cases:plea", args=[again.pk])).status_code
    told_so = page_of(dispatcher, "cases:case", story.case.number)
    _settle(coordinator, again, street)
    assert shut == 404
    assert "由督办员协调" in told_so
    assert story.case.responsible_unit == street
    return "returned twice; the coordinator settled whose it is"


def _returned(story: Story, other: Unit) -> Plea:
    """The unit that has it says that it is not theirs."""
    deed(story.case.number, "return", by=story.handler, text="不归我们管。", unit=other.pk)
    return Plea.objects.filter(case=story.case).latest("pk")


def _settle(by: Client, plea: Plea, unit: Unit) -> None:
    sent(by, "cases:plea", plea.pk, granted="1", unit=unit.pk, decision="同意。")


def written_to_and_not_called(story: Story) -> str:
    """Who is to be asked afterwards is written to; a text nobody answered yet is an attempt."""
    desk_ = at_desk(Role.CALLBACK)
    number = story.said.number
    page = page_of(desk_, "cases:callback", number)

    sent(desk_, "cases:callback", number, outcome="texted")
    sent(desk_, "cases:callback", number, outcome="reached", solved="1", satisfied="yes")

    assert "请发短信，不要打电话" in page
    assert story.said.requester is not None
    assert story.said.requester.contact == "text"
    return f"{story.case.state}; asked by text, as they wished"


def taken_up_before_more_ask(story: Story) -> str:
    """Three people write it in their own words; the house offers it, and one case is raised."""
    words = (
        story.sample.body,
        f"{story.sample.body}消防通道被占，救护车都进不来。",
        f"住在老小区，{story.sample.body}请想想办法。",
    )
    for n, text in enumerate(words, 1):
        said = Sample(**{**vars(story.sample), "body": text})
        story.heard(say(said, place="百合社区", phone=f"1380000001{n}"))
    follow()
    desk_ = at_desk(Role.DISPATCHER)

    lead = Case.objects.earliest("pk")
    topics = page_of(desk_, "cases:topics")
    topic = page_of(desk_, "cases:topic", lead.number)
    raised = {"title": "百合社区停车位", "text": "和居民一起排一排车位。", "kind": "suggestion"}
    sent(desk_, "cases:raise_proactively", lead.number, key=new_key(), **raised)

    ours = Case.objects.latest("pk")
    assert lead.title in topics
    assert "未诉先办" in topic
    assert ours.prompted_by == lead
    assert ours.submissions.get().channel == "proactive"
    return "a hot topic of three people; a case of the house's own was raised from it"


ANSWERED: tuple[Step, ...] = (
    given_to_a_unit,
    answers("已经安排。"),
    stands("replied"),
    receipt_reads("已经安排。"),
)
ASKED_BACK = "请问是什么事，在哪里？"
ROUTES = {
    "LEGAL_PROCEDURE": "请等法院判决，电话 12368。",
    "SECRET_OR_PRIVACY": "请拨打 110 报警，由警方调取。",
}


def declined(code_: str, says: str) -> tuple[Step, ...]:
    """Not taken on, with the reason in words and where the matter belongs."""
    route = ROUTES[code_]
    return (
        desk("decline", code=code_, text=route),
        stands("declined"),
        receipt_reads(says, route),
    )


WAYS: Mapping[str, tuple[Step, ...]] = {
    "S002": (
        calls_in(),
        desk("answer", text="可以，统一寄到公司。", disposition="done"),
        stands("replied"),
        recorded("case.answered_at_once"),
        recorded("case.dispatched", 0),
        receipt_reads("可以，统一寄到公司。"),
    ),
    "S007": (linked_without_leaking,),
    "S008": (linked_without_leaking,),
    "S011": (taken_up_before_more_ask,),
    "S014": (writes(), *ANSWERED),
    "S020": (
        writes(**OTHER, contact="text"),
        given_to_a_unit,
        unit_reads("只发短信"),
        answers("叫号屏和手机页面都有文字。"),
        receipt_reads("发短信问您"),
        written_to_and_not_called,
    ),
    "S021": (calls_in(), *ANSWERED),
    "S024": (writes(), *ANSWERED),
    "S027": (family_a,),
    "S028": (family_a,),
    "S029": (family_a,),
    "S030": (one_master_many_people,),
    "S031": (writes(), *ANSWERED),
    "S032": (calls_in(), hours_not_days),
    "S033": (writes(), given_to_a_unit, phone_is_masked),
    "S034": (
        calls_in(confidential="on"),
        looked_over,
        given_to_a_unit,
        unit_reads("后厨使用过期食材。", hides=("内部员工", "冯小明", "13800000001")),
    ),
    "S035": (calls_in(representative_of="7"), desk_reads("代表 7 人")),
    "S036": (calls_in(), *declined("LEGAL_PROCEDURE", "诉讼")),
    "S037": (
        calls_in(),
        desk("refer", to="119", text="请立即拨打 119，我们已同时转告。"),
        stands("referred"),
        never_queued,
        receipt_reads("119"),
    ),
    "S038": (writes(), *declined("SECRET_OR_PRIVACY", "他人隐私")),
    "S039": (
        calls_in(),
        desk("ask", text=ASKED_BACK),
        stands("needs_info"),
        receipt_reads(ASKED_BACK),
        ended_after_so_many_tries,
        stands("declined"),
        recorded("case.tried", ATTEMPTS),
    ),
    "S040": (
        calls_in(),
        given_to_a_unit,
        answers("您不符合保障房条件，依据见附件。", "explained"),
        receipt_reads("您不符合保障房条件，依据见附件。"),
        explained_once,
        left_out_by_a_second_person,
        recorded("case.replied"),
        recorded("case.excluded"),
    ),
    "S041": (
        calls_in(),
        given_to_a_unit,
        answers("第一次答复。"),
        says_at_the_call_back("还是没有解决。"),
        answers("第二次答复。"),
        holder("not-solved", text="又没有解决。"),
        recorded("case.reopened", 2),
        supervised,
    ),
    "S042": (
        calls_in(),
        the_coordinator_settles_it,
        recorded("case.returned", 2),
        recorded("case.disputed"),
    ),
}
