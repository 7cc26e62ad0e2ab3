"""The pages by which somebody books, moves and cancels, without account and without scripts."""

import re
from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from mingchuang.hall.models import Site, SpecialHours
from mingchuang.ledger.models import Entry
from mingchuang.visits.actions.booking import cancel_visit, move_visit
from mingchuang.visits.actions.ending import end_day
from mingchuang.visits.models import Line, Slot, Visit
from tests.build import A_DAY
from tests.visits.bookable import (
    a_bookable_line,
    another_item,
    another_place,
    booked,
    the_item,
    with_guide,
    with_slots,
)

pytestmark = pytest.mark.django_db
KEY = "k" * 32
WHO = {"name": "王小芳", "phone": "138 0000 0000", "green": "", "key": KEY}


@pytest.fixture
def line() -> Line:
    line = a_bookable_line(windows=2)
    with_guide(line)
    with_slots(line, at=now())
    return line


def slots_of(line: Line) -> list[Slot]:
    return list(Slot.objects.filter(line=line).order_by("starts_at"))


def door(line: Line, slot: Slot | None = None) -> str:
    way: list[Any] = [the_item(line).code, line.site.code]
    if slot is None:
        return reverse("visits:book_times", args=way)
    return reverse("visits:book_who", args=[*way, slot.pk])


def first_page(line: Line) -> str:
    return reverse("visits:book", args=[the_item(line).code])


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_the_guide_leads_to_booking_where_a_line_in_use_takes_it_in(
    client: Client, line: Line
) -> None:
    guide = reverse("hall:guide", args=[the_item(line).code])

    assert f'href="{first_page(line)}"' in page(client, guide)
    Line.objects.update(active=False)
    assert "预约办理" not in page(client, guide)
    assert "直接到窗口取号" in page(client, first_page(line), 404)


def test_a_booking_is_asked_one_question_a_page(client: Client, line: Line) -> None:
    other = another_item(line, "社保卡补领")
    slot = slots_of(line)[0]

    first = page(client, first_page(line))
    places = page(client, f"{first_page(line)}?persons=2&also={other.code}")
    times = page(client, f"{door(line)}?persons=2&also={other.code}")
    who = page(client, f"{door(line, slot)}?persons=2&also={other.code}")

    assert all(words in first for words in ("本人身份证", "社保卡补领", "几个人办？"))
    assert "城北政务服务中心" in places
    assert f"persons=2&amp;also={other.code}" in places
    assert f"{localtime(slot.starts_at):%H:%M}" in times
    assert all(words in who for words in ("社保卡补领", "2 个人", "老年人", "确认预约"))


def test_what_is_booked_stands_on_a_page_of_its_own(client: Client, line: Line) -> None:
    other, slot = another_item(line, "社保卡补领"), slots_of(line)[0]

    sent = client.post(
        f"{door(line, slot)}?persons=2&also={other.code}", {**WHO, "green": "elderly"}
    )

    visit = Visit.objects.get()
    assert sent["Location"] == reverse("visits:visit", args=[visit.code])
    assert (visit.slot, visit.persons, visit.places, visit.green) == (slot, 2, 4, "elderly")
    told = page(client, sent["Location"])
    assert all(words in told for words in ("本人身份证", "社保卡补领", "老年人", "2 个人", "<svg"))
    assert "王" not in told
    assert "0000 0000" not in told


def test_a_form_sent_twice_books_once(client: Client, line: Line) -> None:
    slot = slots_of(line)[0]

    first, again = (client.post(door(line, slot), WHO) for _ in range(2))

    slot.refresh_from_db()
    assert first["Location"] == again["Location"]
    assert slot.taken == 1


def test_a_slot_that_is_gone_names_others_and_keeps_what_was_typed(
    client: Client, line: Line
) -> None:
    slot, next_one = slots_of(line)[:2]
    Slot.objects.filter(pk=slot.pk).update(taken=F("capacity"))

    sent = client.post(f"{door(line, slot)}?persons=2", {**WHO, "green": "ill"})

    told = sent.content.decode()
    assert sent.status_code == 422
    assert "刚刚约满了" in told
    assert 'value="王小芳"' in told
    assert 'value="138 0000 0000"' in told
    assert re.search(r'value="ill"[^>]*checked', told)
    assert f'formaction="{door(line, next_one)}?persons=2"' in told
    assert client.post(f"{door(line, next_one)}?persons=2", WHO).status_code == 302


