"""What people said of the hall of the demo town, and what became of what was bad: all invented."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from django.db.models import QuerySet

from mingchuang.cases.actions.callbacks import record_callback
from mingchuang.cases.actions.dispatch import acknowledge_case
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.models import Submission
from mingchuang.cases.queries.receipts import code_of
from mingchuang.cases.rules.life import State as CaseState
from mingchuang.cases.rules.said import UNASKED
from mingchuang.hall.models import Window
from mingchuang.people.models import Person, Unit
from mingchuang.reviews.actions import reviewing
from mingchuang.reviews.actions.rating import enter_visit_paper, rate_case, rate_number, rate_visit
from mingchuang.reviews.actions.showing import publish_words
from mingchuang.reviews.models import Rating, Review
from mingchuang.reviews.rules.ratings import PATIENCE_CASE, Channel
from mingchuang.reviews.rules.tags import tags_of
from mingchuang.visits.models import Visit
from mingchuang.visits.rules.life import State

# One in three says something, and of these one in twenty something bad.
SAYS, BAD_EACH = 1 / 3, 20
# One in so many of the others does so without the code of their slip.
APART_EACH = 20
GOOD, WEIGHTS = (5, 4, 3), (6, 3, 1)
AN_HOUR = timedelta(hours=1)
AFTER = timedelta(minutes=25)
# Who verifies, who was rated, who decides, and who puts right: names to sign in with.
VERIFIES, RATED, DECIDES, PUTS_RIGHT, THERE = "huifang", "chuang1", "zhengwu", "shebao", "YJ-RS"
# What the unit of the first matter says, which another office than the one that found decides.
ITS_UNIT, ITS_DECIDER = "shizheng", "chengguan"
MATTERS = (
    (2, "修好了，可是等了两个星期，打电话来问也没有人说得清。", (209,)),
    (5, "打电话来回访，说得很清楚。", (517,)),
    (4, "", ()),
)
# One in so many of the content writes something, and agrees that everybody reads it.
WORDS_EACH = 7
GOOD_WORDS = (
    "带的材料不齐，先受理了，后来补的，没有多跑。",
    "字看不清，工作人员念给我听，一项一项填好的。",
    "排队的时间和手机上说的差不多。",
)
BAD_WORDS = ("排了很久，到窗口又说少一张复印件。", "同样的材料交了两次。", "窗口的人没有听我说完。")


def rate_past(*, dice: Random, at: datetime) -> int:
    """Let some of those who came say how it was, and let the first bad words go their ways."""
    given = 0
    finished = Visit.objects.filter(state=State.FINISHED, ended_at__lte=at - AFTER)
    for visit in finished.order_by("ended_at", "pk"):
        if dice.random() < SAYS:
            given += 1
            _rate(visit, given, dice)
    given += _rate_apart(finished)
    given += _rate_matters(at)
    of_the_hall = Review.objects.filter(rating__visit__isnull=False).order_by("pk")
    for review, way in zip(of_the_hall, WAYS, strict=False):
        way(review.pk, _hours(review.rating.given_at, at))
    of_a_matter = Review.objects.filter(rating__submission__isnull=False).order_by("pk")
    for review in of_a_matter[:1]:
        _overturned_elsewhere(review.pk, _hours(review.rating.given_at, at))
    # The newest ones wait to be looked over.
    for rating in Rating.objects.filter(may_show=True).order_by("given_at", "pk")[
        : len(GOOD_WORDS)
    ]:
        then = min(rating.given_at + AN_HOUR, at)
        publish_words(rating.handle, rating.words, by=_person(VERIFIES), at=then)
    return given


def _rate(visit: Visit, nth: int, dice: Random) -> None:
    then = (visit.ended_at or visit.at) + AFTER
    channel = dice.choice((Channel.TICKET, Channel.TICKET, Channel.KIOSK))
    if nth % BAD_EACH:
        (grade,) = dice.choices(GOOD, WEIGHTS)
        tags = dice.sample(tags_of(grade), dice.choice((0, 0, 1, 2)))
        words = "" if nth % WORDS_EACH else GOOD_WORDS[nth // WORDS_EACH % len(GOOD_WORDS)]
        said: dict[str, Any] = {"words": words, "may_show": bool(words)}
        rate_visit(visit.code, grade, tags=tags, channel=channel, **said, at=then)
        return
    grade, words = dice.choice((1, 2, 2)), dice.choice(BAD_WORDS)
    tags, phone = dice.sample(tags_of(grade), 1), f"1380000{7000 + nth:04d}"
    rate_visit(visit.code, grade, tags=tags, words=words, phone=phone, at=then)


def _rate_apart(finished: "QuerySet[Visit]") -> int:
    """Let some who said nothing yet type their number at the window, or leave a sheet of paper."""
    silent = finished.filter(ratings=None, number__isnull=False).order_by("ended_at", "pk")
    for nth, visit in enumerate(visits := list(silent[::APART_EACH])):
        if call := visit.calls.select_related("window").last():
            APART[nth % len(APART)](visit, call.window, nth)
    return len(visits)


def _at_the_window(visit: Visit, window: Window, nth: int) -> None:
    then = (visit.ended_at or visit.at) + AFTER
    rate_number(window, visit.shown, GOOD[nth % len(GOOD)], at=then)


def _on_paper(visit: Visit, window: Window, nth: int) -> None:
    """The sheet lies in the box until somebody of the reviewing office types it."""
    then = (visit.ended_at or visit.at) + AFTER
    what: dict[str, Any] = {
        "paper": f"{nth + 1:03d}",
        "words": "字大一点就好了。",
        "by": _person(VERIFIES),
    }
    enter_visit_paper(window, visit.shown, visit.day, GOOD[nth % len(GOOD)], at=then, **what)


APART = (_at_the_window, _at_the_window, _on_paper)


def _rate_matters(at: datetime) -> int:
    """Let those whose matter has ended say how it was dealt with: the first one was not content."""
    over = {"case__state": CaseState.ARCHIVED, "case__ended_at__gte": at - PATIENCE_CASE}
    ended = Submission.objects.live().filter(**over).exclude(channel__in=UNASKED)
    matters = list(ended.select_related("case").order_by("pk"))
    for nth, said in enumerate(matters):
        grade, words, tags = MATTERS[min(nth, len(MATTERS) - 1)]
        then = min((said.case.ended_at or at) + AN_HOUR, at)
        rate_case(said.number, code_of(said), grade, words=words, tags=tags, at=then)
    return len(matters)


def _hours(since: datetime, now: datetime) -> Iterator[datetime]:
    """Yield hour after hour, and never a time that is still to come."""
    return (min(since + n * AN_HOUR, now) for n in count(1))


def _person(name: str) -> Person:
    return Person.objects.get(username=name)


def _found(review: int, finding: str, hours: Iterator[datetime]) -> None:
    by = _person(VERIFIES)
    reviewing.record_call(review, outcome="reached", text="问了经过。", by=by, at=next(hours))
    rating = Review.objects.select_related("rating").get(pk=review).rating
    told = {"shown": rating.words, "text": "查了当天的取号和叫号记录。"}
    reviewing.settle_finding(review, finding, **told, by=by, at=next(hours))


def _a_slip(review: int, hours: Iterator[datetime]) -> None:
    _found(review, "mistaken", hours)
    told = "评价人说点错了，本来想评满意。"
    reviewing.close_review(review, told, by=_person(VERIFIES), at=next(hours))


def _put_right(review: int, hours: Iterator[datetime]) -> None:
    """Found true, put right by the office behind the window, told, and rated once more."""
    _found(review, "true", hours)
    reviewing.agree_to_finding(review, by=_person(RATED), at=next(hours))
    clerk, handler, unit = _person(VERIFIES), _person(PUTS_RIGHT), Unit.objects.get(code=THERE)
    text = "办事指南写明要几份复印件，窗口代为复印。"
    found = reviewing.hand_over(review, text, unit, by=clerk, at=next(hours))
    number = found.rectification.number if found.rectification else ""
    acknowledge_case(number, by=handler, at=next(hours))
    said = "办事指南已经改好，窗口放了复印机，不再请人跑第二趟。"
    reply_to_case(number, said, disposition="done", by=handler, at=next(hours))
    asked = {"outcome": "reached", "solved": True, "satisfied": "yes"}
    record_callback(number, **asked, by=clerk, at=next(hours))  # type: ignore[arg-type]
    if visit := found.rating.visit:
        rate_visit(visit.code, 4, at=next(hours))
    reviewing.close_review(review, said, by=clerk, at=next(hours))


def _overturned(review: int, hours: Iterator[datetime]) -> None:
    """Found true by the town's office, contested, and found otherwise by the office above the
    hall."""
    why, told = "当天先受理后补了材料，没有让他再跑。", "当天已经先受理后补材料。"
    _found(review, "partly", hours)
    reviewing.contest_finding(review, why, by=_person(RATED), at=next(hours))
    _decide_otherwise(review, "受理单可以证明。", told, by=_person(DECIDES), hours=hours)


def _overturned_elsewhere(review: int, hours: Iterator[datetime]) -> None:
    """Found true by the town's office, contested, and found otherwise by the office between."""
    why, told = "路灯当晚就修好了，有派工单。", "路灯报修当晚已经修好。"
    _found(review, "partly", hours)
    reviewing.contest_finding(review, why, by=_person(ITS_UNIT), at=next(hours))
    _decide_otherwise(review, "派工单可以证明。", told, by=_person(ITS_DECIDER), hours=hours)


