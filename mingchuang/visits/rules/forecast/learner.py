"""The learner: boosted trees that correct the formula, fitted at night on finished days.

Half of it learns the wait, half what the formula was off by; either errs where the other does
not. Both aim a little above the middle: to be told too little is worse than to be told too much.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from mingchuang.visits.rules.forecast.features import NAMES
from mingchuang.visits.rules.forecast.lift import lifted, shortfall
from mingchuang.visits.rules.forecast.moment import log_wait
from mingchuang.visits.rules.forecast.trees import Floats, Forest, planted

# So many waits must have ended before there is anything to learn from.
ENOUGH = 500
FORMULA = NAMES.index("formula")
FIT: Final = {
    "loss": "quantile",
    "quantile": 0.55,
    "learning_rate": 0.05,
    "max_iter": 100,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 40,
    "max_features": 0.5,
    "l2_regularization": 5.0,
    "early_stopping": False,
}


@dataclass(frozen=True)
class Learned:
    """What one night taught."""

    wait: Forest
    off: Forest
    lift: float

    def __call__(self, row: Sequence[float]) -> float:
        """Return the wait, as `log_wait`, to be expected of a row of `features.row`."""
        middle = (self.wait(row) + self.off(row) + row[FORMULA]) / 2
        return log_wait(lifted(np.expm1(middle), self.lift))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return it as named arrays, to be stored."""
        halves = {"wait": self.wait, "off": self.off}
        told = {f"{half}.{k}": v for half, f in halves.items() for k, v in f.arrays().items()}
        return {**told, "lift": np.array([self.lift])}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> "Learned":
        """Return what was stored as arrays."""

        def half(name: str) -> Forest:
            mine = (key for key in arrays if key.startswith(name))
            return Forest.of({key.removeprefix(name): arrays[key] for key in mine})

        return cls(half("wait."), half("off."), float(arrays["lift"][0]))


def learned(rows: Floats, waits: Floats) -> Learned | None:
    """Fit to rows of `features.row` and the waits (`log_wait`) they led to; None while few.

    The same rows give the same trees. Takes seconds: for the follower, never for a page.
    """
    if len(waits) < ENOUGH:
        return None
    # A column in which nothing differs tells nothing, and cannot be cut into bins.
    columns = [i for i in range(rows.shape[1]) if np.unique(_seen(rows[:, i])).size > 1]
    told, formula = rows[:, columns], rows[:, FORMULA]
    wait, off = _fitted(told, waits), _fitted(told, waits - formula)
    middle = (wait.predict(told) + off.predict(told) + formula) / 2
    lift = max(0.0, shortfall(np.expm1(middle), np.expm1(waits)))
    return Learned(planted(wait, columns), planted(off, columns), lift)


def _fitted(rows: Floats, aims: Floats) -> Any:
    # They take a second to import, which whoever only asks for a forecast need not pay.
    from sklearn.ensemble import HistGradientBoostingRegressor  # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    model = HistGradientBoostingRegressor(**FIT, random_state=0)
    # One core is enough, and the others go on serving pages.
    with threadpool_limits(limits=1, user_api="openmp"):
        return model.fit(rows, aims)


def _seen(column: Floats) -> Floats:
    return column[~np.isnan(column)]
