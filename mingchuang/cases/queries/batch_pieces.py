"""The files of a batch, one piece after the other: none is ever held whole."""

from base64 import b64decode
from collections.abc import Iterator

from mingchuang.cases.models.batches import Batch, BatchPiece, BatchUpload


def pieces_of(upload: BatchUpload) -> Iterator[bytes]:
    """Yield the workbook as it was sent, until it is read."""
    return _pieces(upload, BatchPiece.SENT)


def marked_pieces(upload: BatchUpload) -> Iterator[bytes]:
    """Yield the copy with its faults."""
    return _pieces(upload, BatchPiece.MARKED)


def _pieces(upload: BatchUpload, part_of: str) -> Iterator[bytes]:
    pieces = upload.pieces.filter(part_of=part_of).order_by("nth")
    for pk in list(pieces.values_list("pk", flat=True)):
        yield b64decode(BatchPiece.objects.values_list("content", flat=True).get(pk=pk))


def marked_of(batch: Batch) -> BatchUpload | None:
    """Return the newest upload that has a copy with its faults."""
    marked = batch.uploads.filter(pieces__part_of=BatchPiece.MARKED, pieces__nth=0)
    return marked.order_by("pk").last()


def marked_before(newest: BatchUpload | None) -> BatchUpload | None:
    """Return the upload whose copy is still to be mended, where the newest was refused unread."""
    return marked_of(newest.batch) if newest and newest.refusal and not newest.faults else None
