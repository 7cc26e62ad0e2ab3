"""In the hall and in the council: the ways of S004 to S044 that lead there."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.test import Client, override_settings
from django.urls import reverse
from django.utils.timezone import localdate, make_aware

from mingchuang.base.once import new_key
from mingchuang.hall.models import OpeningHours
from mingchuang.hall.queries import work_calendar
from mingchuang.people.rules.roles import Role
from mingchuang.visits.models import Assist, HomeVisit, Line, Supplement, Visit
from tests.build import a_person, the_town
from tests.hall.build import a_guide
from tests.outward.gateway import a_gateway
from tests.samples.doors import (
    CALLER,
    Step,
    Story,
    at_desk,
    deed,
    follow,
    page_of,
    seated,
    sent,
    take_in,
    wait_until,
)
from tests.samples.steps import answers, calls_in, given_to_a_unit, stands, writes
from tests.visits.companions import a_companion, open_daily
from tests.visits.hall import a_line

ONE_DAY = timedelta(days=1)
SATURDAY = 5
DOOR = "梧桐街道 8 弄 3 号 201 室"


def an_open_hall() -> Line:
    """A line of a hall whose doors are open now, and whose one matter has a guide."""
    line = a_line()
    open_daily(line.site)
    a_guide(item=line.items.get())
    return line


def a_number(line: Line, who: str = "ordinary") -> Visit:
    """Three taps at the machine."""
    place = (line.site.code, line.prefix, who)
    sent(Client(), "visits:kiosk_sure", *place, key=new_key())
    return Visit.objects.latest("pk")


def on_duty(line: Line) -> Client:
    """A clerk signs on at the only window of the line."""
    clerk = seated(a_person(Role.RECEPTION, unit=line.site.unit))
    sent(clerk, "visits:console", window=line.site.windows.get().pk, languages="")
    return clerk


def first_in_line_and_accompanied(_story: Story) -> str:
    """The green number is called before the ordinary one that came first, and a named colleague
    comes along with that very visit."""
    line = an_open_hall()
    clerk = on_duty(line)
    ordinary, green = a_number(line), a_number(line, "elderly")
    site, helper = line.site.code, a_companion(line.site)
    wish = {"need": "guide", "category": "elderly", "persons": "1", "day": "now", "clock": ""}
    theirs = reverse("visits:ask_companion_at", args=[site]) + f"?visit={green.code}"
    asked = Client().post(theirs, {"from_place": "到达口", "key": new_key(), **wish})
    assist = Assist.objects.get()
    meet = reverse("visits:companion_deed", args=[assist.pk, "meet"])
    nobody = seated(helper).post(meet).status_code
    sent(seated(helper), "visits:companion_deed", assist.pk, "accept")
    sent(clerk, "visits:turn", "next")

    told = Client().get(asked["Location"]).content.decode()
    ordinary.refresh_from_db()
    green.refresh_from_db()
    assert (green.state, ordinary.state) == ("called", "waiting")
    assert assist.visit == green
    assert nobody == 422
    assert f"工号 {helper.badge} 会来陪您" in told
    return "called first; a companion named by badge comes along"


def by_observation_without_papers(_story: Story) -> str:
    """One tap says that she is pregnant; no paper is asked for, and none could be kept."""
    green = a_number(an_open_hall(), "pregnant")

    fields = {one.name for one in Visit._meta.get_fields()}
    assert green.green == "pregnant"
    assert green.requester is None
    assert not fields & {"photo", "photos", "paper", "papers", "proof", "document"}
    return "in the green channel, with nothing kept but the kind"


def at_the_window(line: Line) -> tuple[Visit, Client]:
    """Somebody with a number is called, and served."""
    clerk, visit = on_duty(line), a_number(line)
    sent(clerk, "visits:turn", "next")
    sent(clerk, "visits:turn", "begin", seen=visit.pk)
    return visit, clerk


def rules_are_published(_story: Story) -> str:
    """What becomes of a number that was passed over hangs where anybody reads it."""
    line = an_open_hall()
    hall = page_of(Client(), "hall:site", line.site.code)
    rules = page_of(Client(), "visits:line_rules", line.site.code)

    assert reverse("visits:line_rules", args=[line.site.code]) in hall
    assert "过号不用重新取号" in rules
    return "the rule for passed numbers is published: no new number is needed"


def lacks(clerk: Client, visit: Visit, *, until: date) -> None:
    """At the window somebody lacks a paper, and leaves a phone to be reminded at."""
    words = {"materials": ["1"], "due_on": str(until), "phone": "13800001234", "key": new_key()}
    sent(clerk, "visits:missing", visit.pk, **words)


def taken_in_with_a_gap(_story: Story) -> str:
    """What is missing has a day; whoever waits for it reads it, and who is waited for is texted
    the day before, and not earlier."""
    line = an_open_hall()
    visit, clerk = at_the_window(line)
    due = localdate() + 3 * ONE_DAY
    lacks(clerk, visit, until=due)
    page = page_of(Client(), "visits:visit", visit.code)
    listed = page_of(clerk, "visits:awaited")
    with a_gateway() as gateway, override_settings(SMS_GATEWAY=gateway.address):
        follow()
        early = len(gateway.got)
        wait_until(make_aware(datetime.combine(due - ONE_DAY, time(16))))
        follow()
        follow()

    gap = Supplement.objects.get()
    sent(at_desk(Role.RECEPTION, line.site.unit), "visits:brought", gap.pk)
    brought = Supplement.objects.get()
    assert "关门前补齐" in page
    assert "本人身份证" in listed
    assert (early, len(gateway.got)) == (0, 1)
    assert gap.reminded_at is not None
    assert brought.brought_at is not None
    return "accepted with a gap, due in three days; reminded once, the day before; then brought"


def two_go_and_they_alone_read_where(_story: Story) -> str:
    """Asked for on the phone, agreed on with two colleagues; a third reads no address."""
    line = an_open_hall()
    desk, item = seated(a_companion(line.site)), line.items.get()
    wish = {"item": item.code, "category": "ill", "name": "王秀英", "phone": "13800000008"}
    sent(desk, "visits:home_new", line.site.code, address=DOOR, key=new_key(), **wish)
    visit, pair = HomeVisit.objects.get(), [a_companion(line.site) for _ in range(2)]
    day = localdate() + ONE_DAY
    agreed = {"day": str(day), "since": "09:00", "until": "11:00"}
    alone = desk.post(
        reverse("visits:home", args=[visit.pk]),
        {"first": pair[0].pk, "second": pair[0].pk, **agreed},
    )
    sent(desk, "visits:home", visit.pk, first=pair[0].pk, second=pair[1].pk, **agreed)

    own = page_of(Client(), "visits:home_visit", visit.code)
    reads = [_reads_where(seated(one), visit) for one in pair]
    assert alone.status_code == 422
    assert reads == [200, 200]
    assert _reads_where(desk, visit) == 404
    assert DOOR not in page_of(desk, "visits:home", visit.pk)
    assert f"工号 {pair[0].badge} 和 {pair[1].badge} 上门" in own
    assert "09:00–11:00" in own
    assert DOOR not in own
    return "arranged for two, between 9 and 11; only these two read the address"


def _reads_where(client: Client, visit: HomeVisit) -> int:
    answer = client.post(reverse("visits:home_reveal", args=[visit.pk]))
    assert answer.status_code != 200 or DOOR in answer.content.decode()
    return answer.status_code


def an_administrator() -> Client:
    return seated(a_person(Role.ADMINISTRATOR, unit=the_town()))


def next_saturday_off() -> date:
    """The next Saturday that is no working day by the statutory calendar."""
    days = (localdate() + n * ONE_DAY for n in range(60))
    calendar = work_calendar()
    return next(d for d in days if d.weekday() == SATURDAY and not calendar.is_working_day(d))


def opens_on_a_day_that_is_no_working_day(story: Story) -> str:
    """The administrator opens a Saturday: the doors are open, and no deadline moves by it."""
    site, saturday = a_line().site, next_saturday_off()
    for weekday in range(5):
        OpeningHours.objects.create(site=site, weekday=weekday, opens="09:00", closes="17:00")
    before = _due_of_another(story)

    opened = {"site": site.pk, "day": str(saturday), "kind": "holiday", "note": "周六预约开放"}
    answer = an_administrator().post(
        reverse("admin:hall_specialhours_add"), {**opened, "opens": "09:00", "closes": "11:30"}
    )

    assert answer.status_code == 302
    assert _doors_on(saturday, site.code)
    assert not work_calendar().is_working_day(saturday)
    assert _due_of_another(story) == before
    return "open on a Saturday that is no working day; the limits are counted as before"


def _due_of_another(story: Story) -> date:
    said = take_in(story.sample, **CALLER)
    case = deed(said.number, "accept")
    assert case.due_at is not None
    return localdate(case.due_at)


def _doors_on(day: date, site: str) -> bool:
    """Say whether a week that holds the day, as the hall tells it, has the hours of that day."""
    page = page_of(Client(), "hall:site", site)
    is_near = (day - localdate()).days < 7
    return "09:00–11:30" in page if is_near else "09:00–11:30" not in page


WAYS: Mapping[str, tuple[Step, ...]] = {
    "S004": (first_in_line_and_accompanied,),
    "S018": (
        calls_in(),
        given_to_a_unit,
        answers("过号不用重新取号，规则在大厅的页面上。"),
        stands("replied"),
        rules_are_published,
    ),
    "S019": (by_observation_without_papers,),
    "S022": (two_go_and_they_alone_read_where,),
    "S023": (taken_in_with_a_gap,),
    "S044": (
        writes(),
        given_to_a_unit,
        answers("从下周六起预约开放。"),
        stands("replied"),
        opens_on_a_day_that_is_no_working_day,
    ),
}
