"""A recording of displays, read from a file: CSV, plain or compressed."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TextIO

from mingchuang.visits.errors import BrokenRecording, NoRecording, NotARecording
from mingchuang.visits.rules.forecast.display import Reading
from mingchuang.visits.rules.forecast.snapshots import NEEDED, Snapshot, read_row

ZIPPED = b"\x1f\x8b"


@dataclass
class Recording:
    """Snapshots in the order of time, and what cannot be read: line of the file, column."""

    snapshots: list[Snapshot] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def days(self) -> Iterator[tuple[str, Iterator[list[Reading]]]]:
        """Yield each day with what was shown at each of its minutes."""
        for day, shown in groupby(self.snapshots, key=lambda one: one.day):
            readings = (one.reading for one in shown)
            yield day, (list(some) for _at, some in groupby(readings, key=lambda one: one.minute))


def read_recording(path: Path) -> Recording:
    """Read a whole recording. Rows that cannot be read are left out and told."""
    found = Recording()
    line = 1
    try:
        with _opened(path) as file:
            rows = csv.DictReader(file)
            if not set(NEEDED) <= set(rows.fieldnames or ()):
                raise NotARecording(path=path, columns="、".join(NEEDED))
            for row in rows:
                line = rows.line_num
                read = read_row(row)
                if isinstance(read, Snapshot):
                    found.snapshots.append(read)
                else:
                    found.faults.append((line, read))
    except (UnicodeDecodeError, EOFError, gzip.BadGzipFile, zlib.error, csv.Error):
        raise BrokenRecording(path=path, line=line) from None
    found.snapshots.sort(key=lambda one: (one.day, one.reading.minute))
    return found


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        with path.open("rb") as raw:
            zipped = raw.read(len(ZIPPED)) == ZIPPED
    except OSError:
        raise NoRecording(path=path) from None
    opener = gzip.open if zipped else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield file
