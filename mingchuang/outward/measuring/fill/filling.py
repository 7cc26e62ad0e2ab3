"""`mingchuang bench fill`: so many made-up cases, the same ones for the same seed and time."""

import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from django.conf import settings
from django.db import connection, connections
from django.db.models import Max

from mingchuang.cases.actions._steps import timing_of
from mingchuang.hall.queries import time_limit_for
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import Entry
from mingchuang.outward.errors import NotEmpty
from mingchuang.outward.measuring.fill.lives import KINDS, Life, Terms
from mingchuang.outward.measuring.fill.loading import load, quick, settle
from mingchuang.outward.measuring.fill.rows import Block, Loaf
from mingchuang.outward.measuring.fill.texts import Teller
from mingchuang.outward.measuring.fill.town import Town, build_synthetic_town
from mingchuang.people.models import Unit

YEARS = 3 * timedelta(days=365)
BLOCK = 1000
# The newest 2 % of the cases are open, three of four: about 1.5 %, none older than three weeks.
NEWEST, OPEN = 0.02, 0.75
FILLED = "town.filled"
SUBJECT = "town:synthetic"


@dataclass(frozen=True)
class Plan:
    """What is to be made: so many cases, over three years up to `now`."""

    terms: Terms
    cases: int
    seed: int
    first_entry: int

    def block(self, start: int) -> Block:
        """Return one block of cases; none needs to know another."""
        dice = Random(f"{self.seed}:{start}")
        teller, loaf = Teller(dice), Loaf(first_entry=self.first_entry)
        for number in range(start, min(start + BLOCK, self.cases + 1)):
            is_open = number > (1 - NEWEST) * self.cases and dice.random() < OPEN
            at = self.terms.now - YEARS * (1 - number / (self.cases + 1))
            loaf.add(Life(self.terms, dice, teller).steps(number, at=at, is_open=is_open))
        return Block(dict(loaf.rows), loaf.words, loaf.units)

    @property
    def blocks(self) -> range:
        return range(1, self.cases + 1, BLOCK)


def cases_filled() -> int:
    """Return how many made-up cases this database was filled with; 0 when it was not."""
    told = Entry.objects.filter(subject=SUBJECT, verb=FILLED).first()
    return int(told.facts["cases"]) if told else 0


def fill(
    cases: int, *, at: datetime, seed: int = 1, tell: Callable[[int], None] = lambda _n: None
) -> int:
    """Fill an empty database; return how many cases there are now.

    A database that was filled like this stays as it is; one with anything else is refused.
    """
    if cases_filled() == cases:
        return cases
    if Unit.objects.exists() or Entry.objects.exists():
        raise NotEmpty
    plan = Plan(_terms(build_synthetic_town(at=at - YEARS), at), cases, seed, _entries())
    with quick():
        for done in _filled(plan):
            tell(min(done * BLOCK, cases))
        record(FILLED, SUBJECT, at=at, cases=cases, seed=seed)
        settle()
    return cases


def _terms(town: Town, at: datetime) -> Terms:
    limits = {kind: time_limit_for(settings.TIME_LIMIT_PROFILE, kind, "normal") for kind in KINDS}
    return Terms(town, limits, timing_of(town.root), at)


def _entries() -> int:
    return int(Entry.objects.aggregate(last=Max("pk", default=0))["last"])


def _filled(plan: Plan) -> Iterator[int]:
    """Make and load block after block; in a transaction of somebody else's, in this process."""
    if connection.in_atomic_block or plan.cases <= 2 * BLOCK:
        for done, start in enumerate(plan.blocks, start=1):
            load(plan.block(start))
            yield done
        return
    alone = connection.vendor == "sqlite"
    make = partial(_made if alone else _made_and_loaded, plan)
    if not alone:
        connections.close_all()
    with multiprocessing.get_context("fork").Pool() as pool:
        for done, block in enumerate(pool.imap_unordered(make, plan.blocks), start=1):
            if block is not None:
                load(block)
            yield done


def _made(plan: Plan, start: int) -> Block:
    return plan.block(start)


def _made_and_loaded(plan: Plan, start: int) -> None:
    """Load it from here: PostgreSQL takes rows from many at once."""
    with quick():
        load(plan.block(start))