def _decide_otherwise(
    review: int, text: str, told: str, *, by: Person, hours: Iterator[datetime]
) -> None:
    reviewing.decide_contest(
        review, upheld=True, finding="unfounded", text=text, by=by, at=next(hours)
    )
    reviewing.close_review(review, told, by=_person(VERIFIES), at=next(hours))


def _verified(review: int, hours: Iterator[datetime]) -> None:
    _found(review, "true", hours)


def _contested(review: int, hours: Iterator[datetime]) -> None:
    """Found partly true, and objected to; the office above the hall has to decide."""
    _found(review, "partly", hours)
    why = "当天系统停了半小时，窗口前有告示。"
    reviewing.contest_finding(review, why, by=_person(RATED), at=next(hours))


def _rectifying(review: int, hours: Iterator[datetime]) -> None:
    """Found true and handed over; the office behind the window is at it."""
    _found(review, "true", hours)
    reviewing.agree_to_finding(review, by=_person(RATED), at=next(hours))
    clerk, unit = _person(VERIFIES), Unit.objects.get(code=THERE)
    text = "材料清单印在取号的小票背面。"
    found = reviewing.hand_over(review, text, unit, by=clerk, at=next(hours))
    if found.rectification:
        number, handler = found.rectification.number, _person(PUTS_RIGHT)
        acknowledge_case(number, by=handler, at=next(hours))


# The first bad words go these ways; all others wait.
WAYS: tuple[Callable[[int, Iterator[datetime]], None], ...] = (
    _put_right,
    _a_slip,
    _overturned,
    _verified,
    _contested,
    _rectifying,
)
