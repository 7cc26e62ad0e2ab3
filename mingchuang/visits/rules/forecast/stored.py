"""What a forecaster knows, as bytes to keep in a database: arrays and JSON, nothing that runs."""

import json
from collections import deque
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mingchuang.visits.rules.forecast.features import NAMES
from mingchuang.visits.rules.forecast.forecaster import Forecaster
from mingchuang.visits.rules.forecast.learner import Learned
from mingchuang.visits.rules.forecast.lift import Lift
from mingchuang.visits.rules.forecast.past import Past, Sums
from mingchuang.visits.rules.forecast.record import Record
from mingchuang.visits.rules.forecast.spread import KEPT, Spread

LEARNED = "learned."


def stored(forecaster: Forecaster) -> bytes:
    """Return all a forecaster knows after a night; what it heard since then is not kept.

    A numpy archive (.npz), read back without pickle; some megabytes for a large town.
    """
    trees = forecaster.learned.arrays() if forecaster.learned else {}
    arrays: dict[str, NDArray[Any]] = {f"{LEARNED}{name}": array for name, array in trees.items()}
    content = BytesIO()
    np.savez_compressed(
        content,
        allow_pickle=False,
        told=np.array(json.dumps(_told(forecaster))),
        rows=np.array(forecaster.rows).reshape(-1, len(NAMES)),
        waits=np.array(forecaster.waits),
        **arrays,
    )
    return content.getvalue()


def restored(content: bytes) -> Forecaster:
    """Return the forecaster that was stored: it says and learns the same as if it had stayed."""
    with np.load(BytesIO(content), allow_pickle=False) as archive:
        arrays = dict(archive)
    told: Mapping[str, Any] = json.loads(str(arrays["told"]))
    trees = {k.removeprefix(LEARNED): v for k, v in arrays.items() if k.startswith(LEARNED)}
    return Forecaster(
        past=Past({(hall, line, hour): Sums(*sums) for hall, line, hour, *sums in told["past"]}),
        record=_record(told["record"]),
        lift=Lift(told["lift"]),
        spread=Spread(
            ratios=[deque(kept, KEPT) for kept in told["ratios"]],
            tails=tuple(told["tails"]),
            scatter=_record(told["scatter"]),
        ),
        learned=Learned.of(trees) if trees else None,
        rows=arrays["rows"].tolist(),
        waits=arrays["waits"].tolist(),
    )


def _told(forecaster: Forecaster) -> dict[str, object]:
    past, record, spread = forecaster.past, forecaster.record, forecaster.spread
    return {
        "past": [[*key, sums.n, sums.wait, sums.pace] for key, sums in past.sums.items()],
        "record": _rows(record),
        "scatter": _rows(spread.scatter),
        "lift": forecaster.lift.share,
        "ratios": [list(kept) for kept in spread.ratios],
        "tails": spread.tails,
    }


def _rows(record: Record) -> list[list[object]]:
    return [[*key, *sums] for key, sums in record.sums.items()]


def _record(rows: list[tuple[str, str, float, float]]) -> Record:
    return Record({(hall, voice): (total, n) for hall, voice, total, n in rows})
