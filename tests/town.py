"""A small town with a case in every state, and somebody in every role to look at it."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from django.utils.timezone import localdate, now
from PIL import Image

from mingchuang.cases.actions.alike import compare_new
from mingchuang.cases.actions.handling import publish_reply
from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.actions.many import ask_bulk
from mingchuang.cases.actions.personal import ask_as_holder, grant_privacy
from mingchuang.cases.actions.pleas import ask_extension
from mingchuang.cases.actions.privacy import redact_submission
from mingchuang.cases.actions.voice import add_remark
from mingchuang.cases.models import (
    Article,
    Attachment,
    Bulk,
    Case,
    FoundItem,
    Paper,
    Plea,
    PrivacyPlea,
    Remark,
    ReplyTemplate,
    Submission,
)
from mingchuang.cases.rules.photo import Photo, reencode
from mingchuang.hall.models import ServiceItem
from mingchuang.ledger.actions import seal_entries
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.models import Checklist
from mingchuang.visits.actions.calling import call_next, start
from mingchuang.visits.actions.plans import ask_plan
from mingchuang.visits.models import Assist, Line, Plan, Slot, Visit
from tests import build
from tests.cases import the_things
from tests.cases.knowledge import a_template, an_article
from tests.hall.build import a_guide, a_site, a_window
from tests.reviews.the_inspections import the_inspections, the_list
from tests.reviews.the_ratings import the_bad_ratings, the_good_words
from tests.reviews.the_thanks import the_thanks
from tests.visits.bookable import a_bookable_line, booked, with_guide, with_slots
from tests.visits.companions import a_hall, an_assist
from tests.visits.doors import the_line, the_visit, the_word
from tests.visits.hall import a_clerk, a_line, a_visit
from tests.visits.the_town import special_line

NAME, PHONE, CLUE = "冯保密", "13812345678", "旺财"
ORIGINAL = f"工地半夜施工。我是隔壁楼的{NAME}，电话 {PHONE}，我家的狗叫{CLUE}。"
REMARK = f"昨晚{CLUE}又叫了一夜。"


class Who(StrEnum):
    """Whoever knocks. A stranger handles cases too, but for another unit."""

    ANONYMOUS = "anonymous"
    RECEPTION = "reception"
    DISPATCHER = "dispatcher"
    HANDLER = "handler"
    STRANGER = "stranger"
    CALLBACK = "callback"
    SUPERVISOR = "supervisor"
    CONVENOR = "convenor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Town:
    people: Mapping[Who, Person]
    unit: Unit
    other: Unit
    cases: Mapping[str, Case]
    said: Submission
    plea: Plea
    bulk: Bulk
    article: Article
    template: ReplyTemplate
    counter: Submission
    secret: Submission
    wish: PrivacyPlea
    copy: PrivacyPlea
    plan: Plan
    visit: Visit
    served: Visit

    @property
    def root(self) -> Unit:
        return build.the_town()

    @property
    def item(self) -> ServiceItem:
        return self.served.line.items.get()

    @property
    def batch_paper(self) -> int:
        """A paper that is still needed of somebody on the list of a batch."""
        return Paper.objects.filter(supplied_at__isnull=True).latest("pk").pk

    @property
    def next_month(self) -> date:
        return localdate() + timedelta(days=30)

    @property
    def tomorrow(self) -> date:
        return localdate() + timedelta(days=1)

    @property
    def clerk(self) -> Person:
        return self.people[Who.RECEPTION]

    @property
    def checklist(self) -> Checklist:
        return the_list()

    @property
    def assist(self) -> Assist:
        """Somebody whom the reception is on the way to."""
        return Assist.objects.get(state="accepted")

    @property
    def cancelled_assist(self) -> Assist:
        return Assist.objects.get(state="cancelled")

    @property
    def found(self) -> FoundItem:
        return the_things.the_item()

    @property
    def line(self) -> Line:
        return the_line()

    @property
    def number(self) -> Visit:
        return the_visit()

    @property
    def word(self) -> str:
        return the_word()

    @property
    def booked_item(self) -> ServiceItem:
        return self.visit.items.get()

    @property
    def free_slot(self) -> Slot:
        return self.visit.line.slots.order_by("-starts_at")[0]

    @property
    def special_line(self) -> Line:
        return special_line(self.next_month)

    @property
    def photo(self) -> Attachment:
        return self.said.attachments.get()

    @property
    def secret_photo(self) -> Attachment:
        return self.secret.attachments.get()

    @property
    def secret_remark(self) -> Remark:
        return self.secret.remarks.get()


def a_town() -> Town:
    """Put up the town. Everything in it was said this morning and is sealed."""
    unit, other = build.a_unit("舟山里社区"), build.a_unit("江滨社区")
    people = {Who(role): build.a_person(role) for role in Role if role != Role.HANDLER}
    people[Who.HANDLER] = build.a_person(Role.HANDLER, unit=unit)
    people[Who.STRANGER] = build.a_person(Role.HANDLER, unit=other)
    cases = {state: a_case_today(state, unit=unit) for state in build.WAYS}
    cases["to call"] = a_case_today("replied", unit=unit, phone="13800000001")
    cases["published"] = a_case_today("replied", unit=unit)
    publish_reply(cases["published"].number, "灯修好了", by=people[Who.HANDLER], at=now())
    cases["excluded"] = a_case_today("handling", unit=unit)
    build.an_exclusion(cases["excluded"], at=now())
    cases["silent"] = build.a_case("replied", unit=unit, at=now() - timedelta(days=60))
    said = a_case_today("handling", unit=unit, phone="13800000000", photos=(a_photo(),))
    a_guide()
    a_window(a_site(), 1)
    hall = a_hall(unit=unit, opens=time(0), closes=time(23, 59, 59))
    clerk, tomorrow = people[Who.RECEPTION], now() + timedelta(days=1)
    for state in ("accepted", "cancelled"):
        an_assist(hall, state, companion=clerk, at=now(), wanted_at=tomorrow, name="Ann Lee")
    own = said.submissions.get()
    wish = ask_as_holder(
        own.number, build.code(own), what="correct", reach="this", text="门牌写错了。", at=now()
    )
    counter = _taken_in_by(people[Who.RECEPTION])
    town = Town(
        people=people,
        unit=unit,
        other=other,
        cases=cases,
        said=own,
        plea=ask_extension(said.number, "零件没到", days=3, by=people[Who.HANDLER], at=now()),
        counter=counter,
        article=an_article(unit, by=people[Who.HANDLER], public=True),
        template=a_template(unit, by=people[Who.HANDLER]),
        bulk=_asked_by(people[Who.DISPATCHER], said, cases["accepted"]),
        secret=a_secret(unit),
        wish=wish,
        copy=_a_copy(counter, people[Who.SUPERVISOR]),
        visit=a_booking(unit),
        served=a_served_visit(unit),
        plan=_a_plan(unit, people[Who.SUPERVISOR]),
    )
    the_bad_ratings(unit, by=people[Who.CALLBACK])
    the_good_words(unit)
    the_inspections(unit, inspector=people[Who.RECEPTION], photo=a_photo())
    the_thanks(unit, a_photo(), reception=people[Who.RECEPTION], by=people[Who.SUPERVISOR])
    seal_entries(at=now())
    while compare_new(at=now()):
        pass
    return town


def a_served_visit(unit: Unit) -> Visit:
    """Somebody was called to the first window of the unit's own hall, and came."""
    line = a_line("T", site=a_site("hall", name="城西政务服务中心", unit=unit), minutes=20)
    clerk = a_clerk(line, at=now())
    a_visit(line, at=now())
    call_next(by=clerk, at=now())
    return start(by=clerk, at=now())


