"""Why it is this day."""

import json
from datetime import datetime, time, timedelta

from django.template import Context, Template
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from mingchuang.hall.rules.days import BEIJING
from mingchuang.hall.rules.kinds import Beginning
from mingchuang.hall.rules.spans import Closing, Measure, Pause, Span, StartRule
from mingchuang.hall.rules.trace import explain
from mingchuang.hall.words.traces import trace_sentences
from tests.hall.days import CALENDAR, at, shipped

FIVE_DAYS = Span(5, Measure.WORKING_DAY)
HALF_PAST_FIVE = Closing((time(17, 30),) * 5 + (None, None))
moments = st.datetimes(datetime(2025, 6, 1), datetime(2027, 6, 1), timezones=st.just(BEIJING))
lengths = st.timedeltas(timedelta(0), timedelta(days=60))
closings = st.sampled_from([None, HALF_PAST_FIVE])
NOTICE = shipped(2026)
BASIS = f"依据：甬江市时限表 2026 版、{NOTICE.source}。"
VERSION = f"2026 年日历版本：{NOTICE.version}。"


def test_a_plain_promise_names_its_days() -> None:
    trace = explain(
        at(11, 20, 15),
        FIVE_DAYS,
        calendar=CALENDAR,
        closing=HALF_PAST_FIVE,
        kind="complaint",
        source="甬江市时限表 2026 版",
    )

    assert trace_sentences(trace) == [
        "11月20日（周五）受理，投诉类 5 个工作日，从次日起算：11月23、24、25、26、27日。",
        "周六、周日不计。",
        "11月27日（周五）17:30 下班时截止。",
        BASIS,
        VERSION,
    ]


def test_holidays_are_left_out_and_make_up_days_taken_in() -> None:
    trace = explain(at(9, 18), Span(10, Measure.WORKING_DAY), calendar=CALENDAR)

    assert trace_sentences(trace)[:-3] == [
        "9月18日（周五）受理，10 个工作日，从次日起算："
        "9月20、21、22、23、24、28、29、30日，10月8、9日。",
        "周六、周日不计。",
        "9月25日至9月27日中秋节放假，不计。",
        "10月1日至10月7日国庆节放假，不计。",
        "9月20日（周日）调休上班，计入。",
    ]


def test_a_pause_and_an_extension_are_told() -> None:
    trace = explain(
        at(11, 20),
        FIVE_DAYS,
        calendar=CALENDAR,
        pauses=[Pause(at(11, 24, 10), at(12, 1, 10)), Pause(at(12, 2, 8))],
        added=[Span(2, Measure.WORKING_DAY)],
    )

    assert trace_sentences(trace)[:-2] == [
        "11月20日（周五）受理，5 个工作日，从次日起算：11月23、24日，12月2、3、4、7、8日。",
        "周六、周日不计。",
        "11月24日 10:00 至 12月1日 10:00 暂停计时，恢复后接着算。",
        "12月2日 08:00 起暂停计时，恢复后重新推算。",
        "经批准延期 2 个工作日，已算在内。",
        "12月8日（周二）24:00 截止。",
    ]


def test_hours_need_no_calendar() -> None:
    trace = explain(
        at(11, 20, 9),
        Span(24, Measure.HOUR),
        calendar=CALENDAR,
        closing=HALF_PAST_FIVE,
        beginning=Beginning.DISPATCHED,
    )

    assert trace_sentences(trace) == [
        "11月20日 09:00 派单，24 小时，从当时起算。",
        "11月21日（周六）09:00 截止。",
    ]


def test_a_last_day_moved_by_a_holiday_names_the_law() -> None:
    trace = explain(at(9, 29), Span(3, Measure.DAY), calendar=CALENDAR)

    assert trace_sentences(trace)[:3] == [
        "9月29日（周二）受理，3 天，从次日起算：9月30日，10月1、2日。",
        "最后一天本是10月2日（周五），当天不上班或者已经下班，"
        "顺延到10月8日（周四）（《民法典》第二百零三条）。",
        "10月8日（周四）24:00 截止。",
    ]


