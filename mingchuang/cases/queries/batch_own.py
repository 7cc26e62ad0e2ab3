"""What only the company's own page tells: what she said, what she may still fetch or take back."""

from dataclasses import dataclass

from mingchuang.cases.models.batches import BatchUpload
from mingchuang.cases.queries.batch_pages import Standing
from mingchuang.cases.queries.batch_pieces import marked_before
from mingchuang.cases.queries.batches import clerk_of


@dataclass(frozen=True)
class Own:
    """Beside how far it is: how many she said they are, and how she may read the list."""

    said: int
    is_dated: bool
    is_extension_asked: bool
    before: BatchUpload | None


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
    )