def test_a_line_that_ended_meanwhile_leaves_what_was_typed(client: Client, line: Line) -> None:
    slot = slots_of(line)[0]
    Line.objects.filter(pk=line.pk).update(active=False)

    sent = client.post(door(line, slot), WHO)

    assert sent.status_code == 422
    assert "没有这个时段" in sent.content.decode()
    assert 'value="王小芳"' in sent.content.decode()
    assert client.get(door(line, slot)).status_code == 404


def test_a_day_that_was_shut_meanwhile_takes_nobody_and_names_another(
    client: Client, line: Line
) -> None:
    slot, *others = slots_of(line)
    later = next(one for one in others if one.day > slot.day)
    SpecialHours.objects.create(site=line.site, day=slot.day, kind="closed")

    sent = client.post(door(line, slot), WHO)
    days = page(client, f"{door(line)}?day={slot.day:%Y-%m-%d}")
    opened = page(client, door(line, slot), 422)

    assert sent.status_code == 422
    assert "这一天大厅临时休息，约不了" in sent.content.decode()
    assert f'formaction="{door(line, later)}"' in sent.content.decode()
    assert door(line, slot) not in days
    assert "这一天大厅临时休息，约不了" in opened


def test_a_slot_that_is_over_says_so(client: Client, line: Line) -> None:
    slot = slots_of(line)[0]
    early = now() - timedelta(minutes=10)
    Slot.objects.filter(pk=slot.pk).update(starts_at=early, ends_at=now(), day=localdate(early))

    sent = client.post(door(line, slot), WHO)
    opened = client.get(f"{door(line, slot)}?persons=2", follow=True)

    assert sent.status_code == 422
    assert opened.redirect_chain == [(f"{door(line)}?persons=2", 302)]
    assert all("这个时段已经过了" in one.content.decode() for one in (sent, opened))


def test_the_limit_of_a_phone_reaches_the_form(client: Client, line: Line) -> None:
    slot, *others = slots_of(line)[:3]
    for one in others:
        booked(one, phone="13800000000", at=now())

    sent = client.post(door(line, slot), WHO)

    assert sent.status_code == 422
    assert "已有 2 个预约" in sent.content.decode()
    assert 'value="王小芳"' in sent.content.decode()


@pytest.mark.parametrize("persons", ["0", "21", "-1", "很多", ""])
def test_a_number_of_people_that_cannot_be_is_refused_in_words(
    client: Client, line: Line, persons: str
) -> None:
    for path in (first_page(line), door(line), door(line, slots_of(line)[0])):
        assert "请填 1 到 20 的人数" in page(client, f"{path}?persons={persons}", 422)


def test_who_says_no_name_or_a_phone_nobody_can_call_is_told_where(
    client: Client, line: Line
) -> None:
    sent = client.post(door(line, slots_of(line)[0]), {**WHO, "name": " ", "phone": "不告诉你"})

    told = sent.content.decode()
    assert sent.status_code == 422
    assert "请写下来办事的人的姓名" in told
    assert "请填能打通的电话" in told
    assert "也可以改约这些时间" not in told
    assert not Visit.objects.exists()


def test_full_days_and_closed_ones_say_so(client: Client, line: Line) -> None:
    tomorrow = localdate() + A_DAY
    SpecialHours.objects.create(
        site=line.site, day=tomorrow + A_DAY, kind="closed", note="设备检修"
    )
    Slot.objects.filter(line=line, day=tomorrow).update(taken=F("capacity"))
    Slot.objects.filter(line=line, day=tomorrow + A_DAY).delete()

    told = page(client, f"{door(line)}?persons=1&day={tomorrow:%Y-%m-%d}")

    assert told.count("约满</span>") == 5
    assert "设备检修" in told
    assert page(client, f"{door(line)}?day=2026-02-31")
    assert page(client, f"{door(line)}?day=someday")


def test_a_full_day_leads_to_standing_by_with_as_many_as_were_to_come(
    client: Client, line: Line
) -> None:
    tomorrow = localdate() + A_DAY
    Slot.objects.filter(line=line, day=tomorrow).update(taken=F("capacity"))
    way = reverse("visits:stand_by", args=[line.site.code, line.prefix, f"{tomorrow:%Y-%m-%d}"])

    days = page(client, f"{door(line)}?persons=3")
    full = page(client, f"{door(line)}?persons=3&day={tomorrow:%Y-%m-%d}")

    assert f"persons=3&amp;day={tomorrow:%Y-%m-%d}#times" in days
    assert way not in days
    assert f'href="{way}?persons=3&amp;item={the_item(line).code}"' in full
    assert 'value="3"' in page(client, f"{way}?persons=3")