def test_what_is_urgent_is_counted_from_the_same_day() -> None:
    trace = explain(at(11, 20), Span(1, Measure.DAY, StartRule.SAME_DAY), calendar=CALENDAR)

    assert trace_sentences(trace)[0] == "11月20日（周五）受理，1 天，从当天起算：11月20日。"


def test_a_provisional_promise_says_so() -> None:
    trace = explain(at(12, 28), FIVE_DAYS, calendar=CALENDAR)

    assert trace["provisional"]
    assert (
        "2027 年的放假安排还没有导入，这里暂按周一至周五推算；导入后会重新推算，并留下记录。"
        in trace_sentences(trace)
    )


def test_a_long_count_is_told_by_its_ends_and_kept_short() -> None:
    trace = explain(at(3, 2), Span(60, Measure.WORKING_DAY), calendar=CALENDAR)

    assert len(trace["days"]["counted"]) == 40
    assert trace["days"]["all"] == 60
    assert "3月3日至5月28日，共 60 个工作日" in trace_sentences(trace)[0]


def test_a_limit_the_source_is_silent_about_says_so() -> None:
    trace = explain(at(11, 20), FIVE_DAYS, calendar=CALENDAR, source="某办法", assumed=True)

    assert "这一项时限在依据里没有写明，按本系统的缺省执行。" in trace_sentences(trace)


@example(
    start=datetime(2025, 6, 1, tzinfo=BEIJING),
    amount=11,
    closing=None,
    stretches=[
        (timedelta(days=15), timedelta(days=19)),
        (timedelta(days=15), timedelta(days=19, microseconds=1)),
    ],
)
@given(moments, st.integers(1, 39), closings, st.lists(st.tuples(lengths, lengths), max_size=4))
def test_a_trace_names_exactly_the_days_promised(
    start: datetime,
    amount: int,
    closing: Closing | None,
    stretches: list[tuple[timedelta, timedelta]],
) -> None:
    pauses = [Pause(start + since, start + since + length) for since, length in stretches]

    trace = explain(
        start, Span(amount, Measure.WORKING_DAY), calendar=CALENDAR, closing=closing, pauses=pauses
    )

    assert trace["days"]["all"] == amount
    assert len(set(trace["days"]["counted"])) == amount


def test_a_trace_is_plain_json() -> None:
    trace = explain(at(11, 20), FIVE_DAYS, calendar=CALENDAR, pauses=[Pause(at(11, 24))])

    assert json.loads(json.dumps(trace)) == trace


def test_a_page_folds_the_trace_away_until_somebody_asks() -> None:
    page = Template(
        "{% load limits %}{{ due|due }}{% time_left due now calendar %}{% trace told %}"
    )

    shown = page.render(
        Context(
            {
                "due": at(11, 28, 0),
                "now": at(11, 26, 9),
                "calendar": CALENDAR,
                "told": explain(at(11, 20), FIVE_DAYS, calendar=CALENDAR),
            }
        )
    )

    assert shown.startswith("2026年11月27日 周五 24:00还剩 1 个工作日 15 小时<details")
    assert "为什么是这一天" in shown


def test_a_page_says_nothing_where_nothing_is_due() -> None:
    page = Template(
        "{% load limits %}{{ due|due }}{% time_left due now calendar %}{% trace told %}"
    )

    shown = page.render(Context({"due": None, "now": at(1, 1), "calendar": CALENDAR}))

    assert shown.strip() == ""


def test_a_reader_of_english_sees_english_dates() -> None:
    trace = explain(at(11, 20), FIVE_DAYS, calendar=CALENDAR)

    with translation.override("en"):
        told = "".join(trace_sentences(trace))

    assert "Fri 20 Nov" in told
    assert "23, 24, 25, 26, 27 Nov" in told


def test_a_reader_of_english_sees_the_english_name_of_a_holiday() -> None:
    page = Template("{% load limits %}{{ '春节'|holiday }}, {{ 'Water is off'|holiday }}")

    with translation.override("en"):
        shown = page.render(Context())

    assert shown == "Spring Festival, Water is off"