def a_case_today(state: str = "received", *, unit: Unit | None = None, **given: object) -> Case:
    """A case whose every limit still runs."""
    return build.a_case(state, unit=unit, at=now() - timedelta(hours=6), **given)


def a_booking(unit: Unit) -> Visit:
    """Somebody who comes tomorrow or soon after, to a place kept by this unit."""
    line = a_bookable_line(unit=unit, site=a_site("bookable", name="城南政务服务中心"))
    item = with_guide(line)
    return booked(with_slots(line, many=14, at=now())[0], items=[item], at=now())


def a_secret(unit: Unit) -> Submission:
    """A confidential word in the hands of a unit; a remark and a photo wait to be looked at."""
    case = a_case_today(
        "handling",
        unit=unit,
        text=ORIGINAL,
        name=NAME,
        phone=PHONE,
        confidential=True,
        photos=(a_photo(),),
    )
    said = case.submissions.get()
    redact_submission(
        said.number,
        title="工地半夜施工",
        place="天一路工地",
        text="工地半夜施工。",
        by=build.a_dispatcher(),
        at=now(),
    )
    add_remark(said.number, build.code(said), REMARK, at=now())
    return said


def a_photo(colour: str = "red") -> Photo:
    """A photo as the form hands it on."""
    raw = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(raw, "PNG")
    photo = reencode(raw.getvalue())
    assert isinstance(photo, Photo)
    return photo


def _a_copy(said: Submission, by: Person) -> PrivacyPlea:
    """A copy of what is held that was asked for and granted, and lies ready."""
    asked = ask_as_holder(said.number, build.code(said), what="copy", reach="this", at=now())
    return grant_privacy(asked.pk, proof="document", by=by, at=now())


def _a_plan(unit: Unit, by: Person) -> Plan:
    """A plan of windows asked for a line of the town."""
    site = a_site("planned", name="江滨政务服务中心", unit=unit)
    line = Line.objects.create(site=site, prefix="A", name="社会保险")
    return ask_plan(line.pk, kind="plain", share=90, minutes=20, by=by, at=now())


def _asked_by(clerk: Person, *cases: Case) -> Bulk:
    numbers = [case.number for case in cases]
    return ask_bulk("remind", numbers, {}, by=clerk, at=now())


def _taken_in_by(clerk: Person) -> Submission:
    said = build.what_was_said(channel="counter")
    return receive_submission(said, unit=build.the_town(), at=now(), taken_by=clerk)