def test_a_place_that_is_full_for_weeks_leads_to_standing_by_and_to_a_number(
    client: Client, line: Line
) -> None:
    Slot.objects.filter(line=line).update(taken=F("capacity"))

    told = page(client, f"{first_page(line)}?persons=2")

    assert f'href="{door(line)}?persons=2"' in told
    assert reverse("visits:number_at", args=[line.site.code]) in told


def test_a_slot_of_another_place_or_thing_is_not_there(client: Client, line: Line) -> None:
    other = another_place(line, "江滨分中心")
    slot = with_slots(other, at=now())[0]

    page(client, door(line, slot), 404)
    page(client, reverse("visits:book_times", args=["nothing", line.site.code]), 404)
    page(client, reverse("visits:book_times", args=[the_item(line).code, "nowhere"]), 404)


def test_many_places_take_no_more_statements(
    client: Client, line: Line, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(8):
        with_slots(another_place(line, f"第 {n} 分中心"), at=now())

    with django_assert_max_num_queries(7):
        told = page(client, f"{first_page(line)}?persons=1")

    assert told.count("起有空") == 9


def test_a_month_of_times_takes_no_more_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    line = a_bookable_line(windows=50, days_ahead=30)
    with_slots(line, many=30, at=now())

    with django_assert_max_num_queries(12):
        told = page(client, f"{door(line)}?persons=1")

    assert told.count("余 400") == 30


def diary_of(client: Client, visit: Visit) -> tuple[Any, Any]:
    response = client.get(reverse("visits:diary", args=[visit.code]))
    assert response["Content-Type"].startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(response.content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_the_phone_keeps_it_and_reminds_the_evening_before_and_two_hours_before(
    client: Client, line: Line
) -> None:
    slot = slots_of(line)[8]
    visit = booked(slot, items=[the_item(line)], at=now())

    calendar, event = diary_of(client, visit)

    assert (calendar["METHOD"], event["SEQUENCE"], event["STATUS"]) == ("PUBLISH", 0, "CONFIRMED")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (slot.starts_at, slot.ends_at)
    assert "养老待遇资格认证" in event["SUMMARY"]
    assert event["LOCATION"] == "城北政务服务中心 中山路 1 号"
    assert "本人身份证" in event["DESCRIPTION"]
    assert event["URL"].endswith(f"/v/{visit.code}/")
    assert visit.code not in event["UID"]
    evening, soon = (alarm["TRIGGER"].dt for alarm in event.walk("VALARM"))
    day_before = localtime(slot.starts_at).date() - A_DAY
    assert localtime(evening) == datetime(
        day_before.year, day_before.month, day_before.day, 19, tzinfo=localtime(evening).tzinfo
    )
    assert soon == timedelta(hours=-2)


def test_the_phone_knows_it_again_when_it_is_moved_and_takes_it_out_when_cancelled(
    client: Client, line: Line
) -> None:
    first, second = slots_of(line)[:2]
    visit = booked(first, at=now())
    _calendar, before = diary_of(client, visit)

    move_visit(visit.code, second.pk, at=now())
    _calendar, moved = diary_of(client, visit)
    cancel_visit(visit.code, at=now())
    calendar, gone = diary_of(client, visit)

    assert before["UID"] == moved["UID"] == gone["UID"]
    assert [int(one["SEQUENCE"]) for one in (before, moved, gone)] == [0, 1, 2]
    assert moved["DTSTART"].dt == second.starts_at
    assert (calendar["METHOD"], gone["STATUS"]) == ("CANCEL", "CANCELLED")
    assert not gone.walk("VALARM")


def test_a_group_that_fits_on_another_day_is_led_there(client: Client, line: Line) -> None:
    tomorrow = slots_of(line)[0].day
    for slot in slots_of(line):
        if slot.day == tomorrow:
            booked(slot, at=now())

    shown = page(client, f"{door(line)}?persons=4&day={tomorrow}")

    assert "这一天没有一个时段放得下。" in shown
    assert f"day={tomorrow + A_DAY:%Y-%m-%d}#times" in shown
    assert "位子不够" in shown
    assert "也可以候补这一天" in shown


def test_a_group_no_slot_can_hold_is_told_how_many_can_and_whom_to_call(
    client: Client, line: Line
) -> None:
    Site.objects.filter(pk=line.site_id).update(phone="0551-62310000")

    shown = page(client, f"{door(line)}?persons=9")

    assert "同一时段最多还能约 4 个人。可以分几次预约" in shown
    assert "tel:0551-62310000" in shown
    assert "登记候补" not in shown


def test_its_holder_moves_it(client: Client, line: Line) -> None:
    first, second = slots_of(line)[:2]
    visit = booked(first, items=[the_item(line)], at=now())
    move = reverse("visits:move_visit", args=[visit.code])

    shown = page(client, move)
    sent = client.post(move, {"slot": second.pk, "seen": first.pk})

    assert "您现在的时间" in shown
    visit.refresh_from_db()
    assert visit.slot == second
    assert "改好了" in page(client, sent["Location"])


def test_a_move_to_what_is_gone_keeps_what_one_has(client: Client, line: Line) -> None:
    first, second = slots_of(line)[:2]
    visit = booked(first, at=now())
    Slot.objects.filter(pk=second.pk).update(taken=F("capacity"))

    move = reverse("visits:move_visit", args=[visit.code])
    sent = client.post(move, {"slot": second.pk, "seen": first.pk})

    visit.refresh_from_db()
    assert sent.status_code == 422
    assert "刚刚约满了" in sent.content.decode()
    assert visit.slot == first


def test_its_holder_cancels_it_once_they_are_sure(client: Client, line: Line) -> None:
    visit = booked(slots_of(line)[0], items=[the_item(line)], at=now())
    cancel = reverse("visits:cancel_visit", args=[visit.code])

    asked = page(client, cancel)
    assert Visit.objects.get().state == "booked"
    seen = {"seen": visit.slot_id}
    sent = client.post(cancel, seen)

    assert "确定要取消吗" in asked
    told = page(client, sent["Location"])
    assert "预约已取消" in told
    assert "重新预约" in told
    assert client.get(cancel).status_code == client.post(cancel, seen).status_code == 302
    assert Entry.objects.filter(verb="visit.cancelled").count() == 1


def test_a_booking_that_was_missed_leads_to_a_new_one(client: Client, line: Line) -> None:
    slot = slots_of(line)[0]
    missed = [booked(slot, items=items, at=now()) for items in ([the_item(line)], [])]

    end_day(at=now() + 3 * A_DAY)
    named, unnamed = [page(client, f"/v/{visit.code}/") for visit in missed]

    assert "这一次没有等到您" in named
    assert f'href="{first_page(line)}">重新预约' in named
    assert f'href="{reverse("hall:guides")}">选事项，重新预约' in unnamed


def test_nobody_finds_a_booking_without_its_code(client: Client, line: Line) -> None:
    visit = booked(slots_of(line)[0], at=now())

    for name in ("visit", "diary", "move_visit", "cancel_visit"):
        page(client, reverse(f"visits:{name}", args=[visit.code[:-1]]), 404)
        found = client.get(reverse(f"visits:{name}", args=[visit.code]))
        assert "noindex" in found["X-Robots-Tag"]
        assert "no-store" in found["Cache-Control"]


def test_the_page_says_what_reminds(client: Client, line: Line, settings: Any) -> None:
    slot = slots_of(line)[8]
    visit = booked(slot, at=now())
    path = reverse("visits:visit", args=[visit.code])

    assert "这里不发短信" in page(client, path)
    settings.SMS_GATEWAY = "http://127.0.0.1:9/"
    assert "发短信提醒您" in page(client, path)
    soon = now() + timedelta(hours=3)
    Slot.objects.filter(pk=slot.pk).update(starts_at=soon, ends_at=soon + timedelta(hours=1))
    assert "不会再发短信" in page(client, path)


def test_a_day_that_is_over_is_not_chosen_without_a_word(client: Client, line: Line) -> None:
    yesterday = localdate() - A_DAY

    shown = page(client, f"{door(line)}?day={yesterday}")

    assert "这一天不能约：已经过去，或者还没有开放。请从下面选一天。" in shown


def test_the_green_channel_is_for_whom_the_hall_says(
    client: Client, line: Line, settings: Settings
) -> None:
    settings.GREEN_KINDS = ["elderly"]

    who = page(client, door(line, slots_of(line)[0]))

    assert "老年人" in who
    assert "孕妇" not in who
