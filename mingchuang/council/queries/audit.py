"""Does the council's every row stand as the ledger tells it?

Read by a handful of topics, so that memory stays flat however many there are.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from hashlib import sha256

from django.db import connection

from mingchuang.cases import shelf
from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.council import frozen, sealed
from mingchuang.council.models import Minutes, Objection, Picture, Topic, Vote
from mingchuang.council.queries.minutes import record_of
from mingchuang.council.queries.recorded import body_of
from mingchuang.council.queries.told import attending, kept, owners, people, sittings
from mingchuang.council.queries.told.line import line_faults
from mingchuang.ledger import triggers
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import evidence_faults
from mingchuang.ledger.reading import replaced_digests
from mingchuang.ledger.rules.audit import Code, Fault

SAID = (Vote, Objection)
RELATED: Mapping[type, tuple[str, ...]] = {Vote: ("entry", "paper"), Objection: ("entry", "case")}
SLICE, TOPICS = 500, 20
LINES = (*people.LINES, *sittings.LINES, *attending.LINES, *kept.LINES, *owners.LINES)
# What is there for good once it began: by which verb, and which are there of these topics.
BEGIN: Mapping[str, Callable[[Collection[int]], Iterable[str]]] = {
    "topic.proposed": people.topic_subjects,
    "stakeholder.added": people.stakeholder_subjects,
    "lottery.asked": people.lottery_subjects,
    "sitting.convened": sittings.sitting_subjects,
    "minutes.added": sittings.minutes_subjects,
    "commitment.promised": kept.commitment_subjects,
    "measure.added": kept.measure_subjects,
    "flat.added": owners.flat_subjects,
    "ballot.opened": owners.ballot_subjects,
    "cost.drawn_up": owners.cost_subjects,
}
SERIAL = re.compile(r":[A-Z]+-[0-9]{4}-([0-9]+)")
# What frozen minutes show that nothing may change afterwards, a person's wish neither.
SETTLED = (
    "topic", "sitting", "seen", "statements", "photos", "votes", "outcome", "dissent", "decision",
    "confirmed", "corrections", "on_paper",
)  # fmt: skip


def council_faults() -> Iterator[Fault | Untold]:
    """Yield everything of this room that stands otherwise than it was told."""
    yield from _said()
    topics = Topic.objects.order_by("pk").values_list("pk", flat=True)
    for some in _some(topics.iterator()):
        for line in LINES:
            yield from line_faults(line, some)
        yield from owners.share_faults(some)
        yield from _behind(some)
        yield from _pictures(some)
    yield from _gone()
    yield from _unguarded()


def _some(topics: Iterator[int]) -> Iterator[list[int]]:
    some: list[int] = []
    for topic in topics:
        some.append(topic)
        if len(some) == TOPICS:
            yield some
            some = []
    if some:
        yield some


def _said() -> Iterator[Fault]:
    """Yield every vote and objection that says otherwise than its entry."""
    replaced = replaced_digests()
    for model in SAID:
        rows = model._default_manager.select_related(*RELATED[model]).order_by("pk")
        for row in rows.iterator(chunk_size=SLICE):
            yield from evidence_faults([row], replaced)


def _behind(topics: Collection[int]) -> Iterator[Untold]:
    """Yield what rows say otherwise than the frozen minutes that were made of them."""
    for written in Minutes.objects.filter(sitting__topic__in=topics, stage="frozen"):
        try:
            shown, now = record_of(written), body_of(written)
        except ValueError:  # no JSON any more: the hash of it tells so
            continue
        for part in SETTLED:
            if shown.get(part) != now.get(part):
                yield Untold("behind_minutes", {"subject": written.subject, "what": part})


def _pictures(topics: Collection[int]) -> Iterator[Untold]:
    """Yield every photo whose file is missing, or is not the one that was kept."""
    erased = Entry.objects.filter(verb="photo.erased", subject__startswith="topic:")
    gone = {facts_in(facts).get("photo") for facts in erased.values_list("facts", flat=True)}
    for picture in Picture.objects.filter(topic__in=topics).select_related("topic"):
        if not picture.is_kept and picture.fingerprint in gone:
            continue
        facts = {"topic": picture.topic.number, "path": picture.path}
        try:
            jpeg = shelf.read(picture.path)
        except FileNotFoundError:
            yield Untold("picture_missing", facts)
        else:
            if sha256(jpeg).hexdigest() != picture.sha256:
                yield Untold("picture_changed", facts)


def _gone() -> Iterator[Untold]:
    """Yield what began in the ledger and is not here any more."""
    begun = Entry.objects.filter(verb__in=BEGIN).order_by("pk").values_list("pk", "verb", "subject")
    last = 0
    while found := list(begun.filter(pk__gt=last)[:SLICE]):
        last = found[-1][0]
        for verb, here in BEGIN.items():
            told = {subject for _pk, of, subject in found if of == verb}
            serials = {int(known[1]) for one in told if (known := SERIAL.search(one))}
            for subject in sorted(told - set(here(serials) if told else ())):
                yield Untold("unsaid", {"subject": subject, "verb": verb, "which": ""})


def _unguarded() -> Iterator[Fault]:
    """Yield every guard of frozen minutes and promised plans that somebody removed or changed."""
    vendor = connection.vendor
    wanted = {**frozen.standing(vendor), sealed.NAME: sealed.statement(vendor)}
    for name in triggers.unlike(wanted):
        yield Fault(Code.UNGUARDED, {"name": name})
