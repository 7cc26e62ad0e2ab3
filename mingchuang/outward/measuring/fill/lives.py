"""The life of one made-up case, step by step as the doors would have written it.

The drafts are those of the import: what a step means, and any column it fills, stands there once.
Nobody is confidential here, nobody added photos, and nothing was merged or paused.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from mingchuang.cases.actions._drafts import accepted, acknowledged, dispatched, received, replied
from mingchuang.cases.actions._steps import move_due, take_step
from mingchuang.cases.actions._writing import Draft, Step
from mingchuang.cases.actions.watch import LEVELS, SUPERVISE_AFTER
from mingchuang.cases.models import Callback, Case, Note, Submission
from mingchuang.cases.rules.closing import Outcome
from mingchuang.cases.rules.life import RUNNING
from mingchuang.cases.rules.said import Said
from mingchuang.cases.rules.timing import Timing
from mingchuang.cases.rules.watch import SYSTEM, Watch
from mingchuang.hall.models import TimeLimit
from mingchuang.ledger.rules.canonical import JSON, SALT_SIZE, moment_text
from mingchuang.outward.measuring.fill.texts import WORDS, Teller, Wish
from mingchuang.outward.measuring.fill.town import Town
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Person, Requester, Unit

KINDS = ("complaint", "assistance", "inquiry", "suggestion", "report", "praise", "other")
KIND_SHARES = (34, 27, 22, 8, 4, 2, 3)
CHANNELS = ("phone", "web", "counter", "community", "letter")
CHANNEL_SHARES = (55, 30, 8, 5, 2)
DISPOSITIONS = ("done", "explained", "partly", "cannot")
DISPOSITION_SHARES = (60, 25, 10, 5)
# How many steps the cases that are still open have behind them: taken in … answered.
STAGES = (1, 2, 3, 4, 5)
STAGE_SHARES = (8, 4, 14, 49, 25)
NAMED, CALLABLE, DECLINED, UNSOLVED = 0.25, 0.1, 0.02, 0.15
HOUR = timedelta(hours=1)
# Where people live is what their area is called here.
AREAS = tuple(home + WORDS["home_ends"][0] for home in WORDS["homes"])

Make = Callable[[datetime], Iterator[Step]]


@dataclass(frozen=True)
class Terms:
    """What all lives have in common; `limits` by kind."""

    town: Town
    limits: Mapping[str, TimeLimit]
    timing: Timing
    now: datetime


class Turn(NamedTuple):
    """What comes next: after how many hours, at least and at most, and the steps it takes."""

    least: float
    most: float
    make: Make


class Life:
    """One case on its way."""

    def __init__(self, terms: Terms, dice: Random, teller: Teller) -> None:
        self.terms, self.dice, self.teller = terms, dice, teller
        self.wish: Wish = teller.wish()
        self.by: Person = terms.town.dispatcher
        self.unit, self.handler = self._answering()

    def steps(self, number: int, *, at: datetime, is_open: bool) -> list[Step]:
        """Return the steps of case `number`, which came in at `at`; none lies in the future.

        Each step changes the case, so it is made only when it is sure to be taken.
        """
        first = self._received(at)
        self.case: Case = first.case
        self.said: Submission = first.row
        self.case.pk = self.said.pk = self.said.case_id = number
        self.said.number = self.case.number
        life: list[Step] = [first]
        last = self.dice.choices(STAGES, STAGE_SHARES)[0] if is_open else 0
        for turn in self._turns():
            at += HOUR * self.dice.uniform(turn.least, turn.most)
            if at > self.terms.now or len(life) == last:
                break
            life.extend(turn.make(at))
        life.extend(self._watched())
        for step in life:
            if step.row is not None:
                step.row.salt = self.dice.randbytes(SALT_SIZE)
        return life

    def _turns(self) -> Iterator[Turn]:
        if self.dice.random() < DECLINED:
            yield Turn(0.2, 20, self._declined)
            return
        yield Turn(0.2, 20, self._accepted)
        yield Turn(0.1, 4, self._dispatched)
        yield Turn(0.5, 30, self._acknowledged)
        yield Turn(1, 150, self._replied)
        if not self.said.reachable:
            yield Turn(24 * 8, 24 * 12, self._archived_silently)
            return
        if self.dice.random() < UNSOLVED:
            yield Turn(2, 70, self._unsolved)
            yield Turn(10, 100, self._replied)
        yield Turn(2, 70, self._solved)

    def _received(self, at: datetime) -> Draft[Submission]:
        dice, wish, town = self.dice, self.wish, self.terms.town
        is_named = dice.random() < NAMED
        surname, given = dice.choice(WORDS["surnames"]), dice.choice(WORDS["given"])
        said = Said(
            wish.text,
            f"synthetic-{dice.getrandbits(88):022x}",
            kind=dice.choices(KINDS, KIND_SHARES)[0],
            place=wish.place,
            name=surname + given if is_named else "",
            channel=dice.choices(CHANNELS, CHANNEL_SHARES)[0],
        )
        requester = self._requester(said)
        first = received(said, town.root, requester, areas=AREAS, by=self.by, at=at)
        first.row.reachable = requester is not None and bool(requester.phone)
        return first

    def _requester(self, said: Said) -> Requester | None:
        """Somebody with a name that nobody bears, and sometimes a number nobody has."""
        if not said.name:
            return None
        dice, phone = self.dice, ""
        if dice.random() < CALLABLE / NAMED:
            phone = f"1380000{dice.randrange(10_000):04d}"
        return Requester(
            handle=uuid.UUID(int=dice.getrandbits(128), version=4),
            name=said.name,
            phone=phone,
            phone_index=phone_index(phone),
            salt=dice.randbytes(SALT_SIZE),
        )

    def _answering(self) -> tuple[Unit, Person]:
        units: Sequence[tuple[Unit, Person]] = self.terms.town.handlers[self.wish.bureau]
        return self.dice.choice(units)

    def _declined(self, at: datetime) -> Iterator[Step]:
        take_step(self.case, "case.declined")
        route = "请向有管辖权的单位提出。"
        self.case.decline_code, self.case.route = "OUT_OF_AREA", route
        self.case.ended_at = at
        note = Note(case=self.case, text=route, by=self.by, at=at)
        facts = {"by": self.by.badge, "reason": "OUT_OF_AREA"}
        yield Draft(self.case, "case.declined", at, facts, note)

    def _accepted(self, at: datetime) -> Iterator[Step]:
        limit = self.terms.limits[self.case.kind]
        yield accepted(self.case, limit, self.terms.timing, by=self.by, at=at)

    def _dispatched(self, at: datetime) -> Iterator[Step]:
        yield dispatched(self.case, self.unit, self.terms.timing, by=self.by, at=at)

    def _acknowledged(self, at: datetime) -> Iterator[Step]:
        yield acknowledged(self.case, by=self.handler, at=at)

    def _replied(self, at: datetime) -> Iterator[Step]:
        take_step(self.case, "case.replied")
        done = self.dice.choices(DISPOSITIONS, DISPOSITION_SHARES)[0]
        words = self.teller.reply(self.wish)
        timing, by = self.terms.timing, self.handler
        answer = replied(self.case, "case.replied", words, done, timing, by=by, at=at)
        self.reply = answer.row
        yield answer

    def _called(self, at: datetime, *, solved: bool) -> Step:
        satisfied = self.dice.choice(("yes", "mostly")) if solved else "no"
        reached = Outcome.REACHED
        call = Callback(case=self.case, submission=self.said, round=self.case.round, at=at)
        call.outcome, call.solved, call.satisfied, call.by = reached, solved, satisfied, self.by
        facts: dict[str, JSON] = {
            "by": self.by.badge,
            "submission": self.said.number,
            "outcome": str(reached),
            "solved": solved,
            "satisfied": satisfied,
        }
        return Draft(self.case, "callback.recorded", at, facts, call)

    def _unsolved(self, at: datetime) -> Iterator[Step]:
        """The requester says no: the case is handled again, on a new clock."""
        yield self._called(at, solved=False)
        take_step(self.case, "case.reopened")
        self.reply.reopened_at = at
        self.case.clock_started_at = at
        change = move_due(self.case, "reopen", self.terms.timing, at=at)
        self.case.callback_due_at = None
        facts = {"by": self.by.badge, "due_at": moment_text(change.due_at)}
        yield Draft(self.case, "case.reopened", at, facts, None, change)

    def _solved(self, at: datetime) -> Iterator[Step]:
        yield self._called(at, solved=True)
        yield from self._archived(at, by=self.by.badge)

    def _archived_silently(self, at: datetime) -> Iterator[Step]:
        yield from self._archived(at, by=SYSTEM)

    def _archived(self, at: datetime, *, by: str) -> Iterator[Step]:
        take_step(self.case, "case.archived")
        self.case.ended_at = at
        yield Draft(self.case, "case.archived", at, {"by": by}, None)

    def _watched(self) -> Iterator[Step]:
        """A case that runs is warned, reminded and supervised in its time."""
        case, now = self.case, self.terms.now
        if case.state not in RUNNING or case.due_at is None or case.warn_at is None:
            return
        times = (case.warn_at, case.due_at, case.due_at + SUPERVISE_AFTER)
        for level, at in zip((Watch.WARNED, Watch.REMINDED, Watch.SUPERVISED), times, strict=True):
            if at <= now:
                case.watch = level
                case.reminders += level == Watch.REMINDED
                yield Draft(case, LEVELS[level], at, {"by": SYSTEM}, None)
