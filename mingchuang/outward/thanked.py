"""Who thanked the hall of the demo town, and what it did not keep: all invented."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from mingchuang.outward.drawn import drawn
from mingchuang.people.models import Person, Unit
from mingchuang.reviews.actions.gifts import Offered, record_gift
from mingchuang.reviews.actions.settling_thanks import hang_thanks, join_thanks, keep_thanks
from mingchuang.reviews.actions.thanking import Thanked, register_thanks, say_thanks, settle_naming
from mingchuang.reviews.rules.gifts import Outcome
from mingchuang.reviews.rules.thanks import Kind, Naming, Shown

# Who registers, and who reads before something hangs; the unit that is thanked.
REGISTERS, READS, THERE = "huifang", "duban", "YJ-RS"
A_DAY = timedelta(days=1)
COMPANY = "甬江海澜纺织有限公司"
# Kind, how many days ago, by whom, how they wish to be called, words, where it hangs.
GIVEN: tuple[tuple[Kind, int, str, Shown, str, str], ...] = (
    (Kind.BANNER, 20, COMPANY, Shown.FULL, "心系企业解难题，午休办事暖人心。", "三楼大厅东墙"),
    (Kind.LETTER, 12, "钱秀兰", Shown.MASKED, "你们把丢了的钱包送回来，一分不少。", "荣誉柜"),
    (Kind.WORDS, 5, "", Shown.HIDDEN, "下雨天帮我把老人扶到车上，没有留名字。", ""),
)
SAID = "昨天问了三遍，窗口的人三遍都笑着讲。"


def thank_past(*, at: datetime) -> None:
    """Let some be thanked: a banner, a letter, words; one thing came twice, one still waits."""
    clerk, reader = _person(REGISTERS), _person(READS)
    unit = Unit.objects.get(code=THERE)
    settle_naming(unit, Naming.BADGE, by=reader, at=at)
    kept = [_given(one, unit, by=clerk, read_by=reader, at=at) for one in GIVEN]
    message = Thanked(Kind.WORDS, unit, localdate(at - 11 * A_DAY), "钱秀兰", words=GIVEN[1][4])
    twice = say_thanks(message, key="demo-town-thanks-twice", at=at - 11 * A_DAY)
    keep_thanks(twice.pk, by=reader, at=at - 10 * A_DAY)
    join_thanks(twice.pk, kept[1], "信和留言说的是同一件事。", by=reader, at=at - 10 * A_DAY)
    waits = Thanked(Kind.WORDS, unit, localdate(at), words=SAID, shown_as=Shown.HIDDEN)
    say_thanks(waits, key="demo-town-thanks-waits", at=at)
    _refuse(unit, by=clerk, at=at)


def _given(
    one: tuple[Kind, int, str, Shown, str, str],
    unit: Unit,
    *,
    by: Person,
    read_by: Person,
    at: datetime,
) -> int:
    kind, days, giver, shown_as, words, hangs = one
    then = at - days * A_DAY
    said = Thanked(kind, unit, localdate(then), giver, shown_as, words=words, hangs=hangs)
    photos = (drawn("banner"),) if kind == Kind.BANNER else ()
    item = register_thanks(said, by=by, photos=photos, at=then)
    hang_thanks(item.pk, words, photos_shown=bool(photos), by=read_by, at=then)
    return item.pk


def _refuse(unit: Unit, *, by: Person, at: datetime) -> None:
    then = at - 3 * A_DAY
    offered = Offered(
        what="水果两箱",
        unit=unit,
        offered_on=localdate(then),
        outcome=Outcome.RETURNED,
        settled_on=localdate(then),
        sentence="谢谢您的心意，按规定我们不能收，请您带回。",
        giver="钱秀兰",
        to_whom="本人当场带回",
    )
    record_gift(offered, by=by, at=then)


def _person(name: str) -> Person:
    return Person.objects.get(username=name)
