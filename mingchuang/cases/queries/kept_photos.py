"""Does every photo lie on the shelf as it was kept?"""

from collections.abc import Iterator
from hashlib import sha256

from mingchuang.cases import shelf
from mingchuang.cases.models.submission import Attachment
from mingchuang.cases.queries.audit import SLICE, Untold


def photo_faults() -> Iterator[Untold]:
    """Yield every photo whose file is missing, or is not the one that was kept."""
    kept = Attachment.objects.exclude(salt=b"").select_related("submission").order_by("pk")
    for photo in kept.iterator(chunk_size=SLICE):
        facts = {"submission": photo.submission.number, "path": photo.path}
        try:
            jpeg = shelf.read(photo.path)
        except FileNotFoundError:
            yield Untold("photo_missing", facts)
        else:
            if sha256(jpeg).hexdigest() != photo.sha256:
                yield Untold("photo_changed", facts)
