"""Who waits, and who is next."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import chain

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models import Window as Newest
from django.db.models.functions import RowNumber

from mingchuang.hall.models import Window
from mingchuang.visits.models import Call, Desk, Line, Visit
from mingchuang.visits.models.visits import VisitQuerySet
from mingchuang.visits.queries.skills import may_call
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.line import GREEN_CHANNEL, Head, minute_of
from mingchuang.visits.rules.order import favoured_last
from mingchuang.visits.rules.windows import Serves

# A longer row of green calls tells the rule nothing more.
MATTER = int(GREEN_CHANNEL.in_a_row)


def lines_of(window: Window) -> Sequence[Line]:
    """Return the lines a window calls: those with anything it takes in; of each is known whether
    that is all of it."""
    taken = window.items.through._default_manager.filter(window=window).values("serviceitem")
    theirs = Line.items.through._default_manager.filter(line=OuterRef("pk"))
    lines = Line.objects.filter(site=window.site_id, active=True, items__windows=window)
    lines = lines.annotate(lacks=Exists(theirs.exclude(serviceitem__in=taken)))
    return list(lines.distinct().order_by("pk"))


def waiting_for(window: Window, lines: Sequence[Line], on: date) -> VisitQuerySet:
    """Return who may be called to this window from these lines of it that day, as they stand: not
    whoever came for what others take in."""
    waiting = Visit.objects.waiting().filter(line__in=lines, day=on)
    waiting = waiting.filter(Q(for_window=None) | Q(for_window=window))
    if lacking := [line.pk for line in lines if vars(line)["lacks"]]:
        waiting = waiting.filter(may_call(window, lacking))
    return waiting.order_by("stands_since", "pk")


def waiting_for_alone(window: Window, on: date) -> list[Visit]:
    """Return, locked, who waits that day for this window and no other, in the hall or not yet."""
    waiting = Visit.objects.select_for_update().filter(for_window=window, day=on)
    return list(waiting.filter(state=State.WAITING).order_by("pk"))


def heads_of(window: Window, lines: Sequence[Line], on: date) -> list[Head | None]:
    """Return who stands first of the green channel, and of everybody else, for this window in
    these lines that day: whoever was left standing the day before is called no more."""
    waiting = waiting_for(window, lines, on)
    return [_head(waiting.exclude(green="")), _head(waiting.filter(green=""))]


def _head(waiting: QuerySet[Visit]) -> Head | None:
    """Return since when the first one stands, and the row that breaks a tie."""
    rows = waiting.order_by("stands_since", "pk").values_list("stands_since", "pk")[:1]
    return next(((minute_of(since), pk) for since, pk in rows if since is not None), None)


def still_waiting(pk: int) -> Visit | None:
    """Return a visit, locked, if it still waits: its holder may just have taken it back."""
    return Visit.objects.waiting().select_for_update().filter(pk=pk).first()


def may_be_called(visit: Visit, desk: Desk) -> bool:
    """Say whether who waits is in the hall, and not passed on to another window than this."""
    return visit.here_at is not None and visit.for_window_id in {None, desk.window_id}


def favoured_in_a_row(lines: Collection[Line], on: date) -> int:
    """Return how many of the newest calls of these lines that day went to the green channel,
    since an ordinary visitor was called; no further than matters."""
    newest = _calls_of(lines, on).order_by("-pk").values_list("visit__green", flat=True)
    return favoured_last(newest[:MATTER])


def favoured_from(serves: Serves, on: date) -> dict[int, int]:
    """Return the same of the lines of each window, by its key, in one statement for all."""
    turn = Newest(RowNumber(), partition_by="visit__line", order_by="-pk")
    calls = _calls_of({line for lines in serves.values() for line in lines}, on).order_by()
    newest = calls.annotate(turn=turn).filter(turn__lte=MATTER)
    kinds: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for line, pk, green in newest.values_list("visit__line", "pk", "visit__green"):
        kinds[line].append((pk, green))
    return {window: _favoured([kinds[line] for line in lines]) for window, lines in serves.items()}


def _favoured(calls: Iterable[Sequence[tuple[int, str]]]) -> int:
    newest = sorted(chain(*calls), reverse=True)[:MATTER]
    return favoured_last(green for _pk, green in newest)


def _calls_of(lines: Collection[Line] | Collection[int], on: date) -> QuerySet[Call]:
    return Call.objects.filter(visit__line__in=lines, visit__day=on)
