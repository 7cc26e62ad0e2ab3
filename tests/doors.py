"""Every door of the house, and what each kind of person finds behind it.

An address without an entry here fails `test_doors.py`. What a person may not see does not exist
for them: 404, never 403 (promise P14).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.build import code
from tests.cases import the_things
from tests.cases.batches import doors as the_batches
from tests.council import the_council, the_owners, the_sitting
from tests.reviews import the_inspections, the_ratings, the_thanks
from tests.town import Town, Who
from tests.visits import the_care, the_town

SIGN_IN = "sign in"
Answers: TypeAlias = Mapping[Who, int | str]


def for_all(status: int) -> Answers:
    return dict.fromkeys(Who, status)


def for_staff(status: int) -> Answers:
    return {**for_all(status), Who.ANONYMOUS: SIGN_IN}


def only_for(who: Iterable[Who], status: int = 200) -> Answers:
    """Who is named finds something; others on the staff find nothing; a visitor may sign in."""
    return {**for_staff(404), **dict.fromkeys(who, status)}


def not_of_the_rated(status: int) -> Answers:
    """Whoever holds the code; who sits in the rated office is told why they may not."""
    return {**for_all(status), Who.HANDLER: 422}


LOOKED = for_all(200)
SHUT = for_all(405)
# Only ever sent to: who comes by hand is led to the page it is sent from.
LED = for_all(302)
STAFF = for_staff(200)
STAFF_SHUT = for_staff(405)
MOVED = for_staff(302)
INTAKE = {Who.RECEPTION, Who.DISPATCHER}
WRITERS = {*INTAKE, Who.HANDLER, Who.CALLBACK, Who.SUPERVISOR}
READERS = {*WRITERS, Who.CONVENOR, Who.AUDITOR}
COUNTED = {*READERS, Who.STRANGER}
DECIDERS = {Who.DISPATCHER, Who.SUPERVISOR}
WATCHERS = {*DECIDERS, Who.AUDITOR, Who.CONVENOR}
TERM_READERS = {Who.ADMINISTRATOR, Who.AUDITOR}
CONFIDANTS = {*DECIDERS, Who.CALLBACK}
REVEALERS = {*CONFIDANTS, Who.HANDLER}
COUNTED_VISITS = {*INTAKE, Who.HANDLER, Who.STRANGER, Who.SUPERVISOR, Who.CONVENOR, Who.AUDITOR}
KEEPERS = {*INTAKE, Who.HANDLER, Who.SUPERVISOR}
COUNTER = {*INTAKE, Who.SUPERVISOR}
CLERKS = {*KEEPERS, Who.STRANGER}
CONVENOR = {Who.CONVENOR}
COUNCIL = {Who.CONVENOR, Who.SUPERVISOR, Who.AUDITOR}
RATINGS = {Who.RECEPTION, Who.HANDLER, Who.STRANGER, Who.CALLBACK, Who.SUPERVISOR, Who.AUDITOR}
RATINGS_READ = {Who.HANDLER, Who.CALLBACK, Who.SUPERVISOR, Who.AUDITOR}
RATINGS_WRITTEN = {Who.CALLBACK, Who.SUPERVISOR, Who.AUDITOR}
INSPECTED = {*RATINGS_READ, Who.RECEPTION}
BOSS = {Who.SUPERVISOR}
THANKS_WRITERS = {*INTAKE, Who.HANDLER, Who.STRANGER, Who.CALLBACK, Who.SUPERVISOR}
THANKS_READERS = {*INTAKE, Who.HANDLER, Who.CALLBACK, Who.SUPERVISOR, Who.AUDITOR}
THANKS_SETTLERS = {Who.CALLBACK, Who.SUPERVISOR}
LINE_KEEPERS = {Who.ADMINISTRATOR, Who.SUPERVISOR}


def a_hot_topic(town: Town) -> tuple[object, ...]:
    return (town.said.number,)


Words: TypeAlias = Mapping[str, str]
Way: TypeAlias = Callable[[Town], tuple[object, ...]]


@dataclass(frozen=True)
class Door:
    """What a look (GET) and a deed (POST of `send`) at this address are answered with."""

    get: Answers
    post: Answers
    way: Way = lambda town: ()
    send: Words = field(default_factory=dict)
    query: str = ""


def a_page(way: Way = lambda town: (), *, query: str = "") -> Door:
    """Something anybody may read and nobody may write."""
    return Door(LOOKED, SHUT, way, query=query)


def a_receipt(*more: object) -> Way:
    return lambda town: (town.said.number, code(town.said), *more)


def in_the_hall(*more: object) -> Way:
    return lambda town: (town.line.site.code, *more)


def a_ticket(town: Town) -> tuple[object, ...]:
    return (town.number.code,)


KEY = {"key": "k" * 32}
TYPED = {"typed": "{town.number.code}"}


def a_booking() -> Way:
    return lambda town: (town.visit.code,)


def a_thing_to_book() -> Way:
    return lambda town: (town.booked_item.code,)


def a_place_to_book() -> Way:
    return lambda town: (town.booked_item.code, town.visit.site.code)


# What the page showed of the booking.
AS_SHOWN = {"seen": "{town.visit.slot_id}"}
ANOTHER_SLOT = {"slot": "{town.free_slot.pk}", **AS_SHOWN}
KEPT = {
    "title": "路灯多久修好？",
    "text": "三天内。",
    "unit": "{town.unit.pk}",
    "review_on": "{town.next_month}",
}
PUBLIC: dict[str, Door] = {
    "cases:home": a_page(),
    "cases:lost_notice": a_page(),
    "cases:report_lost": Door(
        LOOKED,
        for_all(302),
        send={
            "kind": "umbrella",
            "lost_on": "2026-01-01",
            "description": "黑色长柄伞",
            "key": "k" * 32,
        },
    ),
    "cases:lost": a_page(lambda town: the_things.mine()),
    "cases:add_to_lost": Door(LED, for_all(302), lambda town: the_things.mine(), {"more": "LX 12"}),
    "cases:withdraw_lost": Door(SHUT, for_all(302), lambda town: the_things.mine()),
    "cases:forget_lost": Door(SHUT, for_all(302), lambda town: the_things.withdrawn()),
    "cases:say": Door(LOOKED, for_all(302), send={"text": "灯坏了", "key": "k" * 32}),
    "cases:answers": a_page(),
    "cases:questions": a_page(),
    "cases:question": a_page(lambda town: (town.article.pk,)),
    "cases:figures": a_page(),
    "cases:figures_file": a_page(lambda town: ("csv",)),
    "cases:track": Door(LOOKED, for_all(422), send={"number": "YJ-2026-1", "code": "XXXX"}),
    "cases:receipt": a_page(a_receipt()),
    "cases:proof": a_page(a_receipt()),
    "cases:own_photo": a_page(lambda town: (*a_receipt()(town), town.photo.pk)),
    "cases:mine": Door(LOOKED, for_all(302), a_receipt(), {"what": "copy"}),
    "cases:own_copy": Door(SHUT, for_all(200), a_receipt()),
    "cases:batches": a_page(),
    "cases:begin_batch": Door(LOOKED, for_all(302), the_batches.item, the_batches.OPENING),
    "cases:batch_template": a_page(the_batches.item),
    "cases:own_batch": a_page(the_batches.own),
    "cases:batch_upload": Door(LED, for_all(422), the_batches.own),
    "cases:batch_marked": a_page(the_batches.own),
    "cases:own_list": Door(SHUT, for_all(200), the_batches.own),
    "cases:batch_papers": Door(LED, for_all(302), the_batches.own, {"paper": "{town.batch_paper}"}),
    "cases:batch_clerk": Door(
        LED, for_all(302), the_batches.own, {"name": "Wang Wenyuan", "phone": "13900000001"}
    ),
    "cases:batch_out": Door(
        LED, for_all(302), the_batches.own, {"places": "3", "why_out": "entered twice"}
    ),
    "cases:batch_missed": Door(LED, for_all(302), the_batches.own_parcel),
    "cases:batch_parcel": Door(LED, for_all(302), the_batches.own_parcel),
    "cases:wish": Door(LOOKED, for_all(302), a_receipt("remark"), {"text": "还没有人来。"}),
    "base:mode": Door(SHUT, for_all(302), send={"mode": "elder"}),
    "set_language": Door(for_all(302), for_all(302), send={"language": "en"}),
    "ledger:page": a_page(),
    "ledger:checkpoint": a_page(),
    "ledger:key": a_page(),
    "ledger:bundle": a_page(lambda town: ("000.p/1",)),
    "ledger:tile": a_page(lambda town: (0, "000.p/1")),
    "ledger:inclusion": a_page(query="?index=0&size=2"),
    "ledger:consistency": a_page(query="?first=1&second=2"),
    "ledger:receipt": a_page(lambda town: (0,)),
    "ledger:nowhere": Door(for_all(404), for_all(405), lambda town: ("tile/x",)),
    "hall:guides": a_page(),
    "hall:guide": a_page(lambda town: ("pension-check",)),
    "hall:one_time_notice": a_page(lambda town: ("pension-check",)),
    "hall:notices": a_page(),
    "hall:sites": a_page(),
    "hall:site": a_page(lambda town: ("north",)),
    "visits:ask_companion": a_page(),
    "visits:ask_companion_at": Door(
        LOOKED,
        for_all(302),
        lambda town: (town.assist.site.code,),
        {
            "need": "guide",
            "category": "elderly",
            "persons": "1",
            "day": "{town.tomorrow}",
            "clock": "10:00",
            "from_place": "东门",
            "key": "k" * 32,
        },
    ),
    "visits:companions_told": a_page(lambda town: ("north",)),
    "visits:assist": a_page(lambda town: (town.assist.code,)),
    "visits:cancel_assist": Door(SHUT, for_all(302), lambda town: (town.assist.code,)),
    "visits:forget_assist": Door(SHUT, for_all(302), lambda town: (town.cancelled_assist.code,)),
    "visits:line_rules": a_page(in_the_hall()),
    "visits:ask_home": Door(
        LOOKED,
        for_all(302),
        lambda town: (town.served.site.code,),
        {**the_care.ASKING, "item": "{town.item.code}"},
    ),
    "visits:home_visit": a_page(lambda town: (the_care.home(town).code,)),
    "visits:cancel_home": Door(SHUT, for_all(302), lambda town: (the_care.asked_home(town).code,)),
    "visits:kiosk": a_page(in_the_hall()),
    "visits:kiosk_who": a_page(in_the_hall("A")),
    "visits:kiosk_sure": Door(LOOKED, for_all(302), in_the_hall("A", "ordinary"), KEY),
    "visits:kiosk_many": Door(
        LOOKED, for_all(302), in_the_hall("A", "ordinary"), {**KEY, "persons": "2"}
    ),
    "visits:kiosk_booked": Door(LOOKED, for_all(302), in_the_hall(), TYPED),
    "visits:kiosk_number": a_page(lambda town: (town.line.site.code, town.number.code)),
    "visits:number_at": Door(LOOKED, for_all(302), in_the_hall(), {**KEY, "line": "A"}),
    "visits:here": Door(LOOKED, for_all(302), lambda town: (town.line.site.code, town.word), TYPED),
    "visits:visit": a_page(a_ticket),
    "visits:arrived": Door(LOOKED, for_all(302), a_ticket, {"word": "{town.word}"}),
    "visits:book": a_page(a_thing_to_book()),
    "visits:book_times": a_page(a_place_to_book()),
    "visits:book_who": Door(
        LOOKED,
        for_all(302),
        lambda town: (*a_place_to_book()(town), town.free_slot.pk),
        {"name": "王芳", "phone": "13800000009", "key": "k" * 32},
    ),
    "visits:diary": a_page(a_booking()),
    "visits:move_visit": Door(LOOKED, for_all(302), a_booking(), ANOTHER_SLOT),
    "visits:cancel_visit": Door(LOOKED, for_all(302), a_booking(), AS_SHOWN),
    "visits:stand_by": Door(
        LOOKED,
        for_all(302),
        lambda town: the_town.full_day(),
        {"name": "王芳", "phone": "13700000000", "persons": "1", "part": "any", "key": "s" * 32},
    ),
    "visits:standby": a_page(lambda town: (the_town.standby().code,)),
    "visits:take_offer": Door(SHUT, for_all(302), lambda town: (the_town.standby().code,)),
    "visits:leave_standby": Door(LOOKED, for_all(302), lambda town: (the_town.standby().code,)),
    "visits:holidays": a_page(),
    "visits:holiday": a_page(lambda town: (the_town.release().pk,)),
    "visits:sign_up": Door(
        LOOKED,
        for_all(302),
        lambda town: (the_town.release().pk,),
        {"name": "王芳", "phone": "13700000001", "persons": "1", "part": "am", "key": "t" * 32},
    ),
    "visits:holiday_check": a_page(lambda town: (the_town.drawn_release().pk,)),
    "visits:signed_up": a_page(lambda town: (the_town.sign_up().code,)),
    "visits:withdraw_sign_up": Door(LOOKED, for_all(302), lambda town: (the_town.sign_up().code,)),
    "council:public": a_page(),
    "council:check_plan": a_page(),
    "council:public_lottery": a_page(the_council.promised_topic),
    "council:plan_file": a_page(the_council.plan),
    "council:draw_file": a_page(the_council.draw),
    "council:refill_file": a_page(the_council.refill),
    "council:public_topic": a_page(lambda town: (the_council.open_topic().number,)),
    "council:join": Door(
        LOOKED, for_all(302), lambda town: (the_council.open_topic().number,), the_council.JOINING
    ),
    "council:me": a_page(the_council.mine),
    "council:camp": Door(LED, for_all(302), the_council.mine, {"camp": "oppose"}),
    "council:correct": Door(LED, for_all(302), the_council.mine, {"household": "5幢501"}),
    "council:answer": Door(LED, for_all(302), the_council.called, {"answer": "accepted"}),
    "council:withdraw": Door(LED, for_all(302), the_council.mine),
    "council:public_ballot": a_page(lambda town: the_owners.of_ballot()),
    "council:public_cost": a_page(lambda town: the_owners.of_cost(the_owners.fixed_cost())),
    "council:owner": a_page(lambda town: the_owners.of_owner()),
    "council:forget_owner": Door(LED, for_all(302), lambda town: the_owners.of_owner_done()),
    "council:vote": Door(LED, for_all(302), lambda town: the_owners.voting(), {"choice": "for"}),
    "council:pledge": Door(LED, for_all(302), lambda town: the_owners.owing()),
    "council:rules": a_page(),
    "council:sharing": a_page(),
    "council:public_sittings": a_page(the_sitting.decided),
    "council:minutes": a_page(the_sitting.frozen),
    "council:minutes_file": a_page(the_sitting.frozen),
    "council:minutes_text": a_page(the_sitting.frozen),
    "council:shot": a_page(lambda town: (*the_sitting.frozen(town), 1)),
    "council:decision": a_page(the_sitting.decided),
    "council:object": Door(LOOKED, for_all(302), the_sitting.decided, the_sitting.OBJECTING),
    "council:objection": a_page(the_sitting.objected),
    "council:objection_proof": a_page(the_sitting.objected),
    "council:forget_objection": Door(LED, for_all(302), the_sitting.heard),
    "council:wants": a_page(the_sitting.mine),
    "council:join_condition": Door(
        LED, for_all(302), lambda town: (*the_sitting.mine(town), 1, the_sitting.asked_for())
    ),
    "council:say": Door(
        LED, for_all(302), lambda town: (*the_sitting.mine(town), 1), {"stance": "for"}
    ),
    "council:my_sitting": a_page(the_sitting.mine_there),
    "council:my_shot": a_page(lambda town: (*the_sitting.mine_there(town), 1)),
    "council:my_deed": Door(
        LED, for_all(302), lambda town: (*the_sitting.mine_there(town), "confirm")
    ),
    "visits:window": a_page(lambda town: ("hall", 1)),
    "reviews:rate": Door(
        not_of_the_rated(200),
        not_of_the_rated(302),
        lambda town: (town.served.code,),
        {"grade": "5"},
    ),
    "reviews:rate_window": Door(
        LOOKED,
        for_all(302),
        lambda town: ("hall", 1),
        {"number": "{town.served.shown}", "grade": "5"},
    ),
    "reviews:rate_matter": Door(
        not_of_the_rated(200), not_of_the_rated(302), the_ratings.ended_matter, {"grade": "5"}
    ),
    "reviews:told": a_page(),
    "reviews:worker": a_page(),
    "reviews:standards": a_page(),
    "reviews:kiosk": Door(
        LOOKED, for_all(302), lambda town: ("hall",), {"typed": "{town.served.code}"}
    ),
    "reviews:kiosk_visit": Door(
        LOOKED, for_all(302), lambda town: ("hall", town.served.code), {"grade": "5"}
    ),
    "reviews:thanks_wall": a_page(),
    "reviews:say_thanks": Door(
        LOOKED,
        for_all(302),
        send={"unit": "{town.unit.pk}", "words": "谢谢。", "shown_as": "masked", "key": "t" * 32},
    ),
    "reviews:wall_photo": a_page(lambda town: (the_thanks.hung_photo().pk,)),
    "reviews:my_thanks": a_page(lambda town: (the_thanks.said().code,)),
    "reviews:forget_thanks": Door(SHUT, for_all(302), lambda town: (the_thanks.said().code,)),
    "visits:display": a_page(lambda town: ("north",)),
    "visits:window_display": a_page(lambda town: ("north", 1)),
    "visits:how_long": a_page(lambda town: ("pension-check",)),
    "visits:how_long_record": a_page(),
    "visits:how_long_record_file": a_page(lambda town: ("csv",)),
}
DESK: dict[str, Door] = {
    "visits:releases": Door(only_for(DECIDERS), only_for(DECIDERS, 405)),
    "visits:open_release": Door(
        only_for(DECIDERS),
        only_for(DECIDERS, 302),
        send={
            "line": "{town.special_line.pk}",
            "day": "{town.next_month}",
            "quota": "2",
            "since": "2026-01-01",
            "until": "{town.tomorrow}",
        },
    ),
    "visits:release": Door(
        only_for(DECIDERS),
        only_for(DECIDERS, 405),
        lambda town: (the_town.release().pk,),
    ),
    "visits:draw_release": Door(
        only_for(DECIDERS, 405),
        only_for(DECIDERS, 302),
        lambda town: (the_town.closed_release().pk,),
    ),
    "reviews:desk": Door(only_for(RATINGS), only_for(RATINGS, 405)),
    "reviews:paper": Door(
        only_for({Who.CALLBACK}),
        only_for({Who.CALLBACK}, 302),
        send={
            "paper": "ZZ-1",
            "number": "{town.served.shown}",
            "window": "{town.served.window_id}",
            "day": "{town.served.day}",
            "grade": "5",
        },
    ),
    "reviews:blank_paper": Door(only_for({Who.CALLBACK}), only_for({Who.CALLBACK}, 405)),
    "reviews:written": Door(only_for(RATINGS_WRITTEN), only_for(RATINGS_WRITTEN, 405)),
    "reviews:words": Door(
        only_for({Who.CALLBACK}),
        only_for({Who.CALLBACK}, 302),
        lambda town: (the_ratings.good_words().handle,),
        {"shown": "没有多跑一趟。"},
    ),
    "reviews:words_down": Door(
        only_for({Who.CALLBACK}, 302),
        only_for({Who.CALLBACK}, 422),
        lambda town: (the_ratings.good_words().handle,),
    ),
    "reviews:review": Door(
        only_for(RATINGS_READ), only_for(RATINGS, 405), lambda town: (the_ratings.found().pk,)
    ),
    "reviews:reveal": Door(
        only_for({Who.CALLBACK, Who.SUPERVISOR}, 302),
        only_for({Who.CALLBACK}),
        lambda town: (the_ratings.waiting().pk,),
    ),
    "reviews:deed": Door(
        only_for({Who.HANDLER}),
        only_for({Who.HANDLER}, 302),
        lambda town: (the_ratings.found().pk, "appealed"),
        {"text": "当天系统故障。"},
    ),
    "reviews:standards_desk": Door(
        only_for(RATINGS),
        only_for(BOSS, 302),
        send={"chapter": "order", "code": "9", "text": "不在大厅里吸烟。"},
    ),
    "reviews:clause": Door(
        only_for(BOSS),
        only_for(BOSS, 302),
        lambda town: (the_inspections.a_clause().pk,),
        {"text": "工牌戴在左胸。"},
    ),
    "reviews:withdraw_clause": Door(
        only_for(BOSS, 405), only_for(BOSS, 302), lambda town: (the_inspections.a_clause().pk,)
    ),
    "reviews:checklists": Door(only_for(RATINGS), only_for(BOSS, 422), send={"name": "空的"}),
    "reviews:checklist_paper": Door(
        only_for(RATINGS), only_for(RATINGS, 405), lambda town: (the_inspections.the_list().pk,)
    ),
    "reviews:retire_checklist": Door(
        only_for(BOSS, 405), only_for(BOSS, 302), lambda town: (the_inspections.the_list().pk,)
    ),
    "reviews:inspections": Door(only_for(RATINGS), only_for(RATINGS, 405)),
    "reviews:plan_inspection": Door(
        only_for(BOSS),
        only_for(BOSS, 302),
        send={
            "site": "inspected",
            "checklist": "{town.checklist.pk}",
            "manner": "mystery",
            "day": "{town.tomorrow}",
            "inspector": "{town.clerk.badge}",
        },
    ),
    "reviews:trend": Door(only_for(INSPECTED), only_for(RATINGS, 405), lambda town: ("inspected",)),
    "reviews:behind": Door(
        only_for(INSPECTED, 302), only_for(RATINGS, 405), the_inspections.the_case
    ),
    "reviews:shot": Door(
        only_for(INSPECTED), only_for(RATINGS, 405), lambda town: (the_inspections.the_shot().pk,)
    ),
    "reviews:drop_shot": Door(
        only_for(RATINGS, 405),
        {
            **only_for({Who.SUPERVISOR, Who.RECEPTION}, 302),
            **dict.fromkeys((Who.HANDLER, Who.CALLBACK, Who.AUDITOR), 422),
        },
        lambda town: (the_inspections.the_shot().pk,),
    ),
    "reviews:inspection": Door(
        only_for(INSPECTED), only_for(RATINGS, 405), lambda town: (the_inspections.over().pk,)
    ),
    "reviews:walk": Door(
        only_for({Who.RECEPTION}),
        only_for(RATINGS, 405),
        lambda town: (the_inspections.waiting().pk,),
    ),
    "reviews:mark": Door(
        only_for(RATINGS, 302),
        only_for({Who.RECEPTION}, 302),
        lambda town: (the_inspections.waiting().pk, 1),
        {"answer": "kept", "once": "k" * 32},
    ),
    "reviews:finish": Door(
        only_for(RATINGS, 302),
        only_for({Who.RECEPTION}, 422),
        lambda town: (the_inspections.waiting().pk,),
    ),
    "reviews:inspection_paper": Door(
        only_for(INSPECTED), only_for(RATINGS, 405), lambda town: (the_inspections.over().pk,)
    ),
    "reviews:inspection_deed": Door(
        only_for(BOSS),
        only_for(BOSS, 302),
        lambda town: (the_inspections.over().pk, "undone"),
        {"text": "去错了大厅。"},
    ),
    "reviews:thanks_desk": Door(
        only_for({*THANKS_READERS, Who.STRANGER}), only_for({*THANKS_READERS, Who.STRANGER}, 405)
    ),
    "reviews:print_thanks": Door(
        only_for({*THANKS_READERS, Who.STRANGER}), only_for({*THANKS_READERS, Who.STRANGER}, 405)
    ),
    "reviews:register_thanks": Door(
        only_for(THANKS_WRITERS),
        only_for(THANKS_WRITERS, 302),
        send={
            "kind": "banner",
            "given_on": "2026-01-05",
            "unit": "{town.unit.pk}",
            "shown_as": "hidden",
        },
    ),
    "reviews:import_thanks": Door(only_for({Who.SUPERVISOR}), only_for({Who.SUPERVISOR}, 422)),
    "reviews:blank_thanks": Door(only_for({Who.SUPERVISOR}), only_for({Who.SUPERVISOR}, 405)),
    "reviews:thanks_naming": Door(
        only_for({Who.SUPERVISOR}),
        only_for({Who.SUPERVISOR}, 302),
        send={"unit": "{town.unit.pk}", "naming": "badge"},
    ),
    "reviews:thanks_photo": Door(
        only_for(THANKS_READERS),
        only_for({*THANKS_READERS, Who.STRANGER}, 405),
        lambda town: (the_thanks.hung_photo().pk,),
    ),
    "reviews:thanks": Door(
        only_for(THANKS_READERS),
        only_for({*THANKS_READERS, Who.STRANGER}, 405),
        lambda town: (the_thanks.said().pk,),
    ),
    "reviews:correct_thanks": Door(
        only_for(THANKS_SETTLERS),
        only_for(THANKS_SETTLERS, 302),
        lambda town: (the_thanks.hung_item().pk,),
        {
            "kind": "banner",
            "given_on": "2026-01-05",
            "unit": "{town.unit.pk}",
            "shown_as": "hidden",
            "because": "抄错了",
        },
    ),
    "reviews:reveal_giver": Door(
        only_for(THANKS_SETTLERS, 302),
        only_for(THANKS_SETTLERS),
        lambda town: (the_thanks.said().pk,),
    ),
    "reviews:forget_giver": Door(
        only_for(THANKS_SETTLERS, 405),
        only_for(THANKS_SETTLERS, 302),
        lambda town: (the_thanks.said().pk,),
    ),
    "reviews:drop_thanks_photo": Door(
        only_for(THANKS_SETTLERS, 405),
        only_for(THANKS_SETTLERS, 302),
        lambda town: (the_thanks.hung_photo().pk,),
    ),
    "reviews:thanks_deed": Door(
        only_for(THANKS_SETTLERS),
        only_for(THANKS_SETTLERS, 302),
        lambda town: (the_thanks.said().pk, "hung"),
        {"shown": "谢谢。"},
    ),
    "reviews:gifts": Door(
        only_for({*THANKS_READERS, Who.STRANGER}), only_for({*THANKS_READERS, Who.STRANGER}, 405)
    ),
    "reviews:record_gift": Door(
        only_for(THANKS_WRITERS),
        only_for(THANKS_WRITERS, 302),
        send={
            "what": "水果两箱",
            "unit": "{town.unit.pk}",
            "offered_on": "2026-01-05",
            "outcome": "refused",
            "settled_on": "2026-01-05",
            "sentence": "请您带回。",
        },
    ),
    "reviews:gift": Door(
        only_for(THANKS_READERS),
        only_for({*THANKS_READERS, Who.STRANGER}, 405),
        lambda town: (the_thanks.gift().pk,),
    ),
    "reviews:reveal_gift": Door(
        only_for(THANKS_SETTLERS, 302),
        only_for(THANKS_SETTLERS),
        lambda town: (the_thanks.gift().pk,),
    ),
    "reviews:gift_deed": Door(
        only_for(THANKS_SETTLERS),
        only_for(THANKS_SETTLERS, 302),
        lambda town: (the_thanks.gift().pk, "revoked"),
        {"text": "记重了"},
    ),
    "people:me": Door(STAFF, STAFF),
    "cases:inbox": Door(STAFF, STAFF_SHUT),
    "cases:save_view": Door(STAFF_SHUT, MOVED, send={"name": "路灯", "query": "q=路灯"}),
    "cases:drop_view": Door(STAFF_SHUT, for_staff(404), lambda town: (1,)),
    "cases:take_in": Door(
        only_for(INTAKE),
        only_for(INTAKE, 302),
        send={"text": "灯坏了", "key": "k" * 32, "urgency": "normal", "channel": "phone"},
    ),
    "cases:slip": Door(only_for({Who.RECEPTION}), STAFF_SHUT, lambda town: (town.counter.number,)),
    "cases:desk_batches": Door(STAFF, STAFF_SHUT),
    "cases:desk_batch": Door(only_for(READERS), STAFF_SHUT, the_batches.number),
    "cases:batch_deed": Door(
        MOVED,
        only_for({Who.HANDLER}, 302),
        lambda town: (*the_batches.number(town), "move"),
        {"places": "3", "to": "accepted"},
    ),
    "cases:batch_person": Door(
        MOVED, only_for({Who.HANDLER}), lambda town: (*the_batches.number(town), 1)
    ),
    "cases:batch_list": Door(STAFF_SHUT, only_for({Who.HANDLER}), the_batches.number),
    "cases:bulks": Door(STAFF, STAFF_SHUT),
    "cases:ask_bulk": Door(
        only_for({*DECIDERS, Who.HANDLER, Who.STRANGER}),
        only_for(DECIDERS, 302),
        send={"deed": "remind", "case": "{town.said.number}"},
    ),
    "cases:bulk": Door(only_for(DECIDERS), STAFF_SHUT, lambda town: (town.bulk.pk,)),
    "cases:stop_bulk": Door(STAFF_SHUT, only_for(DECIDERS, 302), lambda town: (town.bulk.pk,)),
    "visits:poster": Door(
        only_for(COUNTER), only_for({*KEEPERS, Who.STRANGER}, 405), in_the_hall()
    ),
    "visits:numbers": Door(
        only_for({*KEEPERS, Who.STRANGER}),
        {**only_for({Who.HANDLER, Who.STRANGER}, 422), **dict.fromkeys(COUNTER, 302)},
        send={**KEY, "line": "{town.line.pk}"},
    ),
    "visits:number_check_in": Door(
        only_for({*KEEPERS, Who.STRANGER}, 302),
        {**only_for({Who.HANDLER, Who.STRANGER}, 422), **dict.fromkeys(COUNTER, 302)},
        send=TYPED,
    ),
    "visits:number_slip": Door(
        only_for(COUNTER), only_for({*KEEPERS, Who.STRANGER}, 405), a_ticket
    ),
    "cases:articles": Door(STAFF, STAFF_SHUT),
    "cases:write_article": Door(
        only_for({*KEEPERS, Who.STRANGER}),
        {**only_for(KEEPERS, 302), Who.STRANGER: 422},
        send=KEPT,
    ),
    "cases:article": Door(STAFF, STAFF_SHUT, lambda town: (town.article.pk,)),
    "cases:change_article": Door(
        only_for(KEEPERS),
        only_for(KEEPERS, 302),
        lambda town: (town.article.pk,),
        {**KEPT, "version": "1"},
    ),
    "cases:end_article": Door(STAFF_SHUT, only_for(KEEPERS, 302), lambda town: (town.article.pk,)),
    "cases:templates": Door(
        only_for({*KEEPERS, Who.STRANGER}), only_for({*KEEPERS, Who.STRANGER}, 405)
    ),
    "cases:write_template": Door(
        only_for({*KEEPERS, Who.STRANGER}),
        {**only_for(KEEPERS, 302), Who.STRANGER: 422},
        send=KEPT,
    ),
    "cases:change_template": Door(
        only_for(KEEPERS), only_for(KEEPERS, 302), lambda town: (town.template.pk,), KEPT
    ),
    "cases:remove_template": Door(
        STAFF_SHUT, only_for(KEEPERS, 302), lambda town: (town.template.pk,)
    ),
    "cases:desk_figures": Door(only_for(COUNTED), only_for(COUNTED, 405)),
    "cases:desk_figures_file": Door(
        only_for(COUNTED), only_for(COUNTED, 405), lambda town: ("xlsx",)
    ),
    "cases:figure_rows": Door(
        only_for(COUNTED), only_for(COUNTED, 405), query="?what=on_time&part=rest"
    ),
    # What is to be handed out stands in the address, and here nothing does.
    "cases:figure_rows_file": Door(
        only_for(DECIDERS, 405), only_for(DECIDERS, 404), lambda town: ("csv",)
    ),
    "cases:callbacks": Door(only_for({Who.CALLBACK}), only_for({Who.CALLBACK}, 405)),
    "cases:callback": Door(
        only_for({Who.CALLBACK}),
        only_for({Who.CALLBACK}, 302),
        lambda town: (town.cases["to call"].number,),
        {"outcome": "no_answer"},
    ),
    "cases:plea": Door(
        only_for(DECIDERS),
        only_for(DECIDERS, 302),
        lambda town: (town.plea.pk,),
        {"granted": "1", "decision": "同意"},
    ),
    "cases:privacy": Door(only_for(DECIDERS), only_for(DECIDERS, 405)),
    "cases:privacy_plea": Door(
        only_for(DECIDERS),
        only_for(DECIDERS, 302),
        lambda town: (town.wish.pk,),
        {"granted": "0", "decision": "没有写错。"},
    ),
    "cases:privacy_copy": Door(
        only_for(DECIDERS, 405), only_for(DECIDERS), lambda town: (town.copy.pk,)
    ),
    "cases:privacy_ask": Door(
        only_for(DECIDERS),
        only_for(DECIDERS, 302),
        lambda town: (town.said.number,),
        {"what": "copy", "reach": "all", "proof": "document"},
    ),
    "visits:plan": Door(
        only_for({Who.SUPERVISOR}),
        only_for({Who.SUPERVISOR}, 302),
        send={"line": "{town.plan.line.pk}", "kind": "plain", "share": "90", "minutes": "20"},
    ),
    "visits:plan_made": Door(
        only_for({Who.SUPERVISOR}),
        only_for({Who.SUPERVISOR}, 405),
        lambda town: (town.plan.pk,),
    ),
    "cases:keeping": Door(only_for(TERM_READERS), only_for(TERM_READERS, 405)),
    "cases:photo": Door(only_for(READERS), STAFF_SHUT, lambda town: (town.photo.pk,)),
    "cases:reveal": Door(
        MOVED,
        only_for(REVEALERS),
        lambda town: (town.said.number,),
        {"reason": "call_requester"},
    ),
    "cases:redact": Door(
        only_for({Who.DISPATCHER}),
        only_for({Who.DISPATCHER}, 302),
        lambda town: (town.secret.number,),
        {"title": "施工", "text": "工地半夜施工。"},
    ),
    "cases:redact_remark": Door(
        only_for({Who.DISPATCHER}),
        only_for({Who.DISPATCHER}, 302),
        lambda town: (town.secret.number, town.secret_remark.pk),
        {"text": "昨晚又施工。"},
    ),
    "cases:clear_photo": Door(
        only_for({Who.DISPATCHER}, 405),
        only_for({Who.DISPATCHER}, 302),
        lambda town: (town.secret.number, town.secret_photo.pk),
    ),
    "cases:case": Door(only_for(READERS), STAFF_SHUT, lambda town: (town.said.number,)),
    "cases:alike": Door(
        only_for(READERS),
        only_for({Who.DISPATCHER}, 302),
        lambda town: (town.said.number,),
        {"other": "{town.counter.number}", "deed": "apart"},
    ),
    "cases:suggestion": Door(
        only_for({Who.DISPATCHER}), STAFF_SHUT, lambda town: (town.said.number,)
    ),
    "cases:topics": Door(only_for(WATCHERS), only_for(WATCHERS, 405)),
    "cases:topic": Door(
        only_for(WATCHERS),
        only_for({Who.DISPATCHER}, 302),
        a_hot_topic,
        {"into": "{town.said.number}", "case": "{town.counter.number}"},
    ),
    "cases:raise_proactively": Door(
        only_for({Who.DISPATCHER}),
        only_for({Who.DISPATCHER}, 302),
        a_hot_topic,
        {"title": "舟山里路灯", "text": "请把路灯都换新。", "kind": "suggestion"},
    ),
    "council:topics": Door(only_for(COUNCIL), only_for(COUNCIL, 405)),
    "council:of_case": Door(only_for(READERS), STAFF_SHUT, lambda town: (town.said.number,)),
    "council:topic": Door(
        only_for(COUNCIL), only_for(COUNCIL, 405), lambda town: (the_council.topic().number,)
    ),
    "council:lottery": Door(only_for(COUNCIL), only_for(COUNCIL, 405), the_council.drawing),
    "council:ask_lottery": Door(
        only_for({Who.CONVENOR}, 302),
        only_for({Who.CONVENOR}, 302),
        the_council.drawing,
        {"size": "3", "share": "30", "meant_for": "3"},
    ),
    "council:price": Door(
        only_for({Who.CONVENOR}, 302),
        only_for({Who.CONVENOR}),
        the_council.drawing,
        {"size": "3", "share": "30"},
    ),
    "council:lottery_deed": Door(
        only_for({Who.CONVENOR}, 302),
        only_for({Who.CONVENOR}, 302),
        the_council.planned,
        {"randomness": "dice", "due_at": "2999-01-01T09:00", "announced": "Saturday"},
    ),
    "council:propose": Door(
        only_for({Who.CONVENOR}), only_for({Who.CONVENOR}, 302), send=the_council.PROPOSED
    ),
    "council:change": Door(
        only_for({Who.CONVENOR}),
        only_for({Who.CONVENOR}, 302),
        lambda town: (the_council.topic().number,),
        the_council.PROPOSED,
    ),
    "council:import_places": Door(
        only_for({Who.CONVENOR}),
        only_for({Who.CONVENOR}, 422),
        lambda town: (the_council.topic().number,),
    ),
    "council:blank_places": Door(
        only_for({Who.CONVENOR}),
        only_for({Who.CONVENOR}, 405),
        lambda town: (the_council.topic().number,),
    ),
    "council:deed": Door(
        only_for({Who.CONVENOR}, 302),
        only_for({Who.CONVENOR}, 302),
        lambda town: (the_council.topic().number, "open"),
    ),
    "council:register": Door(only_for(COUNCIL), only_for(COUNCIL, 405), the_council.register),
    "council:add": Door(
        only_for({Who.CONVENOR}),
        only_for({Who.CONVENOR}, 302),
        the_council.register,
        the_council.ADDING,
    ),
    # Nothing was chosen, so the page comes back.
    "council:import": Door(
        only_for({Who.CONVENOR}), only_for({Who.CONVENOR}, 422), the_council.register
    ),
    "council:blank": Door(
        only_for({Who.CONVENOR}), only_for({Who.CONVENOR}, 405), the_council.register
    ),
    "council:person": Door(only_for(COUNCIL), only_for(COUNCIL, 405), the_council.person),
    "council:person_deed": Door(
        only_for({Who.CONVENOR}, 302),
        only_for({Who.CONVENOR}, 302),
        lambda town: (*the_council.person(town), "mark"),
        {"affected": "direct", "must_because": "住在车棚里"},
    ),
    "council:reveal": Door(
        only_for({Who.CONVENOR}, 302), only_for({Who.CONVENOR}), the_council.person
    ),
    "council:slip": Door(
        only_for({Who.CONVENOR}, 302), only_for({Who.CONVENOR}), the_council.person
    ),
    "council:inviting": Door(only_for(COUNCIL), only_for(COUNCIL, 405), the_council.drawn),
    "council:notice": Door(only_for(COUNCIL), only_for(COUNCIL, 405), the_council.drawn),
    # Without its photo the page comes back.
    "council:post_notice": Door(
        only_for({Who.CONVENOR}, 302), only_for({Who.CONVENOR}, 422), the_council.drawn
    ),
    "council:invitation": Door(only_for(COUNCIL), only_for(COUNCIL, 405), the_council.seated),
    "council:invitation_deed": Door(
        only_for({Who.CONVENOR}, 302),
        only_for({Who.CONVENOR}, 302),
        lambda town: (*the_council.seated(town), "try"),
        {"channel": "call", "outcome": "reached"},
    ),
    "council:picture": Door(only_for(COUNCIL), only_for(COUNCIL, 405), the_council.notice_photo),
    "council:paper": Door(
        only_for(COUNCIL, 405), only_for(COUNCIL - {Who.AUDITOR}), the_council.picture
    ),
    "council:flats": Door(
        only_for(COUNCIL), only_for(COUNCIL, 405), lambda town: (the_owners.topic().number,)
    ),
    "council:import_flats": Door(
        only_for(CONVENOR), only_for(CONVENOR, 422), lambda town: (the_owners.topic().number,)
    ),
    "council:blank_flats": Door(
        only_for(CONVENOR), only_for(CONVENOR, 405), lambda town: (the_owners.topic().number,)
    ),
    "council:take_out_flat": Door(
        only_for(CONVENOR, 302),
        only_for(CONVENOR, 302),
        lambda town: (the_owners.spare_topic().number, 4),
        {"reason": "entered twice"},
    ),
    "council:put_back_flat": Door(
        only_for(CONVENOR, 302),
        only_for(CONVENOR, 302),
        lambda town: (the_owners.spare_topic().number, 4),
    ),
    "council:relink": Door(
        only_for(CONVENOR, 302),
        only_for(CONVENOR, 302),
        lambda town: (the_owners.topic().number, 1),
    ),
    "council:call_ballot": Door(
        only_for(CONVENOR),
        only_for(CONVENOR, 302),
        lambda town: (the_owners.topic().number,),
        the_owners.CALLED,
    ),
    "council:ballot": Door(
        only_for(COUNCIL), only_for(COUNCIL, 405), lambda town: the_owners.of_ballot()
    ),
    "council:enter_vote": Door(
        only_for(CONVENOR, 302),
        only_for(CONVENOR, 302),
        lambda town: the_owners.of_ballot(),
        the_owners.PAPER,
    ),
    # Nobody's paper was entered: the page comes back and says so.
    "council:take_back": Door(
        only_for(CONVENOR, 302),
        only_for(CONVENOR, 422),
        lambda town: the_owners.of_ballot(1),
        {"reason": "看错了"},
    ),
    "council:papers": Door(
        only_for(CONVENOR, 302), only_for(CONVENOR), lambda town: the_owners.of_ballot()
    ),
    "council:sign_list": Door(
        only_for(COUNCIL), only_for(COUNCIL, 405), lambda town: the_owners.of_ballot()
    ),
    "council:ballot_deed": Door(
        only_for(CONVENOR, 302),
        only_for(CONVENOR, 302),
        lambda town: the_owners.of_ballot("revoke"),
        {"reason": "票面印错了。"},
    ),
    "council:draw_up": Door(
        only_for(CONVENOR),
        only_for(CONVENOR, 302),
        lambda town: (the_owners.topic().number,),
        the_owners.COST,
    ),
    "council:cost": Door(
        only_for(COUNCIL),
        only_for(COUNCIL, 405),
        lambda town: the_owners.of_cost(the_owners.cost()),
    ),
    "council:cost_deed": Door(
        only_for(CONVENOR, 302),
        only_for(CONVENOR, 302),
        lambda town: the_owners.of_cost(the_owners.fixed_cost(), "collect"),
        the_owners.PAID,
    ),
    "council:strike": Door(
        only_for(CONVENOR, 302),
        only_for(CONVENOR, 302),
        lambda town: the_owners.of_cost(the_owners.fixed_cost(), the_owners.payment().pk),
        {"reason": "写错了一户"},
    ),
    "council:payment_slip": Door(
        only_for(COUNCIL),
        only_for(COUNCIL, 405),
        lambda town: the_owners.of_cost(the_owners.fixed_cost(), the_owners.payment().pk),
    ),
    "council:sittings": Door(only_for(COUNCIL), only_for(COUNCIL, 405), the_sitting.decided),
    "council:convene": Door(
        only_for({Who.CONVENOR}),
        only_for({Who.CONVENOR}, 302),
        the_sitting.drawn,
        the_sitting.CONVENING,
    ),
    "council:adjourn": Door(
        only_for({Who.CONVENOR}, 302), only_for({Who.CONVENOR}, 302), the_sitting.over
    ),
    "council:sitting": Door(only_for(COUNCIL), only_for(COUNCIL, 405), the_sitting.going_on),
    "council:sitting_now": Door(only_for(COUNCIL), only_for(COUNCIL, 405), the_sitting.going_on),
    "council:sheet": Door(only_for(COUNCIL), only_for(COUNCIL, 405), the_sitting.going_on),
    "council:sign_in_code": Door(
        only_for({Who.CONVENOR}, 302),
        only_for({Who.CONVENOR}),
        lambda town: (*the_sitting.going_on(town), 1),
    ),
    "council:decide": Door(
        only_for({Who.CONVENOR}),
        only_for({Who.CONVENOR}, 302),
        lambda town: (*the_sitting.over(town), 1),
        the_sitting.DECIDING,
    ),
    "council:correction": Door(
        only_for({Who.CONVENOR}, 302),
        only_for({Who.CONVENOR}, 302),
        the_sitting.corrected,
        {"words": "3 people came."},
    ),
    "council:sitting_deed": Door(
        only_for({Who.CONVENOR}, 302),
        only_for({Who.CONVENOR}, 302),
        lambda town: (*the_sitting.going_on(town), "close"),
    ),
    "council:decision_desk": Door(only_for(COUNCIL), only_for(COUNCIL, 405), the_sitting.decided),
    "council:decision_deed": Door(
        only_for({Who.CONVENOR}, 302),
        only_for({Who.CONVENOR}, 302),
        lambda town: (*the_sitting.decided(town), "again"),
        {"commitment": "1", "due_on": "{town.next_month}"},
    ),
    "council:check": Door(
        only_for({Who.CONVENOR}, 302),
        only_for({Who.CONVENOR}, 302),
        the_sitting.checked,
        {"found": "passed", "note": "种好了。", "sure": "on"},
    ),
    "council:uphold": Door(
        only_for({Who.CONVENOR}),
        only_for({Who.CONVENOR}, 302),
        lambda town: (*the_sitting.decided(town), 2),
        the_sitting.UPHOLDING,
    ),
    "council:objection_deed": Door(
        only_for({Who.CONVENOR}, 302),
        only_for({Who.CONVENOR}, 302),
        lambda town: (*the_sitting.decided(town), 1, "review"),
        {"review_of": "灯光"},
    ),
    "visits:bookings": Door(
        only_for({*KEEPERS, Who.STRANGER}),
        only_for({*KEEPERS, Who.STRANGER}),
        send={"phone": "13800000009"},
    ),
    # The stranger's unit has no line.
    "visits:choose_line": Door(
        only_for({*KEEPERS, Who.STRANGER}),
        only_for({*KEEPERS, Who.STRANGER}, 405),
    ),
    "visits:book_for": Door(
        only_for(KEEPERS),
        only_for(KEEPERS, 302),
        lambda town: (town.visit.line.pk,),
        {
            "slot": "{town.free_slot.pk}",
            "name": "王芳",
            "phone": "13800000009",
            "key": "k" * 32,
        },
    ),
    "visits:move_for": Door(
        only_for(KEEPERS),
        only_for(KEEPERS, 302),
        lambda town: (town.visit.pk,),
        ANOTHER_SLOT,
    ),
    "visits:cancel_for": Door(
        only_for(KEEPERS), only_for(KEEPERS, 302), lambda town: (town.visit.pk,), AS_SHOWN
    ),
    # Nobody of them sits at a window: who asks for what is done there is led to the choice of one.
    "visits:console": Door(only_for(CLERKS), only_for(CLERKS, 422)),
    "visits:turn": Door(only_for(CLERKS, 405), only_for(CLERKS, 302), lambda town: ("next",)),
    "visits:aside": Door(
        only_for(CLERKS, 405), only_for(CLERKS, 302), lambda town: (town.served.pk, "miss")
    ),
    "visits:out_of_turn": Door(only_for(CLERKS, 302), only_for(CLERKS, 302)),
    "visits:pass_on": Door(
        only_for(CLERKS, 302), only_for(CLERKS, 302), lambda town: (town.served.pk,)
    ),
    "visits:board": Door(only_for(CLERKS), only_for(CLERKS, 405)),
    # The stranger's unit has no hall.
    "visits:board_now": Door(only_for(KEEPERS), only_for(CLERKS, 405)),
    "visits:in_line": Door(only_for(KEEPERS), only_for(CLERKS, 405)),
    "visits:in_line_now": Door(only_for(KEEPERS), only_for(CLERKS, 405)),
    "visits:change_channel": Door(
        only_for({*INTAKE, Who.SUPERVISOR}),
        only_for({*INTAKE, Who.SUPERVISOR}, 302),
        lambda town: (town.number.pk,),
        {"green": "elderly", "basis": "seen"},
    ),
    "visits:free_window": Door(
        only_for(DECIDERS, 405),
        only_for(DECIDERS, 302),
        lambda town: (town.served.window_id,),
    ),
    "visits:lines": Door(only_for(LINE_KEEPERS), only_for(LINE_KEEPERS, 405)),
    "visits:new_line": Door(
        only_for(LINE_KEEPERS), only_for(LINE_KEEPERS, 422), lambda town: ("hall",)
    ),
    "visits:line": Door(
        only_for(LINE_KEEPERS),
        only_for(LINE_KEEPERS, 302),
        lambda town: (town.served.line_id,),
        {
            "name": "社会保险",
            "items": "{town.item.pk}",
            "minutes": "25",
            "step": "30",
            "share": "50",
            "days_ahead": "14",
        },
    ),
    "visits:close_line": Door(
        only_for(LINE_KEEPERS, 302),
        only_for(LINE_KEEPERS, 422),
        lambda town: (town.served.line_id,),
    ),
    "visits:reopen_line": Door(
        only_for(LINE_KEEPERS, 302),
        only_for(LINE_KEEPERS, 302),
        lambda town: (town.served.line_id,),
    ),
    "visits:rota": Door(
        only_for(LINE_KEEPERS),
        only_for(LINE_KEEPERS, 302),
        lambda town: (town.served.window_id,),
        {"since_0_0": "09:00", "until_0_0": "12:00"},
    ),
    "cases:deed": Door(
        only_for(WRITERS),
        only_for(WRITERS, 302),
        lambda town: (town.said.number, "note"),
        {"text": "现场看过了。"},
    ),
    "cases:found_items": Door(only_for(CLERKS), only_for(CLERKS, 405)),
    "cases:register_found": Door(
        only_for(CLERKS),
        {**only_for(KEEPERS, 302), Who.STRANGER: 422},
        send={
            "site": "{town.served.line.site_id}",
            "kind": "umbrella",
            "care": "ordinary",
            "place": "一楼取号机旁",
            "day": "{town.served.day}",
            "clock": "00:00",
            "features": "木头弯把",
            "shelf": "B 柜",
            "key": "k" * 32,
        },
    ),
    "cases:lost_reports": Door(only_for(CLERKS), only_for(CLERKS, 405)),
    "cases:lost_report": Door(
        only_for(KEEPERS), only_for(CLERKS, 405), lambda town: (the_things.the_report().number,)
    ),
    "cases:match_lost": Door(
        only_for(CLERKS, 302),
        only_for(KEEPERS, 302),
        lambda town: (the_things.the_report().number,),
        {"found": "{town.found.number}"},
    ),
    "cases:part_lost": Door(
        only_for(CLERKS, 302),
        only_for(KEEPERS, 302),
        lambda town: (the_things.the_matched_report().number,),
    ),
    "cases:reveal_loser": Door(
        only_for(CLERKS, 302),
        only_for(KEEPERS),
        lambda town: (the_things.the_matched_report().number,),
    ),
    "cases:handovers": Door(only_for(CLERKS), only_for(CLERKS, 405)),
    "cases:hand_over": Door(
        only_for(KEEPERS),
        only_for(KEEPERS, 302),
        lambda town: ("hall",),
        {
            "items": "{town.found.number}",
            "to": "police",
            "office": "江滨派出所",
            "officer": "李警官",
            "badge": "012345",
            "witness": "{town.people[stranger].badge}",
            "key": "k" * 32,
        },
    ),
    "cases:handover": Door(
        only_for(KEEPERS), only_for(CLERKS, 405), lambda town: (the_things.a_list().number,)
    ),
    "cases:print_handover": Door(
        only_for(CLERKS, 302), only_for(KEEPERS), lambda town: (the_things.a_list().number,)
    ),
    "cases:found_item": Door(
        only_for(KEEPERS), only_for(CLERKS, 405), lambda town: (town.found.number,)
    ),
    "cases:found_label": Door(
        only_for(KEEPERS), only_for(CLERKS, 405), lambda town: (town.found.number,)
    ),
    "cases:claim_slip": Door(
        only_for(KEEPERS),
        only_for(CLERKS, 405),
        lambda town: (the_things.the_returned_item().number,),
    ),
    "cases:reveal_found": Door(
        only_for(CLERKS, 302),
        only_for(KEEPERS),
        lambda town: (the_things.the_item().number,),
    ),
    "cases:reveal_claim": Door(
        only_for(CLERKS, 302), only_for(KEEPERS), lambda town: the_things.the_claim()
    ),
    "cases:found_deed": Door(
        only_for(CLERKS, 302),
        only_for(KEEPERS, 302),
        lambda town: (town.found.number, "announce"),
    ),
    "visits:homes": Door(only_for(CLERKS), only_for(CLERKS, 405)),
    "visits:home_new": Door(
        only_for(KEEPERS),
        only_for(KEEPERS, 302),
        lambda town: (town.served.site.code,),
        {**the_care.ASKING, "item": "{town.item.code}"},
    ),
    "visits:home": Door(
        only_for(KEEPERS), only_for(KEEPERS, 422), lambda town: (the_care.home(town).pk,)
    ),
    # Where somebody lives is read by the two who go, and by nobody else.
    "visits:home_reveal": Door(
        only_for(CLERKS, 302),
        only_for({Who.HANDLER}),
        lambda town: (the_care.home(town).pk,),
    ),
    "visits:home_deed": Door(
        only_for(CLERKS, 302),
        only_for(KEEPERS, 302),
        lambda town: (the_care.asked_home(town).pk, "cancel"),
    ),
    "visits:missing": Door(
        only_for(CLERKS, 302), only_for(CLERKS, 302), lambda town: (town.served.pk,)
    ),
    "visits:awaited": Door(only_for(CLERKS), only_for(CLERKS, 405)),
    "visits:brought": Door(
        only_for(CLERKS, 405),
        only_for(KEEPERS, 302),
        lambda town: (the_care.awaited(town).pk,),
    ),
    "visits:end_waiting": Door(
        only_for(CLERKS, 405),
        only_for(KEEPERS, 302),
        lambda town: (the_care.awaited(town).pk,),
        {"because": "unreached"},
    ),
    "visits:companions": Door(
        only_for({*KEEPERS, Who.STRANGER}), only_for({*KEEPERS, Who.STRANGER}, 405)
    ),
    "visits:companion_new": Door(
        only_for({*KEEPERS, Who.STRANGER}),
        {**only_for(KEEPERS, 302), Who.STRANGER: 200},
        send={
            "need": "guide",
            "category": "elderly",
            "persons": "1",
            "day": "{town.tomorrow}",
            "clock": "10:00",
            "from_place": "东门",
            "origin": "phone",
            "key": "k" * 32,
        },
        query="?site={town.assist.site.code}",
    ),
    "visits:companion_figures": Door(only_for(COUNTED_VISITS), only_for(COUNTED_VISITS, 405)),
    "visits:companion_figures_file": Door(
        only_for(COUNTED_VISITS), only_for(COUNTED_VISITS, 405), lambda town: ("csv",)
    ),
    "visits:companion": Door(
        only_for(KEEPERS), only_for({*KEEPERS, Who.STRANGER}, 405), lambda town: (town.assist.pk,)
    ),
    # Only to who is sent.
    "visits:companion_reveal": Door(
        only_for({*KEEPERS, Who.STRANGER}, 302),
        only_for({Who.RECEPTION}),
        lambda town: (town.assist.pk,),
    ),
    "visits:companion_deed": Door(
        only_for({*KEEPERS, Who.STRANGER}, 302),
        only_for(KEEPERS, 302),
        lambda town: (town.assist.pk, "cancel"),
    ),
}
# The same doors, where somebody spoke in confidence: what gives them away stays at the intake.
SECRETS: dict[str, Door] = {
    "cases:photo": Door(only_for(CONFIDANTS), STAFF_SHUT, lambda town: (town.secret_photo.pk,)),
    "cases:reveal": Door(
        MOVED,
        only_for(CONFIDANTS),
        lambda town: (town.secret.number,),
        {"reason": "call_requester"},
    ),
}
# One's own account. Where something must be set up first, one is led there (302), or there is
# nothing yet (404). Single sign-on is not set up here at all.
NOTHING_YET = for_staff(404)
ACCOUNT: dict[str, Door] = {
    "account_login": Door(
        {**for_all(302), Who.ANONYMOUS: 200}, {**for_all(302), Who.ANONYMOUS: 200}
    ),
    "account_logout": Door({**LOOKED, Who.ANONYMOUS: 302}, for_all(302)),
    "account_inactive": a_page(),
    "account_reauthenticate": Door(STAFF, STAFF),
    "account_change_password": Door(STAFF, STAFF),
    "account_set_password": Door(MOVED, MOVED),
    "account_reset_password": Door(LOOKED, LOOKED),
    "account_reset_password_done": a_page(),
    "account_reset_password_from_key": Door(LOOKED, LOOKED, lambda town: ("1", "stale-key")),
    "account_reset_password_from_key_done": a_page(),
    "mfa_index": Door(STAFF, STAFF_SHUT),
    "mfa_authenticate": Door(MOVED, MOVED),
    "mfa_reauthenticate": Door(MOVED, MOVED),
    "mfa_activate_totp": Door(MOVED, MOVED),
    "mfa_deactivate_totp": Door(NOTHING_YET, NOTHING_YET),
    "mfa_view_recovery_codes": Door(NOTHING_YET, STAFF_SHUT),
    "mfa_generate_recovery_codes": Door(MOVED, MOVED),
    "mfa_download_recovery_codes": Door(NOTHING_YET, NOTHING_YET),
    "mfa_list_webauthn": Door(STAFF, STAFF_SHUT),
    "mfa_add_webauthn": Door(MOVED, MOVED),
    "mfa_reauthenticate_webauthn": Door(MOVED, MOVED),
    "mfa_remove_webauthn": Door(MOVED, MOVED, lambda town: (1,)),
    "mfa_edit_webauthn": Door(MOVED, MOVED, lambda town: (1,)),
    "mfa_login_webauthn": Door(MOVED, MOVED),
    "openid_connect_login": Door(for_all(404), for_all(404), lambda town: ("staff",)),
    "openid_connect_callback": Door(for_all(404), for_all(404), lambda town: ("staff",)),
    "socialaccount_login_cancelled": a_page(),
}
DOORS = PUBLIC | DESK | ACCOUNT
# The administrators' pages obey one rule, so they need no line each; these refuse even them:
# what entries speak of is ended and not removed, and calendars are loaded, not typed.
ADMINISTRATORS_MAY_NOT: dict[str, int] = {
    "people_unit_delete": 403,
    "people_post_delete": 403,
    "people_person_delete": 403,
    "hall_calendaryear_add": 403,
    "hall_calendaryear_delete": 403,
    "hall_calendarday_add": 403,
    "hall_calendarday_delete": 403,
    "cases_retention_add": 403,
    "cases_retention_delete": 403,
    "cases_storagetime_add": 403,
    "cases_storagetime_delete": 403,
    "cases_batchsheet_delete": 403,
    # Nothing is asked for, or there is no such thing.
    "autocomplete": 403,
    "view_on_site": 404,
}


@dataclass(frozen=True)
class Task:
    """A deed on the case page: by whom, to a case in which state, and what is told of it."""

    by: set[Who]
    state: str
    told: tuple[str, ...]
    send: Words = field(default_factory=dict)

    def door(self, name: str) -> Door:
        answers = only_for(self.by, 302)
        return Door(answers, answers, lambda town: (town.cases[self.state].number, name), self.send)


TEXT = {"text": "情况属实。"}
TASKS: dict[str, Task] = {
    "accept": Task(INTAKE, "received", ("case.accepted",)),
    "answer": Task(
        INTAKE, "received", ("case.answered_at_once",), {**TEXT, "disposition": "explained"}
    ),
    "ask": Task(INTAKE, "received", ("case.asked",), TEXT),
    "try": Task(INTAKE, "needs_info", ("case.tried",), TEXT),
    "decline": Task(INTAKE, "received", ("case.declined",), {**TEXT, "code": "OUT_OF_AREA"}),
    "refer": Task(INTAKE, "received", ("case.referred",), {**TEXT, "to": "court"}),
    "dispatch": Task(
        {Who.DISPATCHER}, "accepted", ("case.dispatched",), {"unit": "{town.unit.pk}"}
    ),
    "redispatch": Task(
        {Who.DISPATCHER}, "dispatched", ("case.redispatched",), {**TEXT, "unit": "{town.other.pk}"}
    ),
    "merge": Task(
        {Who.DISPATCHER}, "received", ("case.merged", "case.joined"), {"into": "{town.said.number}"}
    ),
    "unmerge": Task({Who.DISPATCHER}, "merged", ("case.unmerged", "case.parted")),
    "retitle": Task({Who.DISPATCHER}, "received", ("case.retitled",), {"title": "楼道灯"}),
    "acknowledge": Task({Who.HANDLER}, "dispatched", ("case.acknowledged",)),
    "assign": Task(
        {Who.HANDLER, Who.SUPERVISOR},
        "dispatched",
        ("case.assigned",),
        {"to": "{town.people[handler].pk}"},
    ),
    "return": Task({Who.HANDLER}, "dispatched", ("case.returned",), TEXT),
    "contact": Task({Who.HANDLER}, "handling", ("case.contacted",), TEXT),
    "assist": Task({Who.HANDLER}, "handling", ("case.assisted",), {"unit": "{town.other.pk}"}),
    "extend": Task({Who.HANDLER}, "handling", ("plea.made",), {**TEXT, "days": "2"}),
    "pause": Task(
        {Who.HANDLER}, "handling", ("plea.made",), {**TEXT, "review_on": "{town.next_month}"}
    ),
    "reply": Task({Who.HANDLER}, "handling", ("case.replied",), {**TEXT, "disposition": "done"}),
    "resume": Task({*DECIDERS, Who.HANDLER}, "paused", ("case.resumed",)),
    "publish": Task(
        {Who.HANDLER}, "replied", ("reply.published",), {**TEXT, "headline": "灯修好了"}
    ),
    "unpublish": Task({Who.HANDLER}, "published", ("reply.unpublished",)),
    "note": Task(WRITERS, "handling", ("case.noted",), TEXT),
    "retype": Task(WRITERS, "handling", ("plea.made",), {**TEXT, "kind": "praise"}),
    "remind": Task(DECIDERS, "handling", ("case.reminded",)),
    "exclude": Task(
        WRITERS,
        "handling",
        ("plea.made",),
        {**TEXT, "rate": "on_time", "reason": "FORCE_MAJEURE"},
    ),
    "include": Task(DECIDERS, "excluded", ("case.included",), {**TEXT, "rate": "on_time"}),
    "supervise": Task({Who.SUPERVISOR}, "handling", ("case.supervised",)),
    "archive": Task({Who.CALLBACK}, "silent", ("case.archived",)),
}
