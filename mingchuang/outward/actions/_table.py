"""A sitting of the demo town: who is there speaks, says what they want, decides, and is kept to it.

A plan knows what is said for and against; who says it is found by where they stand.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from mingchuang.council.actions import attending, checking, minutes, positions
from mingchuang.council.actions import reading_minutes as reading
from mingchuang.council.actions import sittings as sits
from mingchuang.council.actions._promises import Promised
from mingchuang.council.actions.decisions import Decided, decide, publish_decision
from mingchuang.council.models import Check, Stakeholder, Topic
from mingchuang.council.queries.inviting import roster_now
from mingchuang.outward.actions._deliberation import A_DAY, AN_HOUR, EVENING, Plan, days_ago
from mingchuang.outward.drawn import drawn
from mingchuang.people.models import Person

Rows = Iterable[Sequence[Any]]


def sit_and_decide(topic: Topic, plan: Plan, by: Person, *, now: datetime) -> None:
    """Hold the sitting of a topic, let those who were there read its minutes, post its decision."""
    at = days_ago(now, plan["sat"], hour=EVENING)
    over = at + 2 * AN_HOUR
    there = _open(topic, by, at=at)
    _speak(topic.number, there, plan, by, at=at)
    sits.close_sitting(topic.number, 1, by=by, at=over)
    decided = Decided(plan["decision"], plan["options"], list(promises(plan["promised"], now)))
    decide(topic.number, 1, decided, by=by, at=over)
    _read(topic.number, there, by, at=over)
    publish_decision(topic.number, 7, by=by, at=over + 4 * A_DAY)


def _open(topic: Topic, by: Person, *, at: datetime) -> Sequence[Stakeholder]:
    """Everybody who has a seat comes."""
    sits.open_sitting(topic.number, 1, by=by, at=at)
    held = roster_now(topic).seats.held().select_related("stakeholder")
    there = [seat.stakeholder for seat in held.order_by("stakeholder__number")]
    for who in there:
        attending.sign_in_on_paper(topic.number, 1, who.number, by=by, at=at)
    return there


def _speak(
    number: str, there: Sequence[Stakeholder], plan: Plan, by: Person, *, at: datetime
) -> None:
    """What is said, what is wanted and how the room votes goes into the minutes."""
    told: dict[str, Any] = {"by": by, "at": at}
    said = [minutes.Spoken(text, who.number) for who, (text,) in _voices(there, plan["said"])]
    for one in [*said, *(minutes.Spoken(text, guest=name) for name, text in plan["guests"])]:
        minutes.add_statement(number, 1, one, **told)
    for picture, caption in plan.get("shots", ()):
        minutes.add_shot(number, 1, drawn(picture), caption, **told)
    options, votes = plan["options"], Counter[str]()
    for who, (stance, condition) in _voices(there, plan["wanted"]):
        wanted = _wanted(options[0], stance, condition)
        positions.note_position(number, 1, who.number, wanted, **told)
        votes[stance] += 1
    favour, against = votes["for"] + votes["if"], votes["against"]
    for option in options:
        minutes.count_vote(number, 1, minutes.Counting(option, "hands", favour, against), **told)
    texts = {"seen": plan["seen"], "dissent": plan["dissent"]}
    outcome = plan["outcome"].format(favour=favour, against=against)
    minutes.write_minutes(number, 1, **texts, outcome=outcome, **told)


def _voices(there: Iterable[Stakeholder], rows: Rows) -> Iterator[tuple[Stakeholder, list[Any]]]:
    """Give each row to a number, to the next of a camp, or, with a plus, to all the rest of it."""
    waiting = list(there)
    for speaker, *said in rows:
        name = str(speaker)
        found = [who for who in waiting if name.strip("+") in {str(who.number), who.camp}]
        for who in found if name.endswith("+") else found[:1]:
            waiting.remove(who)
            yield who, said


def _wanted(option: int, stance: str, condition: str | int) -> positions.Wanted:
    """A condition in one's own words, or the number of one that stands there."""
    if isinstance(condition, int):
        return positions.Wanted(option, stance, joins=condition)
    return positions.Wanted(option, stance, text=condition)


def promises(rows: Rows, now: datetime) -> Iterator[Promised]:
    """Days are counted from today: a demo town never grows old."""
    for text, obligor, how, first, last, rhythm, condition in rows:
        days = (localdate(now + first * A_DAY), localdate(now + last * A_DAY))
        asked = tuple(condition) if condition else None
        yield Promised(text, obligor, how, *days, rhythm, asked)


def _read(number: str, there: Sequence[Stakeholder], by: Person, *, at: datetime) -> None:
    """The minutes go out, the first two confirm, and they are frozen."""
    minutes.send_minutes(number, 1, at + 3 * A_DAY, by=by, at=at)
    for who in there[:2]:
        reading.confirm_minutes(who.code, 1, at=at + A_DAY)
    reading.freeze_minutes(number, 1, by=by, at=at + 3 * A_DAY)


def look_at_all_due(topic: Topic, by: Person, *, now: datetime) -> None:
    """Everything that was due so far was looked at, and kept."""
    due = Check.objects.due().filter(commitment__decision__topic=topic)
    for check in due.filter(due_on__lt=localdate(now)).order_by("due_on"):
        then = now - (localdate(now) - check.due_on).days * A_DAY
        checking.pass_check(check.pk, "看过了，做到了。", by=by, at=then)
