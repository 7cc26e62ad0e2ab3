"""What a convenor may do at a sitting: one table; the page follows it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.council.actions import (
    attending,
    letters,
    minutes,
    positions,
    reading_minutes,
    sittings,
)
from mingchuang.council.forms import minutes as m
from mingchuang.council.forms import sittings as f
from mingchuang.council.forms.steps import ConfirmForm
from mingchuang.council.queries.sittings import has_result
from mingchuang.council.rules.minutes import Reading
from mingchuang.council.rules.minutes import Stage as MinutesStage
from mingchuang.council.rules.sitting import Stage

if TYPE_CHECKING:
    from mingchuang.council.models import Minutes, Sitting
    from mingchuang.people.models import Person

Given = Mapping[str, Any]
Run = Callable[..., object]
CALLED, OPEN, OVER = {Stage.CALLED}, {Stage.OPEN}, {Stage.CLOSED}
NOW = OPEN | OVER
DRAFT, OUT, ANY = {MinutesStage.DRAFT}, {MinutesStage.OUT}, set(MinutesStage)


class SittingDeed(NamedTuple):
    """A form under a summary, or a button; when it is offered, and what it does."""

    name: str
    label: Text
    key: str
    form: type[forms.Form]
    run: Run
    stages: set[Stage]
    minutes: set[MinutesStage] = ANY
    undecided: bool = False
    from_its_hour: bool = False


def _spread(action: Run) -> Run:
    """Hand each field of the form to the action by its name."""
    return lambda number, n, given, **who: action(number, n, **given, **who)


def _in_order(action: Run, *names: str) -> Run:
    """Hand these fields of the form to the action in this order."""
    return lambda number, n, given, **who: action(number, n, *(given[x] for x in names), **who)


def _as(kind: Callable[..., object], action: Run) -> Run:
    """Hand the form to the action as one thing."""
    return lambda number, n, given, **who: action(number, n, kind(**given), **who)


def _sign(number: str, n: int, given: Given, *, by: "Person", at: datetime) -> object:
    sign = attending.sign_in_proxy_on_paper if given["proxy"] else attending.sign_in_on_paper
    return sign(number, n, given["who"], by=by, at=at)


def _reading(number: str, n: int, given: Given, *, by: "Person", at: datetime) -> object:
    paper = reading_minutes.OnPaper(given["who"], given["filed"])
    if given["reading"] == Reading.CONFIRMED:
        return reading_minutes.note_confirmation(number, n, paper, by=by, at=at)
    said = {"text": given["text"], "statement": given["statement"]}
    return reading_minutes.note_correction(number, n, paper, **said, by=by, at=at)


def _position(number: str, n: int, given: Given, *, by: "Person", at: datetime) -> object:
    wanted = positions.Wanted(**{name: given[name] for name in positions.Wanted._fields})
    return positions.note_position(number, n, given["who"], wanted, by=by, at=at)


DEEDS: tuple[SittingDeed, ...] = (
    SittingDeed("open", pgettext_lazy("sitting", "宣布开会"), "o", ConfirmForm,
        _spread(sittings.open_sitting), CALLED),
    SittingDeed("move", pgettext_lazy("sitting", "改时间地点"), "m", f.MoveForm,
        _spread(sittings.move_sitting), CALLED),
    SittingDeed("cancel", pgettext_lazy("sitting", "取消会议"), "x", f.CancelForm,
        _in_order(sittings.cancel_sitting, "reason"), CALLED),
    SittingDeed("sign", pgettext_lazy("sitting", "登记签到"), "s", f.SignForm,
        _sign, NOW, DRAFT, undecided=True),
    SittingDeed("left", pgettext_lazy("sitting", "中途离开"), "l", f.WhoForm,
        _in_order(attending.leave_sitting, "who"), OPEN),
    SittingDeed("say", pgettext_lazy("sitting", "记下发言"), "t", m.StatementForm,
        _as(minutes.Spoken, minutes.add_statement), NOW, DRAFT),
    SittingDeed("reword", pgettext_lazy("sitting", "改一条发言"), "g", m.RewordForm,
        _in_order(minutes.change_statement, "statement", "text"), NOW, DRAFT),
    SittingDeed("position", pgettext_lazy("sitting", "登记立场"), "p", f.PositionForm,
        _position, NOW, DRAFT, undecided=True),
    SittingDeed("second", pgettext_lazy("sitting", "登记附议"), "a", f.SecondForm,
        _in_order(positions.note_joining, "who", "option", "condition"), NOW, DRAFT,
        undecided=True),
    SittingDeed("vote", pgettext_lazy("sitting", "登记表决"), "v", m.VoteForm,
        _as(minutes.Counting, minutes.count_vote), NOW, DRAFT, undecided=True, from_its_hour=True),
    SittingDeed("shot", pgettext_lazy("sitting", "添照片"), "f", m.ShotForm,
        _in_order(minutes.add_shot, "photo", "caption"), NOW, DRAFT),
    SittingDeed("write", pgettext_lazy("sitting", "写结果和不同意见"), "w", m.MinutesForm,
        _spread(minutes.write_minutes), NOW, DRAFT),
    SittingDeed("close", pgettext_lazy("sitting", "散会"), "e", ConfirmForm,
        _spread(sittings.close_sitting), OPEN, from_its_hour=True),
    SittingDeed("send", pgettext_lazy("sitting", "发给到会的人核对"), "d", m.SendForm,
        _in_order(minutes.send_minutes, "until"), OVER, DRAFT),
    SittingDeed("hand", pgettext_lazy("sitting", "登记已送纸质记录"), "h", f.WhoForm,
        _in_order(letters.hand_minutes, "who"), OVER, OUT),
    SittingDeed("read", pgettext_lazy("sitting", "登记纸上的核对或更正"), "c", m.ReadingForm,
        _reading, OVER, OUT),
    SittingDeed("freeze", pgettext_lazy("sitting", "定稿"), "z", ConfirmForm,
        _spread(reading_minutes.freeze_minutes), OVER, OUT),
)  # fmt: skip
BY_NAME: Mapping[str, SittingDeed] = {deed.name: deed for deed in DEEDS}


def offered(sitting: "Sitting", written: "Minutes | None", *, now: datetime) -> list[SittingDeed]:
    """Return what the sitting and its minutes, as they stand, allow."""
    is_decided = has_result(sitting)
    return [
        deed
        for deed in DEEDS
        if sitting.stage in deed.stages
        and (written is None or written.stage in deed.minutes)
        and not (deed.undecided and is_decided)
        and not (deed.from_its_hour and now < sitting.begins_at)
    ]


def start_of(deed: SittingDeed, sitting: "Sitting", written: "Minutes | None") -> dict[str, object]:
    """Return what a form begins with: what stands there already."""
    row = {"move": sitting, "write": written}.get(deed.name)
    return {name: getattr(row, name) for name in deed.form.base_fields} if row else {}
