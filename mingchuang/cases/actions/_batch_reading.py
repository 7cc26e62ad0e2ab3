"""How far the reading of a batch's workbook is, for the page that waits for it."""

from dataclasses import dataclass, field

from mingchuang.cases.models.batches import BatchUpload

# How many faults are told on the page; all of them stand in the marked copy.
SHOWN = 20


@dataclass
class Count:
    """How many rows of a workbook are new, were there, and are wrong; the first faults."""

    good: int = 0
    known: int = 0
    faulty: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.good + self.known + self.faulty

    def add_faulty(self, row: int, sentence: str) -> None:
        self.faulty += 1
        if len(self.faults) < SHOWN:
            self.faults.append((row, sentence))


def tell_progress(upload: BatchUpload, count: Count, *, about: int) -> None:
    """Keep how many rows were read so far, of about how many; no entry tells of it."""
    BatchUpload.objects.filter(pk=upload.pk, read_at__isnull=True).update(
        about=max(about, count.rows),
        rows=count.rows,
        good=count.good,
        known=count.known,
        faulty=count.faulty,
    )
