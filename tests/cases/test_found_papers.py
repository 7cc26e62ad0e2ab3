"""What was signed when a thing went back: kept as a photo, encrypted, each look an entry."""

from base64 import b64decode
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import TextField
from django.db.models.functions import Cast
from django.test import Client
from django.urls import reverse

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.found_keeping import forget_things
from mingchuang.cases.actions.found_papers import keep_claim_papers
from mingchuang.cases.actions.keeping import load_terms
from mingchuang.cases.errors import TooManyPhotos
from mingchuang.cases.found_errors import WrongThingStep
from mingchuang.cases.models import ClaimPaper, FoundItem
from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.queries.found_keeping import some_things_due
from mingchuang.cases.rules.keeping import FOUND, Term
from mingchuang.ledger.queries import entries_of
from tests.build import A_DAY, MONDAY, a_unit
from tests.cases.things import a_hall, a_keeper, an_item, returned
from tests.cases.traces import audit_faults
from tests.town import a_photo

pytestmark = pytest.mark.django_db


def went_back(**given: Any) -> FoundItem:
    return returned(an_item(), **given).item


def test_the_mandate_is_kept_encrypted_and_its_digest_stands_in_the_ledger() -> None:
    item, photo = went_back(principal="李委托"), a_photo()

    keep_claim_papers(item.number, [photo], by=a_keeper(item.site), at=MONDAY)

    paper = ClaimPaper.objects.get()
    stored = ClaimPaper.objects.annotate(stored=Cast("photo", TextField())).get()
    entry = entries_of(item.subject).get(verb="found.paper_kept")
    assert b64decode(paper.photo) == photo.jpeg
    assert paper.photo[:40] not in str(vars(stored)["stored"])
    assert entry.digest == paper.digest
    assert audit_faults() == ""


def test_what_is_still_here_has_no_receipt_and_six_photos_are_enough() -> None:
    here, gone = an_item(), went_back()
    photos = [a_photo(f"rgb({n}, 0, 0)") for n in range(7)]
    stranger = a_keeper(a_hall(unit=a_unit()))

    with pytest.raises(WrongThingStep):
        keep_claim_papers(here.number, photos[:1], by=a_keeper(here.site), at=MONDAY)
    with pytest.raises(TooManyPhotos):
        keep_claim_papers(gone.number, photos, by=a_keeper(gone.site), at=MONDAY)
    with pytest.raises(NotFound):
        keep_claim_papers(gone.number, photos[:1], by=stranger, at=MONDAY)


def test_another_picture_than_was_kept_is_found() -> None:
    item = went_back()
    keep_claim_papers(item.number, [a_photo()], by=a_keeper(item.site), at=MONDAY)

    paper = ClaimPaper.objects.get()
    paper.photo = "bm90IGl0"
    paper.save()

    assert audit_faults() != ""


def test_with_who_took_it_the_papers_are_forgotten() -> None:
    item, later = went_back(), MONDAY + 400 * A_DAY
    keep_claim_papers(item.number, [a_photo()], by=a_keeper(item.site), at=MONDAY)
    load_terms([Term(FOUND, 365, "本市规定第三条")], at=MONDAY)
    term = Retention.objects.get(category=FOUND)

    for some in some_things_due(term, later):
        forget_things(term, some, at=later)

    assert ClaimPaper.objects.get().photo == ""
    assert audit_faults() == ""


def test_the_photo_is_handed_in_and_seen_only_where_the_look_is_an_entry() -> None:
    item = went_back()
    desk = Client()
    desk.force_login(a_keeper(item.site))
    file = SimpleUploadedFile("slip.jpg", BytesIO(a_photo().jpeg).read(), "image/jpeg")

    without = desk.post(reverse("cases:found_deed", args=[item.number, "papers"]), {})
    sent = desk.post(reverse("cases:found_deed", args=[item.number, "papers"]), {"photos": file})
    page = desk.get(reverse("cases:found_item", args=[item.number])).content.decode()
    look = desk.post(reverse("cases:reveal_claim", args=[item.number, item.claims.get().pk]))

    picture = ClaimPaper.objects.get().photo
    assert (without.status_code, sent.status_code) == (422, 302)
    assert picture not in page
    assert f"data:image/jpeg;base64,{picture}" in look.content.decode()
    assert entries_of(item.subject).filter(verb="requester.revealed").count() == 1
