"""Letters from elsewhere, and the answers they got, through the same steps as any other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound, Refused
from mingchuang.base.locks import wait_for_turn
from mingchuang.cases.actions._drafts import (
    accepted,
    acknowledged,
    dispatched,
    published,
    received,
    replied,
)
from mingchuang.cases.actions._steps import take_step, timing_of
from mingchuang.cases.actions._writing import Step, write, write_lives
from mingchuang.cases.errors import CannotImport, NumberTaken, ReplyTaken
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.areas import known_areas
from mingchuang.cases.queries.desk import case_for
from mingchuang.cases.queries.imported import Landed, landed
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.letters import Letter, key_of
from mingchuang.cases.rules.said import Said
from mingchuang.cases.rules.timing import Timing
from mingchuang.hall.models import TimeLimit
from mingchuang.hall.queries import time_limit_for
from mingchuang.ledger.actions import record
from mingchuang.people.actions.posts import give_post
from mingchuang.people.actions.requesters import add_past_requesters
from mingchuang.people.actions.staff import add_person
from mingchuang.people.models import Person, Requester, Unit
from mingchuang.people.queries import person_with_badge, scope_of
from mingchuang.people.rules.masking import mask_text
from mingchuang.people.rules.roles import Role

BADGE = "IMPORT"
ROLES = (Role.DISPATCHER, Role.HANDLER)


@dataclass(frozen=True)
class Terms:
    """Where letters go, how they are measured, who answers for them, who may read the answers."""

    unit: Unit
    profile: str
    by: Person
    publish: bool = False


@dataclass(frozen=True)
class Imported:
    """What became of one letter."""

    landed: Landed
    is_new: bool


@transaction.atomic
def import_letters(
    letters: Sequence[Letter], terms: Terms, *, at: datetime
) -> list[Imported | Refused]:
    """Take in some letters with their answers, each at its own time; one refused stays out.

    A letter that is here already stays as it is; an answer it has got since is given. All of
    these letters stand in the book together, or none does.
    """
    _must_hold_posts(terms)
    wait_for_turn("cases.import_letters")
    known = landed([key_of(terms.unit.code, letter.number) for letter in letters])
    chunk = _Chunk(terms, timing_of(terms.unit), known, known_areas(localdate(at)))
    done = [chunk.take(letter) for letter in letters]
    add_past_requesters(((said.requester, said.at) for said in chunk.said if said.requester), at=at)
    write_lives(chunk.lives, at=at)
    if new := [life[0].case.number for life in chunk.lives]:
        # The steps bear the times of long ago: when they were written, and by whom, is here.
        record(
            "submission.imported",
            terms.unit.subject,
            at=at,
            by=terms.by.badge,
            cases=len(new),
            first=new[0],
            last=new[-1],
        )
    return done


@transaction.atomic
def appoint_import(unit: Unit, *, at: datetime) -> Person:
    """Let the import act for a unit in a name of its own, with which nobody can sign in."""
    try:
        person = person_with_badge(BADGE)
    except NotFound:
        person = add_person("import", "批量导入", badge=BADGE, at=at)
    for role in ROLES:
        if unit.pk not in scope_of(person).units(role):
            give_post(person, unit, role, at=at)
    return person_with_badge(BADGE)


def _must_hold_posts(terms: Terms) -> None:
    scope = scope_of(terms.by)
    if any(terms.unit.pk not in scope.units(role) for role in ROLES):
        raise CannotImport(badge=terms.by.badge, unit=terms.unit)


@dataclass
class _Chunk:
    """Some letters on their way in: what is known of them, and the lives of the new cases."""

    terms: Terms
    timing: Timing
    known: dict[str, Landed]
    areas: Sequence[str]
    lives: list[list[Step]] = field(default_factory=list)
    limits: dict[str, TimeLimit] = field(default_factory=dict)

    @property
    def said(self) -> Iterator[Submission]:
        """What the new cases begin with."""
        return (life[0].row for life in self.lives)

    def take(self, letter: Letter) -> Imported | Refused:
        """Settle what becomes of one letter; a refusal leaves nothing of it behind."""
        key = key_of(self.terms.unit.code, letter.number)
        earlier = self.known.get(key)
        try:
            self.known[key] = (
                self._complete(earlier, letter) if earlier else self._let_in(letter, key)
            )
        except Refused as refused:
            return refused
        return Imported(self.known[key], is_new=earlier is None)

    def _let_in(self, letter: Letter, key: str) -> Landed:
        """Draft the life of a new case, up to where the letter tells of it."""
        terms, limit, at = self.terms, self._limit(letter.kind), letter.at
        requester = Requester(name=letter.name) if letter.name else None
        said = Said(letter.text, key, kind=letter.kind, title=letter.title, channel="import")
        first = received(said, terms.unit, requester, areas=self.areas, by=terms.by, at=at)
        case = first.case
        life: list[Step] = [
            first,
            accepted(case, limit, self.timing, by=terms.by, at=at),
            dispatched(case, terms.unit, self.timing, by=terms.by, at=at),
            *self._answer(case, letter),
        ]
        self.lives.append(life)
        return Landed(first.row, case, letter.reply)

    def _complete(self, earlier: Landed, letter: Letter) -> Landed:
        """See that a letter that is here says the same, and give the answer it got since."""
        if letter.text != earlier.submission.text:
            raise NumberTaken(number=letter.number, submission=earlier.submission)
        if letter.reply in {"", earlier.reply}:
            return earlier
        if not earlier.waits_for_answer:
            raise ReplyTaken(submission=earlier.submission)
        case = case_for(self.terms.by, earlier.case.number, duty=Duty.HANDLE, lock=True)
        for draft in list(self._answer(case, letter)):
            write(draft)
        return Landed(earlier.submission, case, letter.reply)

    def _answer(self, case: Case, letter: Letter) -> Iterator[Step]:
        """Draft the answer a letter got, when it got it; else the case waits at its unit."""
        by, at = self.terms.by, letter.replied_at
        if at is None:
            return
        yield acknowledged(case, by=by, at=at)
        take_step(case, "case.replied")
        answer = replied(case, "case.replied", letter.reply, "explained", self.timing, by=by, at=at)
        yield answer
        if self.terms.publish:
            headline = mask_text(case.title, names=[letter.name]).text
            yield published(answer.row, headline[:120], by=by, at=at)

    def _limit(self, kind: str) -> TimeLimit:
        if kind not in self.limits:
            self.limits[kind] = time_limit_for(self.terms.profile, kind, "normal")
        return self.limits[kind]
