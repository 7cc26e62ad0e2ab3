"""The people of a batch, one by one or many together: their stages, and what is still needed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from mingchuang.cases.actions._batch_notes import plan_anew, tell_list
from mingchuang.cases.actions._batch_papers import go_on, needed_of, spared, who
from mingchuang.cases.actions._batch_places import SOME, chosen, handfuls
from mingchuang.cases.actions.photos import keep_photos
from mingchuang.cases.batching.errors import (
    AskedOnce,
    NotEnded,
    NothingClaimed,
    NothingHandedIn,
    NothingToAsk,
    PapersOwed,
    ReasonMissing,
    SentAlready,
    StandsAgain,
    WrongStage,
)
from mingchuang.cases.batching.words import MOVES
from mingchuang.cases.models.batch_items import BatchItem, Paper
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.models.submission import Attachment
from mingchuang.cases.queries.batch_known import known_in
from mingchuang.cases.queries.batch_papers import claimed_of
from mingchuang.cases.queries.batches import batch_held, batch_in_hand, batch_of, must_go_on
from mingchuang.cases.rules.batches.life import MISTAKABLE, Stage, may_move
from mingchuang.cases.rules.batches.places import written
from mingchuang.cases.rules.photo import MOST_IN_ALL, Photo
from mingchuang.cases.rules.said import REQUESTER
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person

# Photos of papers a person of the list may need.
A_PERSON = 6


@transaction.atomic
def move_people(
    number: str, places: str, to: str, because: str = "", *, by: Person, at: datetime
) -> Batch:
    """Bring the people at these places to a stage, all of them or none; who is not taken on is
    told why."""
    batch = batch_in_hand(by, number)
    items = chosen(batch, places)
    if (to == Stage.DECLINED) != bool(because):
        raise ReasonMissing
    _must_all_move(items, to)
    for some in handfuls(items):
        if because:
            for item in some:
                item.stage, item.because = to, because
            BatchItem.objects.bulk_update(some, ["stage", "because"])
        else:
            rows = batch.people.filter(pk__in=[item.pk for item in some])
            rows.update(stage=to, because="")
        if to == Stage.DONE:
            _seen(some)
    told: dict[str, JSON] = {"to": to, "people": len(items), **who(items, by)}
    if because:
        tell_list(batch, because, "batch.stepped", at=at, **told)
    else:
        record("batch.stepped", batch.subject, at=at, digest="", **told)
    return batch


def _must_all_move(items: Collection[BatchItem], to: str) -> None:
    owing = [item.place for item in items if item.stage == Stage.NEEDS_MORE]
    if owing and to != Stage.DECLINED:
        raise PapersOwed(places=written(owing))
    if wrong := [item.place for item in items if not may_move(item.stage, to)]:
        raise WrongStage(places=written(wrong), move=MOVES[to])


def _seen(items: Collection[BatchItem]) -> None:
    """Let the papers of these people stand: whose matter is done, somebody looked at them."""
    papers = Paper.objects.filter(item__in=items, supplied_at__isnull=False, on_word=True)
    papers.update(on_word=False)


@transaction.atomic
def put_back(number: str, places: str, because: str, *, by: Person, at: datetime) -> Batch:
    """Take up again whose matter was ended, or who was crossed out, by mistake, all of those named
    or none; what is in the post already stays done."""
    batch = batch_in_hand(by, number)
    items = chosen(batch, places)
    if wrong := [item.place for item in items if item.stage not in MISTAKABLE]:
        raise NotEnded(places=written(wrong))
    if gone := [item.place for item in items if item.delivery_id]:
        raise SentAlready(places=written(gone))
    _must_stand_once(batch, items)
    for to, some in _by_what_they_lack(items).items():
        keys = [item.pk for item in some]
        for start in range(0, len(keys), SOME):
            rows = batch.people.filter(pk__in=keys[start : start + SOME])
            crossed = rows.exclude(crossed_index="")
            crossed.update(person_index=F("crossed_index"), crossed_index="", stage=to, because="")
            rows.update(stage=to, because="", planned_on=None)
        tell_list(batch, because, "batch.put_back", at=at, to=str(to), **who(some, by))
    plan_anew(batch, at=at)
    return batch


def _must_stand_once(batch: Batch, items: Sequence[BatchItem]) -> None:
    """Refuse who was crossed out and stands on the list again, or would stand there twice."""
    crossed = [item for item in items if item.crossed_index]
    named = Counter(item.crossed_index for item in crossed)
    for some in handfuls(crossed):
        there = known_in(batch, [item.crossed_index for item in some])
        again = [i.place for i in some if i.crossed_index in there or named[i.crossed_index] > 1]
        if again:
            raise StandsAgain(places=written(again))


def _by_what_they_lack(items: Sequence[BatchItem]) -> dict[Stage, list[BatchItem]]:
    """Return who goes on where: who was asked for papers and still owes some waits for them."""
    lacking: set[int] = set()
    for some in handfuls(items):
        owed = Paper.objects.filter(item__in=some).owed()
        lacking.update(owed.values_list("item_id", flat=True))
    found: dict[Stage, list[BatchItem]] = defaultdict(list)
    for item in items:
        found[Stage.NEEDS_MORE if item.pk in lacking else Stage.ACCEPTED].append(item)
    return found


@transaction.atomic
def ask_for_papers(
    number: str, places: str, papers: Collection[str], *, by: Person, at: datetime
) -> Batch:
    """Tell the company once, and all together, what is still needed of these people. What one of
    them handed in before, in whatever batch, is not asked for again."""
    batch = batch_in_hand(by, number)
    items = chosen(batch, places)
    if asked := [item.place for item in items if item.asked_at]:
        raise AskedOnce(places=written(asked))
    if wrong := [item.place for item in items if not may_move(item.stage, Stage.NEEDS_MORE)]:
        raise WrongStage(places=written(wrong), move=MOVES[Stage.NEEDS_MORE])
    needed, here_of = needed_of(batch, items, papers, at=at)
    if not needed:
        raise NothingToAsk
    Paper.objects.bulk_create(needed)
    waiting = {paper.item_id for paper in needed}
    rows = [item for item in items if item.pk in waiting]
    for some in handfuls(rows):
        keys = [item.pk for item in some]
        batch.people.filter(pk__in=keys).update(stage=Stage.NEEDS_MORE, asked_at=at)
    told = {"papers": len(needed), **who(rows, by), **spared(here_of)}
    tell_list(batch, "\n".join(papers), "batch.told_once", at=at, **told)
    return batch


@transaction.atomic
def hand_in(
    number: str, code: str, papers: Collection[int], photos: Sequence[Photo], *, at: datetime
) -> Batch:
    """Take in what the company hands in, as a photo or a scan; who has handed in everything goes
    on by themselves."""
    batch, said = batch_of(number, code, lock=True)
    must_go_on(batch)
    keep_photos(said, photos, at=at, most=MOST_IN_ALL + A_PERSON * batch.size)
    kept = said.attachments.filter(at=at, papers__isnull=True) if photos else ()
    return _supplied(batch, papers, list(kept), by=REQUESTER, at=at)


@transaction.atomic
def note_handed_in(number: str, papers: Collection[int], *, by: Person, at: datetime) -> Batch:
    """Write down what the company brought on paper."""
    batch = batch_held(by, number, lock=True)
    must_go_on(batch)
    return _supplied(batch, papers, [], by=by.badge, at=at)


@transaction.atomic
def say_not_received(
    number: str, papers: Collection[int], because: str, *, by: Person, at: datetime
) -> Batch:
    """Say of papers that came without a photo that they are not here; the company reads why, and
    their people wait for them again."""
    batch = batch_in_hand(by, number)
    because = " ".join(because.split())
    claimed = claimed_of(batch).filter(pk__in=papers).order_by()
    if not (found := dict(claimed.values_list("pk", "item_id"))):
        raise NothingClaimed
    # That the company said so stays: by it the page knows what the reason is about.
    Paper.objects.filter(pk__in=found).update(supplied_at=None, on_word=True, because=because)
    items = list(batch.people.filter(pk__in=found.values()).order_by("place"))
    batch.people.filter(pk__in=found.values()).update(stage=Stage.NEEDS_MORE, because="")
    told = {"papers": len(found), **who(items, by)}
    tell_list(batch, because, "batch.not_received", at=at, **told)
    return batch


def _supplied(
    batch: Batch, papers: Collection[int], photos: list[Attachment], *, by: str, at: datetime
) -> Batch:
    asked = Paper.objects.filter(item__batch=batch).owed()
    handed = list(asked.filter(pk__in=papers).values_list("pk", "item_id"))
    if not handed:
        raise NothingHandedIn
    on_word = by == REQUESTER and not photos
    came = Paper.objects.filter(pk__in=[pk for pk, _item in handed])
    came.filter(on_word=True).update(because="")
    came.update(supplied_at=at, on_word=on_word)
    shown = Paper.photos.through
    shown.objects.bulk_create(
        shown(paper_id=pk, attachment=photo) for pk, _item in handed for photo in photos
    )
    back = go_on(batch, [item for _pk, item in handed])
    told: dict[str, JSON] = {"papers": len(handed), "listed": written(back), "by": by}
    record("batch.supplied", batch.subject, at=at, digest="", **told)
    return batch
