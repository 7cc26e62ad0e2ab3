"""Thanks, lost things, ratings and the company that moved: the ways of S001 to S043 there."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from mingchuang.base.once import new_key
from mingchuang.cases.models import Batch, Case, FoundItem, LostItem
from mingchuang.hall.models import Site
from mingchuang.people.models import Unit
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.models import Commendation, Rating, Review
from mingchuang.reviews.queries.thanks_counted import counted_in
from mingchuang.visits.models import Line
from tests.build import a_callback_clerk, a_person, a_unit, code, the_handler
from tests.cases.batches.build import a_row, a_sheet, a_workbook
from tests.cases.batches.doors import OPENING
from tests.cases.things import a_hall, a_keeper, another_keeper
from tests.reviews.build import a_rated_clerk
from tests.samples.doors import (
    Sample,
    Step,
    Story,
    at_desk,
    deed,
    follow,
    in_hand,
    page_of,
    seated,
    sent,
    wait_until,
)
from tests.samples.halls import an_open_hall, at_the_window

PEOPLE = 300


def three_hundred_items(_story: Story) -> str:
    """One workbook is one case with 300 people, each counted by themselves."""
    sheet = a_sheet()
    visitor = Client()
    sent(visitor, "cases:begin_batch", sheet.item.code, **OPENING)
    batch = Batch.objects.get()
    own = (batch.number, code(batch.case.submissions.get()))
    rows = (a_row(n) for n in range(1, PEOPLE + 1))
    file = SimpleUploadedFile("名单.xlsx", a_workbook(*rows))

    sent(visitor, "cases:batch_upload", *own, workbook=file, key=new_key())
    follow()

    before = page_of(visitor, "cases:own_batch", *own)
    desk = _given_a_contact(batch)
    for to in ("accepted", "done"):
        sent(desk, "cases:batch_deed", batch.number, "move", places="1-2", to=to)
    page = page_of(visitor, "cases:own_batch", *own)
    stages = Counter(batch.people.values_list("stage", flat=True))
    assert (Case.objects.count(), batch.people.count()) == (1, PEOPLE)
    assert f"办结 0 / {PEOPLE} 人" in before
    assert f"办结 2 / {PEOPLE} 人" in page
    assert sorted(stages.values()) == [2, PEOPLE - 2]
    return f"one case of {PEOPLE} people, counted on the company's page"


def _given_a_contact(batch: Batch) -> Client:
    """The unit signs for it, and names whom the company talks to."""
    unit = batch.item.unit
    case = in_hand(batch.case.submissions.get(), unit)
    contact = a_person(Role.HANDLER, unit=unit)
    handler = seated(the_handler(case))
    sent(handler, "cases:batch_deed", batch.number, "contact", to=contact.pk, phone="")
    return seated(contact)


def _registered(sample: Sample, unit: Unit, kind: str, giver: str = "") -> Commendation:
    words = {"kind": kind, "given_on": str(localdate()), "unit": unit.pk, "words": sample.body}
    words |= {"giver": giver, "shown_as": "masked"}
    sent(at_desk(Role.RECEPTION), "reviews:register_thanks", **words)
    return Commendation.objects.latest("pk")


def in_the_register_of_thanks(story: Story) -> str:
    """A banner stands in the register, and is no case, wherever its words were first written."""
    said = {"text": story.sample.body, "kind": "praise", "key": new_key()}
    led = [
        who.post(reverse(door), said, follow=True)
        for who, door in ((Client(), "cases:say"), (at_desk(Role.RECEPTION), "cases:take_in"))
    ]
    assert [page.context["form"]["words"].value() for page in led] == [story.sample.body] * 2
    item = _registered(story.sample, a_unit(), "banner", "滨江精密仪器有限公司")

    assert item.state == "kept"
    assert counted_in(localdate().year).valid == 1
    assert not Case.objects.exists()
    return "kept in the register of thanks; no case"


def a_letter_and_a_message_count_once(story: Story) -> str:
    """Both are kept; joined they count once."""
    unit = a_unit()
    letter = _registered(story.sample, unit, "letter", "冯小明")
    words = {"unit": unit.pk, "words": story.sample.body, "shown_as": "masked"}
    sent(Client(), "reviews:say_thanks", key=new_key(), **words)
    message = Commendation.objects.latest("pk")
    desk = at_desk(Role.SUPERVISOR)
    sent(desk, "reviews:thanks_deed", message.pk, "kept")

    sent(desk, "reviews:thanks_deed", message.pk, "joined", to=letter.pk, text="同一件事")

    assert Commendation.objects.count() == 2
    assert counted_in(localdate().year).valid == 1
    return "a letter and a message, counted once"


def anonymous_and_countable(story: Story) -> str:
    """Nobody signed it; it hangs on the wall and counts."""
    item = _registered(story.sample, a_unit(), "words")

    sent(at_desk(Role.SUPERVISOR), "reviews:thanks_deed", item.pk, "hung", shown="谢谢。")

    wall = page_of(Client(), "reviews:thanks_wall")
    assert item.giver == ""
    assert counted_in(localdate().year).valid == 1
    assert "没有留姓名" in wall
    return "on the wall without a name, counted"


def _found(hall: Site, kind: str, care: str, place: str, features: str) -> dict[str, object]:
    """What somebody fills in who takes a thing in."""
    words = {"kind": kind, "care": care, "place": place, "features": features}
    seen = {"day": str(localdate()), "clock": "00:00", "shelf": "保险柜"}
    return {"site": hall.pk, **words, **seen, "key": new_key()}


def _announced(hall: Site, *what: str) -> FoundItem:
    """A thing taken in before a colleague, and put on the public notice."""
    desk = seated(a_keeper(hall))
    witness = another_keeper(hall).badge
    sent(desk, "cases:register_found", **_found(hall, *what), witness=witness)
    item = FoundItem.objects.latest("pk")
    sent(desk, "cases:found_deed", item.number, "announce")
    item.refresh_from_db()
    return item


def matched_and_not_told(story: Story) -> str:
    """The report finds the bag; the notice says nothing by which somebody could claim it."""
    item = _announced(a_hall(), "bag", "valuable", "安检口", "深蓝色，内有银色电脑和学生证")
    words = {
        "kind": "bag",
        "lost_on": str(localdate()),
        "site": item.site.code,
        "description": story.sample.body,
        "name": "王秀英",
        "phone": "13812345678",
    }
    sent(Client(), "cases:report_lost", key=new_key(), **words)
    report = LostItem.objects.get()
    desk = seated(a_keeper(item.site))

    offered = page_of(desk, "cases:lost_report", report.number)
    sent(desk, "cases:match_lost", report.number, found=item.number)

    notice = page_of(Client(), "cases:lost_notice")
    report.refresh_from_db()
    assert item.number in offered
    assert report.match == item
    assert item.number in notice
    assert [clue for clue in ("深蓝", "银色", "学生证", "保险柜") if clue in notice] == []
    return "matched; the notice tells no feature"


def listed_by_category_place_and_date(_story: Story) -> str:
    """The public list has kind, place and day."""
    item = _announced(a_hall(), "card", "document", "二楼阅览室", "学生证，姓名陈一，学号 2023")

    notice = page_of(Client(), "cases:lost_notice")

    assert str(item.get_kind_display()) in notice
    assert "二楼阅览室" in notice
    assert [clue for clue in ("陈一", "2023", "学生证", "保险柜") if clue in notice] == []
    return f"{item.state}; the list has kind, place and day, and no name"


def cash_goes_to_the_police(_story: Story) -> str:
    """One alone takes no cash in; its year begins with the notice; the police sign for it."""
    hall = a_hall()
    desk, what = seated(a_keeper(hall)), ("wallet", "valuable", "站厅", "现金 1,260 元")
    alone = desk.post(reverse("cases:register_found"), _found(hall, *what))
    item = _announced(hall, *what)
    notice = page_of(Client(), "cases:lost_notice")
    listed = {"items": [item.number], "to": "police", "office": "轨道公安"}
    signed = {"officer": "李警官 012345", "witness": another_keeper(hall).badge}

    sent(desk, "cases:hand_over", hall.code, **listed, **signed, key=new_key())

    item.refresh_from_db()
    assert alone.status_code == 422
    assert item.announced_on == localdate()
    assert item.number in notice
    assert "从公告那天起满一年" in notice
    assert item.state == "handed_over"
    return "counted by two; the year began with the notice; handed over to the police"


def _a_rated_hall() -> Line:
    """A hall of an office of the town."""
    line = an_open_hall()
    line.site.unit = a_unit()
    line.site.save(update_fields=["unit"])
    return line


def _rated(story: Story, grade: int, tag: str, phone: str = "", *, told: bool = False) -> Review:
    """Somebody was served at a window of an office, and rates that with their slip."""
    visit, clerk = at_the_window(_a_rated_hall())
    if told:
        sent(clerk, "visits:missing", visit.pk, materials=["1"], key=new_key())
    words = {"grade": grade, "tags": [tag], "words": story.sample.body, "phone": phone}
    sent(Client(), "reviews:rate", visit.code, **words)
    return Review.objects.latest("pk")


def _found_true(review: Review, shown: str, **more: object) -> None:
    found = {"finding": "true", "shown": shown, "text": "核对过了。", **more}
    sent(seated(a_callback_clerk()), "reviews:deed", review.pk, "verified", **found)


def contested_and_rectified_without_a_call(story: Story) -> str:
    """Nobody can be called; the staff object, are refused, and put it right all the same."""
    review = _rated(story, 1, "115")
    office, rated = seated(a_callback_clerk()), seated(a_rated_clerk(review))
    refused = office.post(reverse("reviews:reveal", args=[review.pk]))
    _found_true(review, "语气很不耐烦。")

    sent(rated, "reviews:deed", review.pk, "appealed", text="当天系统故障。")
    decided = {"text": "申诉不成立。", "finding": ""}
    sent(at_desk(Role.SUPERVISOR), "reviews:deed", review.pk, "settled", **decided)
    entrusted = {"text": "向大家赔礼，改正。", "unit": review.unit_id}
    sent(office, "reviews:deed", review.pk, "entrusted", **entrusted)

    case = Case.objects.get(kind="rectify")
    deed(case.number, "acknowledge", by=seated(the_handler(case)))
    answered = {"text": "已经谈话，改了。", "disposition": "done"}
    case = deed(case.number, "reply", by=seated(the_handler(case)), **answered)
    assert case.callback_due_at is not None
    wait_until(case.callback_due_at + timedelta(minutes=1))
    follow()
    closing = seated(a_callback_clerk())
    sent(closing, "reviews:deed", review.pk, "concluded", told="窗口已经改正。")

    review.refresh_from_db()
    assert (review.rating.grade, review.rating.tags) == (1, "115")
    assert refused.status_code == 404
    assert (review.reachable, review.was_reached) == (False, False)
    assert review.rectification is not None
    assert review.rectification.case == case
    assert "窗口已经改正。" in page_of(Client(), "reviews:told")
    return "grade 1, tag 115; objected, in vain; put right without a call, and told to all"


def beside_the_one_time_notice(story: Story) -> str:
    """Who verifies it sees whether everything was told at once; who was rated sees no phone."""
    office = seated(a_callback_clerk())
    review = _rated(story, 2, "208", "13800000001")
    without = page_of(office, "reviews:review", review.pk)
    another = _rated(story, 2, "208", told=True)
    with_one = page_of(office, "reviews:review", another.pk)

    called = {"outcome": "reached", "text": "跑了三趟。"}
    sent(office, "reviews:deed", review.pk, "phoned", **called)
    _found_true(review, "没有一次告知。")

    rated = page_of(seated(a_rated_clerk(review)), "reviews:review", review.pk)
    assert (review.rating.grade, review.rating.tags) == (2, "208")
    assert "这次来访没有出具过" in without
    assert "本人身份证" in with_one
    assert "13800000001" not in rated
    assert "这次来访没有出具过" not in rated
    return "grade 2, tag 208; found true, for no one-time notice was issued"


def mistaken_and_never_overwritten(story: Story) -> str:
    """Who slipped at the machine says so on the page of their slip: the first word stands and
    counts no more, and what they meant is recorded as a follow-up."""
    visit, _clerk = at_the_window(_a_rated_hall())
    machine, phone = Client(), Client()
    led = sent(machine, "reviews:kiosk", visit.site.code, typed=visit.code)["Location"]
    machine.post(led, {"grade": "1"})
    sent(phone, "reviews:rate", visit.code, more=1, words=story.sample.body, slip="on", phone="")
    review = Review.objects.get()

    found = {"finding": "mistaken", "shown": "", "text": "本人在评价页上说点错了。"}
    sent(seated(a_callback_clerk()), "reviews:deed", review.pk, "verified", **found)
    path = reverse("reviews:rate", args=[visit.code])
    offered = page_of(phone, "reviews:rate", visit.code)
    phone.post(path + "?again=1", {"grade": "5"})

    review.refresh_from_db()
    wait_until(now() + timedelta(days=32))
    page = page_of(Client(), "reviews:told")
    said = Rating.objects.order_by("nth").values_list("nth", "grade", "channel")
    assert list(said) == [(1, 1, "kiosk"), (2, 5, "ticket")]
    assert (review.is_excluded, review.rating.words) == (True, story.sample.body)
    assert "追评一次" in offered
    assert "误评 1" in page
    assert "<b>追评</b>：非常满意" in page
    return "the grade stands; found a slip, counted no more; a follow-up with what was meant"


WAYS: Mapping[str, tuple[Step, ...]] = {
    "S001": (three_hundred_items,),
    "S003": (in_the_register_of_thanks,),
    "S005": (matched_and_not_told,),
    "S006": (a_letter_and_a_message_count_once,),
    "S015": (contested_and_rectified_without_a_call,),
    "S016": (beside_the_one_time_notice,),
    "S017": (mistaken_and_never_overwritten,),
    "S025": (listed_by_category_place_and_date,),
    "S026": (cash_goes_to_the_police,),
    "S043": (anonymous_and_countable,),
}
