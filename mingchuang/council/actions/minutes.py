"""Minutes are written by the recorder while people speak, and sent to those who were there."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mingchuang.base.errors import NotFound
from mingchuang.cases.rules.photo import Photo
from mingchuang.council.actions._letters import lay_out_letters
from mingchuang.council.actions._pictures import keep_picture
from mingchuang.council.actions._sittings import (
    must_be_at,
    must_be_its_hour,
    put_down,
    take_minutes_step,
)
from mingchuang.council.actions._steps import next_number
from mingchuang.council.errors.sittings import (
    MinutesNotWhole,
    NoSuchOption,
    NotAgreed,
    ResultFirst,
    VotedOutside,
    VotedWhen,
    VotesStand,
    VotesTooMany,
    WindowOfOtherLength,
    WrongSittingStep,
)
from mingchuang.council.models import Minutes, Shot, Sitting, Stakeholder, Statement, Tally
from mingchuang.council.queries.binding import waits_for_result
from mingchuang.council.queries.minutes import lacking, minutes_written_by
from mingchuang.council.queries.recorded import body_of
from mingchuang.council.queries.room import seated_at
from mingchuang.council.queries.sittings import attendance_of, has_result, one_on_the_register
from mingchuang.council.rules.fingerprint import fingerprint
from mingchuang.council.rules.minutes import LONGEST_WINDOW, WINDOW, Stage
from mingchuang.council.rules.sitting import Method, is_within
from mingchuang.council.rules.sitting import Stage as SittingStage
from mingchuang.council.words.sittings import SITTING_STAGES
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON, moment_text
from mingchuang.people.models import Person

# What a count says of a vote beside its option and its time.
KEPT = ("method", "present", "in_favour", "against", "abstained")


class Spoken(NamedTuple):
    """What somebody said: under their number, or for whom a guest speaks."""

    text: str
    who: int = 0
    guest: str = ""


class Counting(NamedTuple):
    """How the room voted on an option, and when; None: just now."""

    option: int
    method: str
    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    voted_at: datetime | None = None

    @property
    def votes(self) -> int:
        return self.in_favour + self.against + self.abstained

    @property
    def is_unanimous(self) -> bool:
        """Whether somebody agreed and nobody was against."""
        return self.in_favour > 0 and self.against == 0


@transaction.atomic
def add_statement(number: str, n: int, said: Spoken, *, by: Person, at: datetime) -> Statement:
    """Write down what somebody who is there says, under their number."""
    written = _draft(number, n, by)
    statement = Statement.objects.create(
        minutes=written,
        number=next_number(written.statements),
        stakeholder=_speaker(written.sitting, said),
        guest="" if said.who else said.guest,
        text=said.text,
        at=at,
    )
    told: dict[str, JSON] = {"statement": statement.number, "witness": statement.witness}
    _tell("minutes.noted", written, by, at, who=said.who, **told)
    return statement


@transaction.atomic
def change_statement(
    number: str, n: int, statement: int, text: str, *, by: Person, at: datetime
) -> Statement:
    """Put right what was written down, before it goes out."""
    written = _draft(number, n, by)
    found = written.statements.filter(number=statement).first()
    if found is None:
        raise NotFound
    found.text = text
    found.save(update_fields=["text"])
    _tell("minutes.changed", written, by, at, statement=statement, witness=found.witness)
    return found


def _speaker(sitting: Sitting, said: Spoken) -> Stakeholder | None:
    if not said.who:
        return None
    who = one_on_the_register(sitting.topic, said.who)
    attendance_of(sitting, who)
    return who


@transaction.atomic
def write_minutes(
    number: str, n: int, *, seen: str, outcome: str, dissent: str, by: Person, at: datetime
) -> Minutes:
    """Write what was seen on the site visit, what came of the sitting, and who did not agree."""
    written = _draft(number, n, by)
    written.seen, written.outcome, written.dissent = seen, outcome, dissent
    written.save(update_fields=["seen", "outcome", "dissent"])
    _tell("minutes.written", written, by, at, text=fingerprint(written.wording))
    return written


@transaction.atomic
def count_vote(number: str, n: int, counted: Counting, *, by: Person, at: datetime) -> Tally:
    """Write down how the room voted on an option, from the announced hour on until something is
    decided by it; counted again, the last count stands. Who only listens does not vote, nor who
    was not in the room at that time."""
    written = _draft(number, n, by)
    if has_result(written.sitting):
        raise VotesStand
    option = written.sitting.topic.options.filter(number=counted.option).first()
    if option is None:
        raise NoSuchOption(option=counted.option)
    if counted.method == Method.AGREED and not counted.is_unanimous:
        raise NotAgreed
    voted = _voted_at(written.sitting, counted.voted_at, at)
    must_be_its_hour(written.sitting, voted)
    present = seated_at(written.sitting, voted)
    if counted.votes > present:
        raise VotesTooMany(votes=counted.votes, present=present)
    told = {**counted._asdict(), "present": present, "voted_at": moment_text(voted)}
    kept = {name: told[name] for name in KEPT}
    vote, _new = Tally.objects.update_or_create(
        minutes=written, option=option, defaults={**kept, "at": voted}
    )
    _tell("minutes.counted", written, by, at, **told)
    return vote


def _voted_at(sitting: Sitting, said: datetime | None, at: datetime) -> datetime:
    """Return when it was voted: whoever writes it down while they sit need not say."""
    if said is None and sitting.is_open:
        return at
    if said is None:
        raise VotedWhen
    opened, closed = sitting.opened_at, sitting.closed_at
    if opened is None or not is_within(said, opened=opened, closed=closed, now=at):
        raise VotedOutside
    return said


@transaction.atomic
def add_shot(number: str, n: int, photo: Photo, caption: str, *, by: Person, at: datetime) -> Shot:
    """Put a photo into the minutes; its hash stands in the ledger."""
    written = _draft(number, n, by)
    picture = keep_picture(written.sitting.topic, photo, by=by, at=at)
    shot = Shot.objects.create(
        minutes=written, picture=picture, number=next_number(written.shots), caption=caption
    )
    told: dict[str, JSON] = {"photo": picture.fingerprint, "text": fingerprint(caption)}
    _tell("minutes.pictured", written, by, at, **told)
    return shot


@transaction.atomic
def send_minutes(number: str, n: int, until: datetime, *, by: Person, at: datetime) -> Minutes:
    """Send the minutes to those who were there: until then each confirms or corrects. Refused while
    what the room could decide is not recorded: afterwards it cannot be."""
    written = _draft(number, n, by)
    if written.sitting.stage != SittingStage.CLOSED:
        raise WrongSittingStep(stage=dict(SITTING_STAGES)[written.sitting.stage])
    if missing := lacking(written):
        raise MinutesNotWhole(missing=_("、").join(map(str, missing)))
    if not WINDOW <= localdate(until) - localdate(at) <= LONGEST_WINDOW:
        raise WindowOfOtherLength(least=WINDOW.days, most=LONGEST_WINDOW.days)
    if waits_for_result(written.sitting):
        raise ResultFirst
    written.sent_at, written.until = at, until
    text = put_down(written, body_of(written))
    lay_out_letters(written, at=at)
    told = {"until": moment_text(until), "text": text, "by": by.badge}
    return take_minutes_step(written, "minutes.sent", at=at, **told)


def _draft(number: str, n: int, by: Person) -> Minutes:
    written = minutes_written_by(by, number, n)
    must_be_at(written, Stage.DRAFT)
    return written


def _tell(verb: str, written: Minutes, by: Person, at: datetime, **told: JSON) -> None:
    record(verb, written.subject, at=at, digest="", **told, by=by.badge)
