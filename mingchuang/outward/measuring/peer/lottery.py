"""Runs with the Python of the peers: the maximin lottery of a pool by sortition-algorithms.

That program is under the GPL: it is run here by its public functions, beside us, and nothing else.
Reads {"people", "quotas", "size", "household", "backend"} from its one argument (the paths of two
CSV files, a column or nothing, a solver); answers with the seconds, those on a processor and the
memory it took, and with the smallest chance of its lottery, not rounded: what it reports of itself
is told to a hundredth of a per cent.
"""

import csv
import json
import os
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from sortition_algorithms import (
    Settings,
    committee_generation,
    core,
    read_in_features,
    read_in_people,
)

TICKETS, SEED = 1000, 1
HEAD = ("feature", "value", "min", "max")
COLUMNS = ("category", "feature", "min", "max")


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    quotas = [dict(zip(HEAD, map(row.get, COLUMNS), strict=True)) for row in _rows(asked["quotas"])]
    people = [{"id": str(n), **row} for n, row in enumerate(_rows(asked["people"]))]
    home = [asked["household"]] if asked["household"] else []
    began, busy = perf_counter(), process_time()
    settings = Settings(
        id_column="id",
        columns_to_keep=[],
        check_same_address=bool(home),
        check_same_address_columns=home,
    )
    core.set_random_provider(SEED)
    features = read_in_features(HEAD, quotas, asked["size"])[0]
    pool = read_in_people(list(people[0]), people, features, settings)[0]
    panels, parts, _report = committee_generation.find_distribution_maximin(
        features, pool, asked["size"], home, asked["backend"]
    )
    core.lottery_rounding(panels, parts, TICKETS)
    took = {"seconds": perf_counter() - began, "processor": process_time() - busy}
    chances = dict.fromkeys((one["id"] for one in people), 0.0)
    for panel, part in zip(panels, parts, strict=True):
        for one in panel:
            chances[one] += part
    return {**took, "megabytes": _most_memory(), "floor": min(chances.values())}


def _most_memory() -> float:
    """Return the most memory of this process alone; getrusage counts who started it."""
    told = Path("/proc/self/status").read_text(encoding="utf-8")
    return float(told.partition("VmHWM:")[2].split()[0]) / 1024


def _rows(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    # Solvers write to standard output by themselves; only the answer may stand there.
    told = os.dup(1)
    os.dup2(2, 1)
    found = answer(json.loads(sys.argv[1]))
    os.write(told, json.dumps(found).encode())
