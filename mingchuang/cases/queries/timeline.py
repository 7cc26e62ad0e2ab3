"""The story of a case, told from the ledger alone: each line stands in an entry."""

from collections.abc import Collection, Iterable

from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Callback, Note, Plea, Reply
from mingchuang.cases.models.submission import Submission, Words
from mingchuang.cases.queries.heard import stays_of, told_to_the_same
from mingchuang.cases.queries.kin import seen_numbers
from mingchuang.cases.queries.telling import JOINED, Told, tell
from mingchuang.cases.rules.told import ANSWERS
from mingchuang.cases.story import EMPTIED, FOR_ALL, FOR_STAFF, NAMES_CASES
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.people.models import Person

# Notes at these steps are written to the requester; all others are the staff's own.
TOLD_TO_ALL = ("case.asked", "case.declined", "case.referred", "privacy.refused")


def story_for_staff(person: Person, case: Case) -> list[Told]:
    """Return everything that happened to the case, with the words written at each step.

    Other cases are named where this person may see them.
    """
    texts = _texts(case.replies.all(), case.notes.all(), case.pleas.all(), case.callbacks.all())
    entries = list(entries_of(case.subject))
    named = {entry.pk: _named(entry) for entry in entries}
    seen = seen_numbers(person, set().union(*named.values()))
    unnamed = [pk for pk, numbers in named.items() if not numbers <= seen]
    return tell(entries, {**FOR_ALL, **FOR_STAFF}, texts, unnamed=unnamed)


def _named(entry: Entry) -> set[str]:
    """Return the numbers of the other cases that an entry is about."""
    return {str(entry.facts[fact]) for fact in NAMES_CASES if fact in entry.facts}


def story_for(submission: Submission) -> list[Told]:
    """Return what the requester may read: their own words, the steps, the answers.

    Of a merged case: what happened to their own until the merge, then what happens to the
    master, until they take it back. Of a master they were parted from: what they did there
    themselves. Of answers that were written to others before: that there was one, and what
    everybody may read of it. What others added is not told.
    """
    stays = stays_of(submission)
    path = [stay.case for stay in stays]
    # Joined to the same case twice, they find there what they did the first time once.
    entries = {entry.pk: (entry, stay.after) for stay in stays for entry in stay.entries}
    early = {pk for pk, (entry, after) in entries.items() if entry.verb in ANSWERS and pk <= after}
    to_others = early - told_to_the_same(submission) if early else early
    replies = Reply.objects.filter(case__in=path)
    texts = {
        **_texts([submission]),
        **_texts(
            (reply for reply in replies if reply.entry_id not in to_others),
            Note.objects.filter(case__in=path, entry__verb__in=TOLD_TO_ALL),
            submission.callbacks.all(),
        ),
        **_texts(submission.remarks.all()),
        **{r.entry_id: r.public_text for r in replies if r.entry_id in to_others and r.is_public},
    }
    numbers = {submission.number, *(case.number for case in path)}
    own = [entry for entry, _after in entries.values() if _is_theirs(entry, submission, numbers)]
    return tell(sorted(own, key=lambda e: (e.at, e.pk)), FOR_ALL, texts, to_others=to_others)


def _is_theirs(entry: Entry, submission: Submission, numbers: Collection[str]) -> bool:
    """Say whether an entry tells of them or of everybody: not what others added, and nobody is
    told that they joined themselves."""
    if entry.verb == JOINED:
        return entry.facts.get("case") not in numbers
    return bool(entry.facts.get("submission", submission.number) == submission.number)


def _texts(*rows: Iterable[Reply | Note | Plea | Callback | Words]) -> dict[int, str]:
    return {row.entry_id: _text(row) for some in rows for row in some}


def _text(row: Reply | Note | Plea | Callback | Words) -> str:
    """Return the words of a row; of an erased one, whose words are gone, that they are."""
    if isinstance(row, Plea):
        text = row.reason
    else:
        text = (row.original or row.text) if isinstance(row, Words) else row.text
    return str(EMPTIED) if row.is_erased else text
