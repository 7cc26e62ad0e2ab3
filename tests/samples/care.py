"""Thanks, lost things, ratings and the company that moved: what the note of each says is true."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from mingchuang.cases.batching.reading import read_upload
from mingchuang.cases.models import Batch, BatchUpload, Case, FoundItem, LostItem
from mingchuang.people.models import Unit
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.models import Commendation, Rating, Review
from mingchuang.reviews.queries.thanks_counted import counted_in
from tests.build import a_callback_clerk, a_unit, code
from tests.cases.batches.build import a_row, a_sheet, a_workbook
from tests.cases.batches.doors import OPENING
from tests.cases.things import a_hall, a_keeper, another_keeper
from tests.reviews.build import a_rated_clerk, a_visit_served
from tests.samples.doors import (
    Sample,
    at_desk,
    page_of,
    seated,
    sent,
)

Samples = dict[str, Sample]
KEY = "k" * 32
KINDS = {"S003": "banner", "S006": "letter", "S043": "words"}


def three_hundred_items(_sample: Sample, _all: Samples) -> None:
    """one Request -> one Case with ~300 batch items; progress must be countable per item"""
    sheet = a_sheet()
    visitor = Client()
    sent(visitor, "cases:begin_batch", sheet.item.code, **OPENING)
    batch = Batch.objects.get()
    own = (batch.number, code(batch.case.submissions.get()))
    file = SimpleUploadedFile("名单.xlsx", a_workbook(*(a_row(n) for n in range(1, 301))))

    sent(visitor, "cases:batch_upload", *own, workbook=file, key="u" * 32)
    for upload in BatchUpload.objects.filter(read_at=None):
        read_upload(upload, now)

    page = page_of(visitor, "cases:own_batch", *own)
    assert (Case.objects.count(), batch.people.count()) == (1, 300)
    assert "300" in page


def _registered(sample: Sample, unit: Unit, kind: str, giver: str = "") -> Commendation:
    words = {"kind": kind, "given_on": str(localdate()), "unit": unit.pk, "words": sample.body}
    words |= {"giver": giver, "shown_as": "masked"}
    sent(at_desk(Role.RECEPTION), "reviews:register_thanks", **words)
    return Commendation.objects.latest("pk")


def in_the_register_of_thanks(sample: Sample, _all: Samples) -> None:
    """goes to the commendation register (锦旗/感谢信登记), not the complaint queue"""
    item = _registered(sample, a_unit(), "banner", "滨江精密仪器有限公司")

    assert item.state == "kept"
    assert counted_in(localdate().year).valid == 1
    assert not Case.objects.exists()


def a_letter_and_a_message_count_once(sample: Sample, _all: Samples) -> None:
    """commendation register; count once even if both letter and message arrive"""
    unit = a_unit()
    letter = _registered(sample, unit, "letter", "冯小明")
    words = {"unit": unit.pk, "words": sample.body, "shown_as": "masked", "key": KEY}
    sent(Client(), "reviews:say_thanks", **words)
    message = Commendation.objects.latest("pk")
    desk = at_desk(Role.SUPERVISOR)
    sent(desk, "reviews:thanks_deed", message.pk, "kept")

    sent(desk, "reviews:thanks_deed", message.pk, "joined", to=letter.pk, text="同一件事")

    assert Commendation.objects.count() == 2
    assert counted_in(localdate().year).valid == 1


def anonymous_and_countable(sample: Sample, _all: Samples) -> None:
    """anonymous praise; still countable"""
    item = _registered(sample, a_unit(), "words")

    sent(at_desk(Role.SUPERVISOR), "reviews:thanks_deed", item.pk, "hung", shown="谢谢。")

    wall = page_of(Client(), "reviews:thanks_wall")
    assert item.giver == ""
    assert counted_in(localdate().year).valid == 1
    assert "没有留姓名" in wall


def _taken_in(kind: str, care: str, place: str, features: str) -> FoundItem:
    hall = a_hall()
    desk = seated(a_keeper(hall))
    words = {
        "site": hall.pk,
        "kind": kind,
        "care": care,
        "place": place,
        "day": str(localdate()),
        "clock": "00:00",
        "features": features,
        "shelf": "保险柜",
        "witness": another_keeper(hall).badge,
        "key": KEY,
    }
    sent(desk, "cases:register_found", **words)
    item = FoundItem.objects.latest("pk")
    sent(desk, "cases:found_deed", item.number, "announce")
    item.refresh_from_db()
    return item


def matched_and_not_told(sample: Sample, _all: Samples) -> None:
    """match against the found-item register; the notice reveals nothing used to verify a claim"""
    item = _taken_in("bag", "valuable", "安检口", "深蓝色，内有银色电脑和学生证")
    words = {
        "kind": "bag",
        "lost_on": str(localdate()),
        "site": item.site.code,
        "description": sample.body,
        "name": "王秀英",
        "phone": "13812345678",
        "key": KEY,
    }
    sent(Client(), "cases:report_lost", **words)
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


def listed_by_category_place_and_date(_sample: Sample, _all: Samples) -> None:
    """found-item entry; public list shows only category, place, date"""
    item = _taken_in("card", "document", "二楼阅览室", "学生证，姓名陈一，学号 2023")

    notice = page_of(Client(), "cases:lost_notice")

    assert str(item.get_kind_display()) in notice
    assert "二楼阅览室" in notice
    assert [clue for clue in ("陈一", "2023", "学生证", "保险柜") if clue in notice] == []


def cash_goes_to_the_police(_sample: Sample, _all: Samples) -> None:
    """cash: two-person count, hand to police; one-year clock starts at the public notice"""
    hall = a_hall()
    desk = seated(a_keeper(hall))
    words = {
        "site": hall.pk,
        "kind": "wallet",
        "care": "valuable",
        "place": "站厅",
        "day": str(localdate()),
        "clock": "00:00",
        "features": "现金 1,260 元",
        "shelf": "保险柜",
        "key": KEY,
    }
    alone = desk.post(reverse("cases:register_found"), words)
    witness = another_keeper(hall).badge
    sent(desk, "cases:register_found", **words, witness=witness)
    item = FoundItem.objects.get()
    before = item.announced_on
    sent(desk, "cases:found_deed", item.number, "announce")

    listed = {
        "items": [item.number],
        "to": "police",
        "office": "轨道公安",
        "officer": "李警官 012345",
        "witness": witness,
        "key": "h" * 32,
    }
    sent(desk, "cases:hand_over", hall.code, **listed)

    item.refresh_from_db()
    assert alone.status_code == 422
    assert (before, item.announced_on) == (None, localdate())
    assert item.state == "handed_over"


def _rated(grade: int, tags: str, phone: str = "") -> Review:
    visit = a_visit_served(at=now())
    words = {"grade": grade, "tags": [tags], "words": "不好。", "phone": phone}
    sent(Client(), "reviews:rate", visit.code, **words)
    return Review.objects.get()


def contested_and_rectified_without_a_call(_sample: Sample, _all: Samples) -> None:
    """grade=1, tags=[115]; staff may appeal; anonymous: call-back impossible, still rectify"""
    review = _rated(1, "115")
    office, rated = seated(a_callback_clerk()), seated(a_rated_clerk(review))
    refused = office.post(reverse("reviews:reveal", args=[review.pk]))
    found = {"finding": "true", "shown": "语气很不耐烦。", "text": "监控相符。"}
    sent(office, "reviews:deed", review.pk, "verified", **found)

    sent(rated, "reviews:deed", review.pk, "appealed", text="当天系统故障。")
    decided = {"text": "申诉不成立。", "finding": ""}
    sent(at_desk(Role.SUPERVISOR), "reviews:deed", review.pk, "settled", **decided)
    entrusted = {"text": "向大家赔礼，改正。", "unit": review.unit_id}
    sent(office, "reviews:deed", review.pk, "entrusted", **entrusted)

    review.refresh_from_db()
    assert (review.rating.grade, review.rating.tags) == (1, "115")
    assert refused.status_code == 404
    assert (review.reachable, review.was_reached) == (False, False)
    assert review.rectification is not None
    assert review.rectification.case.kind == "rectify"


def mistaken_and_never_overwritten(_sample: Sample, _all: Samples) -> None:
    """no overwrite of the original rating: the slip is recorded with its reason"""
    review = _rated(1, "115", "13800000001")
    office = seated(a_callback_clerk())
    sent(office, "reviews:deed", review.pk, "phoned", outcome="reached", text="说点错了。")

    found = {"finding": "mistaken", "shown": "", "text": "本人说手滑点错。"}
    sent(office, "reviews:deed", review.pk, "verified", **found)

    review.refresh_from_db()
    page = page_of(Client(), "reviews:told")
    assert Rating.objects.get().grade == 1
    assert review.is_excluded
    assert "误评 1" in page
    assert "本人说手滑点错。" in [word.text for word in review.story.all()]
