"""A book of made-up entries, to be sealed, proved and audited; of nothing else."""

import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from mingchuang.ledger.models import Entry
from mingchuang.outward.measuring.apart import taken_by
from mingchuang.outward.measuring.fill.loading import load, quick
from mingchuang.outward.measuring.fill.rows import Block, Written, columns_of
from mingchuang.outward.measuring.keeping import folder
from mingchuang.outward.measuring.serving import program

BLOCK = 10_000
VERBS = ("submission.received", "case.accepted", "case.dispatched", "case.acknowledged")
A_SECOND = timedelta(seconds=1)


def write_entries(first: int, last: int, *, at: datetime) -> None:
    """Write the entries from number `first` to `last`, as long as those of a case.

    None of them vouches for a private row, because there is none.
    """
    values, label = columns_of(Entry).values, Entry._meta.label
    with quick():
        for start in range(first, last + 1, BLOCK):
            numbers = range(start, min(start + BLOCK, last + 1))
            load(Block({label: [values(_entry(number, at)) for number in numbers]}, {}, {}))


def _entry(number: int, at: datetime) -> Written:
    facts = {"by": f"B-{number % 90}", "unit": f"SYN-{number % 10}", "due_at": "2026-03-09T16:00Z"}
    subject, verb = f"bench:{number:06d}", VERBS[number % len(VERBS)]
    return Written(number, subject, verb, at + A_SECOND * (number // 100), facts, digest="")


class Audited(NamedTuple):
    """One run of `mingchuang audit`: how long it took, its most memory, and whether it was well."""

    seconds: float
    mebibytes: float
    is_well: bool


def audited(database: str) -> Audited:
    """Run the audit in a process of its own, in a home that knows of no other book."""
    home = _home()
    told = [f"DATABASE_URL={database}", f"MINGCHUANG_HOME={home}"]
    ours = [sys.executable, "-c", "from mingchuang.cli import main; main()", "audit"]
    took = taken_by([program("env", "coreutils"), *told, *ours])
    shutil.rmtree(home)
    return Audited(took.seconds, took.mebibytes, took.status == 0)


def _home() -> Path:
    home = (folder() / "home").resolve()
    home.mkdir(parents=True, exist_ok=True)
    keys = home / "keys"
    if not keys.exists():
        keys.symlink_to(Path(settings.KEYS).resolve())
    return home
