"""How a word comes in and becomes a case."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.once import sent_twice_taken_once
from mingchuang.cases.actions._drafts import received
from mingchuang.cases.actions._writing import write
from mingchuang.cases.actions.photos import keep_photos
from mingchuang.cases.errors import KeyReused
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.areas import known_areas
from mingchuang.cases.queries.neighbours import wished
from mingchuang.cases.rules.said import REQUESTER, Said, fingerprint
from mingchuang.ledger.actions import record
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.keyring import index_key
from mingchuang.people.models import Person, Requester, Unit


@sent_twice_taken_once
@transaction.atomic
def receive_submission(
    said: Said, *, unit: Unit, at: datetime, taken_by: Person | None = None
) -> Submission:
    """Take in what somebody said and give it a number. Sent twice, it is taken in once.

    Raises KeyReused where the same key comes back with other words.
    """
    earlier = Submission.objects.select_related("case").filter(key=said.key)
    # Nearly nobody sends twice: the question is a short one, its answer is fetched when it is yes.
    if earlier.exists():
        return _the_same(earlier[0], said)
    requester = _requester(said, at=at)
    areas = known_areas(localdate(at))
    submission = write(received(said, unit, requester, areas=areas, by=taken_by, at=at))
    if said.photos:
        keep_photos(submission, said.photos, at=at)
    if said.joins:
        _keep_wish(submission, said, unit, at=at)
    return submission


def _keep_wish(submission: Submission, said: Said, unit: Unit, *, at: datetime) -> None:
    """Remember with whom somebody wishes to be joined; a dispatcher looks and joins them."""
    wish = wished(said.joins, unit, at=at)
    if wish is None or wish == submission.case:
        return
    submission.wishes_to_join = wish
    submission.save(update_fields=["wishes_to_join"])
    record("case.join_wished", submission.case.subject, at=at, by=REQUESTER, into=wish.number)


def _the_same(earlier: Submission, said: Said) -> Submission:
    known = set(earlier.attachments.values_list("sha256", flat=True))
    new = {sha256(photo.jpeg).hexdigest() for photo in said.photos} - known
    if new or earlier.fingerprint != fingerprint(index_key(), said.words):
        raise KeyReused(number=earlier.number)
    return earlier


def _requester(said: Said, *, at: datetime) -> Requester | None:
    if not (said.name or said.phone or said.address):
        return None
    return add_requester(
        name=said.name,
        phone=said.phone,
        address=said.address,
        vulnerability=said.vulnerability,
        contact=said.contact,
        representative_of=said.representative_of,
        at=at,
    )
