"""A workbook in pieces: written and let go of in memory that does not grow with the file."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mingchuang.cases.models.batches import BatchPiece, BatchUpload

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Bytes in one piece, however large the parts in which a file comes.
SIZE = 192 * 1024


def keep_pieces(upload: BatchUpload, part_of: str, content: Iterable[bytes]) -> None:
    """Keep a file, encrypted, piece by piece."""
    for nth, piece in enumerate(_cut(content)):
        text = b64encode(piece).decode()
        BatchPiece.objects.create(upload=upload, part_of=part_of, nth=nth, content=text)


def _cut(content: Iterable[bytes]) -> Iterator[bytes]:
    rest = bytearray()
    for part in content:
        rest += part
        while len(rest) >= SIZE:
            yield bytes(rest[:SIZE])
            del rest[:SIZE]
    if rest:
        yield bytes(rest)


def let_go_of(uploads: "QuerySet[BatchUpload]", *parts: str) -> None:
    """Let go of the files of these uploads: of both, or of the one that is named."""
    wanted = parts or (BatchPiece.SENT, BatchPiece.MARKED)
    BatchPiece.objects.filter(upload__in=uploads.values("pk"), part_of__in=wanted).delete()
