"""What was signed when a thing went back: kept as a photo, encrypted, shown to few."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions._things import take_step
from mingchuang.cases.errors import TooManyPhotos
from mingchuang.cases.models.lost import ClaimPaper
from mingchuang.cases.queries.found import granted_claim, item_for
from mingchuang.cases.rules.photo import MOST, Photo
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person


@transaction.atomic
def keep_claim_papers(
    number: str, photos: Sequence[Photo], *, by: Person, at: datetime
) -> list[ClaimPaper]:
    """Keep photos of the signed receipt, or of the mandate of who came for somebody else; each is
    an entry."""
    item = item_for(by, number, lock=True)
    take_step(item, "found.paper_kept")
    claim = granted_claim(item)
    if claim is None or claim.is_erased:
        raise NotFound
    kept = claim.papers.count()
    if kept + len(photos) > MOST:
        raise TooManyPhotos(most=MOST, kept=kept)
    papers = []
    for photo in photos:
        paper = ClaimPaper(claim=claim, photo=b64encode(photo.jpeg).decode(), at=at)
        told = {"digest": paper.digest, "by": by.badge}
        paper.entry = record("found.paper_kept", item.subject, at=at, **told)
        paper.save()
        papers.append(paper)
    return papers
