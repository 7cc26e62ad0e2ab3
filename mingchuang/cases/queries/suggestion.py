"""Which unit a case may belong to: the catalogue first, then what became of cases like it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from mingchuang.cases.models.case import Case, CaseQuerySet
from mingchuang.cases.models.steps import Plea
from mingchuang.cases.models.tables import DispatchRule
from mingchuang.cases.queries.alike import commonness, matters
from mingchuang.cases.queries.audit import facts_in
from mingchuang.cases.queries.catalogue import catalogue_for
from mingchuang.cases.queries.findable import CASES
from mingchuang.cases.rules.escalation import RETURNED
from mingchuang.cases.rules.life import ANSWERED
from mingchuang.cases.rules.likeness import Commonness, Matter
from mingchuang.cases.rules.shared import shared
from mingchuang.cases.rules.suggestion import Choice, Voter, likeliest, looked_for, ranked
from mingchuang.hall.models import ServiceItem
from mingchuang.ledger.models import Entry
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of

SENT = ("case.dispatched", "case.redispatched")
# So many rows of the index are read to find so many answered cases to look through.
READ, LOOKED_THROUGH, MARKS = 1500, 300, 16
# Where fewer texts than this were counted the index is asked for every run: it is quick there,
# and little is known of which run tells much.
SMALL = 2000
OPTIONS, SHOWN, WORDS = 2, 3, 3


@dataclass(frozen=True)
class Backing:
    """An answered case that speaks for a unit, and the words it shares with this one."""

    case: Case
    shared: Sequence[str]


@dataclass(frozen=True)
class Option:
    """A unit that cases like this one went to, and the most alike of them."""

    unit: Unit
    choice: Choice[str]
    backing: Sequence[Backing]

    def __str__(self) -> str:
        told = {"of": self.choice.of, "cases": self.choice.cases, "unit": self.unit}
        return _("相似且已答复的 %(of)d 件里 %(cases)d 件由 %(unit)s 答复") % told


@dataclass(frozen=True)
class Served:
    """The unit whose service item a batch is for."""

    unit: Unit
    item: ServiceItem

    def __str__(self) -> str:
        return _("“%(item)s”由 %(unit)s 办理") % {"item": self.item, "unit": self.unit}


@dataclass(frozen=True)
class Suggestion:
    """The lines of the catalogue that fit, and the units that like cases went to; before both, of
    a batch, whose service item it is for."""

    lines: Sequence[DispatchRule]
    options: Sequence[Option]
    served: Served | None = None

    @property
    def chosen(self) -> dict[str, object]:
        """What is filled in: the first line, else a unit behind which enough stands."""
        if self.served:
            return _filled(self.served.unit, self.served)
        if self.lines:
            return _filled(self.lines[0].unit, self.lines[0])
        sure = [option for option in self.options if option.choice.is_sure]
        return _filled(sure[0].unit, sure[0]) if sure else {}

    def with_unit(self, asked: str) -> dict[str, object]:
        """Return what is filled in where the dispatcher took this unit from those suggested."""
        first = [self.served] if self.served else []
        told: list[Served | DispatchRule | Option] = [*first, *self.lines, *self.options]
        taken = [one for one in told if str(one.unit.pk) == asked]
        return _filled(taken[0].unit, taken[0]) if taken else self.chosen

    def grounds_for(self, unit: Unit) -> dict[str, JSON]:
        """Return the public facts of why this unit: a line, like cases, or a person's judgement.

        Which line it was tells what the case is about: that stands in the note, for staff alone.
        """
        if self.served and self.served.unit == unit:
            return {"grounds": "item"}
        if any(line.unit_id == unit.pk for line in self.lines):
            return {"grounds": "catalogue"}
        for option in self.options:
            if option.unit == unit:
                return {
                    "grounds": "alike",
                    "cases": option.choice.cases,
                    "compared": option.choice.of,
                }
        return {"grounds": "hand"}


def _filled(unit: Unit, basis: Served | DispatchRule | Option) -> dict[str, object]:
    return {"unit": unit.pk, "basis": str(basis)}


def suggestion_for(person: Person, case: Case, *, on: date) -> Suggestion:
    """Suggest units for the case, out of what this person may see."""
    batch = getattr(case, "batch", None)
    served = Served(batch.item.unit, batch.item) if batch else None
    return Suggestion(catalogue_for(case, on=on), _options(person, case), served)


def _options(person: Person, case: Case) -> list[Option]:
    mine, common = matters([case]).get(case.pk), commonness()
    if mine is None:
        return []
    known = {one.pk: one for one in _candidates(person, case, mine, common)}
    others = matters(known.values())
    near = likeliest(mine, others, common)
    back = _sent_back([known[pk] for pk in near])
    like_ones = [Voter(near[pk], _answered_by(known[pk]), back[pk]) for pk in near]
    held = Counter(code for one in known.values() if (code := _answered_by(one)))
    choices = ranked(like_ones, held)[:OPTIONS]
    units = {u.code: u for u in Unit.objects.filter(code__in=[choice.unit for choice in choices])}
    by_unit: dict[str, list[Backing]] = defaultdict(list)
    for pk in sorted(near, key=lambda pk: (-near[pk], -pk)):
        code = _answered_by(known[pk])
        if code in units and len(by_unit[code]) < SHOWN:
            words = shared(mine.whole, others[pk].whole, common, most=WORDS)
            by_unit[code].append(Backing(known[pk], words))
    return [Option(units[choice.unit], choice, by_unit[choice.unit]) for choice in choices]


def _candidates(person: Person, case: Case, mine: Matter, common: Commonness) -> Iterable[Case]:
    """Return the newest cases with telling words of this one that say something about units:
    answered, or sent back by one."""
    marks = [run for run in looked_for(mine, common) if not run.isascii()]
    few = marks if common.texts < SMALL else marks[:MARKS]
    found = CASES.newest_with_any(few, most=READ)
    returned = Plea.objects.filter(case=OuterRef("pk"), what__in=RETURNED, granted=True)
    cases: CaseQuerySet = Case.objects.visible_to(scope_of(person)).filter(pk__in=found)
    telling = Q(state__in=ANSWERED, responsible_unit__isnull=False) | Q(Exists(returned))
    return (
        cases.filter(telling)
        .exclude(pk=case.pk)
        .select_related("responsible_unit")
        .order_by("-pk")[:LOOKED_THROUGH]
    )


def _answered_by(case: Case) -> str | None:
    unit = case.responsible_unit if case.state in ANSWERED else None
    return unit.code if unit else None


def _sent_back(cases: Sequence[Case]) -> Mapping[int, set[str]]:
    """Return of each case the units it was sent to and did not stay with."""
    subjects = {one.subject: one for one in cases}
    went: dict[int, set[str]] = {one.pk: set() for one in cases}
    sent = Entry.objects.filter(subject__in=list(subjects), verb__in=SENT)
    for subject, facts in sent.values_list("subject", "facts"):
        went[subjects[subject].pk].add(str(facts_in(facts).get("unit")))
    for one in cases:
        if one.responsible_unit is not None:
            went[one.pk].discard(one.responsible_unit.code)
    return went
