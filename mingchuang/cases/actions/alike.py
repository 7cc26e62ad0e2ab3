"""Same or not the same: what the follower finds, and what a person settles."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from mingchuang.cases.errors import SameCase
from mingchuang.cases.models.alike import Alike, CommonWords, Compared, NotAlike
from mingchuang.cases.models.case import Case
from mingchuang.cases.queries.alike import AROUND, commonness, compared_so_far, likes, matters
from mingchuang.cases.queries.batch_ends import is_batch
from mingchuang.cases.queries.desk import case_for
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.groups import HOT, MOST_LIKE
from mingchuang.cases.rules.life import RECEIVED, State
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_after
from mingchuang.people.models import Person

# Few at a time: on SQLite nobody can write while these are compared.
ENTRIES = 20
NEW_WORDS = (RECEIVED, "submission.redacted")


@transaction.atomic
def keep_words(words: CommonWords, *, at: datetime) -> None:  # noqa: ARG001
    """Know from now on how common which words are; what is suggested as alike follows them."""
    words.save()


@transaction.atomic
def compare_new(*, at: datetime) -> int:  # noqa: ARG001
    """Find for each new case the earlier ones that are most like it; hot topics grow by them.

    Reads on where it stopped, in the order of sealing. Returns how many entries were read; call
    again until it returns 0.
    """
    Compared.objects.get_or_create(pk=1)
    cursor = compared_so_far()
    entries = list(entries_after(cursor.index)[:ENTRIES])
    if not entries:
        return 0
    numbers = [_number(entry) for entry in entries if entry.verb in NEW_WORDS]
    for number in dict.fromkeys(numbers):
        _compare(number)
    last = entries[-1].index
    if last is not None:
        cursor.index = last
        cursor.save(update_fields=["index"])
    return len(entries)


def _number(entry: Entry) -> str:
    """Return the number under which the words of this entry came in."""
    facts: Mapping[str, object] = entry.facts if isinstance(entry.facts, dict) else {}
    return str(facts.get("submission") or entry.subject.removeprefix("case:"))


def _compare(number: str) -> None:
    case = Case.objects.numbered(number).first()
    mine = matters([case]).get(case.pk) if case and not is_batch(case) else None
    if case is None or mine is None:
        return
    earlier = Case.objects.filter(pk__lt=case.pk, received_at__gte=case.received_at - AROUND)
    cases = (
        earlier.filter(batch__isnull=True)
        .exclude(state=State.WITHDRAWN)
        .only("series", "title", "place")
    )
    found = likes(mine, cases, commonness(), least=HOT, most=MOST_LIKE, until=case.pk - 1)
    Alike.objects.bulk_create(
        (Alike(case=case, other=o.case, score=o.score, shared=list(o.shared)) for o in found),
        ignore_conflicts=True,
    )


@transaction.atomic
def tell_apart(number: str, other: str, *, by: Person, at: datetime) -> NotAlike:
    """Settle that two cases are not the same matter; nobody is asked about these two again."""
    seen = [case_for(by, one, duty=Duty.DISPATCH) for one in (number, other)]
    earlier, later = sorted(seen, key=lambda case: case.pk)
    if earlier.pk == later.pk:
        raise SameCase
    parted, is_new = NotAlike.objects.get_or_create(
        case=later, other=earlier, defaults={"by": by, "at": at}
    )
    if is_new:
        case, to = seen
        _forget_wishes(*seen)
        record("case.told_apart", case.subject, at=at, by=by.badge, other=to.number)
    return parted


def _forget_wishes(one: Case, other: Case) -> None:
    for case, wish in ((one, other), (other, one)):
        case.submissions.filter(wishes_to_join=wish).update(wishes_to_join=None)
