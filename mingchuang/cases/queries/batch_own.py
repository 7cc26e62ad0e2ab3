"""What only the company's own page tells: what she said, whom she calls, what she may still fetch
or take back, and the link of who speaks for her now."""

from dataclasses import dataclass
from datetime import datetime

from mingchuang.cases.models.batches import Batch, BatchUpload
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.batch_pages import Standing
from mingchuang.cases.queries.batch_pieces import marked_before
from mingchuang.cases.queries.batches import clerk_of
from mingchuang.cases.queries.receipts import code_of
from mingchuang.cases.rules.said import number_typed
from mingchuang.hall.queries import sites


@dataclass(frozen=True)
class Own:
    """Beside how far it is: how many she said they are, how she may read the list, and whether
    anybody is known who speaks for her."""

    said: int
    is_dated: bool
    is_extension_asked: bool
    before: BatchUpload | None
    has_clerk: bool


def own_of(standing: Standing) -> Own:
    """Return what is told to the company alone; a row is named with its day where she sent several
    workbooks."""
    batch, clerk = standing.batch, clerk_of(standing.batch)
    asked = batch.case.pleas.open().filter(what="extend")
    return Own(
        said=clerk.representative_of if clerk else 0,
        is_dated=batch.uploads.count() > 1,
        is_extension_asked=bool(standing.ends_late_on) and asked.exists(),
        before=marked_before(standing.upload),
        has_clerk=clerk is not None and not clerk.is_erased,
    )


def phone_of(batch: Batch) -> str:
    """Return the public phone of the unit that handles it, or of a hall that takes the item in."""
    halls = sites().exclude(phone="").order_by("code")
    own = halls.filter(unit=batch.case.responsible_unit_id or batch.item.unit_id).first()
    found = own or halls.filter(windows__items=batch.item_id).first()
    return found.phone if found else ""


def code_since(number: str, at: datetime) -> str:
    """Return the code that the company's clerk was given at this time, for who has just named
    them; nothing once another one followed."""
    since = Submission.objects.filter(number=number_typed(number), case__batch__clerk_since=at)
    said = since.first()
    return code_of(said) if said else ""
